import type { Table } from "../../kernel/index.js";
import type { RandomTerm, Sums } from "../../statistics/mixed-model/index.js";
import type { ValueAddedDesign } from "./design.js";
import { levelsOf } from "./pupils-used.js";
import type { SchoolMembership } from "./school-membership.js";
import { membershipAt } from "./variants.js";

/** Shares of a pupil's time, by place among the membership's schools. */
export type NewShares = readonly { readonly school: number; readonly share: number }[];

/** The membership with the shares of some pupils replaced, by place among the pupils used. */
export function withShares(
  { schools, start, school, share, notes }: SchoolMembership,
  pupils: number,
  changed: ReadonlyMap<number, NewShares>,
): SchoolMembership {
  const first = new Int32Array(pupils + 1);
  for (let i = 0; i < pupils; i++)
    first[i + 1] = first[i]! + (changed.get(i)?.length ?? (start ? start[i + 1]! - start[i]! : 1));
  const [own, part] = [new Int32Array(first[pupils]!), new Float64Array(first[pupils]!)];
  for (let i = 0; i < pupils; i++) {
    const given = changed.get(i);
    const from = start ? start[i]! : i;
    for (let to = first[i]!, k = 0; to < first[i + 1]!; to++, k++) {
      own[to] = given ? given[k]!.school : school[from + k]!;
      part[to] = given ? given[k]!.share : share ? share[from + k]! : 1;
    }
  }
  return { schools, start: first, school: own, share: part, notes };
}

/** Which level of a group within schools each school's part is, as the design knows them. */
function levelFinder({ membership, within }: ValueAddedDesign): (term: number, school: number, part: number) => number {
  const places = new Map(
    within.map(({ term, school, part, parts }) => {
      const place = new Int32Array(membership.schools.length * parts.length).fill(-1);
      for (let k = 0; k < school.length; k++) place[school[k]! * parts.length + part[k]!] = k;
      return [term, { place, width: parts.length }];
    }),
  );
  return (term, school, part) => {
    const { place, width } = places.get(term)!;
    return part < 0 ? -1 : place[school * width + part]!;
  };
}

/**
 * The design with the shares of some pupils replaced. Everything that is made from all pupils together (means of intakes, knots of splines,
 * standard deviations of a composite's outcomes, the mean in place of a missing value) stays as it was.
 * @returns also the places of pupils who are now at a school in a year of which it had no pupil: the design has no level for that
 */
export function withNewShares(
  design: ValueAddedDesign,
  changed: ReadonlyMap<number, NewShares>,
  pupils: Table,
): { readonly design: ValueAddedDesign; readonly unplaced: readonly number[] } {
  const membership = withShares(design.membership, design.model.rows, changed);
  const { start, school, share } = membership;
  const before = design.membership.start;
  const levelOf = levelFinder(design);
  const random: RandomTerm[] = [...design.model.random];
  const unplaced = new Set<number>();
  random[0] = { ...random[0]!, start, level: school, weight: share };
  for (const { term, group, parts } of design.within) {
    const { codes, levels } = levelsOf(pupils, group.column, design.used.rows);
    const partOfLevel = levels.map((level) => parts.indexOf(level));
    const old = random[term]!;
    const level = new Int32Array(school.length);
    for (let i = 0; i < design.model.rows; i++) {
      const [given, from] = [changed.has(i), before ? before[i]! : i];
      for (let e = start![i]!, k = 0; e < start![i + 1]!; e++, k++) {
        level[e] = given ? levelOf(term, school[e]!, partOfLevel[codes[i]!] ?? -1) : old.level[from + k]!;
        if (given && level[e]! < 0) unplaced.add(i);
      }
    }
    random[term] = { ...old, start, level, weight: share };
  }
  return { design: { ...design, membership, model: { ...design.model, random } }, unplaced: [...unplaced] };
}

/** Some pupils of a design as a design of their own, with the same columns, groups and levels. */
export function pupilsOfDesign(design: ValueAddedDesign, places: Int32Array): ValueAddedDesign {
  const { model, used } = design;
  const picked = (values: Float64Array): Float64Array => {
    const out = new Float64Array(places.length);
    for (let i = 0; i < out.length; i++) out[i] = values[places[i]!]!;
    return out;
  };
  const column = <T extends { readonly values: Float64Array | null }>(one: T): T => ({
    ...one,
    values: one.values && picked(one.values),
  });
  const rows = new Int32Array(places.length);
  for (let i = 0; i < rows.length; i++) rows[i] = used.rows[places[i]!]!;
  return {
    ...design,
    used: { ...used, rows },
    membership: membershipAt(design.membership, places),
    model: {
      ...model,
      rows: places.length,
      response: { ...model.response, values: picked(model.response.values) },
      fixed: model.fixed.map(column),
      random: model.random.map((term) => {
        const { levels: schools, start, level: school, weight: share } = term;
        const at = membershipAt({ schools, start, school, share, notes: [] }, places);
        return {
          ...term,
          start: at.start,
          level: at.school,
          weight: start || !share ? at.share : picked(share),
          coefficients: term.coefficients.map(column),
        };
      }),
      ...(model.weights ? { weights: picked(model.weights) } : {}),
    },
  };
}

/** The time of row i at each unit of a term's levels. */
function timeByUnit({ start, level, weight }: RandomTerm, unit: Int32Array | null, i: number): Map<number, number> {
  const time = new Map<number, number>();
  for (let e = start ? start[i]! : i, end = start ? start[i + 1]! : i + 1; e < end; e++) {
    if (level[e]! < 0) continue;
    const at = unit ? unit[level[e]!]! : level[e]!;
    time.set(at, (time.get(at) ?? 0) + (weight ? weight[e]! : 1));
  }
  return time;
}

/**
 * The rows that sums can't take in: those on which a group that was summed inside another (cohorts in schools, schools in authorities)
 * no longer lies inside it, or which are of a level that had no rows.
 */
export function rowsOutside({ terms }: Sums, { model }: ValueAddedDesign): number[] {
  const out = new Set<number>();
  terms.forEach(({ place }, t) => {
    if (place.kind === "whole") return;
    const coarse = terms.findIndex((other) => other.place.family === place.family && other.place.kind === "whole");
    for (let i = 0; i < model.rows; i++) {
      const inner = timeByUnit(model.random[t]!, place.unit, i);
      const outer = coarse < 0 ? inner : timeByUnit(model.random[coarse]!, null, i);
      const units = [...inner.keys(), ...outer.keys()];
      const inside = units.every(
        (unit) => unit >= 0 && Math.abs((inner.get(unit) ?? 0) - (outer.get(unit) ?? 0)) < 1e-12,
      );
      if (!inside) out.add(i);
    }
  });
  return [...out];
}

/** Whether every fixed column still says something of its own once the sums have changed, as a group's whose last pupil was left out doesn't. */
export function columnsStand(before: Sums, after: Sums): boolean {
  const p = before.fixed.length;
  const w = p + 1;
  const left = Float64Array.from(after.gram);
  for (let k = 0; k < p; k++) {
    const pivot = left[k * w + k]!;
    if (!(pivot > 1e-9 * before.gram[k * w + k]!)) return false;
    for (let i = k + 1; i < p; i++)
      for (let j = k + 1; j < p; j++) left[i * w + j]! -= (left[i * w + k]! * left[k * w + j]!) / pivot;
  }
  return true;
}
