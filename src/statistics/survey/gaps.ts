import type { SurveyDesign } from "./design.js";
import type { EstimateOptions, Figure, Groups, JointEstimates, Variable } from "./joint.js";
import { means } from "./moments.js";

/**
 * The difference of two figures that were made together, the second less the first, with their covariance through the replicates.
 * @throws {RangeError} when a name is not among them.
 */
export function difference(joint: JointEstimates, from: string, to: string): Figure {
  return joint.combine(differenceOf(joint, from, to));
}

/** The coefficients of {@link difference}. @throws {RangeError} when a name is not among the figures' */
export function differenceOf(joint: JointEstimates, from: string, to: string): Float64Array {
  const coefficients = new Float64Array(joint.names.length);
  for (const [name, sign] of [
    [from, -1],
    [to, 1],
  ] as const) {
    const at = joint.names.indexOf(name);
    if (at < 0) throw new RangeError(`there is no figure ${name}: there are ${joint.names.join(", ")}`);
    coefficients[at]! += sign;
  }
  return coefficients;
}

/** Differences of the groups' means from one group's, by the other group's name. */
export function gaps(
  values: Variable,
  design: SurveyDesign,
  groups: Groups,
  reference: string,
  options?: EstimateOptions,
): ReadonlyMap<string, Figure> {
  const joint = means(values, design, groups, options);
  return new Map(
    groups.names.filter((name) => name !== reference).map((name) => [name, difference(joint, reference, name)]),
  );
}
