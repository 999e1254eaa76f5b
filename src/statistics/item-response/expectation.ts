import type { Nodes } from "./calibration.js";
import { type Curves, curvesAt } from "./curves.js";
import type { Layout, State } from "./layout.js";
import { Posterior } from "./posterior.js";
import { GridSpace, ScoreGrid, type ScoreRange } from "./score-grid.js";
import type { Packs, Stratum } from "./strata.js";

/** What the persons are expected to have done, given the parameters: all that the likelihood's gradient needs. */
export interface Expectation {
  readonly curves: Curves;
  readonly logLikelihood: number;
  /** Weighted persons at each node: group × node. */
  readonly groupCounts: Float64Array;
  /** Of them, those given each item: (group × item) × node. */
  readonly itemCounts: Float64Array;
  /** Of them, those who scored 1 on each curved item; empty where no item is curved. */
  readonly rightCounts: Float64Array;
  /** By plain item: sum over persons of weight, score and expected ability. Only where the slope is estimated. */
  readonly scoreByAbility: Float64Array;
}

/** The grid's step, as a fraction of 1 ÷ the standard deviation: the interpolation's error is then below 1e-9 of the posterior's. */
const gridStep = 0.2;

/** Memory that one pass after another uses. */
export class Workplace {
  curves: Curves | null = null;
  readonly grid = new GridSpace();
}

interface Work {
  readonly layout: Layout;
  readonly state: State;
  readonly curves: Curves;
  readonly posterior: Posterior;
  readonly grid: GridSpace;
  /** Logarithm of the nodes' shares. */
  readonly logShare: Float64Array;
  /** Of the stratum: that, less its plain items' logarithmic sums. */
  readonly base: Float64Array;
  /** Of the stratum: weighted persons at each node. */
  readonly counts: Float64Array;
  readonly out: Expectation;
}

/** The logarithm of each node's share less the plain items' logarithmic sums: what all persons of a stratum have in common. */
export function fillBase(
  layout: Layout,
  curves: Curves,
  logShare: Float64Array,
  stratum: Stratum,
  base: Float64Array,
): void {
  const { items, plain, group } = stratum;
  const n = curves.nodes;
  base.set(logShare);
  const groupRow = group * layout.slopeAt.length;
  for (let j = 0; j < plain; j++) {
    const row = (groupRow + items[j]!) * n;
    for (let q = 0; q < n; q++) base[q]! -= curves.logSum[row + q]!;
  }
}

/** Weighted score of every pattern of the plain packs. */
export function scoreTable(layout: Layout, state: State, { items }: Stratum, packs: Packs): Float64Array {
  const table = new Float64Array(packs.offset[packs.plain]!);
  for (let b = 0; b < packs.plain; b++) {
    const from = packs.offset[b]!;
    let filled = 1;
    for (let j = packs.start[b]!; j < packs.start[b + 1]!; j++) {
      const item = items[j]!;
      const maximum = layout.responses.items[item]!.maximum;
      const slope = state.slope[item]!;
      for (let k = 1; k <= maximum; k++)
        for (let c = 0; c < filled; c++) table[from + k * filled + c] = table[from + c]! + k * slope;
      filled *= maximum + 1;
    }
  }
  return table;
}

/** What the patterns gathered goes to their items: each pattern's sum times the item's score in it. */
function shareSums(work: Work, { items }: Stratum, packs: Packs, sums: Float64Array): void {
  const { scoreByAbility } = work.out;
  for (let b = 0; b < packs.plain; b++) {
    const from = packs.offset[b]!;
    const patterns = packs.offset[b + 1]! - from;
    for (let j = packs.start[b]!; j < packs.start[b + 1]!; j++) {
      const stride = packs.stride[j]!;
      const categories = work.layout.responses.items[items[j]!]!.maximum + 1;
      let sum = 0;
      for (let c = stride; c < patterns; c++) sum += (Math.floor(c / stride) % categories) * sums[from + c]!;
      scoreByAbility[items[j]!]! += sum;
    }
  }
}

function cellStratum(work: Work, { group }: Stratum, cells: NonNullable<Stratum["cells"]>): number {
  const { posterior, curves, base, counts } = work;
  const at = group * curves.nodes;
  let logLikelihood = 0;
  for (let c = 0; c < cells.t.length; c++) {
    posterior.at(cells.t[c]!, curves.theta, at, base);
    const weight = cells.weight[c]!;
    logLikelihood += weight * posterior.logLikelihood;
    for (let q = posterior.low; q < posterior.high; q++) counts[q]! += weight * posterior.weight[q]!;
  }
  return logLikelihood;
}

function gridStratum(work: Work, stratum: Stratum, packs: Packs, score: Float64Array, range: ScoreRange): number {
  const { curves, base, counts } = work;
  const at = stratum.group * curves.nodes;
  const grid = new ScoreGrid(range, curves.theta, at, base, work.grid);
  const sums = new Float64Array(score.length);
  grid.addPersons(stratum.weight, packs.codes, packs.count, packs.offset, score, sums);
  shareSums(work, stratum, packs, sums);
  return grid.spread(curves.theta, at, counts);
}

function eachPerson(work: Work, stratum: Stratum, packs: Packs, score: Float64Array): number {
  const { posterior, curves, base, counts } = work;
  const { weight, group } = stratum;
  const { codes, count, offset, plain } = packs;
  const at = group * curves.nodes;
  const n = curves.nodes;
  const sums = new Float64Array(score.length);
  const curved = count > plain ? curvedTables(work, stratum, packs) : null;
  const more = new Float64Array(n);
  let logLikelihood = 0;
  for (let p = 0, row = 0; p < weight.length; p++, row += count) {
    let t = 0;
    for (let b = 0; b < plain; b++) t += score[offset[b]! + codes[row + b]!]!;
    if (curved) {
      more.fill(0);
      for (let b = plain; b < count; b++) {
        const from = (offset[b]! - curved.first + codes[row + b]!) * n;
        for (let q = 0; q < n; q++) more[q]! += curved.log[from + q]!;
      }
      posterior.general(t, curves.theta, at, base, more);
    } else posterior.at(t, curves.theta, at, base);
    const w = weight[p]!;
    logLikelihood += w * posterior.logLikelihood;
    const { low, high } = posterior;
    const share = posterior.weight;
    for (let q = low; q < high; q++) counts[q]! += w * share[q]!;
    const weighted = w * posterior.mean;
    for (let b = 0; b < plain; b++) sums[offset[b]! + codes[row + b]!]! += weighted;
    if (curved)
      for (let b = plain; b < count; b++) {
        const to = (offset[b]! - curved.first + codes[row + b]!) * n;
        for (let q = low; q < high; q++) curved.counts[to + q]! += w * share[q]!;
      }
  }
  shareSums(work, stratum, packs, sums);
  if (curved) shareCurved(work, stratum, packs, curved);
  return logLikelihood;
}

interface CurvedTables {
  /** Number of the first curved pattern. */
  readonly first: number;
  /** Curved patterns × nodes: logarithm of the probability, and weighted persons. */
  readonly log: Float64Array;
  readonly counts: Float64Array;
}

function curvedTables(work: Work, { items, group }: Stratum, packs: Packs): CurvedTables {
  const { curves, layout } = work;
  const n = curves.nodes;
  const first = packs.offset[packs.plain]!;
  const size = (packs.offset[packs.count]! - first) * n;
  const log = new Float64Array(size);
  for (let b = packs.plain; b < packs.count; b++) {
    const from = packs.offset[b]! - first;
    const patterns = packs.offset[b + 1]! - packs.offset[b]!;
    for (let j = packs.start[b]!; j < packs.start[b + 1]!; j++) {
      const row = (group * layout.observed.length + layout.offset[items[j]!]!) * n;
      for (let c = 0; c < patterns; c++) {
        const category = Math.floor(c / packs.stride[j]!) & 1;
        for (let q = 0; q < n; q++) log[(from + c) * n + q]! += Math.log(curves.probability[row + category * n + q]!);
      }
    }
  }
  return { first, log, counts: new Float64Array(size) };
}

function shareCurved(work: Work, { items, group }: Stratum, packs: Packs, curved: CurvedTables): void {
  const n = work.curves.nodes;
  const { rightCounts } = work.out;
  for (let b = packs.plain; b < packs.count; b++) {
    const from = packs.offset[b]! - curved.first;
    const patterns = packs.offset[b + 1]! - packs.offset[b]!;
    for (let j = packs.start[b]!; j < packs.start[b + 1]!; j++) {
      const to = (group * work.layout.slopeAt.length + items[j]!) * n;
      for (let c = 0; c < patterns; c++)
        if ((Math.floor(c / packs.stride[j]!) & 1) === 1)
          for (let q = 0; q < n; q++) rightCounts[to + q]! += curved.counts[(from + c) * n + q]!;
    }
  }
}

/** The weighted scores that a stratum's items allow, and the step of a grid over them. */
export function rangeOf(layout: Layout, state: State, { items, plain, group }: Stratum): ScoreRange {
  let [least, most] = [0, 0];
  for (let j = 0; j < plain; j++) {
    const reach = state.slope[items[j]!]! * layout.responses.items[items[j]!]!.maximum;
    if (reach < 0) least += reach;
    else most += reach;
  }
  return { least, most, step: gridStep / state.sd[group]! };
}

function addStratum(work: Work, stratum: Stratum, exact: boolean): number {
  const { counts, curves, out, layout } = work;
  const { items, group, cells, packs } = stratum;
  const n = curves.nodes;
  fillBase(layout, curves, work.logShare, stratum, work.base);
  counts.fill(0);
  let logLikelihood = 0;
  if (cells) logLikelihood = cellStratum(work, stratum, cells);
  else if (packs) {
    const score = scoreTable(layout, work.state, stratum, packs);
    const range = rangeOf(layout, work.state, stratum);
    const onGrid =
      !exact && packs.count === packs.plain && stratum.weight.length > (range.most - range.least) / range.step + 8;
    logLikelihood = onGrid ? gridStratum(work, stratum, packs, score, range) : eachPerson(work, stratum, packs, score);
  }
  for (let q = 0; q < n; q++) out.groupCounts[group * n + q]! += counts[q]!;
  for (const item of items) {
    const row = (group * layout.slopeAt.length + item) * n;
    for (let q = 0; q < n; q++) out.itemCounts[row + q]! += counts[q]!;
  }
  return logLikelihood;
}

/** The persons' likelihood in the plain items' intercepts: what was observed times the intercept. */
function observedPart({ observed, curved, offset }: Layout, { intercept }: State): number {
  let sum = 0;
  for (let i = 0; i < curved.length; i++)
    if (curved[i] === 0)
      for (let at = offset[i]!; at < offset[i + 1]!; at++) if (observed[at]! > 0) sum += observed[at]! * intercept[at]!;
  return sum;
}

/**
 * One pass over the persons: the logarithm of their likelihood, and what they are expected to have done.
 * @param exact each person at every node, in place of the interpolation of strata that are larger than their grid
 * @param before what an earlier pass worked in, to be used again: its expectation is then no longer to be read
 */
export function expect(
  layout: Layout,
  strata: readonly Stratum[],
  state: State,
  nodes: Nodes,
  exact = false,
  before: Workplace = new Workplace(),
): Expectation {
  const n = nodes.z.length;
  const groups = state.mean.length;
  const items = state.slope.length;
  const curves = curvesAt(layout, state, nodes, before.curves);
  before.curves = curves;
  const anyCurved = layout.curved.some((one) => one === 1);
  const out = {
    curves,
    logLikelihood: observedPart(layout, state),
    groupCounts: new Float64Array(groups * n),
    itemCounts: new Float64Array(groups * items * n),
    rightCounts: new Float64Array(anyCurved ? groups * items * n : 0),
    scoreByAbility: new Float64Array(items),
  };
  const work: Work = {
    ...{ layout, state, curves, out },
    posterior: new Posterior(n),
    grid: before.grid,
    logShare: nodes.share.map(Math.log),
    base: new Float64Array(n),
    counts: new Float64Array(n),
  };
  for (const stratum of strata) out.logLikelihood += addStratum(work, stratum, exact);
  return out;
}
