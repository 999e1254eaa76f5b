import { createHash } from "node:crypto";
import { gunzipSync } from "node:zlib";
import { topology } from "topojson-server";
import { presimplify, quantile, simplify } from "topojson-simplify";
import { err, ok, type Problem, type Result } from "../../kernel/index.js";
import type { Database } from "../../platform/database/index.js";
import { type Actor, actingAs, actorName } from "../../platform/identity/index.js";
import { appendEvents, readStream } from "../../platform/log/index.js";
import { type AuthorityArea, bordersOf, parseBoundaries } from "./drawing/boundaries.js";
import { problemOf } from "./problems.js";
import { mayDraw } from "./service.js";
import { saveBoundaries } from "./store-scenarios.js";

// The types of the packages differ in whether an area may be without properties; ours never is.
type Drawn = ReturnType<typeof topology>;
const weighed = presimplify as (drawn: Drawn) => Drawn;
const lessened = simplify as (drawn: Drawn, least: number) => Drawn;

/** Points that a simplified map keeps, about: a map of England is then some 100 kB. */
const pointsKept = 6000;

/** The areas as one topology, so that neighbours stay neighbours, with its least important points left out. */
export function simplified(areas: readonly AuthorityArea[]): Drawn {
  const geometries = areas.map(({ code, polygons }) => ({
    type: "Feature" as const,
    properties: { code },
    geometry: {
      type: "MultiPolygon" as const,
      coordinates: polygons.map((rings) => rings.map((ring) => ring.map(([x, y]) => [x, y]))),
    },
  }));
  const collection = { type: "FeatureCollection" as const, features: geometries };
  const whole = weighed(topology({ authorities: collection as Parameters<typeof topology>[0][string] }, 1e5));
  const points = whole.arcs.reduce((sum, arc) => sum + arc.length, 0);
  return lessened(whole, points <= pointsKept ? 0 : quantile(whole, 1 - pointsKept / points));
}

/** Takes a file of boundaries (GeoJSON, also gzip) as what regions are drawn on from now on. */
export async function importBoundaries(
  database: Database,
  actor: Actor,
  file: { readonly name: string; readonly bytes: Uint8Array },
  now: Date,
): Promise<Result<{ readonly borders: number }, readonly Problem[]>> {
  if (!mayDraw(actor)) return err([problemOf("drawing-not-yours", "the account", "it may not bring boundaries")]);
  let text: string;
  try {
    const packed = file.bytes[0] === 0x1f && file.bytes[1] === 0x8b;
    text = Buffer.from(packed ? gunzipSync(file.bytes, { maxOutputLength: 200_000_000 }) : file.bytes).toString("utf8");
  } catch {
    return err([problemOf("boundaries-unreadable", file.name, "the compressed file is broken or was cut off")]);
  }
  const areas = parseBoundaries(text, file.name);
  if (!areas.ok) return areas;
  const borders = bordersOf(areas.value);
  const sha256 = createHash("sha256").update(file.bytes).digest("hex");
  await actingAs(database, actor, async (queries) => {
    const kept = { name: file.name, sha256, importedAt: now.toISOString(), importedBy: actorName(actor) };
    await saveBoundaries(queries, { ...kept, topology: simplified(areas.value), borders });
    const stream = "regions/boundaries/england";
    const expected = (await readStream(queries, stream)).length;
    const event = { kind: "boundaries-imported", body: { name: file.name, sha256 } };
    await appendEvents(queries, { stream, expected, actor, at: now, events: [event] });
  });
  return ok({ borders: borders.reduce((sum, { touches }) => sum + touches.length, 0) });
}
