import type { MixedModelFit } from "../../statistics/mixed-model/index.js";
import type { ValueAddedDesign } from "./design.js";
import type { FittedParts } from "./fitted-parts.js";
import type { ExplanationStep } from "./measure.js";

/** Sums over each school's pupils, every pupil counted by the share of time. All arrays are as long as the schools. */
export interface SchoolSums {
  readonly pupils: Int32Array;
  readonly pupilEquivalents: Float64Array;
  /** Σ share². */
  readonly squaredShares: Float64Array;
  readonly outcome: Float64Array;
  readonly prior: Float64Array;
  readonly context: Float64Array;
  readonly expected: Float64Array;
  readonly groups: Float64Array;
  /** What these pupils' schools added, this one included. */
  readonly schools: Float64Array;
  /** What this school itself added, by share and with what differs between its pupils. */
  readonly own: Float64Array;
}

/** Adds up the fitted parts school by school. */
export function sumBySchool(design: ValueAddedDesign, fit: MixedModelFit, parts: FittedParts): SchoolSums {
  const { schools: names, start, school, share } = design.membership;
  const column = () => new Float64Array(names.length);
  const sums = {
    pupils: new Int32Array(names.length),
    pupilEquivalents: column(),
    squaredShares: column(),
    outcome: column(),
    prior: column(),
    context: column(),
    expected: column(),
    groups: column(),
    schools: column(),
    own: column(),
  };
  const y = design.model.response.values;
  const own = ownEffects(design, fit);
  for (let i = 0; i < y.length; i++) {
    const end = start ? start[i + 1]! : i + 1;
    for (let e = start ? start[i]! : i; e < end; e++) {
      const s = school[e]!;
      const w = share ? share[e]! : 1;
      if (s < 0 || !(w > 0)) continue;
      sums.pupils[s]! += 1;
      sums.pupilEquivalents[s]! += w;
      sums.squaredShares[s]! += w * w;
      sums.outcome[s]! += w * y[i]!;
      sums.prior[s]! += w * parts.prior[i]!;
      sums.context[s]! += w * parts.context[i]!;
      sums.expected[s]! += w * parts.expected[i]!;
      sums.groups[s]! += w * parts.groups[i]!;
      sums.schools[s]! += w * parts.schools[i]!;
      sums.own[s]! += w * w * own(i, e);
    }
  }
  return sums;
}

/** The full effect of the school of a membership entry on its pupil: lasting, slopes, and the year's. */
function ownEffects(design: ValueAddedDesign, fit: MixedModelFit): (pupil: number, entry: number) => number {
  const terms = [0, ...design.within.map(({ term }) => term)].flatMap((t) => {
    const { group, level, coefficients } = design.model.random[t]!;
    return coefficients.map(({ name, values }) => ({
      level,
      values,
      estimate: fit.randomEffects.find((effects) => effects.group === group && effects.coefficient === name)!.estimate,
    }));
  });
  return (pupil, entry) => {
    let effect = 0;
    for (const { level, values, estimate } of terms) effect += estimate[level[entry]!]! * (values ? values[pupil]! : 1);
    return effect;
  };
}

/**
 * The steps from a school's average outcome to its published figure; they add up exactly, each total being the one before plus its change.
 * @param lasting the school's lasting effect, @param published the figure that is published
 */
export function explainSchool(
  sums: SchoolSums,
  s: number,
  national: number,
  lasting: number,
  published: number,
  hasYears: boolean,
  hasGroups: boolean,
): ExplanationStep[] {
  const weight = sums.pupilEquivalents[s]!;
  const steps: ExplanationStep[] = [];
  let total = 0;
  const reach = (code: ExplanationStep["code"], label: string, target: number) => {
    steps.push({ code, label, change: target - total, total: target });
    total = target;
  };
  if (!(weight > 0)) {
    reach("published", "No pupils: the school's effect is unknown and stands at the average", published);
    return steps;
  }
  const outcome = sums.outcome[s]! / weight - national;
  const givenPrior = outcome - sums.prior[s]! / weight;
  const givenContext = givenPrior - sums.context[s]! / weight;
  const givenGroups = givenContext - sums.groups[s]! / weight;
  // What is left, less the other schools of pupils who moved, over what a whole pupil's time here would have shown.
  const leftOver =
    (sums.outcome[s]! - sums.expected[s]! - sums.groups[s]! - (sums.schools[s]! - sums.own[s]!)) /
    sums.squaredShares[s]!;
  reach("outcome", "Average outcome, against the average of all pupils", outcome);
  reach("prior", "Given where the pupils started", givenPrior);
  reach("context", "Given the pupils' and the school's context", givenContext);
  if (hasGroups) reach("groups", "Given their authority and other groups", givenGroups);
  reach("elsewhere", "Given what other schools of pupils who moved added", leftOver);
  reach("shrinkage", "Drawn towards the average as far as chance may explain it", lasting);
  if (hasYears) reach("years", "With the mean of the years' own deviations", published);
  return steps;
}
