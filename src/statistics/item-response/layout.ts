import type { CalibrationOptions, FreeParameter } from "./calibration.js";
import type { ItemModel, ItemParameters } from "./items.js";
import type { Responses } from "./responses.js";

/** Where each number of a calibration stands: item by item, category by category, and in the vector of what is estimated. */
export interface Layout {
  readonly responses: Responses;
  readonly models: readonly ItemModel[];
  /** Items + 1: where an item's categories begin among all categories. */
  readonly offset: Int32Array;
  /** Weighted number of persons in each category of each item. */
  readonly observed: Float64Array;
  /** Lowest category of each item that somebody scored. */
  readonly lowest: Uint8Array;
  /** 1 where the item's curve is not of the exponential family (three parameters). */
  readonly curved: Uint8Array;
  /** Position in the vector of what is estimated, −1 where a number is known: by item, category or group. */
  readonly slopeAt: Int32Array;
  readonly interceptAt: Int32Array;
  readonly guessingAt: Int32Array;
  readonly meanAt: Int32Array;
  readonly sdAt: Int32Array;
  readonly free: readonly FreeParameter[];
}

/** The numbers themselves, known and estimated. Standard deviations by their logarithms, guessing by its logit in the vector only. */
export interface State {
  readonly slope: Float64Array;
  /** By category of all items, as `offset` says. */
  readonly intercept: Float64Array;
  readonly guessing: Float64Array;
  readonly mean: Float64Array;
  readonly sd: Float64Array;
}

/** Weighted number of persons in each category, and where an item's categories begin. */
export function countCategories(responses: Responses): { offset: Int32Array; observed: Float64Array } {
  const { items, booklets, booklet, starts, scores, weights } = responses;
  const offset = new Int32Array(items.length + 1);
  items.forEach(({ maximum }, i) => {
    offset[i + 1] = offset[i]! + maximum + 1;
  });
  // A row an item, in which what was not administered has a place too, so that the loop needn't ask.
  const wide = 256;
  const counts = new Float64Array(items.length * wide);
  for (let p = 0; p < booklet.length; p++) {
    const list = booklets[booklet[p]!]!;
    const from = starts[p]!;
    const weight = weights ? weights[p]! : 1;
    for (let j = 0; j < list.length; j++) counts[list[j]! * wide + scores[from + j]!]! += weight;
  }
  const observed = new Float64Array(offset[items.length]!);
  items.forEach(({ maximum }, i) => {
    observed.set(counts.subarray(i * wide, i * wide + maximum + 1), offset[i]!);
  });
  return { offset, observed };
}

const isRasch = (model: ItemModel) => model === "rasch" || model === "partial-credit";

interface Draft {
  readonly free: FreeParameter[];
  readonly layout: Layout;
  readonly state: State;
}

function add(draft: Draft, kind: FreeParameter["kind"], of: number, category: number, name: string): number {
  return draft.free.push({ kind, of, category, name }) - 1;
}

/** Known numbers of one item go into the state; the others get a place in the vector, and a value to start from. */
function layItem(draft: Draft, i: number, options: CalibrationOptions): void {
  const { layout, state } = draft;
  const { name, maximum } = layout.responses.items[i]!;
  const model = layout.models[i]!;
  const from = layout.offset[i]!;
  const fixed = options.fixed?.find((one) => one.name === name);
  if (fixed) {
    state.slope[i] = fixed.slope;
    state.guessing[i] = fixed.guessing ?? 0;
    for (let k = 0; k <= maximum; k++) state.intercept[from + k] = fixed.intercepts[k]!;
    return;
  }
  state.slope[i] = 1;
  if (!isRasch(model)) layout.slopeAt[i] = add(draft, "slope", i, 0, `${name} slope`);
  const base = layout.observed[from + layout.lowest[i]!]!;
  for (let k = 0; k <= maximum; k++) {
    const count = layout.observed[from + k]!;
    if (!(count > 0)) state.intercept[from + k] = -Infinity;
    else if (k !== layout.lowest[i]) {
      state.intercept[from + k] = 1.2 * Math.log(count / base);
      const label = maximum === 1 ? `${name} intercept` : `${name} intercept ${k}`;
      layout.interceptAt[from + k] = add(draft, "intercept", i, k, label);
    }
  }
  if (model !== "three-parameter") return;
  const guessing = options.guessing?.find((one) => one.name === name);
  state.guessing[i] = guessing?.value ?? 0.15;
  if (guessing) return;
  layout.guessingAt[i] = add(draft, "guessing", i, 0, `${name} guessing`);
}

/** Whether the scale's unit is held by some item's slope rather than by the first group's standard deviation. */
function unitIsKnown(models: readonly ItemModel[], responses: Responses, options: CalibrationOptions): boolean {
  const fixed = new Set(options.fixed?.map(({ name }) => name));
  return responses.items.some(({ name }, i) => fixed.has(name) || isRasch(models[i]!));
}

function layGroups(draft: Draft, options: CalibrationOptions): void {
  const { layout, state } = draft;
  const { groups } = layout.responses;
  const linked = (options.fixed?.length ?? 0) > 0;
  const unit = unitIsKnown(layout.models, layout.responses, options);
  const anyMean = options.groups?.some(({ mean }) => mean !== undefined) ?? false;
  const anySd = options.groups?.some(({ sd }) => sd !== undefined) ?? false;
  groups.forEach((name, g) => {
    const known = options.groups?.find((one) => one.name === name);
    const first = g === 0 && !linked;
    const freeMean = known?.mean === undefined && !(first && !anyMean);
    const freeSd = known?.sd === undefined && !(first && !unit && !anySd);
    state.mean[g] = known?.mean ?? 0;
    state.sd[g] = known?.sd ?? 1;
    if (freeMean) layout.meanAt[g] = add(draft, "mean", g, 0, `${name} mean`);
    if (freeSd) layout.sdAt[g] = add(draft, "sd", g, 0, `${name} sd`);
  });
}

/** Lays out what is known and what is estimated, with values to start from. The options have been checked. */
export function layOut(responses: Responses, options: CalibrationOptions): { layout: Layout; state: State } {
  const count = responses.items.length;
  const groups = responses.groups.length;
  const { offset, observed } = countCategories(responses);
  const models =
    typeof options.model === "string" ? Array.from({ length: count }, () => options.model as ItemModel) : options.model;
  const nowhere = (length: number) => new Int32Array(length).fill(-1);
  const free: FreeParameter[] = [];
  const fixed = new Map(options.fixed?.map((one) => [one.name, one]));
  const layout: Layout = {
    ...{ responses, models, offset, observed, free },
    lowest: Uint8Array.from(responses.items, ({ maximum }, i) => {
      for (let k = 0; k <= maximum; k++) if (observed[offset[i]! + k]! > 0) return k;
      return 0;
    }),
    curved: Uint8Array.from(responses.items, ({ name }, i) => {
      const known = fixed.get(name);
      return known ? Number((known.guessing ?? 0) > 0) : Number(models[i] === "three-parameter");
    }),
    slopeAt: nowhere(count),
    interceptAt: nowhere(offset[count]!),
    guessingAt: nowhere(count),
    meanAt: nowhere(groups),
    sdAt: nowhere(groups),
  };
  const state: State = {
    slope: new Float64Array(count),
    intercept: new Float64Array(offset[count]!),
    guessing: new Float64Array(count),
    mean: new Float64Array(groups),
    sd: new Float64Array(groups),
  };
  const draft = { free, layout, state };
  for (let i = 0; i < count; i++) layItem(draft, i, options);
  layGroups(draft, options);
  return { layout, state };
}

const logistic = (x: number) => 1 / (1 + Math.exp(-x));

/** The vector of what is estimated: guessing as logits, standard deviations as logarithms. */
export function vectorOf(layout: Layout, state: State): Float64Array {
  return Float64Array.from(layout.free, ({ kind, of, category }) => {
    if (kind === "slope") return state.slope[of]!;
    if (kind === "intercept") return state.intercept[layout.offset[of]! + category]!;
    if (kind === "guessing") return Math.log(state.guessing[of]! / (1 - state.guessing[of]!));
    return kind === "mean" ? state.mean[of]! : Math.log(state.sd[of]!);
  });
}

/** The numbers that a vector stands for; what is known is taken from `known`. */
export function stateOf(layout: Layout, known: State, x: Float64Array): State {
  const state: State = {
    slope: known.slope.slice(),
    intercept: known.intercept.slice(),
    guessing: known.guessing.slice(),
    mean: known.mean.slice(),
    sd: known.sd.slice(),
  };
  layout.free.forEach(({ kind, of, category }, j) => {
    const value = x[j]!;
    if (kind === "slope") state.slope[of] = value;
    else if (kind === "intercept") state.intercept[layout.offset[of]! + category] = value;
    else if (kind === "guessing") state.guessing[of] = logistic(value);
    else if (kind === "mean") state.mean[of] = value;
    else state.sd[of] = Math.exp(value);
  });
  return state;
}

/** The items' part of a state, as it is handed out. */
export function itemParameters(layout: Layout, state: State): ItemParameters {
  return {
    names: layout.responses.items.map(({ name }) => name),
    models: layout.models,
    slope: state.slope,
    intercepts: layout.responses.items.map((_, i) => state.intercept.slice(layout.offset[i]!, layout.offset[i + 1]!)),
    guessing: state.guessing,
  };
}
