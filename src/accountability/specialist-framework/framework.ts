import { type CivilDate, dateInWords, err, ok, type Problem, type Result } from "../../kernel/index.js";

/** The kinds of school that the framework is for. */
export type SpecialistKind = "special" | "pupil-referral-unit" | "alternative-provision";

/** One thing that a specialist school is judged by. */
export interface Criterion {
  /** Stable, in kebab-case. */
  readonly id: string;
  readonly title: string;
  /** What is asked of the school, as a question that can be answered met or not met. */
  readonly question: string;
  /** What shows that it is met. At least one. */
  readonly evidence: readonly string[];
  /** Whether the mark is refused where it is not met. */
  readonly required: boolean;
  /** The measure of the register (A3) through which it is read. */
  readonly measure: string;
  /** The statement of the consultation it rests on, or null with a reason. */
  readonly statement: number | null;
  /** Why it is in the framework although the group was not agreed on it; null where it was. */
  readonly without: string | null;
}

/** What the Expert Working Group adopted: a version that holds from a day. */
export interface Framework {
  readonly version: number;
  readonly title: string;
  readonly from: CivilDate;
  readonly kinds: readonly SpecialistKind[];
  readonly criteria: readonly Criterion[];
}

/** What was found of one criterion in one school. */
export interface CriterionFinding {
  readonly criterion: string;
  readonly outcome: "met" | "not-met";
  readonly on: CivilDate;
  readonly grounds: string;
}

/** How a criterion bears on the decision. */
export interface FrameworkReason {
  /** `aside` is said and weighs nothing: the criterion isn't required. */
  readonly bearing: "for" | "against" | "missing" | "aside";
  readonly code: string;
  readonly text: string;
}

const problem = (place: string, message: string, remedy: string): Problem => ({
  code: "framework-incomplete",
  place,
  message,
  remedy,
});

/**
 * Whether a framework can be adopted: it covers a kind of school, it requires something, each criterion can be answered and is read
 * through an admitted measure, and rests on a statement the group agreed on, or says why not.
 *
 * @param agreed statements the group agreed should be in
 * @param isAdmitted whether A3's register admits the measure on the framework's first day
 */
export function checkFramework(
  framework: Omit<Framework, "version">,
  agreed: ReadonlySet<number>,
  isAdmitted: (measure: string) => boolean,
): Result<null, readonly Problem[]> {
  const problems: Problem[] = [];
  if (framework.title.trim() === "") problems.push(problem("title", "it is empty", "Give the framework a title."));
  if (framework.kinds.length === 0)
    problems.push(problem("kinds", "no kind of school is covered", "Choose at least one kind."));
  if (!framework.criteria.some(({ required }) => required))
    problems.push(
      problem("criteria", "no criterion is required, so every school would hold the mark", "Mark one as required."),
    );
  const seen = new Set<string>();
  for (const criterion of framework.criteria) {
    problems.push(...criterionProblems(criterion, agreed, isAdmitted));
    if (seen.has(criterion.id))
      problems.push(
        problem(`criterion "${criterion.id}"`, "there are two with this id", "Give one of them another id."),
      );
    seen.add(criterion.id);
  }
  return problems.length > 0 ? err(problems) : ok(null);
}

function criterionProblems(
  criterion: Criterion,
  agreed: ReadonlySet<number>,
  isAdmitted: (measure: string) => boolean,
): Problem[] {
  const place = `criterion "${criterion.id}"`;
  const problems: Problem[] = [];
  if (!/^[a-z][a-z0-9-]*$/.test(criterion.id))
    problems.push(problem(place, "its id is not in small letters, digits and hyphens", "Write it as `progress-made`."));
  if (criterion.question.trim() === "")
    problems.push(problem(place, "it has no question", "Ask something that can be met or not met."));
  if (criterion.evidence.length === 0)
    problems.push(problem(place, "nothing is named that would show it", "Name at least one kind of evidence."));
  if (!isAdmitted(criterion.measure))
    problems.push(
      problem(
        place,
        `the measure "${criterion.measure}" is not admitted on that day`,
        "Propose the measure to the register of measures first, or choose one that is admitted.",
      ),
    );
  const isAgreed = criterion.statement !== null && agreed.has(criterion.statement);
  if (!isAgreed && (criterion.without ?? "").trim() === "")
    problems.push(
      problem(
        place,
        "the group is not agreed on it",
        "Rest it on a statement that was agreed, or write why it is in without.",
      ),
    );
  return problems;
}

/**
 * What a framework says of one school: a reason for each criterion, in the framework's order. A criterion that nobody has looked at is
 * missing, never met and never failed; one that is not required bears no weight against.
 */
export function judgeByFramework(
  framework: Framework,
  findings: ReadonlyMap<string, CriterionFinding>,
): readonly FrameworkReason[] {
  return framework.criteria.map((criterion) => {
    const found = findings.get(criterion.id);
    const weighs = (bearing: "against" | "missing") => (criterion.required ? bearing : "aside");
    const by = `framework version ${framework.version}${criterion.required ? "" : ", not required"}`;
    if (!found)
      return {
        bearing: weighs("missing"),
        code: "criterion-not-seen",
        text: `${criterion.title}: nobody has looked at it yet (${by}).`,
      };
    const on = `${dateInWords(found.on)}, ${by}`;
    if (found.outcome === "met")
      return { bearing: "for", code: "criterion-met", text: `${criterion.title}: met (${on}). ${found.grounds}` };
    return {
      bearing: weighs("against"),
      code: "criterion-not-met",
      text: `${criterion.title}: not met (${on}). ${found.grounds}`,
    };
  });
}
