import { feature } from "topojson-client";
import { madeOnce } from "../../kernel/index.js";
import type { Queries } from "../../platform/database/index.js";
import { findAuthority } from "../../register/index.js";
import type { AuthorityBorder } from "./drawing/boundaries.js";
import { givenBorders } from "./drawing/england.js";
import { slotName } from "./drawing/measure.js";
import type { MeasuredScenario } from "./service.js";
import { newestBoundaries } from "./store-scenarios.js";
import { type MapOptions, regionsMap } from "./web-map.js";
import type { DutyRegister } from "./who-answers.js";

/** The map of a drawing, or null where it has nothing to show. */
export async function mapOfScenario(
  queries: Queries,
  { scenario, task, measure }: MeasuredScenario,
): Promise<string | null> {
  if (!measure || !scenario.result) return null;
  const { slotOf } = scenario.result;
  const boundaries = await newestBoundaries(queries);
  const middles = new Map((boundaries?.borders ?? givenBorders).map(({ code, middle }) => [code, middle]));
  const slots = measure.regions.map(({ slot }) => slot);
  return regionsMap({
    title: `Map of ${slots.length} regions: ${slots.map((slot, i) => `${i + 1} ${slotName(task, slot)}`).join(", ")}`,
    units: scenario.country.units.map(({ code, name, schools, today }, i) => ({
      ...{ code, name, schools, region: slots.indexOf(slotOf[i]!), changed: today !== slotOf[i] },
      middle: middles.get(code) ?? [0, 52],
    })),
    regions: slots.map((slot) => slotName(task, slot)),
    today: scenario.country.units.map(({ today }) => today),
    shapes: boundaries?.topology ?? null,
  });
}

/** A tenth of a second of work, for circles to spread or shapes to be projected: done once for the borders and what is shown on them. */
const keptMap = madeOnce((borders: readonly AuthorityBorder[], options: Omit<MapOptions, "shapes">) =>
  regionsMap({ ...options, shapes: shapesWithin.get(borders) ?? null }),
);
const shapesWithin = new WeakMap<readonly AuthorityBorder[], MapOptions["shapes"]>();

/** The map of the regions in force. */
export async function mapOfRegister(
  queries: Queries,
  register: DutyRegister,
  counts: ReadonlyMap<string, { readonly schools: number }>,
): Promise<{ readonly map: string; readonly shapes: boolean }> {
  const boundaries = await newestBoundaries(queries);
  const codes = register.regions.map(({ code }) => code);
  const borders = boundaries?.borders ?? givenBorders;
  if (boundaries) shapesWithin.set(borders, boundaries.topology);
  const units = borders.map(({ code, middle }) => ({
    ...{ code, middle, changed: false, name: findAuthority(code)?.name ?? code },
    ...{ schools: counts.get(code)?.schools ?? 0, region: codes.indexOf(register.regionOf.get(code) ?? "") },
  }));
  const map = keptMap(borders, {
    title: `Map of the regions: ${register.regions.map(({ name }, i) => `${i + 1} ${name}`).join(", ")}`,
    units: units.filter(({ region }) => region !== -1),
    regions: register.regions.map(({ name }) => name),
    today: null,
  });
  return { map, shapes: boundaries !== null };
}

/** The regions of a drawing as GeoJSON: the areas of its authorities, or points where no boundaries were brought. */
export async function geojsonOfScenario(queries: Queries, { scenario, task }: MeasuredScenario): Promise<string> {
  const boundaries = await newestBoundaries(queries);
  const slotOf = new Map(scenario.country.units.map(({ code }, i) => [code, scenario.result?.slotOf[i] ?? -1]));
  const properties = (code: string) => ({
    authority: code,
    name: findAuthority(code)?.name ?? code,
    region: slotName(task, slotOf.get(code)!),
  });
  const shapes = boundaries?.topology.objects.authorities;
  const features =
    boundaries && shapes?.type === "GeometryCollection"
      ? feature(boundaries.topology, shapes).features.map(({ geometry, properties: given }) => ({
          ...{ type: "Feature", geometry, properties: properties((given as { code: string }).code) },
        }))
      : givenBorders.map(({ code, middle }) => ({
          ...{ type: "Feature", geometry: { type: "Point", coordinates: middle }, properties: properties(code) },
        }));
  return JSON.stringify({ type: "FeatureCollection", features });
}
