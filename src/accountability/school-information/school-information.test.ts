import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { civilDate } from "../../kernel/index.js";
import { alikeSchools, type Intake } from "./alike.js";
import { pairsOf, toldApart } from "./compare.js";
import { bondOf, dutiesFor, publishingDuties } from "./duties.js";
import { entriesFrom, longestStatement } from "./entries.js";
import { schoolInformationExamples } from "./examples.js";
import { agesInWords, authorityInWords, shareOfCount, websiteLink } from "./facts.js";
import { addHours, hoursOfCountry, hoursSpared } from "./hours.js";
import { postcodeDistrict, schoolsNear } from "./nearby.js";
import { hoursOfDuties } from "./parameters.js";

describe("the worked examples", () => {
  it.each(schoolInformationExamples.map((example) => [example.title, example] as const))("%s", (_, example) => {
    expect(example.answer()).toEqual(example.expected);
  });
});

describe("the duties", () => {
  const hours = hoursOfDuties.values[0]!.value;

  it("each have an estimate, with the likely hours between the fewest and the most", () => {
    for (const { id } of publishingDuties) {
      const own = hours[id]!;
      expect(own.fewest).toBeLessThanOrEqual(own.likely);
      expect(own.likely).toBeLessThanOrEqual(own.most);
    }
  });

  it("ask of a secondary school no Key Stage 2 results, and of a nursery neither", () => {
    const ids = (phase: string) => dutiesFor(phase, civilDate("2026-09-01")).map(({ id }) => id);
    expect(ids("secondary")).toContain("key-stage-4");
    expect(ids("secondary")).not.toContain("key-stage-2");
    expect(ids("nursery")).not.toContain("key-stage-2");
    expect(ids("all-through")).toEqual(expect.arrayContaining(["key-stage-2", "key-stage-4"]));
  });

  it("hold from the first day of the regulations, and not before", () => {
    expect(dutiesFor(null, civilDate("2012-08-31"))).toEqual([]);
    expect(dutiesFor(null, civilDate("2012-09-01")).length).toBeGreaterThan(10);
  });

  it("count nothing as nought by silence", () => {
    expect(() => hoursSpared(dutiesFor("primary", civilDate("2026-09-01")), {})).toThrow(/no estimate/);
  });

  it("of a country are those of its schools added up", () => {
    const own = hoursSpared(dutiesFor("primary", civilDate("2026-09-01")), hours);
    fc.assert(
      fc.property(fc.nat(30_000), fc.nat(30_000), (a, b) => {
        const together = hoursOfCountry([
          { schools: a, hours: own },
          { schools: b, hours: own },
        ]).spared;
        expect(together.likely).toBeCloseTo((a + b) * own.spared.likely, 6);
        expect(together.fewest).toBeLessThanOrEqual(together.most);
      }),
    );
    expect(addHours([])).toEqual({ fewest: 0, likely: 0, most: 0 });
  });

  it.each([
    ["Community school", "regulations"],
    ["Voluntary aided school", "regulations"],
    ["Academy converter", "funding-agreement"],
    ["Free schools", "funding-agreement"],
    ["Other independent school", "not-bound"],
  ])("bind a %s by %s", (type, bond) => {
    expect(bondOf(type)).toBe(bond);
  });
});

describe("what a school adds", () => {
  const entry = (link: string, statement = "") => entriesFrom({ curriculum: { link, statement } });

  it("is kept as typed, and nothing where nothing was typed", () => {
    expect(entry("https://school.example/curriculum")).toEqual({
      ok: true,
      value: { curriculum: { link: "https://school.example/curriculum", statement: null } },
    });
    expect(entry("", "")).toEqual({ ok: true, value: {} });
  });

  it.each([
    ["javascript:alert(1)", "must begin with https"],
    ["school.example", "must begin with https"],
    ["https://", "no address"],
    ["https://localhost/x", "names no website"],
    ["https://name:word@school.example", "must not hold a name"],
    [`https://school.example/${"a".repeat(400)}`, "more than 400"],
  ])("may not link to %s", (link, words) => {
    expect(entry(link)).toMatchObject({
      ok: false,
      error: [{ code: "entry-link", place: "curriculum-link", message: expect.stringContaining(words) }],
    });
  });

  it("is refused where it is too long or unknown, every field at once", () => {
    const refused = entriesFrom({
      ethos: { link: "x", statement: "a".repeat(longestStatement + 1) },
      inspection: { link: "", statement: "good" },
    });
    expect(refused).toMatchObject({
      error: [{ code: "entry-link" }, { code: "entry-too-long" }, { code: "entry-unknown" }],
    });
  });

  it("never leaves a link that is no web address, whatever is typed", () => {
    fc.assert(
      fc.property(
        fc.oneof(fc.webUrl(), fc.string(), fc.constantFrom("data:text/html,x", "//x.y", "HTTPS://a.b")),
        (link) => {
          const made = entry(link);
          if (made.ok && made.value.curriculum?.link) expect(made.value.curriculum.link).toMatch(/^https?:\/\//i);
        },
      ),
    );
  });
});

describe("schools side by side", () => {
  const school = fc.record({
    valueAdded: fc.double({ min: -9, max: 9, noNaN: true }),
    error: fc.double({ min: 0.1, max: 4, noNaN: true }),
  });
  const named = (all: readonly { valueAdded: number; error: number }[]) =>
    all.map((own, i) => ({ ...own, urn: String(i), name: `School ${i}`, phase: "primary" }));

  it("are told apart the same way whichever comes first", () => {
    fc.assert(
      fc.property(school, school, (a, b) => {
        const [one, other] = named([a, b]);
        const [forth] = pairsOf([one!, other!]);
        const [back] = pairsOf([other!, one!]);
        expect(forth!.probability + back!.probability).toBeCloseTo(1, 9);
        expect(toldApart([forth!], 0.95)).toHaveLength(toldApart([back!], 0.95).length);
      }),
    );
  });

  it("are harder to tell apart among more", () => {
    fc.assert(
      fc.property(fc.array(school, { minLength: 2, maxLength: 6 }), (all) => {
        const pairs = pairsOf(named(all));
        const alone = pairs.filter((pair) => toldApart([pair], 0.95).length === 1).length;
        expect(toldApart(pairs, 0.95).length).toBeLessThanOrEqual(alone);
      }),
    );
  });

  it("of different phases are no pair", () => {
    const [a, b] = named([
      { valueAdded: 1, error: 1 },
      { valueAdded: 2, error: 1 },
    ]);
    expect(pairsOf([a!, { ...b!, phase: "secondary" }])).toEqual([]);
  });
});

describe("similar and near schools", () => {
  const intake = (urn: string, meals: number | null, pupils = 200): Intake => ({
    ...{ urn, phase: "primary", pupils, meals, otherLanguage: 0.1, support: 0.15, plans: 0.02 },
  });

  it("are those with the nearest intake, of the same phase, and none where it isn't known", () => {
    const alike = alikeSchools([
      ...[intake("1", 0.2), intake("2", 0.25), intake("3", 0.6), intake("4", null)],
      { ...intake("5", 0.2), phase: "secondary" },
    ]);
    expect(alike.nearest("1", 5).map(({ urn }) => urn)).toEqual(["2", "3"]);
    expect(alike.nearest("4", 5)).toEqual([]);
    expect(alike.nearest("9", 5)).toEqual([]);
  });

  it("are as far one way as the other", () => {
    const share = fc.double({ min: 0, max: 1, noNaN: true });
    fc.assert(
      fc.property(fc.array(share, { minLength: 2, maxLength: 8 }), (meals) => {
        const alike = alikeSchools(meals.map((own, i) => intake(String(i), own, 100 + i)));
        const distance = (from: string, to: string) => alike.nearest(from, 9).find(({ urn }) => urn === to)!.distance;
        expect(distance("0", "1")).toBeCloseTo(distance("1", "0"), 9);
      }),
    );
  });

  it("take the middle of the postcode district where a school's own place isn't known", () => {
    const at = (urn: string, postcode: string | null, easting: number | null = null) => ({
      ...{ urn, postcode, easting, northing: easting === null ? null : 0 },
    });
    const schools = [
      at("1", "EX8 1AA", 1000),
      at("2", "EX8 2BB", 3000),
      at("3", "EX8 9ZZ"),
      at("4", "EX9 1AA", 9000),
      at("5", null),
    ];
    expect(schoolsNear("1", schools, () => true, 9)).toEqual([
      { urn: "3", kilometres: 1, about: true },
      { urn: "2", kilometres: 2, about: false },
      { urn: "4", kilometres: 8, about: false },
    ]);
    expect(schoolsNear("5", schools, () => true, 9)).toEqual([]);
  });

  it.each([
    ["EX8 1AA", "EX8"],
    ["ec3a5de", "EC3A"],
    ["nonsense", null],
    [null, null],
  ])("the district of %s is %s", (postcode, district) => {
    expect(postcodeDistrict(postcode)).toBe(district);
  });
});

describe("facts in words", () => {
  it("say ages, authorities, shares and websites as they are, and nothing where nothing is known", () => {
    expect(agesInWords({ lowAge: 3, highAge: 11 })).toBe("3 to 11");
    expect(agesInWords({ lowAge: null, highAge: null })).toBeNull();
    expect(authorityInWords("909", "Cumbria")).toBe(
      "Cumbria (no longer exists; now Cumberland or Westmorland and Furness)",
    );
    expect(authorityInWords("201", "City of London")).toBe("City of London");
    expect(shareOfCount(1, 4)).toBe(25);
    expect([shareOfCount(0, 0), shareOfCount(null, 4)]).toEqual([null, null]);
    expect(websiteLink("www.school.example")).toBe("http://www.school.example");
    expect([websiteLink("none"), websiteLink(null), websiteLink("")]).toEqual([null, null, null]);
  });
});
