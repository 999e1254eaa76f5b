import { err, ok, type Problem, type Result } from "../../../kernel/index.js";
import { authorities, openAuthorities } from "../../../register/index.js";
import { problemOf } from "../problems.js";
import { seaLinks } from "./links.js";

/** Longitude and latitude in degrees. */
export type Position = readonly [longitude: number, latitude: number];
/** Rings: the outer one, then holes; each ends where it begins. */
export type Polygon = readonly (readonly Position[])[];

/** An authority's area. */
export interface AuthorityArea {
  readonly code: string;
  readonly polygons: readonly Polygon[];
}

/** Where an authority's middle is, and whom it touches with how many kilometres. */
export interface AuthorityBorder {
  readonly code: string;
  readonly middle: Position;
  /** Authorities later in order of code; nought kilometres is a link over water. */
  readonly touches: readonly (readonly [code: string, km: number])[];
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/** Properties in which an authority's code may stand: our own name first, then the statistical office's. */
const codeProperty = /^(code|authority|(CTYUA|UTLA|LAD)\d\dCD)$/i;

const byAnyCode = new Map(
  authorities.flatMap(
    (one) => [[one.code as string, one], ...(one.gssCode ? [[one.gssCode, one] as const] : [])] as const,
  ),
);

/**
 * Reads authorities' areas from GeoJSON in longitude and latitude, all or nothing. Every open authority has to be there once; the code
 * may be the department's three digits or the statistical office's.
 * @param name what messages call the file
 */
export function parseBoundaries(text: string, name: string): Result<readonly AuthorityArea[], readonly Problem[]> {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch (error) {
    const cut = text.trimEnd().endsWith("}")
      ? ""
      : "; it doesn't end with a closing bracket, as a file that was cut off";
    return err([problemOf("boundaries-unreadable", name, `it is not valid JSON (${(error as Error).message})${cut}`)]);
  }
  if (!isRecord(json) || !Array.isArray(json.features))
    return err([problemOf("boundaries-unreadable", name, "it is no GeoJSON collection of features")]);
  const problems: Problem[] = [];
  const areas = new Map<string, AuthorityArea>();
  json.features.forEach((feature: unknown, i) => {
    const place = `${name}, feature ${i + 1}`;
    const code = codeOf(feature, place, problems);
    if (code === null) return;
    if (areas.has(code))
      problems.push(problemOf("boundaries-authority-twice", place, `authority ${code} has an area already`));
    const polygons = polygonsOf(isRecord(feature) ? feature.geometry : null, place, problems);
    if (polygons) areas.set(code, { code, polygons });
  });
  const missing = openAuthorities.filter(({ code }) => !areas.has(code));
  if (problems.length === 0 && missing.length > 0)
    problems.push(
      problemOf(
        "boundaries-authority-missing",
        name,
        `no area for ${missing.map(({ code, name: who }) => `${code} ${who}`).join(", ")}`,
      ),
    );
  if (problems.length > 0) return err(problems);
  return ok([...areas.values()].sort((a, b) => (a.code < b.code ? -1 : 1)));
}

function codeOf(feature: unknown, place: string, problems: Problem[]): string | null {
  const properties = isRecord(feature) && isRecord(feature.properties) ? feature.properties : {};
  const key = Object.keys(properties).find((one) => codeProperty.test(one));
  const text = key === undefined ? "" : String(properties[key]);
  const found = byAnyCode.get(text);
  if (!found || found.gssCode === null) {
    const what =
      key === undefined ? "no property holds an authority's code" : `"${text}" is no English education authority`;
    problems.push(problemOf("boundaries-authority-unknown", place, what));
    return null;
  }
  if (found.abolished !== null) {
    const next = found.successors.join(" and ");
    problems.push(
      problemOf(
        "boundaries-authority-unknown",
        place,
        `${found.name} (${found.code}) was abolished on ${found.abolished}; its area is that of ${next} now`,
      ),
    );
    return null;
  }
  return found.code;
}

function polygonsOf(geometry: unknown, place: string, problems: Problem[]): readonly Polygon[] | null {
  const kind = isRecord(geometry) ? geometry.type : null;
  const coordinates = isRecord(geometry) ? geometry.coordinates : null;
  const polygons = kind === "Polygon" ? [coordinates] : kind === "MultiPolygon" ? coordinates : null;
  const sound =
    Array.isArray(polygons) &&
    polygons.every(
      (rings) =>
        Array.isArray(rings) && rings.length > 0 && rings.every((ring) => Array.isArray(ring) && ring.length >= 4),
    );
  if (!sound) {
    problems.push(problemOf("boundaries-geometry", place, "its geometry is no polygon"));
    return null;
  }
  for (const rings of polygons as unknown[][][])
    for (const ring of rings)
      for (const point of ring) {
        const [x, y] = Array.isArray(point) ? (point as unknown[]) : [];
        if (typeof x === "number" && typeof y === "number" && x > -9 && x < 3 && y > 49 && y < 61) continue;
        problems.push(
          problemOf(
            "boundaries-geometry",
            place,
            `${JSON.stringify(point)} is no longitude and latitude in Great Britain`,
          ),
        );
        return null;
      }
  return polygons as readonly Polygon[];
}

/** Kilometres between two near points. */
function kilometres([x, y]: Position, [u, v]: Position): number {
  const degree = (6371 * Math.PI) / 180;
  return degree * Math.hypot((u - x) * Math.cos((((y + v) / 2) * Math.PI) / 180), v - y);
}

/** Who touches whom: stretches of border that two areas have in common, point for point; then the declared links. */
export function bordersOf(areas: readonly AuthorityArea[]): readonly AuthorityBorder[] {
  const stretches = new Map<string, { readonly km: number; readonly owners: Set<string> }>();
  for (const { code, polygons } of areas)
    for (const ring of polygons.flat())
      for (let i = 1; i < ring.length; i++) {
        const ends = [ring[i - 1]!, ring[i]!].map(([x, y]) => `${x.toFixed(6)} ${y.toFixed(6)}`).sort();
        const key = ends.join(" ");
        const stretch = stretches.get(key) ?? { km: kilometres(ring[i - 1]!, ring[i]!), owners: new Set() };
        stretch.owners.add(code);
        stretches.set(key, stretch);
      }
  const shared = new Map<string, number>();
  for (const { km, owners } of stretches.values()) {
    const [first, second] = [...owners].sort();
    if (owners.size !== 2) continue;
    const key = `${first} ${second}`;
    shared.set(key, (shared.get(key) ?? 0) + km);
  }
  for (const { from, to } of seaLinks) {
    const key = [from, to].sort().join(" ");
    if (!shared.has(key) && areas.some(({ code }) => code === from)) shared.set(key, 0);
  }
  return areas.map(({ code, polygons }) => ({
    code,
    middle: middleOf(polygons),
    touches: [...shared]
      .filter(([key]) => key.startsWith(`${code} `))
      .map(([key, km]) => [key.slice(4), Math.round(km * 10) / 10] as const)
      .sort((a, b) => (a[0] < b[0] ? -1 : 1)),
  }));
}

/** The centre of gravity of the largest polygon, to a hundredth of a degree. */
function middleOf(polygons: readonly Polygon[]): Position {
  let [largest, at]: [number, Position] = [-1, [0, 0]];
  for (const [ring] of polygons) {
    let [area, east, north] = [0, 0, 0];
    for (let i = 1; i < ring!.length; i++) {
      const [x, y] = ring![i - 1]!;
      const [u, v] = ring![i]!;
      const cross = x * v - u * y;
      area += cross / 2;
      east += (x + u) * cross;
      north += (y + v) * cross;
    }
    if (Math.abs(area) <= largest) continue;
    largest = Math.abs(area);
    at = [Math.round((100 * east) / (6 * area)) / 100, Math.round((100 * north) / (6 * area)) / 100];
  }
  return at;
}
