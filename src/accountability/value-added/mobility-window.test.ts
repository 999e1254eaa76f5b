import { describe, expect, it } from "vitest";
import { civilDate, dayNumber, missingDay, silent } from "../../kernel/index.js";
import { plain, pupils, rows, table, words } from "./example-pupils.js";
import { type MeasureSpecification, measureValueAdded } from "./index.js";
import { measureWithAlternatives } from "./measure-alternatives.js";
import { lastTwoYears, otherUnit } from "./mobility-window.js";
import type { Membership } from "./specification.js";

const spells: Extract<Membership, { kind: "spells" }> = {
  kind: "spells",
  pupil: "who",
  school: "where",
  entered: "entered",
  left: "left",
  status: null,
  unit: "terms",
  windows: [{ year: null, from: "2019-09-01", to: "2024-06-01" }],
};
const specification: MeasureSpecification = { ...plain, school: null, membership: spells };

/** Every ninth pupil came from another school after the spring census of the fourth year: 11 of 15 terms there, 2 of the last two years' 6. */
const moved = civilDate("2023-04-01");
const stays = rows.flatMap(({ pupil, school, other, share }) =>
  share === 1
    ? [{ pupil, school, entered: dayNumber(civilDate("2019-09-01")), left: missingDay }]
    : [
        { pupil, school: other, entered: dayNumber(civilDate("2019-09-01")), left: dayNumber(moved) - 1 },
        { pupil, school, entered: dayNumber(moved), left: missingDay },
      ],
);
const membership = table("spells.csv", [
  words(
    "who",
    stays.map(({ pupil }) => pupil),
  ),
  words(
    "where",
    stays.map(({ school }) => `school ${school}`),
  ),
  { kind: "date", name: "entered", days: Int32Array.from(stays, ({ entered }) => entered) },
  { kind: "date", name: "left", days: Int32Array.from(stays, ({ left }) => left) },
]);

const pupilEquivalents = (of: MeasureSpecification) => {
  const made = measureValueAdded(of, { pupils, membership }, silent);
  if (!made.ok) throw new Error("not measured");
  return new Map(made.value.schools.map((school) => [school.school, school]));
};

describe("other dates and units of the mobility window", () => {
  it("keep the end of the window and begin two academic years before it", () => {
    const other = lastTwoYears(specification);
    expect(typeof other === "string" ? null : other.membership).toEqual({
      ...spells,
      windows: [{ year: null, from: "2022-09-01", to: "2024-06-01" }],
    });
  });

  it("are none where the window is short, or shares were given", () => {
    const short = { ...spells, windows: [{ year: null, from: "2022-09-01", to: "2024-06-01" }] };
    expect(lastTwoYears({ ...specification, membership: short })).toContain("No window is longer");
    expect(lastTwoYears(plain)).toContain("not made from spells");
    expect(otherUnit(plain)).toContain("not made from spells");
  });

  it("measure the same schools as a review with these dates or this unit would", () => {
    const made = measureWithAlternatives(
      specification,
      { pupils, membership },
      ["last-two-years", "other-unit", "last-school"],
      silent,
    );
    if (!made.ok) throw new Error("not measured");
    // Identity: the alternative is the measure of the changed specification; figures agree to the search's tolerance.
    const changed: Record<string, MeasureSpecification> = {
      "last-two-years": {
        ...specification,
        membership: { ...spells, windows: [{ year: null, from: "2022-09-01", to: "2024-06-01" }] },
      },
      "other-unit": { ...specification, membership: { ...spells, unit: "days" } },
    };
    for (const [code, own] of Object.entries(changed)) {
      const expected = pupilEquivalents(own);
      const { figures, label } = made.value.alternatives.find((alternative) => alternative.code === code)!;
      if (code === "other-unit") expect(label).toBe("Time in days instead of terms");
      expect(figures).toHaveLength(30);
      for (const { school, valueAdded, pupilEquivalents: time } of figures) {
        expect(time).toBeCloseTo(expected.get(school)!.pupilEquivalents, 10);
        expect(valueAdded).toBeCloseTo(expected.get(school)!.valueAdded, 6);
      }
    }
    // Closed form: 4 of 15 terms at the last school, 4 of the last two years' 6, and all of it where only the last school counts.
    const timeAt = (school: number, share: number) =>
      rows.reduce((sum, row, i) => {
        if (i % 20 === 0) return sum; // left out: no prior attainment
        const part = row.share < 1 ? share : 1;
        return sum + (row.school === school ? part : 0) + (row.other === school ? 1 - part : 0);
      }, 0);
    const shares = { "last-two-years": 4 / 6, "last-school": 1 };
    for (const [code, share] of Object.entries(shares))
      for (const { school, pupilEquivalents: time } of made.value.alternatives.find((a) => a.code === code)!.figures)
        expect(time).toBeCloseTo(timeAt(Number(school.slice("school ".length)), share), 10);
    for (const { school, pupilEquivalents: time } of made.value.measure.schools)
      expect(time).toBeCloseTo(timeAt(Number(school.slice("school ".length)), 4 / 15), 10);
  });
});
