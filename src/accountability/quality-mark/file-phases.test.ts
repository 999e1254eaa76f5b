import { describe, expect, it } from "vitest";
import { phasesOfReviews, plainPhase, type RegisteredSchool, type ReviewOfPhase } from "./file-phases.js";

const school = (urn: string, phase: string | null, type = "Community school"): [string, RegisteredSchool] => [
  urn,
  { urn, phase, type },
];

/** A review of these schools, of which only what is asked about is there. */
function review(place: string, schools: readonly string[], converged = true): ReviewOfPhase {
  return {
    place,
    review: {
      decisions: schools.map((id) => ({ school: id })),
      inputs: schools.map((id) => ({ school: id, kind: "mainstream" })),
      notAdmitted: [],
      measure: { model: { converged, convergence: { reason: "the search ended at its limit" } } },
    } as unknown as ReviewOfPhase["review"],
  };
}

const codes = (result: ReturnType<typeof phasesOfReviews>) =>
  result.ok ? [] : result.error.map(({ code, place }) => [code, place]);

describe("the phases of reviews that are published together", () => {
  const register = new Map([
    school("1", "primary"),
    school("2", "middle-deemed-primary"),
    school("3", "secondary"),
    school("4", "middle-deemed-secondary"),
    school("5", "all-through"),
  ]);

  it("are those of most of their schools, and each school has the review of its phase", () => {
    const sorted = phasesOfReviews(
      [review("p", ["1", "2", "3", "5"]), review("s", ["3", "4", "5", "1", "4"])],
      register,
    );
    if (!sorted.ok) throw new Error(JSON.stringify(sorted.error));
    expect(sorted.value.phases).toEqual(["primary", "secondary"]);
    expect(Object.fromEntries(sorted.value.reviewOf)).toEqual({ 1: 0, 2: 0, 3: 1, 4: 1, 5: 0 });
    expect(sorted.value.notes[0]).toMatch(/measured twice; the first review decides/);
  });

  it("leave out schools of a phase that no review measures, and say how many", () => {
    const sorted = phasesOfReviews([review("p", ["1", "2", "3"])], register);
    expect(sorted.ok && [...sorted.value.reviewOf.keys()]).toEqual(["1", "2"]);
    expect(sorted.ok && sorted.value.notes).toEqual([
      "1 schools are of a phase that none of the reviews measures; nothing is published about them.",
    ]);
  });

  it("can't be found while the register doesn't know the schools", () => {
    const sorted = phasesOfReviews([review("p", ["1", "7", "8"])], register);
    expect(codes(sorted)).toEqual([["school-not-registered", "p"]]);
    expect(!sorted.ok && sorted.error[0]!.message).toBe("2 schools are not in the register: 7, 8");
  });

  it("are refused twice, without convergence, and where a special school is decided as a mainstream one", () => {
    expect(codes(phasesOfReviews([review("a", ["1"]), review("b", ["2"])], register))).toEqual([["phase-twice", "b"]]);
    expect(codes(phasesOfReviews([review("a", ["1"], false)], register))).toEqual([["fit-not-converged", "a"]]);
    const special = new Map([...register, school("9", "not-applicable", "Pupil referral unit")]);
    expect(codes(phasesOfReviews([review("a", ["1", "9"])], special))).toEqual([["school-kind-unsaid", "a"]]);
  });

  it("knows no phase of an all-through school", () => {
    expect([plainPhase("all-through"), plainPhase(null), plainPhase("nursery")]).toEqual([null, null, null]);
  });
});
