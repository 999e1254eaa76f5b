import { describe, expect, it } from "vitest";
import { phaseOfSubject } from "../classes.js";
import { makeEngland } from "../england.js";
import { englandTeachers } from "../published/england-teachers.js";

/** Full-time equivalents of those of whom something holds, as a share of those of whom something wider does. */
function shareOf(
  { teachers }: ReturnType<typeof makeEngland>,
  is: (i: number) => boolean,
  among: (i: number) => boolean,
): number {
  let [part, all] = [0, 0];
  for (let i = 0; i < teachers.length; i++) {
    if (!among(i)) continue;
    all += teachers.fte[i]!;
    if (is(i)) part += teachers.fte[i]!;
  }
  return part / all;
}

// Evidence class: published. Ages and entrants as the tables have them, or as they were deduced from them.
describe.each([2010, 2016])("the teachers of the census of %i", (census) => {
  const country = makeEngland(census);
  const { age, service, subject } = country.teachers;
  const isSecondary = (i: number) => phaseOfSubject(subject[i]!) === 1;
  const at = census - englandTeachers.firstStocks;

  it("are of 54, and of the ages around, as often as deduced", () => {
    const isMiddle = (i: number) => isSecondary(i) && age[i]! >= 35 && age[i]! < 55;
    for (const years of [35, 45, 53, 54]) {
      const share = shareOf(country, (i) => age[i] === years, isMiddle);
      const deduced = englandTeachers.middleAges[at]![years - 35]!;
      expect(Math.abs(share / deduced - 1)).toBeLessThan(0.08); // subjects are tilted towards their own
    }
    const isOlder = (i: number) => isSecondary(i) && age[i]! >= 55;
    const sixty = shareOf(country, (i) => age[i]! < 60, isOlder);
    const expected = englandTeachers.olderAges[at]!.slice(0, 5).reduce((a, b) => a + b, 0);
    expect(sixty).toBeCloseTo(expected, 2);
  });

  it("are in their first year of service as often as newly qualified teachers entered", () => {
    const flows = englandTeachers.flows.newlyQualified;
    const t = Math.max(0, census - englandTeachers.firstFlows);
    const stock = englandTeachers.primary.teachers[census - englandTeachers.firstNumbers]!;
    const share = shareOf(
      country,
      (i) => service[i] === 0,
      (i) => !isSecondary(i),
    );
    // A twentieth are missing: more entered at 22 than there are of that age by the assumed shape.
    expect(share / (flows[0]![t]! / stock)).toBeGreaterThan(0.93);
    expect(share / (flows[0]![t]! / stock)).toBeLessThan(1.02);
  });
});
