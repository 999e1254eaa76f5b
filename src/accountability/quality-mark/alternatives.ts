import { decideQualityMark, type QualityMarkInput } from "./award.js";
import type { Alternative, DecisionParameters } from "./decision.js";

/**
 * What other choices of the rule's numbers would change: other probabilities, other lines, and no regard to chance at all.
 * Only what can be computed from the measure stands here; other models are another measure.
 *
 * @param outcomeDeviation standard deviation of the outcome over the pupils, above 0
 * @returns the rule in force first (it changes nothing), then each other choice, those that equal it left out
 * @throws {RangeError} as {@link decideQualityMark} does.
 */
export function alternativesTo(
  inputs: readonly QualityMarkInput[],
  parameters: DecisionParameters,
  outcomeDeviation: number,
): Alternative[] {
  const inForce = inputs.map((input) => decideQualityMark(input, parameters).decision);
  return choices(parameters, outcomeDeviation).map(([label, chosen]) => {
    let [awarded, refused, changed] = [0, 0, 0];
    inputs.forEach((input, i) => {
      const { decision } = decideQualityMark(input, chosen);
      if (decision === "awarded") awarded++;
      if (decision === "refused") refused++;
      if (decision !== inForce[i]) changed++;
    });
    return { label, awarded, refused, changed };
  });
}

type Choice = readonly [label: string, parameters: DecisionParameters];

function choices(parameters: DecisionParameters, deviation: number): Choice[] {
  const percent = (probability: number) => `${Number((100 * probability).toFixed(2))}%`;
  const refuseAt = (probability: number): Choice => [
    `Refuse from a probability of ${percent(probability)}`,
    { ...parameters, refusalProbability: probability },
  ];
  const lineAt = (deviations: number): Choice => [
    `Line ${String(-deviations)} standard deviations below the national average`,
    { ...parameters, line: deviations * deviation },
  ];
  const { line, refusalProbability } = parameters;
  const all: Choice[] = [
    ["The rule in force", parameters],
    ["Ignore the interval: refuse wherever the estimate is below the line", { ...parameters, refusalProbability: 0.5 }],
    refuseAt(0.8),
    refuseAt(0.9),
    refuseAt(0.95),
    refuseAt(0.99),
    [
      `Turn the burden round: award only where a school is above the line with a probability of ${percent(refusalProbability)}`,
      { ...parameters, refusalProbability: 1 - refusalProbability },
    ],
    ["Line at the national average", { ...parameters, line: 0 }],
    lineAt(-0.1),
    lineAt(-0.2),
    lineAt(-0.3),
  ];
  const isInForce = ([, chosen]: Choice) =>
    Math.abs(chosen.line - line) <= 1e-12 * deviation && chosen.refusalProbability === refusalProbability;
  return all.filter((choice, i) => i === 0 || !isInForce(choice));
}
