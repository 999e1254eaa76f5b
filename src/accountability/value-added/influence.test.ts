import { describe, expect, it } from "vitest";
import { silent, type Table } from "../../kernel/index.js";
import { fitMixedModel, type MixedModelDesign, type RandomTerm } from "../../statistics/mixed-model/index.js";
import { designOf, type ValueAddedDesign } from "./design.js";
import { plain, pupils, shared, shares } from "./example-pupils.js";
import { fittedParts } from "./fitted-parts.js";
import { type MeasureSpecification, measureValueAdded } from "./index.js";
import { influenceBySize, largestChanges } from "./influence.js";
import { solveMixedModelEquations } from "./mixed-model-equations.js";
import { partsBySchool, publishedParts } from "./school-years.js";
import { recordOf } from "./value-added.js";

function designFor(specification: MeasureSpecification, membership: Table | null): ValueAddedDesign {
  const design = designOf(specification, pupils, membership);
  if (!design.ok) throw new Error("no design");
  return design.value;
}

function fitted(specification: MeasureSpecification, membership: Table | null) {
  const design = designFor(specification, membership);
  const fit = fitMixedModel(design.model, "REML");
  const parts = fittedParts(design, fit);
  const residual = design.model.response.values.map(
    (y, i) => y - parts.expected[i]! - parts.schools[i]! - parts.groups[i]!,
  );
  return { design, fit, changes: largestChanges(specification, design, fit, residual) };
}

/** The design without one row. */
function without(model: MixedModelDesign, row: number): MixedModelDesign {
  const rest = (values: Float64Array | null) => values?.filter((_, i) => i !== row) ?? null;
  const term = (random: RandomTerm): RandomTerm => {
    const { start, level, weight } = random;
    const coefficients = random.coefficients.map(({ name, values }) => ({ name, values: rest(values) }));
    if (!start) return { ...random, coefficients, level: level.filter((_, i) => i !== row) };
    const [from, to] = [start[row]!, start[row + 1]!];
    const kept = (_: number, e: number) => e < from || e >= to;
    const later = start.filter((_, i) => i !== row).map((at) => (at > from ? at - (to - from) : at));
    return { ...random, coefficients, start: later, level: level.filter(kept), weight: weight?.filter(kept) ?? null };
  };
  return {
    ...model,
    rows: model.rows - 1,
    response: { ...model.response, values: rest(model.response.values)! },
    fixed: model.fixed.map(({ name, values }) => ({ name, values: rest(values) })),
    random: model.random.map(term),
  };
}

/** The largest change of a school's figure, each of its pupils in turn left out of Henderson's equations at the fitted variances. */
function byLeavingOut(specification: MeasureSpecification, membership: Table | null, s: number): number {
  const { design, fit } = fitted(specification, membership);
  const record = recordOf(design, fit, []);
  const figure = publishedParts(specification, design, s, partsBySchool(design)[s]!);
  const all = solveMixedModelEquations(design.model, record).combine(figure).estimate;
  const { start, school } = design.membership;
  let largest = 0;
  for (let i = 0; i < design.model.rows; i++) {
    const [from, to] = start ? [start[i]!, start[i + 1]!] : [i, i + 1];
    if (!school.subarray(from, to).includes(s)) continue;
    const { estimate } = solveMixedModelEquations(without(design.model, i), record).combine(figure);
    largest = Math.max(largest, Math.abs(estimate - all));
  }
  return largest;
}

describe("the influence of a single pupil", () => {
  // Evidence class: closed form. Without movers and further groups only rounding separates the two; 1e-7 of the change leaves it room.
  it("is what leaving each pupil out of the equations gives, where nobody moved", () => {
    const { changes } = fitted(plain, null);
    for (const s of [0, 7]) expect(changes[s]! / byLeavingOut(plain, null, s) - 1).toBeCloseTo(0, 7);
  });

  // Evidence class: closed form. Covariances between the schools of movers (a ninth of the pupils here) are left out: 1% of the change leaves them room.
  it("is that nearly, where pupils moved and schools have years of their own", () => {
    const { changes } = fitted(shared, shares);
    for (const s of [3, 11]) expect(Math.abs(changes[s]! / byLeavingOut(shared, shares, s) - 1)).toBeLessThan(0.01);
  });

  it("is shown by size of school, in groups of ten schools and more", () => {
    const made = measureValueAdded(plain, { pupils, membership: null }, silent);
    if (!made.ok) throw new Error("not measured");
    const { schools, diagnostics } = made.value;
    const { changes } = fitted(plain, null);
    expect(diagnostics.influence).toEqual(influenceBySize(schools, changes));
    expect(diagnostics.influence).toHaveLength(3); // thirty schools
    for (const { schools: count, fromEquivalents, toEquivalents, change, inErrors } of diagnostics.influence!) {
      expect(count).toBe(10);
      expect(fromEquivalents).toBeLessThanOrEqual(toEquivalents);
      for (const { middle, ninth, largest } of [change, inErrors]) {
        expect(middle).toBeGreaterThan(0);
        expect(middle).toBeLessThanOrEqual(ninth);
        expect(ninth).toBeLessThanOrEqual(largest);
      }
    }
    expect(influenceBySize(schools.slice(0, 9), changes)).toEqual([]);
  });
});
