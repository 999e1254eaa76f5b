import type { Random } from "../../../kernel/index.js";
import { neighboursOf } from "./country.js";
import { costsOf, limitsOf } from "./measure.js";
import type { DrawingTask } from "./settings.js";

/** The best drawing of one search. */
export interface Found {
  /** For each authority the slot of its region; of the best that holds everything asked, else of the nearest. */
  readonly slotOf: Int32Array;
  /** What it is worth; only of a drawing that holds everything. */
  readonly value: number;
  /** How far the nearest is from holding everything: 0 when it does. Sums of averages of regions. */
  readonly violation: number;
}

/** The temperature falls from the first to the second, in the unit of the value: percent of schools. */
const temperatures = [3, 0.02] as const;
/** What one average region out of balance costs, rising as the search goes on. */
const penalties = [20, 200] as const;

/**
 * Looks for a drawing by annealing: authorities on the edge of a region go over to the region they touch, a block at a time, as long
 * as no region falls apart. The same random draws give the same drawing.
 *
 * @param steps tries; a million take about a second for England
 */
export function searchDrawing(task: DrawingTask, steps: number, random: Random): Found {
  const state = new SearchState(task, startingSlots(task, random));
  let best: Found | null = null;
  let nearest: Found = { slotOf: state.slotOf.slice(), value: state.value, violation: state.violation };
  for (let step = 0; step < steps; step++) {
    const share = step / steps;
    const temperature = temperatures[0] * (temperatures[1] / temperatures[0]) ** share;
    const penalty = penalties[0] + (penalties[1] - penalties[0]) * share;
    if (!state.tryMove(random, temperature, penalty)) continue;
    if (state.violation < 1e-9) {
      if (best === null || state.value < best.value - 1e-9)
        best = { slotOf: state.slotOf.slice(), value: state.value, violation: 0 };
    } else if (best === null && state.violation < nearest.violation - 1e-9)
      nearest = { slotOf: state.slotOf.slice(), value: state.value, violation: state.violation };
  }
  return best ?? nearest;
}

/** Where a search begins: today's regions, with the offices that have to close merged away or new ones cut out. */
function startingSlots(task: DrawingTask, random: Random): Int32Array {
  const { country, settings, blocks, fixed, seats } = task;
  const { units, offices } = country;
  const neighbours = neighboursOf(country);
  const slotOf = Int32Array.from(units, (unit) => unit.today);
  for (const members of blocks) {
    const wanted = members.map((unit) => fixed[unit]!).find((office) => office !== -1);
    const seat = members.find((unit) => seats.includes(unit));
    const slot = wanted ?? slotOf[seat ?? members[0]!]!;
    for (const unit of members) slotOf[unit] = slot;
  }
  for (let open = offices.length; open > settings.regions; open--) closeOne(task, slotOf, neighbours, random);
  for (let slot = offices.length; slot < settings.regions; slot++) openOne(task, slotOf, neighbours, slot, random);
  return slotOf;
}

/** Closes one of the offices that nothing is fixed to, a small one rather than a large one, and hands its authorities on. */
function closeOne(task: DrawingTask, slotOf: Int32Array, neighbours: ReturnType<typeof neighboursOf>, random: Random) {
  const { units } = task.country;
  const size = new Map<number, number>();
  units.forEach((unit, i) => void size.set(slotOf[i]!, (size.get(slotOf[i]!) ?? 0) + unit.schools));
  const closable = [...size].filter(([slot]) => !task.fixed.includes(slot)).sort((x, y) => x[1] - y[1]);
  const pick = closable[Math.min(random.below(closable.length), random.below(closable.length))];
  if (!pick) return;
  const blockOf = new Map(task.blocks.flatMap((members) => members.map((unit) => [unit, members] as const)));
  let left = units.flatMap((_, i) => (slotOf[i] === pick[0] ? [i] : []));
  while (left.length > 0) {
    const edge = left.filter((i) => neighbours[i]!.some(({ unit }) => slotOf[unit] !== pick[0]));
    if (edge.length === 0) return;
    const unit = edge[random.below(edge.length)]!;
    const next = neighbours[unit]!.filter((other) => slotOf[other.unit] !== pick[0]);
    const slot = slotOf[next[random.below(next.length)]!.unit]!;
    for (const member of blockOf.get(unit)!) slotOf[member] = slot;
    left = left.filter((i) => slotOf[i] === pick[0]);
  }
}

/** Opens a new office in a block that is nobody's seat, of the region with the most schools that has one to give. */
function openOne(
  task: DrawingTask,
  slotOf: Int32Array,
  neighbours: ReturnType<typeof neighboursOf>,
  slot: number,
  random: Random,
) {
  const { units } = task.country;
  const size = new Map<number, number>();
  units.forEach((unit, i) => void size.set(slotOf[i]!, (size.get(slotOf[i]!) ?? 0) + unit.schools));
  for (const [from] of [...size].sort((x, y) => y[1] - x[1])) {
    const free = task.blocks.filter((members) => mayLeave(task, slotOf, neighbours, members, from));
    if (free.length === 0) continue;
    for (const unit of free[random.below(free.length)]!) slotOf[unit] = slot;
    return;
  }
}

function mayLeave(
  { seats, fixed }: DrawingTask,
  slotOf: Int32Array,
  neighbours: ReturnType<typeof neighboursOf>,
  members: readonly number[],
  from: number,
): boolean {
  if (members.some((unit) => slotOf[unit] !== from || seats.includes(unit) || fixed[unit] !== -1)) return false;
  const rest = Array.from(slotOf.keys()).filter((unit) => slotOf[unit] === from && !members.includes(unit));
  const seen = new Set(rest.slice(0, 1));
  for (const at of seen)
    for (const { unit } of neighbours[at]!) if (slotOf[unit] === from && !members.includes(unit)) seen.add(unit);
  return rest.length > 0 && seen.size === rest.length;
}

/** A drawing under way, with everything that a move changes kept up to date. */
class SearchState {
  readonly slotOf: Int32Array;
  value = 0;
  violation = 0;
  readonly #task: DrawingTask;
  readonly #neighbours: ReturnType<typeof neighboursOf>;
  readonly #costs: ReturnType<typeof costsOf>;
  readonly #limits: ReturnType<typeof limitsOf>;
  readonly #blockOf: Int32Array;
  readonly #held: Uint8Array;
  readonly #schools: Float64Array;
  readonly #pupils: Float64Array;
  readonly #count: Int32Array;
  readonly #seen: Int32Array;
  #stamp = 0;
  #looseNow = 0;

  constructor(task: DrawingTask, slotOf: Int32Array) {
    const { country, blocks, fixed, seats, slots } = task;
    this.#task = task;
    this.slotOf = slotOf;
    this.#neighbours = neighboursOf(country);
    this.#costs = costsOf(task);
    this.#limits = limitsOf(task);
    this.#blockOf = new Int32Array(country.units.length);
    this.#held = Uint8Array.from(blocks, (members) =>
      members.some((unit) => fixed[unit] !== -1 || slotOf[unit] === seats.indexOf(unit)) ? 1 : 0,
    );
    blocks.forEach((members, block) => {
      for (const unit of members) this.#blockOf[unit] = block;
    });
    this.#schools = new Float64Array(slots);
    this.#pupils = new Float64Array(slots);
    this.#count = new Int32Array(slots);
    this.#seen = new Int32Array(country.units.length);
    country.units.forEach((unit, i) => {
      this.#add(i, slotOf[i]!, 1);
      if (unit.today !== slotOf[i]) this.value += this.#costs.change[i]!;
    });
    for (const { a, b, km } of country.borders) if (slotOf[a] !== slotOf[b]) this.value += this.#costs.km * km;
    for (let slot = 0; slot < slots; slot++) this.violation += this.#unbalance(slot, 0, 0);
    for (const [x, y] of task.apart) if (slotOf[x] === slotOf[y]) this.violation += 1;
    for (const slot of new Set(slotOf)) this.#looseNow += this.#loose(slot);
    this.violation += this.#looseNow;
  }

  /** Tries to give a random authority's block to a region it touches; answers whether it was done. */
  tryMove(random: Random, temperature: number, penalty: number): boolean {
    const { units } = this.#task.country;
    const unit = random.below(units.length);
    const block = this.#blockOf[unit]!;
    const around = this.#neighbours[unit]!;
    if (this.#held[block] === 1 || around.length === 0) return false;
    const [from, to] = [this.slotOf[unit]!, this.slotOf[around[random.below(around.length)]!.unit]!];
    if (from === to) return false;
    const members = this.#task.blocks[block]!;
    const { value, schools, pupils } = this.#difference(members, from, to);
    const violation =
      this.#unbalance(from, -schools, -pupils) -
      this.#unbalance(from, 0, 0) +
      (this.#unbalance(to, schools, pupils) - this.#unbalance(to, 0, 0)) +
      this.#apartDifference(members, from, to);
    const worse = value + penalty * violation;
    if (worse > 0 && random.uniform() >= Math.exp(-worse / temperature)) return false;
    const change = this.#loosen(members, from, to);
    if (change === null) return false;
    this.value += value;
    this.violation = Math.max(0, this.violation + violation + change);
    return true;
  }

  #add(unit: number, slot: number, sign: 1 | -1): void {
    this.#schools[slot]! += sign * this.#task.country.units[unit]!.schools;
    this.#pupils[slot]! += sign * this.#task.country.units[unit]!.pupils;
    this.#count[slot]! += sign;
  }

  #move(unit: number, from: number, to: number): void {
    this.slotOf[unit] = to;
    this.#add(unit, from, -1);
    this.#add(unit, to, 1);
  }

  #unbalance(slot: number, schools: number, pupils: number): number {
    if (this.#count[slot] === 0) return 0;
    const off = (x: number, { mean, least, most }: { mean: number; least: number; most: number }) =>
      Math.max(0, least - x, x - most) / mean;
    return (
      off(this.#schools[slot]! + schools, this.#limits.schools) + off(this.#pupils[slot]! + pupils, this.#limits.pupils)
    );
  }

  #difference(members: readonly number[], from: number, to: number) {
    const { units } = this.#task.country;
    let [value, schools, pupils] = [0, 0, 0];
    const inBlock = this.#blockOf[members[0]!]!;
    for (const member of members) {
      const { today } = units[member]!;
      if (today === from) value += this.#costs.change[member]!;
      else if (today === to) value -= this.#costs.change[member]!;
      schools += units[member]!.schools;
      pupils += units[member]!.pupils;
      for (const { unit, km } of this.#neighbours[member]!) {
        if (this.#blockOf[unit] === inBlock) continue;
        if (this.slotOf[unit] === from) value += this.#costs.km * km;
        else if (this.slotOf[unit] === to) value -= this.#costs.km * km;
      }
    }
    return { value, schools, pupils };
  }

  #apartDifference(members: readonly number[], from: number, to: number): number {
    let difference = 0;
    for (const [x, y] of this.#task.apart)
      for (const [one, other] of [
        [x, y],
        [y, x],
      ] as const)
        if (members.includes(one))
          difference += (this.slotOf[other] === to ? 1 : 0) - (this.slotOf[other] === from ? 1 : 0);
    return difference;
  }

  /** Moves a block; answers how many loose authorities that makes or mends, or null (and moves back) where it makes some. */
  #loosen(members: readonly number[], from: number, to: number): number | null {
    const [only] = members;
    if (this.#looseNow === 0 && members.length === 1 && only !== undefined) {
      if (!this.#staysWhole(only, from)) return null;
      this.#move(only, from, to);
      return 0;
    }
    const before = this.#loose(from) + this.#loose(to);
    for (const member of members) this.#move(member, from, to);
    const after = this.#loose(from) + this.#loose(to);
    if (this.#count[from]! > 0 && after <= before) {
      this.#looseNow += after - before;
      return after - before;
    }
    for (const member of members) this.#move(member, to, from);
    return null;
  }

  /** Whether a region that is in one piece stays so, and not empty, without one of its authorities. */
  #staysWhole(unit: number, slot: number): boolean {
    const around = this.#neighbours[unit]!.filter((next) => this.slotOf[next.unit] === slot);
    if (around.length < 2) return around.length === 1;
    this.#stamp += 1;
    this.#seen[unit] = this.#stamp;
    const stack = [around[0]!.unit];
    this.#seen[stack[0]!] = this.#stamp;
    for (let at = stack.pop(); at !== undefined; at = stack.pop())
      for (const { unit: next } of this.#neighbours[at]!)
        if (this.slotOf[next] === slot && this.#seen[next] !== this.#stamp) {
          this.#seen[next] = this.#stamp;
          stack.push(next);
        }
    return around.every((next) => this.#seen[next.unit] === this.#stamp);
  }

  /** How many authorities of a region can't be reached from its first. */
  #loose(slot: number): number {
    const first = this.slotOf.indexOf(slot);
    if (first === -1) return 0;
    this.#stamp += 1;
    const stack = [first];
    this.#seen[first] = this.#stamp;
    let reached = 0;
    for (let at = stack.pop(); at !== undefined; at = stack.pop()) {
      reached += 1;
      for (const { unit } of this.#neighbours[at]!)
        if (this.slotOf[unit] === slot && this.#seen[unit] !== this.#stamp) {
          this.#seen[unit] = this.#stamp;
          stack.push(unit);
        }
    }
    return this.#count[slot]! - reached;
  }
}
