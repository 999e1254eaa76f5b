// Makes src/accountability/regions/drawing/border-table.ts from a GeoJSON file of today's authorities (gzip or not):
//   node --import tsx scripts/reference/authority-borders.mjs FILE
import { readFileSync, writeFileSync } from "node:fs";
import { gunzipSync } from "node:zlib";
import { bordersOf, parseBoundaries } from "../../src/accountability/regions/drawing/boundaries.ts";

const bytes = readFileSync(process.argv[2]);
const text = (bytes[0] === 0x1f ? gunzipSync(bytes) : bytes).toString("utf8");
const areas = parseBoundaries(text, process.argv[2]);
if (!areas.ok) throw new Error(areas.error.map(({ message }) => message).join("; "));
const rows = bordersOf(areas.value).map(
  ({ code, middle, touches }) =>
    `  ["${code}", ${middle.join(", ")}, "${touches.map(([to, km]) => `${to}:${km}`).join(" ")}"],`,
);
const target = new URL("../../src/accountability/regions/drawing/border-table.ts", import.meta.url);
writeFileSync(
  target,
  `/**
 * For each authority of today: its code, longitude and latitude of its middle, and the authorities later in order that it touches with the
 * kilometres of border (0: a link over water). Made by \`scripts/reference/authority-borders.mjs\` from the Office for National Statistics'
 * Counties and Unitary Authorities, May 2023, ultra generalised; contains public sector information licensed under the Open Government
 * Licence v3.0. A test makes it again where that file is at hand.
 */
export const borderTable: readonly (readonly [code: string, longitude: number, latitude: number, touches: string])[] = [
${rows.join("\n")}
];
`,
);
