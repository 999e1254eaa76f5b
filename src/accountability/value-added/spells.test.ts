import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { missingDay } from "../../kernel/index.js";
import { describeMembership, type MembershipShares, membershipProblems } from "./membership.js";
import { rollStatus, type Spells, sharesFromSpells } from "./spells.js";

interface Row {
  readonly pupil: number;
  readonly school: number;
  readonly entered: number;
  readonly left: number;
  readonly status: number;
}

const columns = (rows: readonly Row[]): Spells => ({
  pupil: Int32Array.from(rows, (row) => row.pupil),
  school: Int32Array.from(rows, (row) => row.school),
  entered: Int32Array.from(rows, (row) => row.entered),
  left: Int32Array.from(rows, (row) => row.left),
  status: Uint8Array.from(rows, (row) => row.status),
});
const main = (school: number, entered: number, left = missingDay, pupil = 0): Row => ({
  pupil,
  school,
  entered,
  left,
  status: rollStatus.main,
});
const windows = (from: number, to: number, pupils: number) => ({
  from: new Int32Array(pupils).fill(from),
  to: new Int32Array(pupils).fill(to),
});

function shares(rows: readonly Row[], from: number, to: number, pupils = 1, termDays?: Int32Array): MembershipShares {
  const result = sharesFromSpells(
    columns(rows),
    pupils,
    windows(from, to, pupils),
    termDays ? "terms" : "days",
    termDays,
  );
  if (!result.ok) throw new Error(result.error.codes.join());
  return result.value;
}

/** Slow and plain: asks every day (or term day) of the window who has the pupil. */
function dayByDay(
  rows: readonly Row[],
  pupil: number,
  days: readonly number[],
): { bySchool: Map<number, number>; unaccounted: number } {
  const bySchool = new Map<number, number>();
  let unaccounted = 0;
  for (const day of days) {
    const present = rows.filter(
      (row) =>
        row.pupil === pupil &&
        row.status !== rollStatus.guest &&
        row.entered <= day &&
        (row.left === missingDay || day <= row.left),
    );
    const best = Math.min(...present.map((row) => row.status));
    const schools = new Set(present.filter((row) => row.status === best).map((row) => row.school));
    if (schools.size === 0) unaccounted += 1 / days.length;
    for (const school of schools) {
      const part = 1 / schools.size / days.length;
      if (school === -1) unaccounted += part;
      else bySchool.set(school, (bySchool.get(school) ?? 0) + part);
    }
  }
  return { bySchool, unaccounted };
}

const anyRow = (pupils: number): fc.Arbitrary<Row> =>
  fc
    .record({
      pupil: fc.nat({ max: pupils - 1 }),
      school: fc.integer({ min: -1, max: 4 }),
      entered: fc.integer({ min: 90, max: 170 }),
      status: fc.constantFrom(0, 0, 0, 1, 2, 3),
      length: fc.option(fc.nat({ max: 60 }), { freq: 4 }),
    })
    .map(({ length, ...row }) => ({ ...row, left: length === null ? missingDay : row.entered + length }));
const anyRows = fc.array(anyRow(3), { maxLength: 20 });
const manyRows = fc.array(anyRow(1), { minLength: 30, maxLength: 120 });
const [from, to] = [100, 160];
const allDays = Array.from({ length: to - from }, (_, i) => from + i);

function agrees(rows: readonly Row[], pupils: number, days: readonly number[], fast: MembershipShares): void {
  for (let pupil = 0; pupil < pupils; pupil++) {
    const slow = dayByDay(rows, pupil, days);
    const [begin, end] = [fast.start[pupil]!, fast.start[pupil + 1]!];
    const expected = [...slow.bySchool].sort((a, b) => a[0] - b[0]);
    expect(Array.from(fast.school.subarray(begin, end))).toEqual(expected.map(([school]) => school));
    expected.forEach(([, share], i) => {
      expect(Math.abs(fast.share[begin + i]! - share)).toBeLessThan(1e-12);
    });
    expect(Math.abs(fast.unaccounted[pupil]! - slow.unaccounted)).toBeLessThan(1e-12);
  }
}

describe("shares from spells", () => {
  it("agree with asking every day", () => {
    fc.assert(
      fc.property(anyRows, (rows) => agrees(rows, 3, allDays, shares(rows, from, to, 3))),
      { numRuns: 500 },
    );
  });

  it("agree with asking every day where one pupil has very many spells", () => {
    fc.assert(
      fc.property(manyRows, (rows) => agrees(rows, 1, allDays, shares(rows, from, to))),
      { numRuns: 100 },
    );
  });

  it("agree with asking every term day", () => {
    const anyTermDays = fc.uniqueArray(fc.integer({ min: from, max: to - 1 }), { minLength: 1, maxLength: 15 });
    fc.assert(
      fc.property(anyRows, anyTermDays, (rows, unsorted) => {
        const days = unsorted.sort((a, b) => a - b);
        agrees(rows, 3, days, shares(rows, from, to, 3, Int32Array.from(days)));
      }),
      { numRuns: 500 },
    );
  });

  it("add up to 1 with the unaccounted time", () => {
    fc.assert(
      fc.property(fc.oneof(anyRows, manyRows), (rows) => {
        const { start, share, unaccounted } = shares(rows, from, to, 3);
        for (let pupil = 0; pupil < 3; pupil++) {
          const sum = share.subarray(start[pupil]!, start[pupil + 1]!).reduce((a, b) => a + b, unaccounted[pupil]!);
          expect(Math.abs(sum - 1)).toBeLessThan(1e-12);
          expect(unaccounted[pupil]).toBeGreaterThanOrEqual(0);
        }
      }),
    );
  });

  it("don't depend on the order of the rows", () => {
    const shuffled = anyRows.chain((rows) =>
      fc.tuple(fc.constant(rows), fc.shuffledSubarray(rows, { minLength: rows.length })),
    );
    fc.assert(
      fc.property(shuffled, ([rows, others]) => {
        const [a, b] = [shares(rows, from, to, 3), shares(others, from, to, 3)];
        expect(b.school).toEqual(a.school);
        expect(b.counts).toEqual(a.counts);
        for (let i = 0; i < a.share.length; i++) expect(Math.abs(a.share[i]! - b.share[i]!)).toBeLessThan(1e-12);
      }),
    );
  });

  it("don't change when every row is written twice", () => {
    fc.assert(
      fc.property(anyRows, (rows) => {
        const [once, twice] = [shares(rows, from, to, 3), shares([...rows, ...rows], from, to, 3)];
        expect(twice.school).toEqual(once.school);
        for (let i = 0; i < once.share.length; i++)
          expect(Math.abs(once.share[i]! - twice.share[i]!)).toBeLessThan(1e-12);
        expect(twice.counts["spell-repeated"]).toBe(once.counts["spell-repeated"] + rows.length);
      }),
    );
  });

  it("give a pupil without a spell to nobody", () => {
    const { start, unaccounted, counts } = shares([main(0, 0, missingDay, 1)], 0, 10, 3);
    expect(Array.from(start)).toEqual([0, 0, 1, 1]);
    expect(Array.from(unaccounted)).toEqual([1, 0, 1]);
    expect(counts["pupil-without-time"]).toBe(2);
  });

  it("are exact where days divide evenly", () => {
    expect(Array.from(shares([main(0, 0, 3), main(1, 4)], 0, 8).share)).toEqual([0.5, 0.5]);
  });

  it("take every registration as main where there is no status", () => {
    const rows = [main(0, 0), { ...main(1, 0), status: rollStatus.subsidiary }];
    const result = sharesFromSpells({ ...columns(rows), status: null }, 1, windows(0, 10, 1), "days");
    expect(result.ok && Array.from(result.value.share)).toEqual([0.5, 0.5]);
  });
});

describe("the window", () => {
  it("holds its first day and not the day it ends on", () => {
    expect(shares([main(0, 5, 5)], 5, 10).share[0]).toBe(0.2);
    expect(shares([main(0, 10, 10)], 5, 10).share).toHaveLength(0);
    expect(shares([main(0, 9, 9)], 5, 10).share[0]).toBe(0.2);
    expect(shares([main(0, 4, 4)], 5, 10).share).toHaveLength(0);
  });

  it("cuts spells, and counts those that lie outside", () => {
    const result = shares([main(0, -100, 1), main(1, 2, 400), main(2, -9, -1), main(2, 10, 20)], 0, 10);
    expect([Array.from(result.school), Array.from(result.share)]).toEqual([
      [0, 1],
      [0.2, 0.8],
    ]);
    expect(result.counts["spell-outside-window"]).toBe(2);
  });

  it("without a day or a term is a broken promise", () => {
    expect(() => shares([main(0, 0)], 10, 10)).toThrow("the window 1970-01-11 to 1970-01-11 holds no day");
    expect(() => shares([main(0, 0)], 10, 5, 1, Int32Array.of(7))).toThrow(
      "the window 1970-01-11 to 1970-01-06 holds no day",
    );
    expect(() => shares([main(0, 0)], 0, 10, 1, Int32Array.of(12))).toThrow("holds no term");
  });

  it("may differ from pupil to pupil", () => {
    const rows = [main(0, 0, 9, 0), main(0, 0, 9, 1)];
    const result = sharesFromSpells(columns(rows), 2, { from: Int32Array.of(0, 5), to: Int32Array.of(20, 10) }, "days");
    expect(result.ok && Array.from(result.value.share)).toEqual([0.5, 1]);
  });
});

describe("findings", () => {
  it("report by row every spell that ends before it begins or has no beginning, and give no shares", () => {
    const rows = [main(0, 0, 5), main(0, 7, 6), main(0, missingDay, 6), main(0, 8, 8), main(1, missingDay)];
    const result = sharesFromSpells(columns(rows), 1, windows(0, 10, 1), "days");
    expect(result).toEqual({
      ok: false,
      error: {
        rows: Int32Array.of(1, 2, 4),
        codes: ["spell-ends-before-it-begins", "spell-without-entry", "spell-without-entry"],
      },
    });
  });

  it("become problems with place and remedy", () => {
    const result = sharesFromSpells(columns([main(0, 7, 6)]), 1, windows(0, 10, 1), "days");
    const problems = result.ok ? [] : membershipProblems(result.error, (row) => `spells.csv, line ${row + 2}`);
    expect(problems).toEqual([
      {
        code: "spell-ends-before-it-begins",
        place: "spells.csv, line 2",
        message: "the leaving date is before the entry date",
        remedy: "Correct one of the two dates. A spell of one day has the same date twice.",
      },
    ]);
  });

  const found = (rows: readonly Row[]) => {
    const { findings } = shares(rows, 0, 10);
    return findings.codes.map((code, i) => [findings.rows[i], code]);
  };

  it("name the later row of an overlap of two main registrations", () => {
    expect(found([main(1, 3), main(0, 0, 6)])).toEqual([[0, "spells-overlap"]]);
    expect(found([main(0, 0, 6), main(1, 3)])).toEqual([[1, "spells-overlap"]]);
  });

  it("don't call it an overlap when the next spell begins the day after the last day", () => {
    expect(found([main(0, 0, 4), main(1, 5)])).toEqual([]);
    expect(found([main(0, 0, 5), main(1, 5)])).toEqual([[1, "spells-overlap"]]);
  });

  it("don't call it an overlap when both spells are of one school", () => {
    expect(found([main(0, 0, 6), main(0, 3)])).toEqual([]);
  });

  it("name the row after a gap, and no gap before the first spell or after the last", () => {
    expect(found([main(1, 6, 8), main(0, 1, 3)])).toEqual([[0, "spells-gap"]]);
    expect(found([main(0, 2, 7)])).toEqual([]);
  });

  it("name every row that repeats another, and not the first", () => {
    const often = Array.from({ length: 12 }, () => main(0, 0));
    expect(found([main(0, 0), main(0, 0)])).toEqual([[1, "spell-repeated"]]);
    expect(found([main(0, 0), main(0, 0, 4)])).toEqual([]);
    expect(found(often)).toEqual(often.slice(1).map((_, i) => [i + 1, "spell-repeated"]));
  });

  it("count dual registration, guests, late arrival, early leaving and time outside", () => {
    const rows = [
      main(0, 2, 7),
      { ...main(1, 3, 5), status: rollStatus.subsidiary },
      { ...main(2, 0, 9), status: rollStatus.guest },
      main(-1, 0, missingDay, 1),
    ];
    const result = shares(rows, 0, 10, 2);
    const used = Object.entries(result.counts).filter(([, count]) => count > 0);
    expect(Object.fromEntries(used)).toEqual({
      "spells-dual": 1,
      "spell-guest": 1,
      "pupil-arrived-late": 1,
      "pupil-left-early": 1,
      "pupil-outside": 1,
      "pupil-without-time": 1,
    });
    const sentences = describeMembership(result);
    expect(sentences).toHaveLength(7);
    expect(sentences.at(-1)).toBe("70.0% of all pupils' time is unaccounted: it counts for no school.");
  });

  it("don't call it dual when one school holds both registrations", () => {
    expect(shares([main(0, 0), { ...main(0, 3), status: rollStatus.subsidiary }], 0, 10).counts["spells-dual"]).toBe(0);
  });
});

describe("columns that break their promise", () => {
  const good = columns([main(0, 0), main(1, 0)]);
  it.each([
    ["a short column", { ...good, left: Int32Array.of(1) }, "a column of spells has 1 rows, not 2"],
    ["a pupil out of range", { ...good, pupil: Int32Array.of(0, 1) }, "row 1 names pupil 1, of 1 pupils"],
    ["a school below −1", { ...good, school: Int32Array.of(0, -2) }, "row 1 names school -2"],
    ["an unknown status", { ...good, status: Uint8Array.of(0, 4) }, "row 1 has status 4"],
  ])("throw: %s", (_, spells, message) => {
    expect(() => sharesFromSpells(spells, 1, windows(0, 10, 1), "days")).toThrow(message);
  });

  it("throw: too few windows", () => {
    expect(() => sharesFromSpells(good, 1, windows(0, 10, 0), "days")).toThrow("0 windows for 1 pupils");
  });
});

it("one pupil may have 200,000 spells, as where the wrong column was named as the pupil's", () => {
  const rows = Array.from({ length: 200_000 }, (_, i) => main(i % 500, i % 1000, (i % 1000) + (i % 37)));
  const { share, unaccounted } = shares(rows, 0, 1000);
  expect(Math.abs(share.reduce((a, b) => a + b, unaccounted[0]!) - 1)).toBeLessThan(1e-12);
});
