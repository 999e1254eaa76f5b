import { type CivilDate, dateInWords, err, ok, type Problem, type Result } from "../../kernel/index.js";
import type { Database } from "../../platform/database/index.js";
import { type Actor, actingAs, holdsRole } from "../../platform/identity/index.js";
import { appendEvents } from "../../platform/log/index.js";
import { admittedMeasures } from "../measures/index.js";
import { type Criterion, type CriterionFinding, checkFramework, type SpecialistKind } from "./framework.js";
import { asJson, isMember, problem } from "./service.js";
import {
  type AdoptedFramework,
  addFramework,
  findConsultation,
  loadFindings,
  loadFrameworks,
  saveFindings,
} from "./store.js";

/** A framework as it is put before the group. */
export interface ProposedFramework {
  readonly title: string;
  readonly from: CivilDate;
  readonly kinds: readonly SpecialistKind[];
  readonly criteria: readonly Criterion[];
  /** The consultation whose report it rests on. */
  readonly consultation: string;
}

/**
 * Adopts a framework as the next version: it rests on a reported consultation, and every criterion on an agreed statement or a written
 * reason, read through a measure that the register admits on its first day.
 *
 * @param expected the version that was seen as the newest; 0 before the first
 * @throws {StaleStream} when another was adopted meanwhile
 */
export async function adoptFramework(
  database: Database,
  actor: Actor,
  proposed: ProposedFramework,
  expected: number,
  now: Date,
): Promise<Result<AdoptedFramework, readonly Problem[]>> {
  if (!isMember(actor))
    return err([problem("framework-role", proposed.title, "only the Expert Working Group may adopt a framework")]);
  return actingAs(database, actor, async (queries) => {
    const consultation = await findConsultation(queries, proposed.consultation);
    if (!consultation?.report)
      return err([
        problem(
          "framework-incomplete",
          "consultation",
          `"${proposed.consultation}" has not been reported`,
          "Report the consultation first, so that everybody can read what the framework rests on.",
        ),
      ]);
    const agreed = consultation.report.statements.filter(({ agreement }) => agreement === "in");
    const admitted = new Set((await admittedMeasures(queries, proposed.from)).map(({ measure }) => measure));
    const checked = checkFramework(proposed, new Set(agreed.map(({ statement }) => statement.number)), (id) =>
      admitted.has(id),
    );
    if (!checked.ok) return checked;
    const version = await appendEvents(queries, {
      ...{ stream: "specialist-framework/framework/adopted", expected, actor, at: now },
      events: [{ kind: "framework-adopted", body: asJson(proposed) }],
    });
    const adoptedBy = actor.kind === "public" ? "the public" : actor.name;
    const framework: AdoptedFramework = { ...proposed, version, adoptedAt: now.toISOString(), adoptedBy };
    await addFramework(queries, framework);
    return ok(framework);
  });
}

/** A school as the findings need it. */
export interface SpecialistSchool {
  readonly urn: string;
  readonly region: string;
  readonly kind: SpecialistKind;
}

/**
 * Keeps what a regional officer found in a school under the framework that holds for its kind on the day of the finding.
 * @throws {StaleStream} when somebody else has recorded something of the school meanwhile
 */
export async function recordFindings(
  database: Database,
  actor: Actor,
  order: {
    readonly school: SpecialistSchool;
    readonly framework: number;
    readonly findings: readonly CriterionFinding[];
    readonly expected: number;
  },
  today: CivilDate,
  now: Date,
): Promise<Result<number, readonly Problem[]>> {
  const { school, findings, expected } = order;
  if (!holdsRole(actor, ["regional-officer"], { urn: school.urn, region: school.region }))
    return err([problem("framework-role", `school ${school.urn}`, "only an officer of its region records findings")]);
  return actingAs(database, actor, async (queries) => {
    const framework = (await loadFrameworks(queries)).find(({ version }) => version === order.framework);
    const problems = framework
      ? findings.flatMap((finding) => findingProblems(framework, school.kind, finding, today))
      : [problem("finding-refused", `framework ${order.framework}`, "it was never adopted")];
    if (findings.length === 0) problems.push(problem("finding-refused", "findings", "there are none"));
    if (problems.length > 0) return err(problems);
    const version = await appendEvents(queries, {
      ...{ stream: `specialist-framework/findings/${order.framework}/${school.urn}`, expected, actor, at: now },
      events: [{ kind: "findings-recorded", body: asJson({ framework: order.framework, findings }) }],
    });
    const { findings: known } = await loadFindings(queries, school.urn, order.framework);
    const all = new Map([...known, ...findings.map((finding) => [finding.criterion, finding] as const)]);
    const foundBy = actor.kind === "public" ? "the public" : actor.name;
    await saveFindings(
      queries,
      [...all.values()].map((finding) => ({
        ...{ ...finding, urn: school.urn, region: school.region, framework: order.framework, foundBy, version },
      })),
    );
    return ok(version);
  });
}

function findingProblems(
  framework: AdoptedFramework,
  kind: SpecialistKind,
  { criterion, on, grounds }: CriterionFinding,
  today: CivilDate,
): Problem[] {
  const place = `criterion "${criterion}"`;
  const problems: Problem[] = [];
  if (!framework.kinds.includes(kind))
    problems.push(
      problem("finding-refused", place, `framework version ${framework.version} doesn't cover this kind of school`),
    );
  if (!framework.criteria.some(({ id }) => id === criterion))
    problems.push(problem("finding-refused", place, `framework version ${framework.version} doesn't have it`));
  if (grounds.trim() === "")
    problems.push(
      problem("finding-refused", place, "it has no grounds", "Say what was seen, so that the school can answer."),
    );
  if (on > today) problems.push(problem("finding-refused", place, `${dateInWords(on)} has not come yet`));
  if (on < framework.from)
    problems.push(problem("finding-refused", place, `the framework holds from ${dateInWords(framework.from)}`));
  return problems;
}
