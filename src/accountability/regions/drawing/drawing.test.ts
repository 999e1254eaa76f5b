import { existsSync, readFileSync } from "node:fs";
import { gunzipSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import { openAuthorities } from "../../../register/index.js";
import { bordersOf, parseBoundaries } from "./boundaries.js";
import { neighboursOf, partsOf } from "./country.js";
import { countryOf, countsFrom, givenBorders } from "./england.js";

const file = new URL("../../../../../shared/data/england/la_boundaries_ctyua_2023_england.geojson.gz", import.meta.url);
const atHand = existsSync(file);

/** Squares side by side for every authority, in the sea west of Cornwall up to Kent. */
const squares = () =>
  openAuthorities.map(({ code }, i) => {
    const [x, y] = [-6 + (i % 14) * 0.5, 50 + Math.floor(i / 14) * 0.5];
    const ring = [
      [x, y],
      [x + 0.5, y],
      [x + 0.5, y + 0.5],
      [x, y + 0.5],
      [x, y],
    ];
    return { type: "Feature", properties: { code }, geometry: { type: "Polygon", coordinates: [ring] } };
  });
const collection = (features: readonly unknown[]) => JSON.stringify({ type: "FeatureCollection", features });
const codes = (text: string) => {
  const read = parseBoundaries(text, "map.geojson");
  return read.ok ? [] : read.error.map(({ code }) => code);
};

describe("the borders that come with the program", () => {
  it("join every authority to one country", () => {
    const country = countryOf(givenBorders, new Map());
    expect(country.units.map(({ code }) => code)).toEqual(openAuthorities.map(({ code }) => code).sort());
    expect(
      partsOf(
        neighboursOf(country),
        country.units.map((_, i) => i),
      ),
    ).toHaveLength(1);
    expect(country.units.every(({ today }) => today >= 0)).toBe(true);
  });

  it("leave today's nine regions in one piece each", () => {
    const country = countryOf(givenBorders, new Map());
    for (const [office] of country.offices.entries())
      expect(
        partsOf(
          neighboursOf(country),
          country.units.flatMap(({ today }, i) => (today === office ? [i] : [])),
        ),
      ).toHaveLength(1);
  });

  // published: the statistical office's boundaries, read again.
  it.skipIf(!atHand)(`are those of the boundary file${atHand ? "" : " (skipped: ../shared is not there)"}`, () => {
    const areas = parseBoundaries(gunzipSync(readFileSync(file)).toString("utf8"), "boundaries");
    expect(areas.ok && bordersOf(areas.value)).toEqual(givenBorders);
  });
});

describe("a file of boundaries", () => {
  it("is read whole, and neighbours share their edge", () => {
    const read = parseBoundaries(collection(squares()), "map.geojson");
    const borders = read.ok ? bordersOf(read.value) : [];
    // 153 squares in rows of 14: 142 side by side, 139 above one another; and the links of the two island authorities.
    const land = borders.flatMap(({ touches }) => touches).filter(([, km]) => km > 0);
    expect(land).toHaveLength(142 + 139);
    expect(borders.flatMap(({ touches }) => touches).length - land.length).toBeGreaterThan(0);
  });

  it("is refused with what is wrong: cut in half, without code, abolished, twice, missing, in metres, no polygon", () => {
    const whole = collection(squares());
    expect(codes(whole)).toEqual([]);
    expect(codes(whole.slice(0, whole.length / 2))).toEqual(["boundaries-unreadable"]);
    expect(codes("[]")).toEqual(["boundaries-unreadable"]);
    const [first, ...others] = squares();
    expect(codes(collection([{ ...first, properties: {} }, ...others]))).toEqual(["boundaries-authority-unknown"]);
    expect(codes(collection([{ ...first, properties: { CTYUA22CD: "E10000006" } }, ...others]))).toEqual([
      "boundaries-authority-unknown",
    ]);
    expect(codes(collection([first, first, ...others]))).toEqual(["boundaries-authority-twice"]);
    expect(codes(collection(others))).toEqual(["boundaries-authority-missing"]);
    const metres = {
      type: "Polygon",
      coordinates: [
        [
          [530000, 180000],
          [531000, 180000],
          [531000, 181000],
          [530000, 180000],
        ],
      ],
    };
    expect(codes(collection([{ ...first, geometry: metres }, ...others]))).toEqual(["boundaries-geometry"]);
    expect(codes(collection([{ ...first, geometry: { type: "Point", coordinates: [0, 51] } }, ...others]))).toEqual([
      "boundaries-geometry",
    ]);
  });
});

describe("a file of counts", () => {
  const lines = () =>
    openAuthorities.map(({ code }, i) => ({
      line: i + 2,
      fields: { authority: code as string, schools: "10", pupils: "2000" },
    }));
  const problems = (rows: Parameters<typeof countsFrom>[0]) => {
    const read = countsFrom(rows, "counts.csv");
    return read.ok ? [] : read.error.map(({ place, message }) => `${place}: ${message}`);
  };

  it("holds every authority once", () => {
    expect(problems(lines())).toEqual([]);
    expect(problems(lines().slice(1))[0]).toContain("no line for 201 City of London");
    expect(problems([...lines(), lines()[0]!])[0]).toContain("already");
  });

  it("says by line which councils came after one that is no more, and what is no number", () => {
    const [first, ...others] = lines();
    const cumbria = { line: 2, fields: { ...first!.fields, authority: "909" } };
    expect(problems([cumbria, ...others])).toEqual([
      "counts.csv, line 2: authority 909 (Cumbria) was abolished on 2023-04-01; give 942 and 943 instead",
    ]);
    expect(problems([{ line: 2, fields: { ...first!.fields, pupils: "1,000" } }, ...others])).toEqual([
      'counts.csv, line 2, column "pupils": "1,000" is no whole number',
    ]);
  });
});
