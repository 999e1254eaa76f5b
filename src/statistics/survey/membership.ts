import type { Groups, Prepared } from "./joint.js";

/** Everybody in one group. */
export const everybody = (persons: number): Groups => ({ names: ["all"], of: new Uint8Array(persons) });

/**
 * Of each person: the group, or `names.length` for those in none, with no weight behind them, or lacking one of the values.
 * @throws {RangeError} when the groups are of another number of persons.
 */
export function membershipOf({ names, of }: Groups, columns: readonly Float64Array[], persons: number): Int32Array {
  if (of.length !== persons) throw new RangeError(`groups are given for ${of.length} persons of ${persons}`);
  const member = new Int32Array(persons);
  for (let i = 0; i < persons; i++) {
    const group = of[i]!;
    const known = group >= 0 && group < names.length && columns.every((column) => !Number.isNaN(column[i]!));
    member[i] = known ? group : names.length;
  }
  return member;
}

/** Persons with a weight, and their weights, by group; spread over `results` figures by `groupOf`. */
export function countsOf(
  member: Int32Array,
  weights: Float64Array,
  groups: number,
  results: number,
  groupOf: (result: number) => number,
): Pick<Prepared, "n" | "weighted" | "member"> {
  const n = new Float64Array(groups + 1);
  const sum = new Float64Array(groups + 1);
  for (let i = 0; i < member.length; i++) {
    if (weights[i]! > 0) n[member[i]!]! += 1;
    sum[member[i]!]! += weights[i]!;
  }
  return {
    member,
    n: Float64Array.from({ length: results }, (_, j) => n[groupOf(j)]!),
    weighted: Float64Array.from({ length: results }, (_, j) => sum[groupOf(j)]!),
  };
}

/** Persons of a group, ascending by value; those with equal values in their own order. */
export function orderByValue(values: Float64Array, member: Int32Array, group: number): Uint32Array {
  const persons: number[] = [];
  for (let i = 0; i < member.length; i++) if (member[i] === group) persons.push(i);
  const order = Uint32Array.from(persons);
  return order.sort((a, b) => values[a]! - values[b]! || a - b);
}
