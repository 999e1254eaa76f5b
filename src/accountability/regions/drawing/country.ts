/** An authority as a drawing sees it. */
export interface Unit {
  /** The department's three-digit code. */
  readonly code: string;
  readonly name: string;
  readonly schools: number;
  readonly pupils: number;
  /** The place of its office today in {@link Country.offices}. */
  readonly today: number;
}

/** Two authorities that touch, by their places in {@link Country.units}, and the kilometres of border they share. */
export interface Border {
  readonly a: number;
  readonly b: number;
  /** Nought for a declared link over water. */
  readonly km: number;
}

/** A region as it is today. */
export interface TodaysRegion {
  readonly code: string;
  readonly name: string;
}

/** What is to be drawn: authorities in order of code, their borders, and who serves them today. */
export interface Country {
  readonly units: readonly Unit[];
  readonly borders: readonly Border[];
  readonly offices: readonly TodaysRegion[];
}

/** For each authority those it touches, with the kilometres. */
export type Neighbours = readonly (readonly { readonly unit: number; readonly km: number }[])[];

/** The borders by authority. */
export function neighboursOf({ units, borders }: Country): Neighbours {
  const lists: { unit: number; km: number }[][] = units.map(() => []);
  for (const { a, b, km } of borders) {
    lists[a]!.push({ unit: b, km });
    lists[b]!.push({ unit: a, km });
  }
  return lists;
}

/** The sums of a country. */
export function totals({ units }: Country): { readonly schools: number; readonly pupils: number } {
  return {
    schools: units.reduce((sum, unit) => sum + unit.schools, 0),
    pupils: units.reduce((sum, unit) => sum + unit.pupils, 0),
  };
}

/** The kilometres of border between authorities of different regions; `region` holds a region for each authority. */
export function cutLength({ borders }: Country, region: ArrayLike<number>): number {
  return borders.reduce((sum, { a, b, km }) => (region[a] === region[b] ? sum : sum + km), 0);
}

/** The parts into which some authorities fall, each in ascending order, the largest first. */
export function partsOf(neighbours: Neighbours, members: readonly number[]): readonly (readonly number[])[] {
  const left = new Set(members);
  const parts: number[][] = [];
  for (const first of members) {
    if (!left.delete(first)) continue;
    const part = [first];
    for (const at of part) for (const { unit } of neighbours[at]!) if (left.delete(unit)) part.push(unit);
    parts.push(part.sort((x, y) => x - y));
  }
  return parts.sort((x, y) => y.length - x.length || x[0]! - y[0]!);
}
