import type { RandomTerm } from "./design.js";

/**
 * Random effects that hang together: one term's, level by level, or a term's with those of a finer term inside it, as a school's own and
 * its cohorts'. The rows are summed once for both: what a school's cohorts have adds up to what the school has.
 *
 * A unit (a school) has `width` scalars, the sums of its rows, and `effects` independent standard effects ε; its effects on the rows are
 * Λε with Λ `width`×`effects`, the same for every unit of the family.
 */
export interface Family {
  readonly units: number;
  readonly width: number;
  readonly effects: number;
  /** Places of the family's first scalar, effect and unit among all. */
  readonly firstScalar: number;
  readonly firstEffect: number;
  readonly firstUnit: number;
  /** Where its units' blocks of width² and of effects² begin. */
  readonly firstOwn: number;
  readonly firstBlock: number;
}

/** A term's part in its family. */
export interface Place {
  readonly family: number;
  /** First effect of the term within a unit. */
  readonly firstEffect: number;
  /** `whole`: levels are units. `fine`: each level is a place in time or order within a unit. */
  readonly kind: "whole" | "fine";
  /** Unit and place of each level; null for a whole term, whose levels are the units. */
  readonly unit: Int32Array | null;
  readonly position: Int32Array | null;
  /** Places in a unit: 1 for a whole term. */
  readonly positions: number;
  /** Times of the places of a drifting term. */
  readonly times: Int32Array | null;
}

/** How the rows reach a family's scalars. */
export interface FamilyRows {
  readonly start: Int32Array | null;
  readonly level: Int32Array;
  readonly weight: Float64Array | null;
  /** Columns of the coefficients; null is the constant. */
  readonly values: readonly (Float64Array | null)[];
  /** Scalar of the first coefficient of each level, and the place that k is added to for coefficient k ≥ 1. */
  readonly first: Int32Array;
  readonly rest: Int32Array;
}

/** The families of a design's terms with the places of the terms. */
export interface Families {
  readonly families: readonly Family[];
  readonly places: readonly Place[];
  readonly rows: readonly FamilyRows[];
  readonly scalars: number;
  readonly effects: number;
  readonly units: number;
}

/** A finer term is folded into its units up to so many places a unit. */
export const mostPositions = 16;

const same = (a: Int32Array | Float64Array | null, b: Int32Array | Float64Array | null): boolean => {
  if (a === b) return true;
  if (!a || !b || a.length !== b.length) return false;
  for (let i = 0; i < a.length; i++) if (a[i] !== b[i]) return false;
  return true;
};

/** The coarse level around each fine one where the fine term lies within the coarse one, row by row and with the same weights; else null. */
function parents(coarse: RandomTerm, fine: RandomTerm): Int32Array | null {
  if (!same(coarse.start, fine.start) || !same(coarse.weight, fine.weight)) return null;
  const parent = new Int32Array(fine.levels.length).fill(-1);
  for (let e = 0; e < fine.level.length; e++) {
    const [inner, outer] = [fine.level[e]!, coarse.level[e]!];
    if (inner < 0 !== outer < 0) return null;
    if (inner < 0) continue;
    if (parent[inner]! < 0) parent[inner] = outer;
    else if (parent[inner] !== outer) return null;
  }
  return parent;
}

/** Places of the levels within their units; null where a unit would be too wide or mostly empty. */
function positionsOf(
  fine: RandomTerm,
  unit: Int32Array,
  units: number,
): { readonly position: Int32Array; readonly positions: number; readonly times: Int32Array | null } | null {
  if (fine.drift) {
    const times = Int32Array.from(new Set(fine.drift.time)).sort();
    const rank = new Map(Array.from(times, (time, k) => [time, k]));
    return {
      position: Int32Array.from(fine.drift.time, (time) => rank.get(time)!),
      positions: times.length,
      times,
    };
  }
  const count = new Int32Array(units);
  const position = unit.map((u) => (u < 0 ? 0 : count[u]!++));
  const positions = count.reduce((most, n) => Math.max(most, n), 1);
  return positions <= mostPositions && units * positions <= 2 * fine.levels.length
    ? { position, positions, times: null }
    : null;
}

/** A term that is folded, with the unit of each of its levels. */
export interface Folded {
  readonly fine: number;
  readonly coarse: number | null;
  readonly units: number;
  readonly unit: Int32Array;
  readonly position: Int32Array;
  readonly positions: number;
  readonly times: Int32Array | null;
}

const plain = (term: RandomTerm) => term.coefficients.length === 1 && term.coefficients[0]!.values === null;

/** A drifting term's unit of every level must be the level of the coarse term around it, up to its number. */
function foldInto(terms: readonly RandomTerm[], fine: number, taken: ReadonlySet<number>): Folded | null {
  const term = terms[fine]!;
  if (!plain(term)) return null;
  for (let coarse = 0; coarse < terms.length; coarse++) {
    const outer = terms[coarse]!;
    if (coarse === fine || taken.has(coarse) || outer.drift || outer.coefficients[0]!.values !== null) continue;
    if (outer.levels.length > term.levels.length || (outer.levels.length === term.levels.length && coarse > fine))
      continue;
    const unit = parents(outer, term);
    if (!unit || (term.drift && !sameGrouping(unit, term.drift.unit))) continue;
    const placed = positionsOf(term, unit, outer.levels.length);
    if (placed) return { fine, coarse, units: outer.levels.length, unit, ...placed };
  }
  if (!term.drift) return null;
  const unit = term.drift.unit;
  const units = unit.reduce((most, u) => Math.max(most, u), 0) + 1;
  return { fine, coarse: null, units, unit, ...positionsOf(term, unit, units)! };
}

/** Whether two groupings of the levels are the same but for the groups' numbers. Levels without rows (−1) don't count. */
function sameGrouping(a: Int32Array, b: Int32Array): boolean {
  const [toB, toA] = [new Map<number, number>(), new Map<number, number>()];
  for (let i = 0; i < a.length; i++) {
    if (a[i]! < 0) continue;
    if ((toB.get(a[i]!) ?? b[i]) !== b[i] || (toA.get(b[i]!) ?? a[i]) !== a[i]) return false;
    toB.set(a[i]!, b[i]!);
    toA.set(b[i]!, a[i]!);
  }
  return true;
}

/** What a family is before it has its place among the others. */
type Shape = Pick<Family, "units" | "width" | "effects">;

/** Numbers the units, scalars and effects of families, one after the other. */
export function numberFamilies(shapes: readonly Shape[]): {
  readonly families: readonly Family[];
  readonly scalars: number;
  readonly effects: number;
  readonly units: number;
} {
  const next = { scalar: 0, effect: 0, unit: 0, own: 0, block: 0 };
  const families = shapes.map(({ units, width, effects }): Family => {
    const family = {
      units,
      width,
      effects,
      firstScalar: next.scalar,
      firstEffect: next.effect,
      firstUnit: next.unit,
      firstOwn: next.own,
      firstBlock: next.block,
    };
    next.scalar += units * width;
    next.effect += units * effects;
    next.unit += units;
    next.own += units * width * width;
    next.block += units * effects * effects;
    return family;
  });
  return { families, scalars: next.scalar, effects: next.effect, units: next.unit };
}

/** Puts the terms into families, in their order, and says where each is. */
export function placeFamilies(
  terms: readonly { readonly levels: number; readonly width: number }[],
  folded: readonly Folded[],
): Omit<Families, "rows"> {
  const shapes: Shape[] = [];
  const places: Place[] = new Array(terms.length);
  const add = (units: number, width: number, effects: number): number => shapes.push({ units, width, effects }) - 1;
  const whole = (family: number): Place => ({
    family,
    firstEffect: 0,
    kind: "whole",
    unit: null,
    position: null,
    positions: 1,
    times: null,
  });
  terms.forEach(({ levels, width }, t) => {
    const fold = folded.find(({ fine, coarse }) => (coarse ?? fine) === t);
    if (fold) {
      const { fine, coarse, units, unit, position, positions, times } = fold;
      const own = coarse === null ? 0 : width;
      const family = add(units, positions + Math.max(0, own - 1), own + positions);
      if (coarse !== null) places[coarse] = whole(family);
      places[fine] = { family, firstEffect: own, kind: "fine", unit, position, positions, times };
    } else if (!folded.some(({ fine }) => fine === t)) places[t] = whole(add(levels, width, width));
  });
  return { ...numberFamilies(shapes), places };
}

/** Scalars of a level's coefficients: that of the first, and the one that k is added to for coefficient k ≥ 1. */
export function scalarsOf(
  { families, places }: { readonly families: readonly Family[]; readonly places: readonly Place[] },
  t: number,
  level: number,
): { readonly first: number; readonly rest: number } {
  const { family, kind, unit, position, positions } = places[t]!;
  const { firstScalar, width } = families[family]!;
  if (kind === "whole") return { first: firstScalar + level * width, rest: firstScalar + level * width };
  const base = firstScalar + Math.max(0, unit![level]!) * width;
  return { first: base + position![level]!, rest: base + positions - 1 };
}

/**
 * Puts the terms into families: a plain term inside another, with the same memberships, goes with it; every other term is a family.
 * @throws {RangeError} when a drifting term has coefficients beside the intercept, or places twice in one unit and time.
 */
export function formFamilies(terms: readonly RandomTerm[]): Families {
  const taken = new Set<number>();
  const folded: Folded[] = [];
  terms.forEach((term, t) => {
    if (term.drift) checkDrift(term);
    const fold = taken.has(t) ? null : foldInto(terms, t, taken);
    if (!fold) return;
    folded.push(fold);
    taken.add(t);
    if (fold.coarse !== null) taken.add(fold.coarse);
  });
  const sizes = terms.map(({ levels, coefficients }) => ({ levels: levels.length, width: coefficients.length }));
  const placed = placeFamilies(sizes, folded);
  const rows = placed.families.map((_, family): FamilyRows => {
    // A family's rows are those of its finest term, with the coefficients of the term around it.
    const members = placed.places.map((_place, t) => t).filter((t) => placed.places[t]!.family === family);
    const fine = members.find((t) => placed.places[t]!.kind === "fine") ?? members[0]!;
    const around = members.find((t) => placed.places[t]!.kind === "whole") ?? fine;
    const scalars = terms[fine]!.levels.map((_level, level) => scalarsOf(placed, fine, level));
    return {
      ...entriesOf(terms[fine]!),
      values: terms[around]!.coefficients.map(({ values }) => values),
      first: Int32Array.from(scalars, ({ first }) => first),
      rest: Int32Array.from(scalars, ({ rest }) => rest),
    };
  });
  return { ...placed, rows };
}

function entriesOf({ start, level, weight }: RandomTerm): Pick<FamilyRows, "start" | "level" | "weight"> {
  return { start, level, weight };
}

function checkDrift({ group, levels, coefficients, drift }: RandomTerm): void {
  if (coefficients.length !== 1 || coefficients[0]!.values !== null)
    throw new RangeError(`${group} drifts in time: it can have an intercept only`);
  const { unit, time } = drift!;
  if (unit.length !== levels.length || time.length !== levels.length)
    throw new RangeError(`${group} has ${levels.length} levels, but ${unit.length} units and ${time.length} times`);
  const seen = new Set<string>();
  for (let level = 0; level < levels.length; level++) {
    const key = `${unit[level]} ${time[level]}`;
    if (seen.has(key)) throw new RangeError(`${group} has two levels of unit ${unit[level]} at time ${time[level]}`);
    seen.add(key);
  }
}
