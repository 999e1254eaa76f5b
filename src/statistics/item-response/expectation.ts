import { type Absences, ScatteredPosteriors } from "./absences.js";
import type { Nodes } from "./calibration.js";
import { type Curves, curvesAt } from "./curves.js";
import type { Layout, State } from "./layout.js";
import { digitOf, type Packs } from "./packs.js";
import { Posterior } from "./posterior.js";
import { GridSpace, ScoreGrid, type ScoreRange } from "./score-grid.js";
import type { Stratum } from "./strata.js";

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
      const { maximum } = layout.responses.items[items[j]!]!;
      const slope = state.slope[items[j]!]!;
      for (let k = 1; k < packs.radix[j]!; k++) {
        const points = k <= maximum ? k * slope : 0;
        for (let c = 0; c < filled; c++) table[from + k * filled + c] = table[from + c]! + points;
      }
      filled *= packs.radix[j]!;
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
      const { maximum } = work.layout.responses.items[items[j]!]!;
      let sum = 0;
      for (let c = packs.stride[j]!; c < patterns; c++) {
        const score = digitOf(packs, j, c);
        if (score <= maximum) sum += score * sums[from + c]!;
      }
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

/** Persons who lack items here and there, one by one. */
function scatteredStratum(work: Work, stratum: Stratum, packs: Packs, score: Float64Array, absences: Absences): number {
  const { curves, base, counts, layout, out } = work;
  const { weight, group, items } = stratum;
  const { codes, count, offset } = packs;
  const n = curves.nodes;
  const rowOf = (place: number) => (group * layout.slopeAt.length + items[place]!) * n;
  const posteriors = new ScatteredPosteriors(
    {
      ...{ theta: curves.theta.subarray(group * n, (group + 1) * n), base },
      logSum: (place) => curves.logSum.subarray(rowOf(place), rowOf(place) + n),
      range: rangeOf(layout, work.state, stratum),
      given: absences.given,
    },
    items.length,
  );
  const sums = new Float64Array(score.length);
  let logLikelihood = 0;
  for (let p = 0, row = 0, gap = 0; p < weight.length; p++, row += count, gap += absences.count) {
    let t = 0;
    for (let b = 0; b < count; b++) t += score[offset[b]! + codes[row + b]!]!;
    posteriors.find(t, absences, gap);
    const w = weight[p]!;
    logLikelihood += w * posteriors.logLikelihood;
    const weighted = w * posteriors.mean;
    for (let b = 0; b < count; b++) sums[offset[b]! + codes[row + b]!]! += weighted;
    posteriors.count(w, counts);
  }
  shareSums(work, stratum, packs, sums);
  items.forEach((_, place) => void posteriors.takeAbsent(place, out.itemCounts, rowOf(place)));
  return logLikelihood;
}

function eachPerson(work: Work, stratum: Stratum, packs: Packs, score: Float64Array): number {
  const { posterior, curves, base, counts } = work;
  const { weight, group, patchy } = stratum;
  const { codes, count, offset, plain } = packs;
  const n = curves.nodes;
  const at = group * n;
  const sums = new Float64Array(score.length);
  const firstTabled = patchy ? 0 : plain;
  const tables = firstTabled < count ? tablesOf(work, stratum, packs, firstTabled) : null;
  const own = tables ? new Float64Array(n) : base;
  let logLikelihood = 0;
  for (let p = 0, row = 0; p < weight.length; p++, row += count) {
    let t = 0;
    for (let b = 0; b < plain; b++) t += score[offset[b]! + codes[row + b]!]!;
    if (tables) {
      own.set(base);
      for (let b = firstTabled; b < count; b++) {
        const pattern = offset[b]! + codes[row + b]!;
        if (tables.some[pattern] === 0) continue;
        const from = (pattern - tables.first) * n;
        for (let q = 0; q < n; q++) own[q]! += tables.log[from + q]!;
      }
    }
    if (plain < count) posterior.general(t, curves.theta, at, own);
    else posterior.at(t, curves.theta, at, own);
    const w = weight[p]!;
    logLikelihood += w * posterior.logLikelihood;
    const { low, high } = posterior;
    const share = posterior.weight;
    for (let q = low; q < high; q++) counts[q]! += w * share[q]!;
    const weighted = w * posterior.mean;
    for (let b = 0; b < plain; b++) sums[offset[b]! + codes[row + b]!]! += weighted;
    if (!tables) continue;
    for (let b = firstTabled; b < count; b++) {
      const pattern = offset[b]! + codes[row + b]!;
      if (tables.some[pattern] === 0) continue;
      const to = (pattern - tables.first) * n;
      for (let q = low; q < high; q++) tables.counts[to + q]! += w * share[q]!;
    }
  }
  shareSums(work, stratum, packs, sums);
  if (tables) shareTables(work, stratum, packs, tables, firstTabled);
  return logLikelihood;
}

/** What some patterns change at each node: a curved item's probability, and the logarithmic sum of a plain one that is missing, which is taken back. */
interface Tables {
  /** Number of the first pattern that has a row. */
  readonly first: number;
  /** By pattern of all packs: 1 where the row isn't zero. */
  readonly some: Uint8Array;
  /** Patterns × nodes: the change, and weighted persons. */
  readonly log: Float64Array;
  readonly counts: Float64Array;
}

function tablesOf(work: Work, { items, plain, group }: Stratum, packs: Packs, firstTabled: number): Tables {
  const { curves, layout } = work;
  const n = curves.nodes;
  const first = packs.offset[firstTabled]!;
  const all = packs.offset[packs.count]!;
  const log = new Float64Array((all - first) * n);
  const some = new Uint8Array(all);
  for (let b = firstTabled; b < packs.count; b++)
    for (let j = packs.start[b]!; j < packs.start[b + 1]!; j++) {
      const item = items[j]!;
      const { maximum } = layout.responses.items[item]!;
      const sumRow = (group * layout.slopeAt.length + item) * n;
      const row = (group * layout.observed.length + layout.offset[item]!) * n;
      for (let pattern = packs.offset[b]!; pattern < packs.offset[b + 1]!; pattern++) {
        const digit = digitOf(packs, j, pattern - packs.offset[b]!);
        const to = (pattern - first) * n;
        if (j < plain ? digit <= maximum : digit > maximum) continue;
        some[pattern] = 1;
        if (j < plain) for (let q = 0; q < n; q++) log[to + q]! += curves.logSum[sumRow + q]!;
        else for (let q = 0; q < n; q++) log[to + q]! += Math.log(curves.probability[row + digit * n + q]!);
      }
    }
  return { first, some, log, counts: new Float64Array(log.length) };
}

/** Curved items are told who scored 1; every item, who wasn't given it. */
function shareTables(
  work: Work,
  { items, plain, group }: Stratum,
  packs: Packs,
  tables: Tables,
  firstTabled: number,
): void {
  const n = work.curves.nodes;
  const { rightCounts, itemCounts } = work.out;
  for (let b = firstTabled; b < packs.count; b++)
    for (let j = packs.start[b]!; j < packs.start[b + 1]!; j++) {
      const { maximum } = work.layout.responses.items[items[j]!]!;
      const to = (group * work.layout.slopeAt.length + items[j]!) * n;
      for (let pattern = packs.offset[b]!; pattern < packs.offset[b + 1]!; pattern++) {
        const digit = digitOf(packs, j, pattern - packs.offset[b]!);
        const from = (pattern - tables.first) * n;
        if (digit > maximum) for (let q = 0; q < n; q++) itemCounts[to + q]! -= tables.counts[from + q]!;
        else if (j >= plain && digit === 1)
          for (let q = 0; q < n; q++) rightCounts[to + q]! += tables.counts[from + q]!;
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

function packedStratum(work: Work, stratum: Stratum, packs: Packs, score: Float64Array, exact: boolean): number {
  const range = rangeOf(work.layout, work.state, stratum);
  const gridFits = !stratum.patchy && packs.count === packs.plain;
  const onGrid = !exact && gridFits && stratum.weight.length > (range.most - range.least) / range.step + 8;
  return onGrid ? gridStratum(work, stratum, packs, score, range) : eachPerson(work, stratum, packs, score);
}

function addStratum(work: Work, stratum: Stratum, exact: boolean): number {
  const { counts, curves, out, layout } = work;
  const { items, group, cells, packs, absences } = stratum;
  const n = curves.nodes;
  fillBase(layout, curves, work.logShare, stratum, work.base);
  counts.fill(0);
  let logLikelihood = 0;
  if (cells) logLikelihood = cellStratum(work, stratum, cells);
  else if (packs) {
    const score = scoreTable(layout, work.state, stratum, packs);
    logLikelihood = absences
      ? scatteredStratum(work, stratum, packs, score, absences)
      : packedStratum(work, stratum, packs, score, exact);
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
