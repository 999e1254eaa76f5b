import { describe, expect, it } from "vitest";
import { findCautions } from "./cautions.js";
import { designOf } from "./design.js";
import { plain, pupils, shared, shares } from "./example-pupils.js";
import { differsOnlyBetween, frequentValue, linkedSchools, membershipFacts } from "./membership-facts.js";
import type { SchoolMembership } from "./school-membership.js";

// Evidence class throughout: closed form, counted by hand; exact.

/** Each pupil's schools with shares. */
function membership(schools: number, rows: readonly (readonly (readonly [school: number, share: number])[])[]) {
  const start = new Int32Array(rows.length + 1);
  rows.forEach((row, i) => {
    start[i + 1] = start[i]! + row.length;
  });
  return {
    schools: Array.from({ length: schools }, (_, s) => `school ${s}`),
    start,
    school: Int32Array.from(rows.flat(), ([school]) => school),
    share: Float64Array.from(rows.flat(), ([, share]) => share),
    notes: [],
  } satisfies SchoolMembership;
}

describe("the cautions", () => {
  it.each([
    [plain, null],
    [shared, shares],
  ])("are none for pupils with nothing unusual", (specification, table) => {
    const design = designOf(specification, pupils, table);
    if (!design.ok) throw new Error("no design");
    expect(findCautions(specification, design.value, pupils)).toEqual([]);
  });
});

describe("the facts of a membership", () => {
  const moving = membership(6, [
    [[0, 1]],
    [
      [0, 0.5],
      [1, 0.5],
    ],
    [
      [1, 0.25],
      [2, 0.25],
    ],
    [
      [3, 0.75],
      [4, 0.25],
    ],
    [],
  ]);

  it("count pupils, stayers, time, and pupils of several schools", () => {
    const { pupils: count, stayers, equivalents, shared: several } = membershipFacts(moving);
    expect([...count]).toEqual([2, 2, 1, 1, 1, 0]);
    expect([...stayers]).toEqual([1, 0, 0, 0, 0, 0]);
    expect([...equivalents]).toEqual([1.5, 0.75, 0.25, 0.75, 0.25, 0]);
    expect(several).toBe(3);
  });

  it("find the groups that pupils link, through chains, and leave out schools without a pupil", () => {
    expect(linkedSchools(moving, membershipFacts(moving).pupils)).toEqual([
      [0, 1, 2],
      [3, 4],
    ]);
  });
});

describe("a value that differs only between schools", () => {
  const stay = membership(2, [[[0, 1]], [[0, 1]], [[1, 1]]]);
  it.each([
    ["the same within, another between", [1, 1, 2], true],
    ["missing within, given between", [Number.NaN, Number.NaN, 2], true],
    ["different within", [1, 2, 2], false],
    ["the same everywhere", [3, 3, 3], false],
  ])("%s", (_, values, expected) => {
    expect(differsOnlyBetween(stay, (i) => values[i]!)).toBe(expected);
  });

  it("is not found where every school has one pupil", () => {
    expect(differsOnlyBetween(membership(2, [[[0, 1]], [[1, 1]]]), (i) => i)).toBe(false);
  });
});

describe("a frequent value", () => {
  it("is the most frequent that more than a fifth of the values have", () => {
    expect(frequentValue(Float64Array.of(1, 2, 3, 4, 5, 5, 6, 7, 8, 5))).toEqual({ value: 5, count: 3 });
    expect(frequentValue(Float64Array.of(1, 2, 3, 4, 5))).toBeNull(); // a fifth is not more than a fifth
    expect(frequentValue(Float64Array.of(9, 1, 9, 1, 9, 2, 3, 4, 5, 6, 1, 9))).toEqual({ value: 9, count: 4 });
  });

  it("is found wherever its places are among many others", () => {
    const values = Float64Array.from({ length: 1000 }, (_, i) => (i % 4 === 1 ? -7 : i));
    expect(frequentValue(values)).toEqual({ value: -7, count: 250 });
  });
});
