import { normalQuantile } from "../../statistics/distributions/index.js";
import { probabilityAtMost } from "../value-added/index.js";
import { decideQualityMark, type QualityMarkInput } from "./award.js";
import type { ChanceOfOther } from "./comparison.js";
import type { DecisionParameters } from "./decision.js";

/** The chances of all schools, in the order of the inputs, and their sum. */
export interface Chances {
  /** Probability of another decision on another draw of pupils, 0–1; null where the decision does not rest on value added. */
  readonly otherwise: readonly (number | null)[];
  readonly total: ChanceOfOther | null;
}

/**
 * How probable it is that each school would be decided otherwise if as many other pupils of the same school had come, everything else equal.
 *
 * The rule refuses where the figure is at or below a threshold: the line less the refusal probability's quantile of prediction errors.
 * How a new figure would lie about it is {@link probabilityAtMost}'s. A school that is refused for safeguarding or accounts stays
 * refused whatever its pupils do, and a school with too few pupils stays undecided: neither rests on value added.
 *
 * @param reliability of the figure of each input, 0–1; null where it has none
 */
export function chancesOfOther(
  inputs: readonly QualityMarkInput[],
  reliability: readonly (number | null)[],
  parameters: DecisionParameters,
): Chances {
  const quantile = normalQuantile(parameters.refusalProbability);
  const total = { schools: 0, expected: 0, refused: 0, refusedAgain: 0 };
  const otherwise = inputs.map((input, i) => {
    const own = reliability[i];
    const { measure } = input;
    if (measure === null || own === null || own === undefined) return null;
    const { decision, probabilityBelow } = decideQualityMark(input, parameters);
    if (probabilityBelow === null) return null;
    const onValueAdded = probabilityBelow >= parameters.refusalProbability;
    const untouched = { ...input, measure: { ...measure, valueAdded: parameters.line + 10 * measure.predictionError } };
    if (decideQualityMark(untouched, parameters).decision === "refused") return null; // refused for something else as well
    const refusedAgain = probabilityAtMost(
      { ...measure, reliability: own },
      parameters.line - quantile * measure.predictionError,
    );
    const probability = onValueAdded ? 1 - refusedAgain : refusedAgain;
    total.schools++;
    total.expected += probability;
    if (decision === "refused") {
      total.refused++;
      total.refusedAgain += refusedAgain;
    }
    return probability;
  });
  return { otherwise, total: total.schools > 0 ? total : null };
}
