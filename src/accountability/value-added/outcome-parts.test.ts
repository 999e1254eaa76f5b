import { describe, expect, it } from "vitest";
import { referencePupils, referenceUnavailable } from "../../../test/reference-pupils.js";
import { seededRandom, silent, type Table } from "../../kernel/index.js";
import { numbers, plain, pupils, shared, shares, table, words } from "./example-pupils.js";
import { type MeasureSpecification, measureValueAdded } from "./index.js";
import reference from "./method.reference.json" with { type: "json" };
import { correlationOf } from "./outcome-parts.js";

function measured(specification: MeasureSpecification, of: Table = pupils, membership: Table | null = null) {
  const made = measureValueAdded(specification, { pupils: of, membership }, silent);
  if (!made.ok) throw new Error(made.error.map(({ message }) => message).join("; "));
  return made.value;
}
const outcomes = [
  { column: "score", weight: 2 },
  { column: "second", weight: 1 },
];

describe("the parts of a composite", () => {
  const composite = measured({ ...shared, outcomes, parts: true }, pupils, shares);

  it("are what each outcome alone would have given, in its own standard deviations", () => {
    outcomes.forEach(({ column }, k) => {
      const alone = measured({ ...shared, outcomes: [{ column, weight: 1 }] }, pupils, shares);
      const { deviation, outcome } = composite.model.outcomes!.parts[k]!;
      expect(outcome).toBe(column);
      composite.schools.forEach(({ outcomes: parts, school }, s) => {
        expect(alone.schools[s]!.school).toBe(school);
        const { figure } = parts[k]!;
        // The same fit in other units; the search ends within its tolerance.
        expect(figure.estimate * deviation).toBeCloseTo(alone.schools[s]!.valueAdded, 3);
        expect(figure.predictionError * deviation).toBeCloseTo(alone.schools[s]!.predictionError, 3);
      });
    });
  });

  it("are not there unless they are asked for, and do not move the composite", () => {
    const without = measured({ ...shared, outcomes }, pupils, shares);
    expect(without.model.outcomes).toBeUndefined();
    expect(without.schools[0]!.outcomes).toEqual([]);
    expect(without.schools[0]!.valueAdded).toBe(composite.schools[0]!.valueAdded);
  });

  it("of one outcome given twice are alike, and correlate wholly", () => {
    const twice = measured(
      {
        ...plain,
        outcomes: [
          { column: "score", weight: 1 },
          { column: "same", weight: 1 },
        ],
        parts: true,
      },
      table("pupils.csv", [...pupils.columns.values(), { ...pupils.columns.get("score")!, name: "same" }]),
    );
    expect(twice.model.outcomes!.correlations[0]!.correlation).toBeCloseTo(1, 5); // closed form: var(2a) = 4 var(a)
  });
});

describe("the correlation of what schools add to two outcomes", () => {
  it("is that of the covariance which the variance of the sum leaves", () => {
    expect(correlationOf(4, 9, 4 + 9 + 2 * 3)).toBeCloseTo(0.5, 12);
    expect(correlationOf(0, 9, 9)).toBeNull();
  });

  it("that was put in comes back, where the raw means' correlation is blurred by the pupils", () => {
    const random = seededRandom(5);
    const schoolCount = 400;
    const truth = 0.6;
    const effects = Array.from({ length: schoolCount }, () => {
      const first = random.normal();
      return [0.3 * first, 0.3 * (truth * first + Math.sqrt(1 - truth ** 2) * random.normal())] as const;
    });
    const made = Array.from({ length: schoolCount * 15 }, (_, i) => {
      const school = i % schoolCount;
      const both = random.normal();
      const [a, b] = effects[school]!;
      return { school, a: a + 0.5 * both + random.normal(), b: b - 0.5 * both + random.normal() };
    });
    const result = measured(
      {
        ...plain,
        year: null,
        outcomes: [
          { column: "a", weight: 1 },
          { column: "b", weight: 1 },
        ],
        parts: true,
        prior: [],
        context: [],
      },
      table("made.csv", [
        words(
          "school",
          made.map(({ school }) => `s${school}`),
        ),
        numbers(
          "a",
          made.map(({ a }) => a),
        ),
        numbers(
          "b",
          made.map(({ b }) => b),
        ),
      ]),
    );
    // Recovery: with 400 schools of 15 the correlation's standard deviation is about 0.08 (school reliability is about a half).
    expect(Math.abs(result.model.outcomes!.correlations[0]!.correlation! - truth)).toBeLessThan(0.24);
  });

  it.skipIf(referenceUnavailable)(
    `and the parts are those of R on the GCSE papers (other program: value-added-method.R)${referenceUnavailable}`,
    () => {
      const gcse = measured(
        {
          ...plain,
          year: null,
          outcomes: [
            { column: "written", weight: 1 },
            { column: "course", weight: 1 },
          ],
          parts: true,
          prior: [],
          context: [{ column: "gender", reference: "F", kind: "category", missing: "exclude" }],
        },
        referencePupils("gcsemv.csv", ["school", "student", "gender"]),
      );
      expect(gcse.pupils.used).toBe(reference.outcomes.pupils);
      const { parts, correlations } = gcse.model.outcomes!;
      reference.outcomes.alone.forEach(({ outcome, school, residual, criterion }, k) => {
        expect(parts[k]!.outcome).toBe(outcome);
        expect(parts[k]!.criterion).toBeCloseTo(criterion, 4); // lme4, 1e-8 relative
        expect(parts[k]!.varianceComponents[0]!.variance).toBeCloseTo(school, 4);
        expect(parts[k]!.varianceComponents[1]!.variance).toBeCloseTo(residual, 4);
      });
      // nlme fits both outcomes at once; the moment estimate from three fits leaves out what the outcomes say of each other.
      expect(Math.abs(correlations[0]!.correlation! - reference.outcomes.bivariateCorrelation)).toBeLessThan(0.01);
    },
  );
});
