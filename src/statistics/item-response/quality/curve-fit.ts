import { expectedScore, type ItemParameters } from "../items.js";
import { spacings } from "../persons/grid.js";
import { gridOf, type NormalGroup, PersonLikelihoods, Posterior, priorsOf } from "../persons/index.js";
import type { Responses } from "../responses.js";
import { eachAnswer } from "./answers.js";

/** How far the curve that a group's answers draw is from the item's curve. */
export interface CurveFit {
  readonly item: string;
  readonly group: string;
  readonly n: number;
  /**
   * √∫ (observed − expected)² f(θ) dθ with the expected score as a share of the maximum and f the group's own density. PISA treats an item in a
   * country from 0.12 (new) or 0.10–0.12 on; below 0.05 differences are of no account.
   */
  readonly rmsd: number;
  /** ∫ (observed − expected) f(θ) dθ: above nought where the group finds the item easier than the model says. */
  readonly bias: number;
}

/**
 * Root mean squared deviation of items' curves by group (Khorramdel, Shin & von Davier 2019; Köhler, Robitzsch & Hartig 2020): each person's
 * answer is spread over the abilities at which the person may be, by the posterior given all of the person's answers under the group's distribution.
 * With items that are the same for all groups it is a measure of DIF.
 *
 * @param groups one distribution a group of the responses, or one for all
 * @param same items of the same number are one item, with parameters of several calibrations on one scale (of each cycle): its answers are held each against the curve
 * that it was given by, and told under the name of the first; left out, every item is its own
 * @returns items × groups, those with answers
 */
export function curveFit(
  responses: Responses,
  items: ItemParameters,
  groups: readonly NormalGroup[],
  same: Int32Array = Int32Array.from(responses.items, (_, j) => j),
): readonly CurveFit[] {
  const nodes = gridOf(responses, items, groups, spacings.moments);
  const width = nodes.length;
  const count = responses.items.length;
  const parts = responses.groups.length;
  const posterior = new Posterior(new PersonLikelihoods(responses, items, nodes));
  const priors = priorsOf(responses, groups);
  const [mass, beyond] = [new Float64Array(parts * count * width), new Float64Array(parts * count * width)];
  const expected = responses.items.map(({ maximum }, j) =>
    nodes.map((theta) => expectedScore(items, j, theta) / maximum),
  );
  const n = new Float64Array(parts * count);
  let taken = -1;
  let scale = 0;
  eachAnswer(responses, (person, item, score) => {
    if (person !== taken) {
      posterior.take(person, priors.mean(person), priors.sd(person));
      taken = person;
      let sum = 0;
      for (let q = posterior.first; q <= posterior.last; q++) sum += posterior.density[q]!;
      scale = (responses.weights?.[person] ?? 1) / sum;
    }
    const cell = (responses.group?.[person] ?? 0) * count + same[item]!;
    const curve = expected[item]!;
    n[cell]! += 1;
    const share = score / responses.items[item]!.maximum;
    for (let q = posterior.first, at = cell * width + q; q <= posterior.last; q++, at++) {
      const w = posterior.density[q]! * scale;
      mass[at]! += w;
      beyond[at]! += w * (share - curve[q]!);
    }
  });
  const found: CurveFit[] = [];
  responses.items.forEach((_, j) => {
    const name = responses.items[same.indexOf(j)]?.name;
    if (name === undefined) return;
    responses.groups.forEach((group, g) => {
      const cell = g * count + j;
      if (n[cell] === 0) return;
      let [total, square, plain] = [0, 0, 0];
      for (let q = 0, at = cell * width; q < width; q++, at++) {
        if (mass[at] === 0) continue;
        const difference = beyond[at]! / mass[at]!;
        total += mass[at]!;
        square += mass[at]! * difference * difference;
        plain += mass[at]! * difference;
      }
      found.push({ item: name, group, n: n[cell]!, rmsd: Math.sqrt(square / total), bias: plain / total });
    });
  });
  return found;
}
