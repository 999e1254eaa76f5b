/** How well a school's place is known. */
export type SitePrecision = "given" | "postcode-district" | "postcode-area" | "authority";

/** Kilometres east and north. */
export interface Point {
  readonly east: number;
  readonly north: number;
}

/** A school's place. */
export interface Site extends Point {
  readonly urn: string;
  readonly precision: SitePrecision;
}

/** Kilometres between two points in a straight line. */
export function distance(a: Point, b: Point): number {
  return Math.hypot(a.east - b.east, a.north - b.north);
}

interface Placeable {
  readonly urn: string;
  readonly postcode: string | null;
  readonly authority: string;
}

/** The district (`OL14`) and area (`OL`) of a postcode, or null where it isn't one. */
export function postcodeParts(postcode: string | null): { readonly district: string; readonly area: string } | null {
  const match = /^(([A-Z]{1,2})[0-9][0-9A-Z]?) ?[0-9][A-Z]{2}$/.exec((postcode ?? "").trim().toUpperCase());
  return match ? { district: match[1]!, area: match[2]! } : null;
}

/**
 * Places for schools: their own where it is given, else the middle of the given ones that share the postcode district, the postcode
 * area, or the local authority. A school for which none of these knows one is left out: the caller says how many.
 */
export function placeSchools(schools: readonly Placeable[], given: ReadonlyMap<string, Point>): readonly Site[] {
  const sums = new Map<string, { east: number; north: number; count: number }>();
  const keysOf = (school: Placeable) => {
    const parts = postcodeParts(school.postcode);
    return [
      ...(parts
        ? ([
            ["postcode-district", parts.district],
            ["postcode-area", parts.area],
          ] as const)
        : []),
      ["authority", school.authority] as const,
    ];
  };
  for (const school of schools) {
    const own = given.get(school.urn);
    if (!own) continue;
    for (const [precision, word] of keysOf(school)) {
      const key = `${precision} ${word}`;
      const sum = sums.get(key) ?? { east: 0, north: 0, count: 0 };
      sums.set(key, { east: sum.east + own.east, north: sum.north + own.north, count: sum.count + 1 });
    }
  }
  return schools.flatMap((school): Site[] => {
    const own = given.get(school.urn);
    if (own) return [{ urn: school.urn, ...own, precision: "given" }];
    for (const [precision, word] of keysOf(school)) {
      const sum = sums.get(`${precision} ${word}`);
      if (sum) return [{ urn: school.urn, east: sum.east / sum.count, north: sum.north / sum.count, precision }];
    }
    return [];
  });
}
