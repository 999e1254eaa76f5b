import type { Sample } from "./calibrate.js";
import type { Nodes } from "./calibration.js";
import { type Expectation, expect, fillBase } from "./expectation.js";
import type { Layout, State } from "./layout.js";
import { scoresOf } from "./packs.js";
import { Posterior } from "./posterior.js";
import { notAdministered } from "./responses.js";
import type { Stratum } from "./strata.js";

/** One estimated number's share in a person's score: its value at each node, by the person's score on the item (one row where that doesn't matter). */
interface Part {
  readonly at: number;
  /** Place of the item among the stratum's items; −1 for the group's parameters. */
  readonly place: number;
  /** Scores × nodes. */
  readonly values: Float64Array;
}

function plainParts(layout: Layout, { curves }: Expectation, { items, group }: Stratum, j: number): Part[] {
  const item = items[j]!;
  const n = curves.nodes;
  const theta = curves.theta.subarray(group * n, (group + 1) * n);
  const maximum = layout.responses.items[item]!.maximum;
  const row = (group * layout.observed.length + layout.offset[item]!) * n;
  const p = (k: number, q: number) => curves.probability[row + k * n + q]!;
  const parts: Part[] = [];
  const fill = (at: number, value: (score: number, q: number) => number) => {
    if (at < 0) return;
    const values = new Float64Array((maximum + 1) * n);
    for (let x = 0; x <= maximum; x++) for (let q = 0; q < n; q++) values[x * n + q] = value(x, q);
    parts.push({ at, place: j, values });
  };
  const expected = theta.map((_, q) => {
    let sum = 0;
    for (let k = 1; k <= maximum; k++) sum += k * p(k, q);
    return sum;
  });
  fill(layout.slopeAt[item]!, (x, q) => theta[q]! * (x - expected[q]!));
  for (let k = 0; k <= maximum; k++)
    fill(layout.interceptAt[layout.offset[item]! + k]!, (x, q) => Number(x === k) - p(k, q));
  return parts;
}

function curvedParts(
  layout: Layout,
  state: State,
  { curves }: Expectation,
  { items, group }: Stratum,
  j: number,
): Part[] {
  const item = items[j]!;
  const n = curves.nodes;
  const guessing = state.guessing[item]!;
  const row = (group * layout.observed.length + layout.offset[item]! + 1) * n;
  const parts: Part[] = [];
  const fill = (at: number, slope: (above: number, q: number) => number) => {
    if (at < 0) return;
    const values = new Float64Array(2 * n);
    for (let q = 0; q < n; q++) {
      const p = curves.probability[row + q]!;
      const change = slope((p - guessing) / (1 - guessing), q);
      values[q] = -change / (1 - p);
      values[n + q] = change / p;
    }
    parts.push({ at, place: j, values });
  };
  const perLogit = (above: number) => (1 - guessing) * above * (1 - above);
  fill(layout.slopeAt[item]!, (above, q) => perLogit(above) * curves.theta[group * n + q]!);
  fill(layout.interceptAt[layout.offset[item]! + 1]!, perLogit);
  fill(layout.guessingAt[item]!, (above) => (1 - above) * guessing * (1 - guessing));
  return parts;
}

function partsOf(layout: Layout, state: State, expectation: Expectation, stratum: Stratum): Part[] {
  const { curves } = expectation;
  const n = curves.nodes;
  const { group } = stratum;
  const theta = curves.theta.subarray(group * n, (group + 1) * n);
  const [mean, sd] = [state.mean[group]!, state.sd[group]!];
  const parts = Array.from(stratum.items).flatMap((_, j) =>
    j < stratum.plain
      ? plainParts(layout, expectation, stratum, j)
      : curvedParts(layout, state, expectation, stratum, j),
  );
  if (layout.meanAt[group]! >= 0)
    parts.push({ at: layout.meanAt[group]!, place: -1, values: theta.map((one) => (one - mean) / (sd * sd)) });
  if (layout.sdAt[group]! >= 0)
    parts.push({ at: layout.sdAt[group]!, place: -1, values: theta.map((one) => ((one - mean) / sd) ** 2 - 1) });
  return parts;
}

interface Visit {
  readonly layout: Layout;
  readonly state: State;
  readonly expectation: Expectation;
  readonly logShare: Float64Array;
}

/** Posterior of each person of a stratum in turn, for any items. */
function posteriorOf(
  { layout, state, expectation, logShare }: Visit,
  stratum: Stratum,
): (scores: Uint8Array) => Posterior {
  const { curves } = expectation;
  const n = curves.nodes;
  const theta = curves.theta.subarray(stratum.group * n, (stratum.group + 1) * n);
  const base = new Float64Array(n);
  fillBase(layout, curves, logShare, stratum, base);
  const posterior = new Posterior(n);
  const own = new Float64Array(n);
  const { items, plain, group } = stratum;
  return (scores) => {
    let t = 0;
    own.set(base);
    for (let j = 0; j < items.length; j++) {
      const score = scores[j]!;
      if (score === notAdministered) {
        const row = (group * layout.slopeAt.length + items[j]!) * n;
        for (let q = 0; q < n; q++) own[q]! += curves.logSum[row + q]!;
      } else if (j < plain) t += state.slope[items[j]!]! * score;
      else {
        const row = (group * layout.observed.length + layout.offset[items[j]!]! + score) * n;
        for (let q = 0; q < n; q++) own[q]! += Math.log(curves.probability[row + q]!);
      }
    }
    if (plain === items.length) posterior.at(t, theta, 0, own);
    else posterior.general(t, theta, 0, own);
    return posterior;
  };
}

/**
 * Calls `use` for each person with the positions and values of the person's weighted score: the gradient of the person's own part of the log-likelihood,
 * times the weight, where it isn't zero. The arrays are used again for the next.
 */
export function eachScore(
  { layout, strata }: Sample,
  state: State,
  nodes: Nodes,
  use: (person: number, at: Int32Array, values: Float64Array) => void,
): void {
  const expectation = expect(layout, strata, state, nodes);
  const visit: Visit = { layout, state, expectation, logShare: nodes.share.map(Math.log) };
  const n = nodes.z.length;
  for (const stratum of strata) {
    const parts = partsOf(layout, state, expectation, stratum);
    const at = Int32Array.from(parts, (part) => part.at);
    const values = new Float64Array(parts.length);
    const own = new Uint8Array(stratum.items.length);
    const read = scoresOf(layout, stratum);
    const posteriorAt = posteriorOf(visit, stratum);
    stratum.persons.forEach((person, p) => {
      read(p, own);
      const { low, high, weight } = posteriorAt(own);
      parts.forEach(({ place, values: table }, d) => {
        values[d] = 0;
        if (place >= 0 && own[place] === notAdministered) return;
        const row = place < 0 ? 0 : own[place]! * n;
        let sum = 0;
        for (let q = low; q < high; q++) sum += weight[q]! * table[row + q]!;
        values[d] = sum * stratum.weight[p]!;
      });
      use(person, at, values);
    });
  }
}
