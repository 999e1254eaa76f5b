import { describe, expect, it } from "vitest";
import type { SampledSchool } from "./field.js";
import type { Attendance, FieldPupil } from "./pupil.js";
import { weighSchools } from "./weights.js";

const school = (urn: string, unit: number, change: Partial<SampledSchool> = {}): SampledSchool => ({
  ...{ study: "s", urn, region: null, unit, choice: 0, stratum: "one", probability: 0.1, size: 20 },
  ...{ state: "accepted", reason: "", sessionOn: null, roll: 20, erased: 0, version: 1, ...change },
});

const pupils = (urn: string, attendance: readonly Attendance[]): FieldPupil[] =>
  attendance.map((one, k) => ({
    ...{ id: `${urn}-${k}`, study: "s", urn, line: k + 1, code: null, booklet: 1, device: null, finishedAt: null },
    ...{ sex: "not-said", disadvantaged: "not-known", born: null, arrangements: [], attendance: one },
    ...{ state: one === "present" ? "finished" : "not-started", version: 1 },
  }));

const answers = (some: readonly FieldPupil[]) =>
  some.filter(({ attendance }) => attendance === "present").map(({ id }) => ({ pupil: id }));

function weigh(schools: readonly SampledSchool[], drawn: readonly FieldPupil[]) {
  const made = weighSchools({ schools, pupils: drawn, responses: answers(drawn) });
  if (!made.ok) throw new Error(made.error[0]!.message);
  return made.value;
}

const six = ["a", "b", "c", "d", "e", "f"];

describe("weights (closed form)", () => {
  it("are 1 ÷ probability × list over drawn × population over those who took part", () => {
    const schools = six.map((urn, k) => school(urn, k + 1));
    const drawn = [
      ...pupils("a", ["present", "present", "absent", "left", "withdrawn"]),
      ...six.slice(1).flatMap((urn) => pupils(urn, ["present", "present", "present", "present"])),
    ];
    const { schools: weighted, record } = weigh(schools, drawn);
    // 10 × 20 ÷ 5 = 40; of four in the population two took part.
    expect(weighted[0]).toMatchObject({ base: 40, schoolFactor: 1, pupilFactor: 2, weight: 80, zone: 1, half: 0 });
    expect(weighted[1]).toMatchObject({ base: 50, pupilFactor: 1, weight: 50, zone: 1, half: 1 });
    expect(record.pupils).toMatchObject({ drawn: 25, notOfPopulation: 1, erasedOnRequest: 0, tookPart: 22 });
    expect(record.zones).toBe(3);
    // What a school stands for: its list, less the share that had left.
    expect(record.weighted).toBeCloseTo(10 * (20 * (4 / 5) + 5 * 20), 9);
  });

  it("are raised for units without a school, and within a unit of small schools for those that don't take part", () => {
    const schools = [
      ...[school("a", 1, { size: 5, roll: 5 }), school("b", 1, { size: 15, roll: 15, state: "refused" })],
      ...six.slice(2).map((urn, k) => school(urn, k + 2)),
      school("g", 6),
      school("h", 7, { state: "refused" }),
    ];
    const drawn = ["a", "c", "d", "e", "f", "g"].flatMap((urn) => pupils(urn, ["present", "present"]));
    const { schools: weighted, record } = weigh(schools, drawn);
    expect(record.schools).toMatchObject({ unitsDrawn: 7, unitsTakingPart: 6, cells: [{ drawn: 7, takingPart: 6 }] });
    expect(weighted[0]!.schoolFactor).toBeCloseTo((7 / 6) * (20 / 5), 12);
    expect(weighted[1]!.schoolFactor).toBeCloseTo(7 / 6, 12);
  });

  it("count who was erased on request as a pupil of the population who did not take part", () => {
    const schools = six.map((urn, k) => school(urn, k + 1, urn === "a" ? { erased: 1 } : {}));
    const drawn = six.flatMap((urn) =>
      pupils(urn, urn === "a" ? ["present", "present", "present"] : ["present", "present", "present", "present"]),
    );
    const { schools: weighted, record } = weigh(schools, drawn);
    expect(weighted[0]).toMatchObject({ base: 50, pupilFactor: 4 / 3 });
    expect(record.pupils.erasedOnRequest).toBe(1);
    expect(record.weighted).toBeCloseTo(6 * 200, 9);
  });
});
