import type { MixedModelFit } from "../../statistics/mixed-model/index.js";
import type { ValueAddedDesign } from "./design.js";

/** What the model says of each pupil, part by part, in the outcome's units. Every array is as long as the pupils used. */
export interface FittedParts {
  /** Prior attainment's part, and the context's, each less its mean over the pupils. */
  readonly prior: Float64Array;
  readonly context: Float64Array;
  /** The fixed part: the expectation before any school is considered. */
  readonly expected: Float64Array;
  /** Mean of the fixed part over the pupils. */
  readonly expectedMean: number;
  /** What the pupil's schools added, by share, lasting and by year. */
  readonly schools: Float64Array;
  /** What the further groups (authority, primary school) added. */
  readonly groups: Float64Array;
}

function addEffects(design: ValueAddedDesign, fit: MixedModelFit, term: number, into: Float64Array): void {
  const { group, start, level, weight, coefficients } = design.model.random[term]!;
  for (const { name, values } of coefficients) {
    const { estimate } = fit.randomEffects.find((effects) => effects.group === group && effects.coefficient === name)!;
    for (let i = 0; i < into.length; i++) {
      const end = start ? start[i + 1]! : i + 1;
      for (let e = start ? start[i]! : i; e < end; e++) {
        const at = level[e]!;
        if (at >= 0) into[i]! += (weight ? weight[e]! : 1) * estimate[at]! * (values ? values[i]! : 1);
      }
    }
  }
}

/** Takes the fitted model apart, pupil by pupil. */
export function fittedParts(design: ValueAddedDesign, fit: MixedModelFit): FittedParts {
  const { model, roles } = design;
  const n = model.rows;
  const parts = { constant: new Float64Array(n), prior: new Float64Array(n), context: new Float64Array(n) };
  model.fixed.forEach(({ values }, j) => {
    const { estimate } = fit.fixedEffects[j]!;
    const into = parts[roles[j]!];
    if (values) for (let i = 0; i < n; i++) into[i]! += estimate * values[i]!;
    else for (let i = 0; i < n; i++) into[i]! += estimate;
  });
  const expected = parts.constant;
  for (let i = 0; i < n; i++) expected[i]! += parts.prior[i]! + parts.context[i]!;
  const mean = (x: Float64Array) => x.reduce((a, b) => a + b, 0) / n;
  for (const part of [parts.prior, parts.context]) {
    const centre = mean(part);
    for (let i = 0; i < n; i++) part[i]! -= centre;
  }
  const schools = new Float64Array(n);
  const groups = new Float64Array(n);
  const ofSchools = new Set([0, ...design.within.map(({ term }) => term)]);
  model.random.forEach((_, term) => {
    addEffects(design, fit, term, ofSchools.has(term) ? schools : groups);
  });
  return { prior: parts.prior, context: parts.context, expected, expectedMean: mean(expected), schools, groups };
}
