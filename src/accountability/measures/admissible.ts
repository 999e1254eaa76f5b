import { err, ok, type Result } from "../../kernel/index.js";

/** What a measure says of itself before it may decide about a school (proposal A3). */
export interface MeasureDeclaration {
  /** What the line is drawn on: what the school added, or the attainment its pupils reached. */
  readonly lineOn: "value-added" | "attainment";
  /** Whether the pupils' earlier attainment is taken into account. */
  readonly usesPriorAttainment: boolean;
  readonly outcomes: readonly DeclaredOutcome[];
}

/** One outcome column and what the review file says of it; null where it says nothing. */
export interface DeclaredOutcome {
  readonly column: string;
  /** 0 for the early years, else 1 to 5. */
  readonly keyStage: number | null;
  /** The subject or aspect of provision, as "mathematics", or {@link wholeCurriculum}. */
  readonly aspect: string | null;
}

/** Why a measure may not decide: a stable code and the sentence an official reads. */
export interface MeasureRefusal {
  readonly code: string;
  readonly text: string;
}

/** The aspect of an outcome that is made of all a pupil's subjects, as a total of points. */
export const wholeCurriculum = "all subjects";

/**
 * Whether a measure may decide: no floor, no Key Stage 1 result, no single aspect of provision.
 *
 * - A floor is a line on raw attainment. A line on "value added" without prior attainment is the same thing by another name.
 * - Key Stage 1 may be where pupils start from, not what a school is judged by.
 * - A single aspect is one subject in every outcome. Several subjects are taken as they are declared: the check can't know
 *   whether they are the whole of what a school does.
 *
 * @returns notes on what the file did not declare and therefore could not be checked, or every reason against the measure
 */
export function admitMeasure(declaration: MeasureDeclaration): Result<readonly string[], readonly MeasureRefusal[]> {
  const { outcomes } = declaration;
  const reasons = [...floorReasons(declaration), ...keyStage1Reasons(outcomes), ...singleAspectReasons(outcomes)];
  return reasons.length > 0 ? err(reasons) : ok(undeclared(outcomes));
}

/** A line on raw attainment, or one on value added that takes no account of where pupils began. */
export function floorReasons({ lineOn, usesPriorAttainment }: Omit<MeasureDeclaration, "outcomes">): MeasureRefusal[] {
  if (lineOn === "attainment")
    return [
      {
        code: "floor-target",
        text: "The line is drawn on raw attainment. That is a floor target: it measures whom a school admits. Draw the line on value added.",
      },
    ];
  if (usesPriorAttainment) return [];
  return [
    {
      code: "floor-without-prior-attainment",
      text: "The measure takes no prior attainment into account, so its line is a floor on attainment by another name. Name the pupils' earlier results under prior.",
    },
  ];
}

/** Outcomes that are results of Key Stage 1. */
export function keyStage1Reasons(outcomes: readonly DeclaredOutcome[]): MeasureRefusal[] {
  return outcomes
    .filter(({ keyStage }) => keyStage === 1)
    .map(({ column }) => ({
      code: "key-stage-1-outcome",
      text: `The outcome "${column}" is a Key Stage 1 result. Those are not used to hold a school to account; they may stand under prior.`,
    }));
}

/** Outcomes that are all of one subject or aspect. */
export function singleAspectReasons(outcomes: readonly DeclaredOutcome[]): MeasureRefusal[] {
  const aspects = new Set(outcomes.map(({ aspect }) => aspect?.trim().toLowerCase() ?? null));
  const [only] = aspects;
  if (aspects.size !== 1 || only === null || only === undefined || only === wholeCurriculum) return [];
  return [
    {
      code: "single-aspect",
      text: `Every outcome is of one aspect, ${only}. A measure that decides about a school is of the whole: add the other subjects' outcomes.`,
    },
  ];
}

function undeclared(outcomes: readonly DeclaredOutcome[]): string[] {
  const named = (missing: readonly DeclaredOutcome[]) => missing.map(({ column }) => `"${column}"`).join(", ");
  const stage = outcomes.filter(({ keyStage }) => keyStage === null);
  const aspect = outcomes.filter((outcome) => outcome.aspect === null);
  const notes: string[] = [];
  if (stage.length > 0)
    notes.push(`The key stage of ${named(stage)} is not declared, so it was not checked that it isn't Key Stage 1.`);
  if (aspect.length > 0)
    notes.push(
      `The aspect of ${named(aspect)} is not declared, so it was not checked that the measure is of more than one.`,
    );
  return notes;
}
