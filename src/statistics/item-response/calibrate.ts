import { type Ascent, ascend, asGood, largestInErrors } from "./ascent.js";
import type { Calibration, CalibrationOptions, LatentGroup, Nodes } from "./calibration.js";
import { cautionsOf } from "./cautions.js";
import { type Expectation, expect, Workplace } from "./expectation.js";
import { slopeAt } from "./gradient.js";
import { checkCalibration } from "./identification.js";
import { itemParameters, type Layout, layOut, type State, stateOf, vectorOf } from "./layout.js";
import { normalNodes } from "./nodes.js";
import type { Outcome } from "./outcome.js";
import { checkResponses, type Responses } from "./responses.js";
import { placeOnItems, reflect, stateOfCalibration, toldFree } from "./scale.js";
import { makeStrata, type Stratum } from "./strata.js";

/** Standard deviations to either side that the nodes cover. */
const usualReach = 6;
const fewestNodes = 61;
const nodesToBegin = 41;
const mostNodes = 1501;
const usualTolerance = 1e-6;
const usualEvaluations = 500;
/** A slope of so many logits per standard deviation of the first group has no end: the responses are a step. */
const endlessSlope = 30;

/** Everything that a fit works on. */
export interface Sample {
  readonly layout: Layout;
  readonly strata: readonly Stratum[];
  /** Known numbers, and values to start from. */
  readonly known: State;
}

/** Sorts the persons into strata and lays out the parameters. The responses and options have been checked. */
export function sampleOf(responses: Responses, options: CalibrationOptions): Sample {
  const { layout, state } = layOut(responses, options);
  const known = options.start ? startFrom(layout, state, options.start) : state;
  return { layout, known, strata: makeStrata(layout, known) };
}

/** Takes the values of an earlier calibration for what is to be estimated, wherever that has some. */
function startFrom(layout: Layout, state: State, calibration: Calibration): State {
  const from = stateOfCalibration(layout, calibration);
  const given = vectorOf(layout, state);
  if (from.intercept.length !== state.intercept.length || from.mean.length !== state.mean.length) return state;
  const x = vectorOf(layout, from);
  return stateOf(
    layout,
    state,
    x.map((value, j) => (Number.isFinite(value) ? value : given[j]!)),
  );
}

/**
 * How many nodes a group's widest gap needs: half the standard deviation of the narrowest posterior, which the information of the items tells
 * where a stratum has most of it.
 */
export function nodesNeeded({ strata, layout }: Sample, state: State, { curves }: Expectation, reach: number): number {
  const n = curves.nodes;
  let most = 0;
  const information = new Float64Array(n);
  for (const { items, group } of strata) {
    information.fill(0);
    for (const item of items) {
      const row = (group * layout.observed.length + layout.offset[item]!) * n;
      const categories = layout.offset[item + 1]! - layout.offset[item]!;
      const square = state.slope[item]! ** 2;
      for (let q = 0; q < n; q++) {
        let [mean, second] = [0, 0];
        for (let k = 1; k < categories; k++) {
          const p = curves.probability[row + k * n + q]!;
          mean += k * p;
          second += k * k * p;
        }
        information[q]! += square * (second - mean * mean);
      }
    }
    const sd = state.sd[group]!;
    for (const one of information) most = Math.max(most, Math.sqrt(1 + one * sd * sd));
  }
  return Math.min(mostNodes, Math.max(fewestNodes, 2 * Math.ceil((reach * most) / 0.5) + 1));
}

interface Fitted {
  readonly ascent: Ascent;
  /** Of every person at every node, as `expectation`. */
  readonly gradient: number;
  readonly nodes: Nodes;
  readonly state: State;
  /** Every person at every node, at the estimates. */
  readonly expectation: Expectation;
  readonly iterations: number;
}

/** Says which slope grows without end, if one does. */
function endless(layout: Layout, known: State, x: Float64Array): string | null {
  const { slope, sd } = stateOf(layout, known, x);
  const item = slope.findIndex((one, i) => layout.slopeAt[i]! >= 0 && Math.abs(one) * sd[0]! > endlessSlope);
  if (item < 0) return null;
  const { name } = layout.responses.items[item]!;
  return `the slope of ${name} grows without end; leave the item out, fix it, or give a prior of slopes`;
}

/** Searches with nodes that are enough for the values found, and tells the exact likelihood there. */
export function fitSample(sample: Sample, options: CalibrationOptions): Fitted {
  const { layout, strata, known } = sample;
  const reach = options.nodes?.reach ?? usualReach;
  const search = {
    tolerance: options.tolerance ?? usualTolerance,
    evaluations: options.iterations ?? usualEvaluations,
    hopeless: (at: Float64Array) => endless(layout, known, at),
  };
  // Persons who lack items here and there are dear: the search begins with nodes that are enough to come near.
  const scattered = strata.some(({ absences }) => absences !== null);
  let count = options.nodes?.count ?? (scattered ? nodesToBegin : fewestNodes);
  let x = vectorOf(layout, known);
  let iterations = 0;
  for (let round = 0; ; round++) {
    const nodes = normalNodes(count, reach);
    const workplace = new Workplace();
    const evaluate = (at: Float64Array, exact = false) => {
      const state = stateOf(layout, known, at);
      const expectation = expect(layout, strata, state, nodes, exact, workplace);
      return { state, expectation, slope: slopeAt(layout, state, expectation, options.priors) };
    };
    const ascent = ascend((at) => evaluate(at).slope, x, search);
    iterations += ascent.evaluations;
    ({ x } = ascent);
    const { state, expectation, slope } = evaluate(x, true);
    const gradient = largestInErrors(slope);
    const needed = options.nodes ? count : nodesNeeded(sample, state, expectation, reach);
    if (needed <= count || round === 3 || endless(layout, known, x))
      return { ascent, gradient, nodes, state, expectation, iterations };
    count = needed;
  }
}

function latentGroups({ layout, strata }: Sample, state: State): LatentGroup[] {
  return layout.responses.groups.map((name, g) => {
    const own = strata.filter(({ group }) => group === g);
    const taken = new Set(own.flatMap(({ items }) => [...items]));
    return {
      name,
      mean: state.mean[g]!,
      sd: state.sd[g]!,
      n: own.reduce((sum, { persons }) => sum + persons.length, 0),
      weighted: own.reduce((sum, { weight }) => sum + weight.reduce((a, b) => a + b, 0), 0),
      notTaken: layout.responses.items.filter((_, i) => !taken.has(i)).map((item) => item.name),
    };
  });
}

/**
 * Item parameters and ability distributions by marginal maximum likelihood (Bock & Aitkin, 1981), for any mixture of the models, with sampling weights,
 * several groups and known items.
 *
 * @returns the calibration, or every reason why the data can't give one, each naming its items, booklets or groups. A search that did not end well is a
 * calibration with `converged: false` and the reason.
 */
export function calibrate(responses: Responses, options: CalibrationOptions): Outcome<Calibration> {
  const faults = checkResponses(responses);
  if (faults.length > 0) return { ok: false, error: faults };
  const refusals = checkCalibration(responses, options);
  if (refusals.length > 0) return { ok: false, error: refusals };
  const sample = sampleOf(responses, options);
  const fitted = fitSample(sample, options);
  return { ok: true, value: describe(sample, fitted, options) };
}

function describe(sample: Sample, fitted: Fitted, options: CalibrationOptions): Calibration {
  const { layout } = sample;
  const { ascent, gradient, nodes, expectation, iterations } = fitted;
  const turned = reflect(layout, fitted.state, options);
  const state = options.identify === "items" ? placeOnItems(layout, turned.state) : turned.state;
  const groups = latentGroups(sample, state);
  return {
    items: itemParameters(layout, state),
    groups,
    logLikelihood: expectation.logLikelihood,
    parameters: layout.free.length,
    free: toldFree(layout, options),
    nodes,
    iterations,
    converged: ascent.converged && gradient <= asGood,
    reason:
      ascent.converged && gradient > asGood ? "the gradient of all persons one by one is not zero" : ascent.reason,
    gradient,
    cautions: cautionsOf(layout, state, groups, turned.reflected, options),
    options,
  };
}
