import { err, ok, type Problem, type Result } from "../../../kernel/index.js";
import type { SurveyDesign } from "../../../statistics/survey/index.js";
import type { DisclosureRule } from "../parameters.js";
import type { DisclosedFigures, StudyResults } from "../published/results.js";
import type { StudyMaterial } from "../study/material.js";
import { checkGroups, groupOfCycle } from "./cells.js";
import { designOfCycle } from "./design.js";
import { figuresOfCycle, type KeyedEstimate, keyOf } from "./figures.js";
import { sharedSchools } from "./shared-schools.js";
import { rowsOfCycles } from "./subset.js";
import { disclosed, type LinkBetween, onFirstScale, type PairedBetween, trendsOf } from "./trends.js";

/** Plausible values of the pupils of a cycle, in the order of its rows. */
export interface CyclePlausibleValues {
  /** On the reporting scale. */
  readonly values: readonly Float64Array[];
  /** How many values were drawn with the same items; 0 where items were not drawn. */
  readonly withinItems: number;
  /** Whether the k-th values of all cycles have the same items and one scale, so that a change has values of its own. */
  readonly together: boolean;
}

/** The figures of a study, with the designs that made their errors. */
export interface Estimated {
  readonly disclosed: DisclosedFigures;
  readonly designs: StudyResults["designs"];
  readonly shared: StudyResults["shared"];
  readonly figures: readonly KeyedEstimate[];
}

/** Whether every cycle's design can be made: asked before anything long. */
export function checkDesigns(material: StudyMaterial): Result<null, readonly Problem[]> {
  const { cycles, cycle } = material;
  const problems = rowsOfCycles(cycle, cycles.length).flatMap((rows, k) => {
    const design = designOfCycle(material, cycles[k]!, rows);
    return design.ok ? [] : design.error;
  });
  return problems.length > 0 ? err(problems) : ok(null);
}

/**
 * Estimates of every group and cycle, through disclosure control.
 * @param values of each cycle
 * @param link what holds two cycles together; null where they can't be compared
 */
export function estimateStudy(
  material: StudyMaterial,
  values: readonly CyclePlausibleValues[],
  link: LinkBetween,
  rule: DisclosureRule,
  confidence: number,
): Result<Estimated, readonly Problem[]> {
  const { study, cycles } = material;
  const groups = checkGroups(material, rule);
  if (!groups.ok) return groups;
  const rows = rowsOfCycles(material.cycle, cycles.length);
  const problems: Problem[] = [];
  const designs: StudyResults["designs"][number][] = [];
  const groupsOf = rows.map((own) => study.groups.map((group) => groupOfCycle(material, group, own, rule)));
  const nestingOf = (k: number) => {
    const { values: columns, withinItems } = values[k]!;
    const nested = withinItems > 0 && withinItems < columns.length;
    return nested ? { nesting: { within: withinItems, between: "items" as const } } : {};
  };
  const figuresBy = (k: number, design: SurveyDesign) => {
    const { values: columns } = values[k]!;
    const options = { samplingVariance: study.design.samplingVariance, ...nestingOf(k) };
    return figuresOfCycle({ cycle: cycles[k]!, values: columns, design, groups: groupsOf[k]!, options }, study, rule);
  };
  const made = cycles.map((cycle, k) => {
    const design = designOfCycle(material, cycle, rows[k]!);
    if (!design.ok) {
      problems.push(...design.error);
      return null;
    }
    const { replicates, cautions } = design.value.design;
    const words = [design.value.words, ...cautions].join("; ");
    designs.push({ cycle, method: replicates.method, replicates: replicates.count, words });
    return figuresBy(k, design.value.design);
  });
  if (problems.length > 0) return err(problems);
  const figures = made.flatMap((one) => one?.figures ?? []);
  const heldBack = made.flatMap((one) => one?.heldBack ?? []);
  const shared = sharedSchools(material, rows, (k, design) => figuresBy(k, design).sources);
  const paired: PairedBetween = (first, second) => {
    const [a, b] = [first, second].map((one) => {
      const k = cycles.indexOf(one.cycle);
      return values[k]!.together ? made[k]?.sources.get(keyOf(one)) : undefined;
    });
    if (!a || !b) return undefined;
    return {
      first: a.joint.imputed(a.coefficients),
      second: b.joint.imputed(b.coefficients),
      degreesOfFreedom: [a.joint.design.degreesOfFreedom, b.joint.design.degreesOfFreedom],
      ...nestingOf(0),
    };
  };
  const trends = trendsOf(figures, cycles, link, shared.covariance, paired, confidence);
  return ok({
    figures,
    designs,
    shared: shared.records,
    disclosed: disclosed(onFirstScale(figures, cycles, link), trends, heldBack, rule, confidence),
  });
}
