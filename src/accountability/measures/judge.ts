import { err, ok, type Result } from "../../kernel/index.js";
import { floorReasons, keyStage1Reasons, type MeasureRefusal, singleAspectReasons } from "./admissible.js";
import type { ProposedMeasure } from "./proposed-measure.js";

/** The sentence of the paper that a refusal rests on, in our words; shown beside the reason. */
export const ruleOfRefusal = {
  "floor-target": "Floor targets stop.",
  "floor-without-prior-attainment": "Floor targets stop.",
  "line-outside-the-quality-mark": "Floor targets stop.",
  "key-stage-1-outcome": "Key Stage 1 results leave accountability.",
  "single-aspect": "No measure is of a single aspect of provision.",
  "outcome-not-declared": "Measures are holistic, so what a measure is made of has to be known.",
  "one-year": "The Quality Mark rests on several years.",
  "not-weighted-by-time": "The Quality Mark weighs pupils by their time in the school.",
  "not-value-added": "The Quality Mark of a mainstream school rests on value added.",
} as const;

export type RefusalCode = keyof typeof ruleOfRefusal;

/** The rule that a stored refusal rests on; null for a code of an older version of the rules. */
export function ruleBehind(code: string): string | null {
  return code in ruleOfRefusal ? ruleOfRefusal[code as RefusalCode] : null;
}

/**
 * Judges a proposed measure by the rules of A3, and by what A2 asks of a measure that is to be part of the mark.
 *
 * A figure that names no school holds nobody to account, so nothing stands against it. Of every other:
 * - every outcome says its key stage and its aspect; none is of Key Stage 1; they are not all of one aspect;
 * - a line is a floor where it is drawn on attainment, or on progress without knowing where pupils began; and any line is one
 *   where it acts by itself: lines belong to the Quality Mark, where one figure never decides alone;
 * - a part of the mark is value added over several years, weighted by time; for special schools, pupil referral units and
 *   alternative provision it may be a judgement, by the framework of A4.
 *
 * @returns what the official should know, where it is admitted; every reason against it otherwise
 */
export function judgeMeasure(proposed: ProposedMeasure): Result<readonly string[], readonly MeasureRefusal[]> {
  if (proposed.consequence === "system-only")
    return ok(["No school is named, so this measure holds nobody to account and the rules don't stand against it."]);
  const reasons = [
    ...lineReasons(proposed),
    ...keyStage1Reasons(proposed.outcomes),
    ...singleAspectReasons(proposed.outcomes),
    ...notDeclared(proposed),
    ...qualityMarkReasons(proposed),
  ];
  return reasons.length > 0 ? err(reasons) : ok(notes(proposed));
}

function lineReasons({ basis, usesPriorAttainment, threshold, consequence }: ProposedMeasure): MeasureRefusal[] {
  if (threshold === null) return [];
  const floor =
    basis === "judgement"
      ? []
      : floorReasons({ lineOn: basis === "value-added" ? "value-added" : "attainment", usesPriorAttainment });
  if (consequence === "quality-mark") return floor;
  const alone: MeasureRefusal = {
    code: "line-outside-the-quality-mark",
    text: `A line at ${threshold.value} ${threshold.unit} that acts by itself is a floor target, whatever it is drawn on. Publish the figure with its interval and without a line, or propose it as one part of the Quality Mark.`,
  };
  return [...floor, alone];
}

function notDeclared({ basis, outcomes }: ProposedMeasure): MeasureRefusal[] {
  if (basis === "judgement") return [];
  const missing = outcomes.filter(({ keyStage, aspect }) => keyStage === null || aspect === null);
  if (outcomes.length > 0 && missing.length === 0) return [];
  const which = missing.map(({ column }) => `"${column}"`).join(", ");
  const text =
    outcomes.length === 0
      ? "No outcome is declared. Say which results the measure is made of, each with its key stage and its aspect."
      : `The key stage or the aspect of ${which} is not declared. Say both: an undeclared outcome can't be held against the rules.`;
  return [{ code: "outcome-not-declared", text }];
}

function qualityMarkReasons(proposed: ProposedMeasure): MeasureRefusal[] {
  const { consequence, basis, years, weightedByTime, population } = proposed;
  if (consequence !== "quality-mark") return [];
  if (basis !== "value-added") {
    if (!population.kinds.includes("mainstream")) return [];
    const text = `A mainstream school's part of the mark is value added; this measure is ${basisInWords(basis)}. Leave mainstream schools out of whom it covers, or measure what they added.`;
    return [{ code: "not-value-added", text }];
  }
  const reasons: MeasureRefusal[] = [];
  if (years < 2)
    reasons.push({
      code: "one-year",
      text: `One year's results of a school are too much chance. Look at two years or more together; this measure looks at ${years}.`,
    });
  if (!weightedByTime)
    reasons.push({
      code: "not-weighted-by-time",
      text: "A pupil who was in the school for a term would count like one who was there for five years. Weigh each pupil by the time on roll.",
    });
  return reasons;
}

/** As "a judgement" in a sentence. */
function basisInWords(basis: ProposedMeasure["basis"]): string {
  const words = { "value-added": "value added", attainment: "attainment", rate: "a rate", judgement: "a judgement" };
  return words[basis];
}

function notes({ outcomes, population, threshold, consequence, basis }: ProposedMeasure): string[] {
  const aspects = new Set(outcomes.map(({ aspect }) => aspect?.trim().toLowerCase()));
  const found: string[] = [];
  if (aspects.size > 1)
    found.push(
      `It is made of ${aspects.size} aspects. Whether they are the whole of what a school does is for people to agree: the register keeps who admitted it.`,
    );
  if (population.leavesOut !== "") found.push(`It leaves out ${population.leavesOut}.`);
  if (consequence === "quality-mark" && threshold === null && basis !== "judgement")
    found.push("It draws no line of its own: the agreed line is a dated parameter of the Quality Mark.");
  return found;
}
