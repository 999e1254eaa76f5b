import type { Random } from "../kernel/index.js";

/** Where an invented school stands: the number of its town within the region, and kilometres on the region's invented map. */
export interface Site {
  readonly town: number;
  readonly east: number;
  readonly north: number;
}

const schoolsPerTown = 6;
/** Side of the square that one school has for itself, in kilometres: England has about one in six square kilometres. */
const kilometresPerSchool = 2.4;

/**
 * Lays a region's authorities out as squares in rows, each as large as its schools need, with towns at random places.
 * @param counts authorities with their number of schools
 * @returns for each authority a source of sites, one for each call
 */
export function sitesOfRegion(
  counts: readonly (readonly [code: string, schools: number])[],
  random: Random,
): Map<string, () => Site> {
  const sources = new Map<string, () => Site>();
  const width = Math.sqrt(counts.reduce((sum, [, schools]) => sum + schools, 0)) * kilometresPerSchool;
  let [east, north, rowHeight, towns] = [0, 0, 0, 0];
  for (const [code, schools] of counts) {
    const side = Math.sqrt(schools) * kilometresPerSchool;
    if (east > 0 && east + side > width) {
      east = 0;
      north += rowHeight;
      rowHeight = 0;
    }
    sources.set(
      code,
      siteSource(random.fork(code), towns, Math.max(1, Math.ceil(schools / schoolsPerTown)), east, north, side),
    );
    towns += Math.max(1, Math.ceil(schools / schoolsPerTown));
    east += side;
    rowHeight = Math.max(rowHeight, side);
  }
  return sources;
}

function siteSource(
  random: Random,
  firstTown: number,
  towns: number,
  east: number,
  north: number,
  side: number,
): () => Site {
  const centres = Array.from(
    { length: towns },
    () => [east + side * random.uniform(), north + side * random.uniform()] as const,
  );
  const spread = side / Math.sqrt(towns) / 5;
  return () => {
    // Two draws and the smaller: the first towns are the larger ones.
    const town = Math.min(random.below(towns), random.below(towns));
    const [x, y] = centres[town]!;
    return { town: firstTown + town, east: x + spread * random.normal(), north: y + spread * random.normal() };
  };
}
