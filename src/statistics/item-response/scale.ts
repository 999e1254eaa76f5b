import type { Calibration, CalibrationOptions, FreeParameter } from "./calibration.js";
import type { Layout, State } from "./layout.js";

const isFixed = (options: CalibrationOptions) => (options.fixed?.length ?? 0) > 0;

/**
 * Turns a reflected solution round. The likelihood is the same when every slope and mean changes its sign; the one meant has most slopes above zero.
 */
export function reflect(
  layout: Layout,
  state: State,
  options: CalibrationOptions,
): { state: State; reflected: boolean } {
  const free = [...layout.slopeAt].filter((place) => place >= 0).length;
  const negative = state.slope.filter((slope, i) => layout.slopeAt[i]! >= 0 && slope < 0).length;
  const held = isFixed(options) || free < state.slope.length || (options.groups?.length ?? 0) > 0;
  if (held || negative * 2 <= free) return { state, reflected: false };
  const turned = (values: Float64Array) => values.map((value) => 0 - value);
  return { state: { ...state, slope: turned(state.slope), mean: turned(state.mean) }, reflected: true };
}

/** The middle of an item's thresholds: where its lowest and highest category are equally likely. */
function difficultyOf(layout: Layout, state: State, i: number): number {
  const [from, end] = [layout.offset[i]! + layout.lowest[i]!, layout.offset[i + 1]!];
  let last = end - 1;
  while (state.intercept[last] === -Infinity) last--;
  return (state.intercept[from]! - state.intercept[last]!) / ((last - from) * state.slope[i]!);
}

/** The change of scale θ′ = (θ − shift) ÷ unit, after which all probabilities are as before. */
function changeScale(layout: Layout, state: State, shift: number, unit: number): State {
  const intercept = state.intercept.slice();
  for (let i = 0; i < state.slope.length; i++)
    for (let at = layout.offset[i]!; at < layout.offset[i + 1]!; at++)
      intercept[at]! += (at - layout.offset[i]! - layout.lowest[i]!) * state.slope[i]! * shift;
  return {
    ...state,
    intercept,
    slope: state.slope.map((slope) => slope * unit),
    mean: state.mean.map((mean) => (mean - shift) / unit),
    sd: state.sd.map((sd) => sd / unit),
  };
}

/**
 * Moves a calibration held by its persons to one held by its items: mean difficulty 0, and the geometric mean of the slopes 1 where every slope is
 * estimated and above zero.
 */
export function placeOnItems(layout: Layout, state: State): State {
  const count = state.slope.length;
  const everySlope = layout.slopeAt.every((place) => place >= 0) && state.slope.every((slope) => slope > 0);
  const unit = everySlope ? Math.exp(-state.slope.reduce((sum, slope) => sum + Math.log(slope), 0) / count) : 1;
  let shift = 0;
  for (let i = 0; i < count; i++) shift += difficultyOf(layout, state, i) / count;
  return changeScale(layout, state, shift, unit);
}

/** What is estimated as it is told: on a scale held by the items the first group's distribution is estimated too. */
export function toldFree(layout: Layout, options: CalibrationOptions): readonly FreeParameter[] {
  if (options.identify !== "items") return layout.free;
  const name = layout.responses.groups[0]!;
  const more: FreeParameter[] = [];
  if (layout.meanAt[0]! < 0) more.push({ kind: "mean", of: 0, category: 0, name: `${name} mean` });
  if (layout.sdAt[0]! < 0) more.push({ kind: "sd", of: 0, category: 0, name: `${name} sd` });
  return [...layout.free, ...more];
}

/** The state of a calibration as its search had it: on the scale held by the persons. */
export function stateOfCalibration(layout: Layout, { items, groups, options }: Calibration): State {
  const told: State = {
    slope: items.slope,
    intercept: Float64Array.from(items.intercepts.flatMap((one) => [...one])),
    guessing: items.guessing,
    mean: Float64Array.from(groups, ({ mean }) => mean),
    sd: Float64Array.from(groups, ({ sd }) => sd),
  };
  if (options.identify !== "items") return told;
  const unit = layout.sdAt[0]! < 0 ? told.sd[0]! : 1;
  return changeScale(layout, told, layout.meanAt[0]! < 0 ? told.mean[0]! : 0, unit);
}
