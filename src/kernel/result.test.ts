import { describe, expect, it } from "vitest";
import { describeProblem } from "./problem.js";
import { silent } from "./progress.js";
import { err, ok, type Result } from "./result.js";

describe("result", () => {
  const half = (n: number): Result<number, string> => (n % 2 === 0 ? ok(n / 2) : err(`${n} is odd`));

  it("holds either the value or the reasons", () => {
    expect(half(4)).toEqual({ ok: true, value: 2 });
    expect(half(3)).toEqual({ ok: false, error: "3 is odd" });
  });

  it("gives its value only to those who looked", () => {
    const answer = half(4);
    // @ts-expect-error the value stands behind the question `ok`: this line fails the type check when it does not
    const unlooked: number = answer.value;
    expect(answer.ok && answer.value).toBe(unlooked);
  });
});

describe("problem", () => {
  it("is one sentence of place, fault and remedy", () => {
    const problem = {
      code: "number-expected",
      place: 'pupils.csv, line 17, column "score"',
      message: '"fourty" is not a number',
      remedy: "Correct the value or leave it empty.",
    };
    expect(describeProblem(problem)).toBe(
      'pupils.csv, line 17, column "score": "fourty" is not a number. Correct the value or leave it empty.',
    );
  });
});

describe("silent progress", () => {
  it("listens to every kind of message and answers nothing", () => {
    expect([silent.stage("reading", 3), silent.done(1), silent.note("3 rows")]).toEqual([
      undefined,
      undefined,
      undefined,
    ]);
  });
});
