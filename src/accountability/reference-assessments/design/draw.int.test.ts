import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import {
  ReferenceColumns,
  referenceAssessments,
  referenceJson,
  skippedWithoutThem,
} from "../../../../test/reference-assessment-columns.js";
import { silent } from "../../../kernel/index.js";
import type { SampleOrder } from "./draw.js";
import { drawFromFile, type FrameColumns } from "./service-draw.js";

let folder = "";
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "greenpaper-draw-"));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const plain: SampleOrder = {
  ...{ seed: 5, units: 4, byStratum: new Map(), rule: { kind: "proportional" }, method: "systematic" },
  ...{ probabilities: "size", replacements: 2, persons: 25, joinBelow: null, coordination: null },
};
const columns: FrameColumns = { id: "id", size: "size", strata: ["region"], order: [], certain: null, number: null };
const draw = (path: string, sample: Partial<SampleOrder> = {}, named: Partial<FrameColumns> = {}, out = false) =>
  drawFromFile(
    {
      ...{ path, columns: { ...columns, ...named }, sample: { ...plain, ...sample } },
      ...{ folder: out ? folder : null, today: "2026-11-26", version: "test" },
    },
    silent,
  );
function frame(lines: readonly string[]): string {
  const path = join(folder, "frame.csv");
  writeFileSync(path, `${lines.join("\n")}\n`);
  return path;
}
const good = ["id,size,region,sure,prn", ..."abcdefghij"].map((id, k) =>
  k === 0 ? id : `${id},${10 * k},${k < 6 ? "north" : "south"},${k === 1 ? 1 : 0},${k / 11}`,
);

describe("a draw from a file", () => {
  it("from somebody else's frame is the same: other names, semicolons, decimal commas, Windows-1252, ids with noughts", async () => {
    const path = join(folder, "rahmen.csv");
    const rows = [..."abcdefghij"].map((id, k) => `00${id};${10 * (k + 1)},0;${k < 5 ? "north" : "south"}`);
    writeFileSync(path, Buffer.from(`SKZ;Schüler;Land\r\n${rows.join("\r\n")}\r\n`, "latin1"));
    const named = { ...columns, id: "SKZ", size: "Schüler", strata: ["Land"] };
    const more = { path, columns: named, sample: plain, folder: null, today: "2026-11-26", version: "test" };
    const theirs = await drawFromFile({ ...more, decimal: "," }, silent);
    const ours = await draw(frame(good.map((line, k) => (k === 0 ? line : `00${line}`))));
    if (!theirs.ok || !ours.ok) throw new Error(JSON.stringify([theirs, ours]));
    const shape = (lines: typeof ours.value.sample.lines) => lines.map(({ unit, probability }) => [unit, probability]);
    expect(shape(theirs.value.sample.lines)).toEqual(shape(ours.value.sample.lines));
    expect(theirs.value.record).toMatchObject({ decimal: "," });
    expect(await drawFromFile(more, silent)).toMatchObject({ ok: false });
  });

  it("writes drawn units, replacements and their record; the same seed draws the same", async () => {
    const path = frame(good);
    const answer = await draw(path, {}, { certain: "sure" }, true);
    if (!answer.ok) throw new Error(JSON.stringify(answer.error));
    const { lines, estimatedSize } = answer.value.sample;
    const originals = lines.filter(({ role }) => role === "original");
    expect(originals).toHaveLength(4);
    expect(originals.find(({ unit }) => unit === "a")).toMatchObject({ probability: 1, weight: 1, certain: true });
    expect(estimatedSize).toBeCloseTo(550, 8);
    expect(new Set(lines.map(({ unit }) => unit)).size).toBe(lines.length);
    const [header, ...rows] = readFileSync(join(folder, "sample.csv"), "utf8").trim().split("\r\n");
    expect(header).toBe("unit,stratum,size,probability,weight,role,replaces,order,certain,persons,person_weight");
    expect(rows).toHaveLength(lines.length);
    const record = JSON.parse(readFileSync(join(folder, "record.json"), "utf8"));
    expect(record).toMatchObject({ kind: "draw", options: { seed: 5 }, draw: { units: 10, size: 550 } });
    expect(record.frame.sha256).toMatch(/^[0-9a-f]{64}$/);
    expect(await draw(path, {}, { certain: "sure" })).toMatchObject({ ok: true, value: { sample: { lines } } });
  });

  it("takes the lowest permanent numbers of the file where all units are alike", async () => {
    const order = { seed: 1, start: 0, rotation: 0 };
    const sample = { method: "sequential-poisson", probabilities: "equal", coordination: order } as const;
    const answer = await draw(frame(good), { ...sample, replacements: 0 }, { strata: [], number: "prn" });
    if (!answer.ok) throw new Error(JSON.stringify(answer.error));
    expect(answer.value.sample.lines.map(({ unit }) => unit).sort()).toEqual(["a", "b", "c", "d"]);
  });

  it.each([
    ["number-expected", "line 3", good.with(2, "b,many,north,0,0.2"), {}],
    ["frame-value-invalid", "line 3", good.with(2, "b,,north,0,0.2"), {}],
    ["frame-value-invalid", "line 3", good.with(2, "b,-4,north,0,0.2"), {}],
    ["frame-unit-twice", "line 3", good.with(2, "a,20,north,0,0.2"), {}],
    ["frame-stratum-alone", "stratum west", good.with(2, "b,20,west,0,0.2"), {}],
    ["column-missing", "frame.csv", good.with(0, "name,size,region,sure,prn"), {}],
    ["frame-value-invalid", "line 3", good.with(2, "b,20,north,0,1.2"), { number: "prn" }],
    ["frame-value-invalid", "line 3", good.with(2, "b,20,north,2,0.2"), { certain: "sure" }],
  ] as const)("refuses with %s at %s", async (code, place, lines, named) => {
    const answer = await draw(frame(lines), {}, named);
    expect(answer).toMatchObject({ ok: false, error: [{ code }] });
    if (!answer.ok) expect(answer.error[0]!.place).toContain(place);
  });

  it("refuses a stratum that isn't there and more units than there are, and draws a lone unit that is certain", async () => {
    const refused = async (sample: Partial<SampleOrder>) => {
      const answer = await draw(frame(good), sample);
      return answer.ok ? null : answer.error[0]!.code;
    };
    expect(await refused({ units: null, byStratum: new Map([["east", 2]]) })).toBe("design-option-invalid");
    expect(await refused({ units: 11 })).toBe("survey-allocation-impossible");
    const lone = frame(good.with(1, "a,10,west,1,0.1"));
    expect(await draw(lone, { units: 5 }, { certain: "sure" })).toMatchObject({ ok: true });
  });
});

describe.skipIf(!referenceAssessments)(`the Austrian frame${skippedWithoutThem}`, () => {
  if (!referenceAssessments) return;
  it("has the probabilities of R's sampling package (other program, 1e-9) in its sample", async () => {
    const { pps } = referenceJson("austria_reference.json") as {
      pps: { strata: { stratum: number; n: number; SKZ: number[]; pik: number[] }[] };
    };
    const expected = new Map(pps.strata.flatMap(({ SKZ, pik }) => SKZ.map((name, k) => [String(name), pik[k]!])));
    const source = new ReferenceColumns("austria_frame_schools_1327.csv");
    const [ids, strata, sizes] = ["SKZ", "stratum", "NSchueler"].map((name) => source.text(name));
    const path = frame(["id,region,size", ...ids!.map((id, k) => `${id},${strata![k]},${sizes![k]}`)]);
    const byStratum = new Map(pps.strata.map(({ stratum, n }) => [String(stratum), n]));
    const answer = await draw(path, { units: null, byStratum });
    if (!answer.ok) throw new Error(JSON.stringify(answer.error));
    expect(answer.value.sample.lines.filter(({ role }) => role === "original")).toHaveLength(300);
    for (const { unit, probability } of answer.value.sample.lines)
      expect(probability).toBeCloseTo(expected.get(unit)!, 9);
    expect(answer.value.sample.estimatedSize).toBeCloseTo(51_644, 5);
  });
});
