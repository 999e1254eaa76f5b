import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type ListedSchool, schoolDirectory } from "./directory.js";
import { nearness } from "./edits.js";
import { atOnce } from "./slices.js";
import { wordIndex } from "./word-index.js";

const editsBetween = (a: string, b: string, most: number) => nearness(a, b, most)?.whole ?? most + 1;
const editsToBeginning = (a: string, b: string, most: number) => nearness(a, b, most)?.beginning ?? most + 1;

describe("edits between words", () => {
  // Published: the usual examples of edit distance.
  it.each([
    ["kitten", "sitting", 3],
    ["acadmey", "academy", 1],
    ["pual", "paul", 1],
    ["", "abc", 3],
    ["abc", "abc", 0],
  ])("%s and %s: %i", (a, b, edits) => {
    expect(editsBetween(a, b, 5)).toBe(edits);
    expect(editsBetween(b, a, 5)).toBe(edits);
  });

  it("of an unfinished word are those to the best beginning", () => {
    expect(editsToBeginning("hollw", "hollowell", 1)).toBe(1);
    expect(editsBetween("hollw", "hollowell", 1)).toBe(2); // more than asked for
  });

  it("are none for a word's own beginning, and never more than its letters", () => {
    const word = fc.stringMatching(/^[a-e]{0,9}$/);
    fc.assert(
      fc.property(word, word, (a, b) => {
        expect(editsToBeginning(a, a + b, 9)).toBe(0);
        expect(editsBetween(a, b, 9)).toBeLessThanOrEqual(Math.max(a.length, b.length));
        expect(editsBetween(a, b, 9)).toBe(editsBetween(b, a, 9));
      }),
    );
  });
});

const plain = { formerNames: [], closed: null, phase: null, authorityCode: "878", regionCode: "E12000009" } as const;
const known = { ...plain, status: "open", type: "School", authority: "Devon", region: "South West" } as const;
const nowhere = { locality: null, laestab: null, ukprn: null, groups: [], easting: null, northing: null } as const;
const school = (urn: string, name: string, more: Partial<ListedSchool> = {}): ListedSchool => ({
  ...{ ...known, ...nowhere, urn, name, town: null, postcode: null },
  ...more,
});

// Invented schools.
const directory = atOnce(
  schoolDirectory(
    [
      school("900001", "St Paul's Academy", { town: "Exmouth", postcode: "EX8 1AA", laestab: "8782001" }),
      school("900002", "Academy of St Paula", { town: "Bideford", ukprn: "10090002" }),
      school("900003", "Hollowell High School", {
        town: "Bideford",
        formerNames: ["Ebbside Grammar School"],
        groups: ["77"],
      }),
      school("900004", "Hollowell Infants", { status: "closed", closed: "2020-08-31" }),
      school("900005", "École Sainte-Œuvre", { town: "St. Ives" }),
    ],
    [{ uid: "77", name: "THE SANDPIPER TRUST", type: "Multi-academy trust", schools: ["900003"] }],
    (urn) => (urn === "900004" ? ["900003"] : []),
  ),
);
const found = (text: string) => directory.find(text, 10).hits.map((hit) => hit.school.urn);

describe("the search for schools", () => {
  it.each([
    ["a name", "st pauls academy", "900001"],
    ["an unfinished name", "holl", "900003"],
    ["a misspelt name", "holowel high", "900003"],
    ["letters that changed places", "st puals acadmey", "900001"],
    ["marks and accents", "ecole ste-oeuvre", "900005"],
    ["a town", "exmouth", "900001"],
    ["a postcode with its space", "ex8 1aa", "900001"],
    ["a postcode without", "EX81AA", "900001"],
    ["half a postcode", "ex8 1", "900001"],
    ["a URN", "900002", "900002"],
    ["a LAESTAB", "8782001", "900001"],
    ["a LAESTAB with its stroke", "878/2001", "900001"],
    ["a UKPRN", "10090002", "900002"],
    ["a trust", "sandpiper", "900003"],
    ["name and town together", "academy bideford", "900002"],
  ])("finds by %s", (_, text, urn) => {
    expect(found(text)[0]).toBe(urn);
  });

  it("finds a former name and says which", () => {
    expect(directory.find("ebbside grammar", 10).hits).toMatchObject([
      { school: { urn: "900003" }, formerName: "Ebbside Grammar School" },
    ]);
    expect(directory.find("hollowell", 10).hits[0]).toMatchObject({ formerName: null });
  });

  it("puts open schools before closed ones, and leads from those to their successors", () => {
    expect(found("hollowell")).toEqual(["900003", "900004"]);
    expect(directory.successors("900004").map(({ urn }) => urn)).toEqual(["900003"]);
    expect(directory.successors("900003")).toEqual([]);
  });

  it("never misreads a number for another", () => {
    expect(found("900009")).toEqual([]);
  });

  it("finds nothing for nothing", () => {
    expect([found(""), found("   "), found("'-,"), found("zzzzzz")]).toEqual([[], [], [], []]);
  });

  it("counts all and gives the best of them", () => {
    const answer = directory.find("school academy", 1);
    expect(answer.total).toBeGreaterThan(1);
    expect(answer.hits).toHaveLength(1);
    expect(directory.find("school academy", 10, ({ urn }) => urn !== answer.hits[0]!.school.urn).total).toBe(
      answer.total - 1,
    );
  });

  it("finds groups", () => {
    expect(directory.findGroups("sandpipr", 5).map(({ uid }) => uid)).toEqual(["77"]);
  });
});

/** Edit distance as its definition says it, the whole table. */
function editsByTable(a: string, b: string): number {
  const table = Array.from({ length: a.length + 1 }, (_, i) =>
    Array.from({ length: b.length + 1 }, (_, j) => (i === 0 ? j : i)),
  );
  for (let i = 1; i <= a.length; i++)
    for (let j = 1; j <= b.length; j++) {
      const [left, above, before] = [table[i]![j - 1]! + 1, table[i - 1]![j]! + 1, table[i - 1]![j - 1]!];
      const swapped = i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1];
      const own = Math.min(left, above, before + (a[i - 1] === b[j - 1] ? 0 : 1));
      table[i]![j] = swapped ? Math.min(own, table[i - 2]![j - 2]! + 1) : own;
    }
  return table[a.length]![b.length]!;
}

it("edits near the diagonal alone are those of the whole table", () => {
  const word = fc.stringMatching(/^[a-c]{0,8}$/);
  fc.assert(
    fc.property(word, word, fc.integer({ min: 1, max: 3 }), (a, b, most) => {
      const far = most + 1;
      expect(Math.min(far, editsBetween(a, b, most))).toBe(Math.min(far, editsByTable(a, b)));
      const beginnings = Array.from({ length: b.length + 1 }, (_, k) => editsByTable(a, b.slice(0, k)));
      expect(editsToBeginning(a, b, most)).toBe(Math.min(far, ...beginnings));
    }),
  );
});

describe("the index of words", () => {
  const word = fc.stringMatching(/^[a-c]{1,5}$/);
  const texts = fc.array(fc.array(word, { minLength: 1, maxLength: 4 }), { minLength: 1, maxLength: 12 });

  it("finds every entry by each beginning of each of its words, and keeps nothing of one search in the next", () => {
    fc.assert(
      fc.property(texts, fc.nat(), fc.nat(), (entries, pick, letters) => {
        const index = atOnce(wordIndex(entries, (words) => [{ text: words.join(" "), weight: 1 }]));
        const entry = pick % entries.length;
        const typed = entries[entry]![pick % entries[entry]!.length]!;
        const beginning = typed.slice(0, 1 + (letters % typed.length));
        const first = index.search(beginning, { most: entries.length });
        expect(first.best).toContain(entry);
        index.search("abc cba", { most: 2 });
        expect(index.search(beginning, { most: entries.length })).toEqual(first);
      }),
    );
  });

  it("gives the best in order, however few are wanted", () => {
    fc.assert(
      fc.property(texts, word, fc.integer({ min: 1, max: 5 }), (entries, typed, most) => {
        const index = atOnce(wordIndex(entries, (words) => [{ text: words.join(" "), weight: words.length }]));
        const all = index.search(typed, { most: entries.length });
        expect(index.search(typed, { most }).best).toEqual(all.best.slice(0, most));
        expect(all.best).toHaveLength(all.total);
      }),
    );
  });
});
