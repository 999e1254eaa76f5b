/** A school on the map, in metres; null where nothing is known of its place. */
export interface Located {
  readonly urn: string;
  readonly postcode: string | null;
  readonly easting: number | null;
  readonly northing: number | null;
}

/** A school and how far it is. */
export interface Neighbour {
  readonly urn: string;
  /** Kilometres in a straight line. */
  readonly kilometres: number;
  /** One of the two places is only the middle of its postcode district. */
  readonly about: boolean;
}

/** The first half of a postcode: "EX8" of "EX8 1AA". */
export function postcodeDistrict(postcode: string | null): string | null {
  return /^([A-Z]{1,2}\d[A-Z\d]?) ?\d[A-Z]{2}$/.exec(postcode?.trim().toUpperCase() ?? "")?.[1] ?? null;
}

interface Place {
  readonly easting: number;
  readonly northing: number;
  readonly about: boolean;
}

/** The place of each school: its own, or the middle of the known schools of its postcode district. */
function placesOf(schools: readonly Located[]): ReadonlyMap<string, Place> {
  const districts = new Map<string, { n: number; easting: number; northing: number }>();
  for (const { postcode, easting, northing } of schools) {
    const district = postcodeDistrict(postcode);
    if (district === null || easting === null || northing === null) continue;
    const sum = districts.get(district) ?? { n: 0, easting: 0, northing: 0 };
    districts.set(district, { n: sum.n + 1, easting: sum.easting + easting, northing: sum.northing + northing });
  }
  const places = new Map<string, Place>();
  for (const { urn, postcode, easting, northing } of schools) {
    const middle = districts.get(postcodeDistrict(postcode) ?? "");
    if (easting !== null && northing !== null) places.set(urn, { easting, northing, about: false });
    else if (middle)
      places.set(urn, { easting: middle.easting / middle.n, northing: middle.northing / middle.n, about: true });
  }
  return places;
}

/**
 * The schools nearest to one, as the crow flies; empty where its own place isn't known.
 * @param isWanted which schools are asked for
 */
export function schoolsNear<S extends Located>(
  urn: string,
  schools: readonly S[],
  isWanted: (school: S) => boolean,
  most: number,
): readonly Neighbour[] {
  const places = placesOf(schools);
  const own = places.get(urn);
  if (!own) return [];
  return schools
    .flatMap((school): Neighbour[] => {
      const place = places.get(school.urn);
      if (!place || school.urn === urn || !isWanted(school)) return [];
      const metres = Math.hypot(place.easting - own.easting, place.northing - own.northing);
      return [{ urn: school.urn, kilometres: metres / 1000, about: place.about || own.about }];
    })
    .sort((a, b) => a.kilometres - b.kilometres || (a.urn < b.urn ? -1 : 1))
    .slice(0, most);
}
