import { geoPath, geoTransverseMercator } from "d3-geo";
import { feature, mesh } from "topojson-client";
import type { topology } from "topojson-server";
import { escapeMarkup } from "../../platform/charts/index.js";

/** An authority on the map. */
export interface MapUnit {
  readonly code: string;
  readonly name: string;
  /** The region by its place among the map's regions. */
  readonly region: number;
  readonly schools: number;
  readonly changed: boolean;
  readonly middle: readonly [longitude: number, latitude: number];
}

export interface MapOptions {
  readonly title: string;
  readonly units: readonly MapUnit[];
  /** Names of the regions, in the order that units count them. */
  readonly regions: readonly string[];
  /** Today's region of each unit, for thin borders; null for none. */
  readonly today: readonly number[] | null;
  /** True shapes, where boundaries were brought. */
  readonly shapes: ReturnType<typeof topology> | null;
}

const [width, height] = [640, 760];

/** The projection of the National Grid, near enough for a picture: central meridian 2° west. */
const grid = () => geoTransverseMercator().rotate([2, 0]);

/** What a region looks like: one of eight tints and, from the ninth on, the same with stripes; numbers stand on it too. */
const looks = (region: number) => `regions-map__area regions-map__area--${region % 8}`;

function patterns(regions: number): string {
  return Array.from({ length: Math.max(0, regions - 8) }, (_, i) => {
    const look = `regions-map__area regions-map__area--${i}`;
    return (
      `<pattern id="stripes-${i}" width="8" height="8" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">` +
      `<rect width="8" height="8" class="${look}"/><rect width="3" height="8" class="regions-map__stripe"/></pattern>`
    );
  }).join("");
}

const paint = (region: number) =>
  region < 8 ? `class="${looks(region)}"` : `class="regions-map__area" fill="url(#stripes-${region - 8})"`;

/** A map of regions as SVG: filled areas with the region's number, today's borders thin, a mark on each authority that changes office. */
export function regionsMap(options: MapOptions): string {
  const body = options.shapes ? shapesOf(options, options.shapes) : circlesOf(options);
  return (
    `<svg class="regions-map" viewBox="0 0 ${width} ${height}" role="img" aria-label="${escapeMarkup(options.title)}">` +
    `<defs>${patterns(options.regions.length)}</defs>${body}</svg>`
  );
}

const one = (value: number) => String(Math.round(value * 10) / 10);

function shapesOf({ units, today }: MapOptions, shapes: ReturnType<typeof topology>): string {
  const authorities = shapes.objects.authorities!;
  if (authorities.type !== "GeometryCollection") throw new TypeError("the boundaries hold no authorities");
  const all = feature(shapes, authorities);
  const projection = grid().fitExtent(
    [
      [8, 8],
      [width - 8, height - 8],
    ],
    all,
  );
  const path = geoPath(projection).digits(1);
  const unitOf = new Map(units.map((unit, i) => [unit.code, i]));
  const placeOf = (geometry: { readonly properties?: object | null }) =>
    unitOf.get((geometry.properties as { code: string }).code)!;
  const areas = all.features.map((area) => {
    const unit = units[placeOf(area)]!;
    return `<path ${paint(unit.region)} d="${path(area) ?? ""}"><title>${escapeMarkup(unit.name)}</title></path>`;
  });
  const lines = (differs: (a: number, b: number) => boolean, look: string) =>
    `<path class="${look}" d="${path(mesh(shapes, authorities as Parameters<typeof mesh>[1], (a, b) => a !== b && differs(placeOf(a as never), placeOf(b as never)))) ?? ""}"/>`;
  return [
    ...areas,
    today ? lines((a, b) => today[a] !== today[b], "regions-map__today") : "",
    lines((a, b) => units[a]!.region !== units[b]!.region, "regions-map__border"),
    ...marks(units, (unit) => projection([...unit.middle])!),
    ...labels(units, (unit) => projection([...unit.middle])!),
  ].join("");
}

/** Without shapes: a circle for each authority, as large as its number of schools, moved until none covers another. */
function circlesOf({ units }: MapOptions): string {
  const sizes = radii(units);
  const places = spread(units, sizes);
  const at = new Map(units.map((unit, i) => [unit, places[i]!] as const));
  const circles = units.map((unit, i) => {
    const [x, y] = places[i]!;
    return `<circle ${paint(unit.region)} cx="${one(x)}" cy="${one(y)}" r="${one(sizes[i]!)}"><title>${escapeMarkup(unit.name)}</title></circle>`;
  });
  return [...circles, ...marks(units, (unit) => at.get(unit)!), ...labels(units, (unit) => at.get(unit)!)].join("");
}

/** Radii in proportion to the root of the schools, so large together that the circles fill much of the picture. */
function radii(units: readonly MapUnit[]): readonly number[] {
  const all = units.reduce((sum, { schools }) => sum + schools, 0) || 1;
  return units.map(({ schools }) => 3 + 130 * Math.sqrt(schools / all));
}

function spread(units: readonly MapUnit[], sizes: readonly number[]): (readonly [number, number])[] {
  const points = { type: "MultiPoint" as const, coordinates: units.map(({ middle }) => [...middle]) };
  const projection = grid().fitExtent(
    [
      [40, 40],
      [width - 40, height - 40],
    ],
    points,
  );
  const start = units.map(({ middle }) => projection([...middle])!);
  const now = start.map(([x, y]): [number, number] => [x, y]);
  for (let round = 0; round < 240; round++) {
    now.forEach((point, i) => {
      point[0] += (start[i]![0] - point[0]) * 0.02;
      point[1] += (start[i]![1] - point[1]) * 0.02;
    });
    for (let i = 0; i < now.length; i++)
      for (let j = i + 1; j < now.length; j++) {
        const [dx, dy] = [now[j]![0] - now[i]![0], now[j]![1] - now[i]![1]];
        const apart = Math.hypot(dx, dy) || 0.01;
        const over = sizes[i]! + sizes[j]! + 0.5 - apart;
        if (over <= 0) continue;
        const push = (over / apart) * 0.5;
        now[i]![0] -= dx * push;
        now[i]![1] -= dy * push;
        now[j]![0] += dx * push;
        now[j]![1] += dy * push;
      }
  }
  return now.map(([x, y], i) => {
    const room = sizes[i]! + 2;
    return [Math.min(width - room, Math.max(room, x)), Math.min(height - room, Math.max(room, y))];
  });
}

/** A small ring on each authority that changes office. */
function marks(units: readonly MapUnit[], at: (unit: MapUnit) => readonly [number, number]): string[] {
  return units
    .filter(({ changed }) => changed)
    .map((unit) => {
      const [x, y] = at(unit);
      return `<circle class="regions-map__changed" cx="${one(x)}" cy="${one(y)}" r="4"/>`;
    });
}

/** The number of each region in the middle of its schools. */
function labels(units: readonly MapUnit[], at: (unit: MapUnit) => readonly [number, number]): string[] {
  const regions = [...new Set(units.map(({ region }) => region))].sort((a, b) => a - b);
  return regions.map((region) => {
    const members = units.filter((unit) => unit.region === region);
    const all = members.reduce((sum, { schools }) => sum + schools, 0) || 1;
    const middle = (axis: 0 | 1) => members.reduce((sum, unit) => sum + at(unit)[axis] * unit.schools, 0) / all;
    // On the authority nearest to the middle, so that the number of a bent region stands on the region.
    const nearest = members.reduce((best, unit) => {
      const far = (one: MapUnit) => Math.hypot(at(one)[0] - middle(0), at(one)[1] - middle(1));
      return far(unit) < far(best) ? unit : best;
    });
    const [x, y] = at(nearest);
    return `<g class="regions-map__label"><circle cx="${one(x)}" cy="${one(y)}" r="13"/><text x="${one(x)}" y="${one(y + 5)}">${region + 1}</text></g>`;
  });
}
