import type { SchoolMembership } from "./school-membership.js";

/** How a school's pupils belong to it; every array is as long as the schools. */
export interface MembershipFacts {
  /** Pupils with any share of their time here. */
  readonly pupils: Int32Array;
  /** Of these, the pupils whose accounted time is all here. */
  readonly stayers: Int32Array;
  /** The sum of the pupils' shares. */
  readonly equivalents: Float64Array;
  /** Pupils of several schools, in the whole file. */
  readonly shared: number;
}

/** Counts pupils, stayers and time of every school. */
export function membershipFacts({ schools, start, school, share }: SchoolMembership): MembershipFacts {
  const pupils = new Int32Array(schools.length);
  const stayers = new Int32Array(schools.length);
  const equivalents = new Float64Array(schools.length);
  const rows = start ? start.length - 1 : school.length;
  let shared = 0;
  for (let i = 0; i < rows; i++) {
    const [from, to] = start ? [start[i]!, start[i + 1]!] : [i, i + 1];
    if (to - from > 1) shared++;
    for (let e = from; e < to; e++) {
      const s = school[e]!;
      if (s < 0) continue;
      pupils[s]! += 1;
      if (to - from === 1) stayers[s]! += 1;
      equivalents[s]! += share ? share[e]! : 1;
    }
  }
  return { pupils, stayers, equivalents, shared };
}

/**
 * The groups into which pupils of several schools link the schools: two schools are in one group where a chain of such pupils leads
 * from one to the other. By union–find.
 * @returns the places of the schools of each group, the largest group first; schools without a pupil are in none
 */
export function linkedSchools(membership: SchoolMembership, pupils: Int32Array): number[][] {
  const { schools, start, school } = membership;
  const parent = Int32Array.from(schools, (_, s) => s);
  const rootOf = (s: number): number => {
    let root = s;
    while (parent[root] !== root) {
      parent[root] = parent[parent[root]!]!;
      root = parent[root]!;
    }
    return root;
  };
  if (start)
    for (let i = 0; i + 1 < start.length; i++)
      for (let e = start[i]! + 1; e < start[i + 1]!; e++) parent[rootOf(school[e]!)] = rootOf(school[start[i]!]!);
  const groups = new Map<number, number[]>();
  for (let s = 0; s < schools.length; s++) {
    if (pupils[s] === 0) continue;
    const root = rootOf(s);
    const group = groups.get(root);
    if (group) group.push(s);
    else groups.set(root, [s]);
  }
  return [...groups.values()].sort((a, b) => b.length - a.length || a[0]! - b[0]!);
}

/**
 * Whether a value is the same for all pupils of a school, in every school with several pupils, and differs between schools.
 * Only pupils of one school are asked: a mover's value belongs to one of the mover's schools, nobody knows which.
 * @param value of the pupil used at this place; NaN is equal to NaN
 */
export function differsOnlyBetween(
  { schools, start, school }: SchoolMembership,
  value: (pupil: number) => number,
): boolean {
  const first = new Float64Array(schools.length);
  const seen = new Uint8Array(schools.length);
  const rows = start ? start.length - 1 : school.length;
  let repeated = false;
  for (let i = 0; i < rows; i++) {
    const e = start ? start[i]! : i;
    if ((start && start[i + 1]! - e !== 1) || school[e]! < 0) continue;
    const s = school[e]!;
    const own = value(i);
    if (seen[s] === 0) {
      seen[s] = 1;
      first[s] = own;
    } else if (Object.is(first[s], own) || first[s] === own) repeated = true;
    else return false;
  }
  const some = seen.indexOf(1);
  return repeated && first.some((own, s) => seen[s] === 1 && !Object.is(own, first[some]));
}

/** A value that more than a fifth of the values are, with how many; the most frequent of them, or null. Misra and Gries 1982. */
export function frequentValue(values: Float64Array): { readonly value: number; readonly count: number } | null {
  const places = 5; // leaves every value that more than one in six are
  const candidate: number[] = [];
  const balance: number[] = [];
  for (const value of values) {
    const at = candidate.indexOf(value);
    if (at >= 0) balance[at]!++;
    else if (candidate.length < places) {
      candidate.push(value);
      balance.push(1);
    } else
      for (let k = candidate.length - 1; k >= 0; k--)
        if (--balance[k]! === 0) {
          candidate.splice(k, 1);
          balance.splice(k, 1);
        }
  }
  let found: { value: number; count: number } | null = null;
  for (const value of candidate) {
    let count = 0;
    for (const other of values) if (other === value) count++;
    if (5 * count > values.length && (!found || count > found.count)) found = { value, count };
  }
  return found;
}
