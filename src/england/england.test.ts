import { createHash } from "node:crypto";
import { beforeAll, describe, expect, it } from "vitest";
import { rollStatus, sharesFromSpells } from "../accountability/value-added/index.js";
import { civilDate, columnOf, dayNumber, missingDay, parseUrn, type Table } from "../kernel/index.js";
import { findAuthority, type RegionCode } from "../register/index.js";
import type { England, EnglandPhase, Phase } from "./england.js";
import { makeEngland } from "./make-england.js";
import { addUpSchools, placesOf, spreadOf, viewPupils } from "./moments.js";
import { windowOf } from "./specification.js";
import { primaryRegions, secondaryRegions } from "./targets/index.js";

const northEast: RegionCode = "E12000001";
const eastMidlands: RegionCode = "E12000004";

/** Hash of a table's values with categories written out, of the rows that a test keeps. */
function digest(table: Table, keep: (row: number) => boolean = () => true): string {
  const hash = createHash("sha256");
  const rows = Array.from({ length: table.rows }, (_, row) => row).filter(keep);
  for (const column of table.columns.values()) {
    hash.update(column.name);
    if (column.kind === "number") hash.update(Float64Array.from(rows, (row) => column.values[row]!));
    else if (column.kind === "date") hash.update(Int32Array.from(rows, (row) => column.days[row]!));
    else hash.update(rows.map((row) => column.levels[column.codes[row]!]).join("\n"));
  }
  return hash.digest("hex");
}

const digestAll = (england: England) => [
  JSON.stringify([england.regions, england.authorities, england.trusts, england.schools, england.evidence]),
  ...england.phases.flatMap(({ pupils, spells }) => [digest(pupils), digest(spells)]),
];
const phaseOf = (england: England, phase: Phase): EnglandPhase => england.phases.find((one) => one.phase === phase)!;

// Evidence of everything here: the generator's own output, held to rules that any pupil file obeys.
describe("a synthetic region", () => {
  let england: England;
  beforeAll(() => {
    england = makeEngland({ seed: 5, regions: [eastMidlands], cohorts: 2 });
  }, 60_000);

  it("is the same for the same seed and another for another", () => {
    const again = makeEngland({ seed: 5, regions: [eastMidlands], cohorts: 2 });
    expect(digestAll(again)).toEqual(digestAll(england));
    const other = digestAll(makeEngland({ seed: 6, regions: [eastMidlands], cohorts: 2 }));
    for (const [i, hash] of digestAll(england).entries()) expect(other[i]).not.toBe(hash);
  }, 60_000);

  it("is the same alone as beside another region", () => {
    const both = makeEngland({ seed: 5, regions: [eastMidlands, northEast], cohorts: 2 });
    const inside = new Set(england.schools.map((school) => school.urn as string));
    expect(both.schools.filter((school) => school.region === eastMidlands)).toEqual(england.schools);
    expect(both.trusts.filter((trust) => trust.region === eastMidlands)).toEqual(england.trusts);
    expect(both.evidence.accounts.filter(({ school }) => inside.has(school))).toEqual(england.evidence.accounts);
    for (const { phase, pupils, spells } of england.phases) {
      const wide = phaseOf(both, phase);
      for (const [alone, beside] of [
        [pupils, wide.pupils],
        [spells, wide.spells],
      ] as const) {
        const school = columnOf(beside, "school", "category");
        expect(digest(beside, (row) => inside.has(school.levels[school.codes[row]!]!))).toBe(digest(alone));
      }
    }
  }, 60_000);

  it("has the published number of schools of each phase", () => {
    const count = (phase: string, kind: string) =>
      england.schools.filter((s) => s.phase === phase && s.kind === kind).length;
    // Published: school census, January 2023.
    expect(count("primary", "mainstream")).toBe(1653);
    expect(count("secondary", "mainstream")).toBe(293);
    expect(count("all-through", "special")).toBe(82);
    expect(count("all-through", "pupil-referral-unit") + count("all-through", "alternative-provision")).toBe(22);
    expect(primaryRegions[eastMidlands].schools).toBe(1653);
    expect(secondaryRegions[eastMidlands].schools).toBe(293);
  });

  it("numbers its schools where no real school is, each once and with a name of its own", () => {
    const urns = england.schools.map((school) => school.urn);
    expect(new Set(urns).size).toBe(urns.length);
    for (const urn of urns) {
      expect(parseUrn(urn).ok).toBe(true);
      expect(Number(urn)).toBeGreaterThanOrEqual(900_000);
    }
    expect(new Set(england.schools.map((school) => school.name)).size).toBe(urns.length);
  });

  it("puts every school in a real authority of the region and every academy in one of its trusts", () => {
    const academies = new Map(england.trusts.map((trust) => [trust.uid, 0]));
    for (const school of england.schools) {
      expect(findAuthority(school.authority)?.region).toBe(eastMidlands);
      if (school.trust) academies.set(school.trust, academies.get(school.trust)! + 1);
    }
    expect(england.trusts.map((trust) => trust.academies)).toEqual([...academies.values()]);
    expect(england.trusts.every((trust) => trust.academies > 0)).toBe(true);
  });

  it("lists evidence of schools that exist, at most once each, within the year", () => {
    const urns = new Set(england.schools.map((school) => school.urn));
    for (const list of [england.evidence.safeguarding, england.evidence.accounts]) {
      expect(list.every(({ school }) => urns.has(school))).toBe(true);
      expect(new Set(list.map(({ school }) => school)).size).toBe(list.length);
      expect(list.length).toBeLessThan(urns.size);
      expect(list.every(({ on }) => on >= "2024-09-01" && on < "2025-09-01")).toBe(true);
    }
    const trustOf = new Map(england.schools.map((school) => [school.urn, school.trust]));
    const opinions = new Map<string, string>();
    for (const { school, opinion } of england.evidence.accounts) {
      const trust = trustOf.get(school);
      if (trust) expect(opinions.get(trust) ?? opinion).toBe(opinion);
      if (trust) opinions.set(trust, opinion);
    }
  });

  describe.each(["primary", "secondary"] as const)("%s", (phase) => {
    it("has complete columns of the same length, levels in order of first appearance", () => {
      const { pupils, spells, specification } = phaseOf(england, phase);
      for (const table of [pupils, spells])
        for (const column of table.columns.values()) {
          const values = column.kind === "number" ? column.values : column.kind === "date" ? column.days : column.codes;
          expect(values.length).toBe(table.rows);
          if (column.kind !== "category") continue;
          let seen = -1;
          for (const code of column.codes) {
            if (code < 0 || code > seen + 1) throw new Error(`${column.name}: level ${code} after ${seen}`);
            if (code > seen) seen = code;
          }
          expect(seen).toBe(column.levels.length - 1);
        }
      for (const { column, kind } of specification.context) expect(columnOf(pupils, column, kind).name).toBe(column);
      expect(new Set(columnOf(pupils, "pupil", "number").values).size).toBe(pupils.rows);
    });

    it("holds results on their scales and prior attainment that is sometimes missing", () => {
      const { pupils } = phaseOf(england, phase);
      const outcome = columnOf(pupils, phase === "primary" ? "ks2_score" : "attainment8", "number").values;
      const prior = columnOf(pupils, phase === "primary" ? "score_at_seven" : "ks2_score", "number").values;
      const [low, high] = phase === "primary" ? [59, 120] : [0, 90];
      expect(outcome.every((value) => value >= low && value <= high && Number.isInteger(2 * value))).toBe(true);
      const missing = prior.filter(Number.isNaN).length / pupils.rows;
      expect(missing).toBeGreaterThan(0.02);
      expect(missing).toBeLessThan(0.1);
    });

    it("ends every pupil at a school of the register, still on its roll, in the school's authority", () => {
      const { pupils, spells } = phaseOf(england, phase);
      const school = placesOf(pupils, england.schools);
      const authority = columnOf(pupils, "authority", "category");
      const id = columnOf(pupils, "pupil", "number").values;
      const stays = new Map<number, number>();
      const left = columnOf(spells, "left", "date").days;
      const of = columnOf(spells, "pupil", "number").values;
      const at = placesOf(spells, england.schools);
      for (let row = 0; row < spells.rows; row++) if (left[row] === missingDay) stays.set(of[row]!, at[row]!);
      for (let row = 0; row < pupils.rows; row++) {
        const place = england.schools[school[row]!];
        if (!place || stays.get(id[row]!) !== school[row])
          throw new Error(`pupil ${id[row]} does not end at the school`);
        if (authority.levels[authority.codes[row]!] !== place.authority) throw new Error(`pupil ${id[row]}: authority`);
        if (place.highAge < (phase === "primary" ? 11 : 16))
          throw new Error(`pupil ${id[row]} is too old for the school`);
      }
      expect(stays.size).toBe(pupils.rows);
    });

    it("has spells from which shares of time are computed, without overlaps, adding up to one", () => {
      const { pupils, spells, years } = phaseOf(england, phase);
      const place = new Map(Array.from(columnOf(pupils, "pupil", "number").values, (id, row) => [id, row] as const));
      const year = columnOf(pupils, "year", "category");
      const windows = year.levels.map((level) => windowOf(phase, Number(level.slice(0, 4))));
      const status = columnOf(spells, "status", "category");
      const entered = columnOf(spells, "entered", "date").days;
      const shares = sharesFromSpells(
        {
          pupil: Int32Array.from(columnOf(spells, "pupil", "number").values, (id) => place.get(id)!),
          school: columnOf(spells, "school", "category").codes,
          entered,
          left: columnOf(spells, "left", "date").days,
          status: Uint8Array.from(status.codes, (code) =>
            status.levels[code] === "main" ? rollStatus.main : rollStatus.subsidiary,
          ),
        },
        pupils.rows,
        { from: year.codes.map((code) => windows[code]!.from), to: year.codes.map((code) => windows[code]!.to) },
        "days",
      );
      if (!shares.ok) throw new Error(`bad spells: ${shares.error.codes[0]}`);
      const { counts, start, share, unaccounted } = shares.value;
      expect(
        counts["spells-overlap"] +
          counts["spell-repeated"] +
          counts["pupil-without-time"] +
          counts["pupil-outside"] +
          counts["pupil-left-early"],
      ).toBe(0);
      expect(counts["spells-gap"]).toBeGreaterThan(0);
      expect(counts["spells-dual"]).toBeGreaterThan(0);
      expect(counts["pupil-arrived-late"]).toBeGreaterThan(0);
      for (let i = 0; i < pupils.rows; i++) {
        let sum = unaccounted[i]!;
        for (let k = start[i]!; k < start[i + 1]!; k++) sum += share[k]!;
        if (Math.abs(sum - 1) > 1e-12) throw new Error(`shares of row ${i} add up to ${sum}`);
      }
      expect(Math.min(...windows.map((window) => window.reception))).toBeLessThanOrEqual(
        entered.reduce((a, b) => Math.min(a, b)),
      );
      expect(years).toEqual(["2023/24", "2024/25"]);
    });

    // Recovery: schools' mean progress, without any adjustment for context, goes one to one with the effects they were given.
    it("shows the schools' true effects in their pupils' progress", () => {
      const made = phaseOf(england, phase);
      const truth = england.truth.find((one) => one.phase === phase)!;
      const view = viewPupils(england, made);
      const sums = addUpSchools(view, england.schools.length);
      const place = new Map(england.schools.map((school, s) => [school.urn, s]));
      const pairs: [number, number][] = [];
      truth.schools.forEach((urn, i) => {
        const s = place.get(urn)!;
        if (england.schools[s]!.kind !== "mainstream") return;
        for (let t = 0; t < 2; t++) {
          const [count, sum] = [sums.count[t * sums.schools + s]!, sums.progress[t * sums.schools + s]!];
          if (count >= 20)
            pairs.push([truth.persistent[i]! + truth.ofYear[t * truth.schools.length + i]!, sum / count]);
        }
      });
      const [x, y] = [pairs.map(([effect]) => effect), pairs.map(([, progress]) => progress)];
      const [mx, my] = [spreadOf(x).mean, spreadOf(y).mean];
      const slope =
        pairs.reduce((sum, [a, b]) => sum + (a - mx) * (b - my), 0) /
        pairs.reduce((sum, [a]) => sum + (a - mx) ** 2, 0);
      // 1 less the time spent elsewhere (some 5%); more where the school's effect goes with the context that is not adjusted for.
      expect(slope).toBeGreaterThan(0.85);
      expect(slope).toBeLessThan(1.25);
      expect(pairs.length).toBeGreaterThan(400);
    });
  });
});

describe("what to make", () => {
  it.each([
    [{ seed: 1, regions: [] }, "one or more different regions"],
    [{ seed: 1, regions: [northEast, northEast] }, "one or more different regions"],
    [{ seed: 1, regions: ["E12000010" as RegionCode] }, "there is no region E12000010"],
    [{ seed: 1, regions: [northEast], cohorts: 7 }, "cohorts must be 1 to 6, got 7"],
    [{ seed: 1, regions: [northEast], cohorts: 0 }, "cohorts must be 1 to 6, got 0"],
    [{ seed: 1, regions: [northEast], lastYear: 2024.5 }, "2024.5"],
  ] as const)("%j is refused", (options, message) => {
    expect(() => makeEngland(options)).toThrow(message);
  });

  it("may have another last year, and the windows move with it", () => {
    const { phases } = makeEngland({ seed: 1, regions: [northEast], cohorts: 1, lastYear: 2030 });
    expect(phases[0]!.years).toEqual(["2030/31"]);
    const { membership } = phases[1]!.specification;
    expect(membership.kind === "spells" && membership.windows).toEqual([
      { year: "2030/31", from: "2026-09-01", to: "2031-06-01" },
    ]);
    const entered = columnOf(phases[1]!.spells, "entered", "date").days;
    expect(entered.every((day) => day >= dayNumber(civilDate("2026-09-01")))).toBe(true);
  });
});
