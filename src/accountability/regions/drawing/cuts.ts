import type { BoundModel } from "./bound-model.js";
import { type Neighbours, neighboursOf, partsOf } from "./country.js";
import type { LinearRow } from "./linear.js";
import type { DrawingTask } from "./settings.js";

/** How much a cut has to be missed by to be worth a row. */
const worth = 1e-3;

/** A unit's share, at least, of the units that separate it from the seat: `Σ separator − unit ≥ 0`. */
function separation(bound: BoundModel, slot: number, unit: number, separator: readonly number[]): LinearRow {
  const blocks = [...new Set(separator.map((i) => bound.blockOf[i]!))].filter((b) => b !== bound.blockOf[unit]);
  return {
    least: 0,
    most: Number.POSITIVE_INFINITY,
    columns: [...blocks.map((b) => bound.block(b, slot)), bound.block(bound.blockOf[unit]!, slot)],
    factors: [...blocks.map(() => 1), -1],
  };
}

/**
 * Rows that a relaxed point misses and every drawing in one piece keeps: whatever separates an authority from the seat of its office has
 * to be served by that office too, at least as much as the authority. Found as smallest cuts of the map, weighted by the point.
 */
export function missedCuts(task: DrawingTask, bound: BoundModel, point: Float64Array): readonly LinearRow[] {
  const neighbours = neighboursOf(task.country);
  const rows: LinearRow[] = [];
  const known = new Set<string>();
  task.seats.forEach((seat, slot) => {
    const share = Float64Array.from(bound.blockOf, (b) => point[bound.block(b, slot)]!);
    for (let unit = 0; unit < share.length; unit++) {
      const wanted = share[unit]!;
      if (unit === seat || wanted < worth || bound.blockOf[unit] === bound.blockOf[seat]) continue;
      if (neighbours[seat]!.some((next) => next.unit === unit)) continue;
      const separator = smallestSeparator(neighbours, share, seat, unit, wanted);
      if (separator === null || separator.reduce((sum, i) => sum + share[i]!, 0) > wanted - worth) continue;
      // A block stands once in a row however many of its members do: a row it would weaken is left out.
      if (separator.some((i) => bound.blockOf[i] === bound.blockOf[unit])) continue;
      const row = separation(bound, slot, unit, separator);
      const key = row.columns.join();
      if (known.has(key)) continue;
      known.add(key);
      rows.push(row);
    }
  });
  return rows;
}

/**
 * Rows that a drawing with regions in pieces misses: an authority in a loose piece needs one of those around the piece, or, for a new
 * office without a seat, can't be with one of the main piece unless one around is too.
 */
export function looseCuts(task: DrawingTask, bound: BoundModel, slotOf: ArrayLike<number>): readonly LinearRow[] {
  const neighbours = neighboursOf(task.country);
  const rows: LinearRow[] = [];
  for (let slot = 0; slot < task.slots; slot++) {
    const members = Array.from({ length: bound.blockOf.length }, (_, i) => i).filter((i) => slotOf[i] === slot);
    const parts = partsOf(neighbours, members);
    if (parts.length < 2) continue;
    const seat = task.seats[slot] ?? -1;
    const main = parts.find((part) => part.includes(seat)) ?? parts[0]!;
    for (const part of parts) {
      if (part === main) continue;
      const around = [...new Set(part.flatMap((i) => neighbours[i]!.map(({ unit }) => unit)))].filter(
        (i) => !part.includes(i),
      );
      for (const unit of part) {
        if (around.some((i) => bound.blockOf[i] === bound.blockOf[unit])) continue;
        const row = separation(bound, slot, unit, around);
        rows.push(
          seat !== -1
            ? row
            : {
                ...row,
                least: -1,
                columns: [...row.columns, bound.block(bound.blockOf[main[0]!]!, slot)],
                factors: [...row.factors, -1],
              },
        );
      }
    }
  }
  return rows;
}

/** Small, so that of two separators of the same weight the one with fewer authorities is taken. */
const perHead = 1e-5;

/** The lightest set of authorities whose removal separates two, the one nearest to `unit`; null where it weighs `enough`. */
function smallestSeparator(
  neighbours: Neighbours,
  weight: Float64Array,
  seat: number,
  unit: number,
  enough: number,
): readonly number[] | null {
  // Each authority is a way in (2i) and a way out (2i + 1), joined by an edge as wide as its weight.
  const flow = new FlowNetwork(2 * weight.length);
  for (let i = 0; i < weight.length; i++) {
    if (i !== seat && i !== unit) flow.add(2 * i, 2 * i + 1, weight[i]! + perHead);
    for (const next of neighbours[i]!) flow.add(2 * i + 1, 2 * next.unit, 4);
  }
  if (!flow.fill(2 * seat + 1, 2 * unit, enough)) return null;
  const reached = flow.reaching(2 * unit);
  const separator: number[] = [];
  for (let i = 0; i < weight.length; i++) if (reached[2 * i + 1] === 1 && reached[2 * i] === 0) separator.push(i);
  return separator;
}

/** A network of pipes, filled along shortest ways (Edmonds and Karp). */
class FlowNetwork {
  readonly #from: number[][];
  readonly #to: number[] = [];
  readonly #left: number[] = [];

  constructor(nodes: number) {
    this.#from = Array.from({ length: nodes }, () => []);
  }

  add(from: number, to: number, width: number): void {
    this.#from[from]!.push(this.#to.length);
    this.#to.push(to);
    this.#left.push(width);
    this.#from[to]!.push(this.#to.length);
    this.#to.push(from);
    this.#left.push(0);
  }

  /** Sends as much as fits; false as soon as it is `enough`. */
  fill(source: number, target: number, enough: number): boolean {
    for (let sent = 0; ; ) {
      const way = this.#way(source, target);
      if (way === null) return true;
      const width = way.reduce((least, edge) => Math.min(least, this.#left[edge]!), Number.POSITIVE_INFINITY);
      for (const edge of way) {
        this.#left[edge]! -= width;
        this.#left[edge ^ 1]! += width;
      }
      sent += width;
      if (sent >= enough - worth / 2) return false;
    }
  }

  #way(source: number, target: number): readonly number[] | null {
    const by = new Map<number, number>([[source, -1]]);
    for (const node of by.keys()) {
      if (node === target) break;
      for (const edge of this.#from[node]!)
        if (this.#left[edge]! > 1e-12 && !by.has(this.#to[edge]!)) by.set(this.#to[edge]!, edge);
    }
    if (!by.has(target)) return null;
    const way: number[] = [];
    for (let edge = by.get(target)!; edge !== -1; edge = by.get(this.#to[edge ^ 1]!)!) way.push(edge);
    return way;
  }

  /** The nodes from which the target can still be reached. */
  reaching(target: number): Uint8Array {
    const reached = new Uint8Array(this.#from.length);
    reached[target] = 1;
    const queue = [target];
    for (const node of queue)
      for (const edge of this.#from[node]!)
        if (this.#left[edge ^ 1]! > 1e-12 && reached[this.#to[edge]!] === 0) {
          reached[this.#to[edge]!] = 1;
          queue.push(this.#to[edge]!);
        }
    return reached;
  }
}
