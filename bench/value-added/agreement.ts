import type { Estimates, GroupEffects } from "../estimates.js";
import type { Figures } from "../line.js";

/** The largest of the distances over the levels for which both have a value; left out when there are none. */
function largest(levels: number, distance: (level: number) => number): { largest: number | null; compared: number } {
  let most = 0;
  let compared = 0;
  for (let level = 0; level < levels; level++) {
    const d = distance(level);
    if (!Number.isFinite(d)) continue;
    compared++;
    most = Math.max(most, d);
  }
  return { largest: compared > 0 ? most : null, compared };
}

function compareGroup(ours: GroupEffects, peer: GroupEffects): Figures {
  const levels = ours.estimate.length;
  const effect = largest(levels, (j) => Math.abs(ours.estimate[j]! - peer.estimate[j]!) / ours.predictionError[j]!);
  const relative = (name: "conditionalError" | "predictionError") =>
    largest(levels, (j) => Math.abs(ours[name][j]! / peer[name][j]! - 1));
  const conditional = relative("conditionalError");
  return {
    group: ours.group,
    effectsCompared: effect.compared,
    effectInStandardErrors: effect.largest,
    standardErrorsCompared: conditional.compared,
    conditionalErrorRelative: conditional.largest,
    predictionErrorRelative: relative("predictionError").largest,
  };
}

/**
 * How far two programs' answers to one case are apart: the criterion (peer less ours, so that above zero the peer stopped
 * short), the largest difference of a fixed effect and of a school's effect in their standard errors, and the largest
 * relative difference of a variance and of the schools' standard errors of both kinds.
 * @throws {RangeError} when they are not answers to the same model.
 */
export function compareAnswers(ours: Estimates, peer: Estimates): Figures {
  if (ours.fixedEffects.length !== peer.fixedEffects.length || ours.groups.length !== peer.groups.length)
    throw new RangeError("the two programs did not fit the same model");
  const fixed = ours.fixedEffects.map(({ estimate, standardError }, i) =>
    Math.abs((estimate - peer.fixedEffects[i]!.estimate) / standardError),
  );
  const variances = ours.variances.map(({ group, variance }) => {
    const other = peer.variances.find((entry) => entry.group === group);
    if (!other) throw new RangeError(`the other program has no variance of ${group}`);
    return Math.abs(variance / other.variance - 1);
  });
  return {
    criterionRelative: (peer.criterion - ours.criterion) / Math.abs(ours.criterion),
    fixedEffectInStandardErrors: Math.max(...fixed),
    varianceRelative: Math.max(...variances),
    groups: ours.groups.map((group, g) => compareGroup(group, peer.groups[g]!)),
  };
}

/** Half the width of a 95% interval of the normal distribution, in standard errors. */
const normal95 = 1.959963984540054;

/** How near estimated effects come to the ones the pupils were made with: correlation, and share of 95% intervals that hold them. */
export function compareWithTruth({ group, estimate, predictionError }: GroupEffects, truth: Float64Array): Figures {
  const n = truth.length;
  const mean = (values: Float64Array) => values.reduce((sum, value) => sum + value, 0) / n;
  const [a, b] = [mean(estimate), mean(truth)];
  let [both, first, second, held] = [0, 0, 0, 0];
  for (let j = 0; j < n; j++) {
    const [x, y] = [estimate[j]! - a, truth[j]! - b];
    both += x * y;
    first += x * x;
    second += y * y;
    if (Math.abs(estimate[j]! - truth[j]!) <= normal95 * predictionError[j]!) held++;
  }
  return { group, correlation: both / Math.sqrt(first * second), coverage95: held / n };
}
