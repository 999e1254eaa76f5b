import { type CivilDate, dateInWords } from "../../../kernel/index.js";
import type { Queries } from "../../../platform/database/index.js";
import { accountsDue, accountsOpinions } from "../../../structures/accounts/index.js";
import { admittedMeasure } from "../../measures/index.js";
import { auditOutcomes } from "../../safeguarding/index.js";
import {
  adoptedFramework,
  judgeByFramework,
  loadFindingsOfSchools,
  type SpecialistKind,
} from "../../specialist-framework/index.js";
import type { SchoolKind } from "../decision.js";
import type { EvidenceSources, FrameworkFound } from "./sources.js";

/** The id under which the register of measures keeps the measure of a phase. */
export function measureIdOf(phase: string): string {
  return `contextual-value-added-${phase.toLowerCase().replaceAll(/[^a-z0-9]+/g, "-")}`;
}

async function measureRefused(queries: Queries, phase: string, on: CivilDate): Promise<string | null> {
  const id = measureIdOf(phase);
  const admitted = await admittedMeasure(queries, id, on);
  if (admitted === null)
    return `The register of measures doesn't admit "${id}" on ${dateInWords(on)}, so the measure decides nothing. A policy official can propose it.`;
  if (admitted.proposed.consequence !== "quality-mark")
    return `The register of measures admits "${id}", but not as a part of the Quality Mark.`;
  return null;
}

async function frameworks(
  queries: Queries,
  on: CivilDate,
  schools: readonly { readonly urn: string; readonly kind: SchoolKind }[],
): Promise<ReadonlyMap<string, FrameworkFound>> {
  const found = new Map<string, FrameworkFound>();
  const kinds = [...new Set(schools.map(({ kind }) => kind))].filter(
    (kind): kind is SpecialistKind => kind !== "mainstream",
  );
  for (const kind of kinds) {
    const framework = await adoptedFramework(queries, kind, on);
    if (framework === null) continue;
    const urns = schools.filter((school) => school.kind === kind).map(({ urn }) => urn);
    const findings = await loadFindingsOfSchools(queries, urns, framework.version, on);
    const { version, title } = framework;
    for (const urn of urns)
      found.set(urn, { version, title, reasons: judgeByFramework(framework, findings.get(urn) ?? new Map()) });
  }
  return found;
}

/**
 * The evidence as the product's own registers hold it: admitted measures (A3), adopted frameworks with what was found under them (A4), signed
 * audits (A5) and filed opinions (S5).
 */
export const sourcesOfRecord: EvidenceSources = {
  audits: auditOutcomes,
  accounts: accountsOpinions,
  accountsDue,
  measureRefused,
  frameworks,
};
