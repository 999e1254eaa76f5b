import { type Coordination, coordinatedNumbers } from "./coordination.js";
import { drawsOf, permanentNumber, shuffle } from "./draws.js";
import type { Outcome, SurveyFault } from "./fault.js";
import { faultsOfFrame, type SamplingFrame, serpentineOrder, unitsByStratum } from "./frame.js";
import { inclusionProbabilities, orderSample, systematicSample } from "./inclusion.js";

/** How units are drawn. */
export interface DrawPlan {
  /** Units to be drawn in each explicit stratum, by name (`all` without strata). */
  readonly allocation: ReadonlyMap<string, number>;
  /** Systematic over serpentine order; or by permanent random numbers, coordinated with other draws, without implicit strata. */
  readonly method: "systematic" | "pareto" | "sequential-poisson";
  /** Proportional to size, or all alike within a stratum. */
  readonly probabilities: "size" | "equal";
  /** For draws by permanent numbers; start 0 and rotation 0 when left out. */
  readonly coordination?: Coordination & { readonly seed: number };
  /** Permanent numbers of the frame's own, in (0, 1), one a unit, instead of those that the coordination's seed makes of names. */
  readonly numbers?: ArrayLike<number>;
  /** Positions of units that are taken whatever their size; they count among their stratum's number. */
  readonly certain?: ReadonlySet<number>;
  /** Replacements a unit; 2 when left out. */
  readonly replacements?: number;
}

/** A unit that was drawn, by its position in the frame. */
export interface DrawnUnit {
  readonly unit: number;
  readonly stratum: string;
  readonly probability: number;
  /** Taken whatever the random start. */
  readonly certain: boolean;
  /** Neighbours in the sorted frame, the first behind and the second before, each at most once and never drawn itself. */
  readonly replacements: readonly number[];
}

/** What a draw can be repeated and checked from. */
export interface DrawRecord {
  readonly seed: number;
  readonly method: DrawPlan["method"];
  readonly probabilities: DrawPlan["probabilities"];
  readonly coordination: NonNullable<DrawPlan["coordination"]> | null;
  readonly units: number;
  readonly size: number;
  readonly strata: readonly {
    readonly name: string;
    readonly units: number;
    readonly size: number;
    readonly drawn: number;
    readonly certain: number;
    /** Random start of the systematic draw, 0–1; null otherwise. */
    readonly start: number | null;
    /** Drawn units that got fewer replacements than asked for. */
    readonly withoutReplacement: number;
  }[];
}

/** A sample of units, in the order of selection: strata as they first appear, sorted within. */
export interface Draw {
  readonly drawn: readonly DrawnUnit[];
  /** Inclusion probability of every unit of the frame. */
  readonly probabilities: Float64Array;
  readonly record: DrawRecord;
}

function faultsOfPlan(frame: SamplingFrame, plan: DrawPlan): SurveyFault[] {
  const faults = faultsOfFrame(frame);
  if (faults.length > 0) return faults;
  const strata = unitsByStratum(frame);
  for (const [name, n] of plan.allocation) {
    const units = strata.get(name);
    const sure = units?.filter((u) => plan.certain?.has(u)) ?? [];
    const sizeless = sure.find((u) => !(frame.sizes[u]! > 0));
    if (sure.length > n || sizeless !== undefined)
      faults.push({
        code: "survey-allocation-impossible",
        place: `stratum ${name}`,
        message:
          sizeless === undefined
            ? `${n} units are to be drawn and ${sure.length} are certain`
            : `unit ${frame.names[sizeless]} is certain and has no size`,
        remedy: "Draw at least the certain units, and give each a size above 0",
      });
    const some = units?.filter((u) => frame.sizes[u]! > 0).length ?? 0;
    if (!units || !(Number.isInteger(n) && n >= 0 && n <= some))
      faults.push({
        code: "survey-allocation-impossible",
        place: `stratum ${name}`,
        message: units ? `${n} units are to be drawn of ${some} with a size` : "it is not in the frame",
        remedy: "Correct the allocation",
      });
  }
  for (const name of strata.keys())
    if (!plan.allocation.has(name))
      faults.push({
        code: "survey-allocation-impossible",
        place: `stratum ${name}`,
        message: "the allocation doesn't name it",
        remedy: "Give it a number, 0 if it is not to be covered",
      });
  return faults;
}

/** Replacements by turns behind and before, going on past units that are drawn or promised already; first choices of all before second ones. */
function neighboursOf(
  order: readonly number[],
  drawn: ReadonlySet<number>,
  wanted: number,
  may: (u: number) => boolean,
) {
  const used = new Set<number>(drawn);
  const found = new Map<number, number[]>(order.filter((u) => drawn.has(u)).map((u) => [u, []]));
  const place = new Map(order.map((u, k) => [u, k]));
  for (let choice = 0; choice < wanted; choice++) {
    const step = choice % 2 === 0 ? 1 : -1;
    for (const [u, list] of found) {
      const search = (direction: number) => {
        for (let k = place.get(u)! + direction; k >= 0 && k < order.length; k += direction)
          if (!used.has(order[k]!) && may(order[k]!)) return order[k]!;
        return null;
      };
      const near = search(step) ?? search(-step);
      if (near === null) continue;
      used.add(near);
      list.push(near);
    }
  }
  return found;
}

/**
 * Draws units from a frame.
 *
 * @param seed decides everything; the same frame, plan and seed draw the same units
 * @returns the draw with its record, or what is wrong with frame and allocation by name
 */
export function drawUnits(frame: SamplingFrame, plan: DrawPlan, seed: number): Outcome<Draw> {
  const faults = faultsOfPlan(frame, plan);
  if (faults.length > 0) return { ok: false, error: faults };
  const { names, sizes } = frame;
  const { method, replacements = 2, coordination } = plan;
  const probabilities = new Float64Array(names.length);
  const drawn: DrawnUnit[] = [];
  const strata: DrawRecord["strata"][number][] = [];
  for (const [stratum, units] of unitsByStratum(frame)) {
    const n = plan.allocation.get(stratum)!;
    const sure = new Set(units.filter((u) => plan.certain?.has(u)));
    const measure = units.map((u) =>
      sure.has(u) ? 0 : plan.probabilities === "size" ? sizes[u]! : sizes[u]! > 0 ? 1 : 0,
    );
    inclusionProbabilities(measure, n - sure.size).forEach((p, k) => {
      probabilities[units[k]!] = sure.has(units[k]!) ? 1 : p;
    });
    const order = serpentineOrder(frame, units, seed);
    const start = method === "systematic" ? drawsOf(seed, `start ${stratum}`).uniform() : null;
    let sample: readonly number[];
    if (method === "systematic") sample = systematicSample(probabilities, order, start!);
    else {
      const { seed: common, ...turn } = coordination ?? { seed, start: 0, rotation: 0 };
      sample = orderSample(
        probabilities,
        units,
        coordinatedNumbers(names, probabilities, common, turn, plan.numbers),
        method,
      );
    }
    const chosen = new Set(sample);
    const found = neighboursOf(order, chosen, replacements, (u) => sizes[u]! > 0);
    for (const u of order)
      if (chosen.has(u))
        drawn.push({
          unit: u,
          stratum,
          probability: probabilities[u]!,
          certain: probabilities[u]! === 1,
          replacements: found.get(u)!,
        });
    strata.push({
      name: stratum,
      units: units.length,
      size: units.reduce((sum, u) => sum + sizes[u]!, 0),
      drawn: chosen.size,
      certain: sample.filter((u) => probabilities[u]! === 1).length,
      start,
      withoutReplacement: [...found.values()].filter((list) => list.length < replacements).length,
    });
  }
  const size = Array.from(sizes).reduce((sum, s) => sum + s, 0);
  const record: DrawRecord = {
    seed,
    method,
    probabilities: plan.probabilities,
    coordination: coordination ?? null,
    units: names.length,
    size,
    strata,
  };
  return { ok: true, value: { drawn, probabilities, record } };
}

/** Persons drawn within a unit. */
export interface DrawnPersons {
  /** Positions in the unit's roster, ascending. */
  readonly positions: readonly number[];
  /** Of each of the unit's persons alike. */
  readonly probability: number;
}

/**
 * Draws persons within a unit: all where there are no more than `most`, otherwise a simple random or a systematic sample of the roster (which
 * may be sorted, as by group). A function of seed and unit alone.
 *
 * @param persons on the roster
 */
export function drawPersons(
  persons: number,
  most: number,
  method: "random" | "systematic",
  unit: string,
  seed: number,
): DrawnPersons {
  const all = Array.from({ length: persons }, (_, i) => i);
  if (persons <= most) return { positions: all, probability: persons > 0 ? 1 : 0 };
  const probability = most / persons;
  const draws = drawsOf(seed, `persons of ${unit}`);
  if (method === "random")
    return {
      positions: shuffle(all, draws)
        .slice(0, most)
        .sort((a, b) => a - b),
      probability,
    };
  const start = draws.uniform();
  return { positions: Array.from({ length: most }, (_, k) => Math.floor(((k + start) * persons) / most)), probability };
}

/** A random order that belongs to the names, as for booklets handed out in turn: the same seed and names give the same. */
export function permanentOrder(names: readonly string[], seed: number): number[] {
  const numbers = names.map((name) => permanentNumber(seed, name));
  return names.map((_, i) => i).sort((a, b) => numbers[a]! - numbers[b]!);
}
