import { normalCdf } from "../../statistics/distributions/index.js";

/** A school's figure as the model has it. */
export interface RedrawnFigure {
  readonly valueAdded: number;
  /** Of the school's true figure about the estimate. */
  readonly predictionError: number;
  /** 1 − conditional variance ÷ variance between schools, 0–1. */
  readonly reliability: number;
}

/**
 * The probability that the same school, judged on another draw of as many pupils, would have a figure at or below a threshold.
 *
 * The true figure m is normal about the estimate m̂ with the prediction error s. A new estimate m̂′ is made from other pupils of the same
 * school: given m it is normal about λm with variance λs² (λ the reliability), because estimates are drawn towards the average. Together
 * m̂′ is normal about λm̂ with variance λ(1 + λ)s². Derivation and limits: `docs/methods/value-added.md`.
 *
 * @param threshold in the outcome's units
 * @returns 0–1
 */
export function probabilityAtMost(figure: RedrawnFigure, threshold: number): number {
  const { valueAdded, predictionError, reliability } = figure;
  const deviation = predictionError * Math.sqrt(reliability * (1 + reliability));
  const distance = threshold - reliability * valueAdded;
  if (!(deviation > 0)) return distance >= 0 ? 1 : 0; // a school without information always stands at the average
  return normalCdf(distance / deviation);
}
