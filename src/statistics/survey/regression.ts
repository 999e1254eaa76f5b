import { invertSymmetric } from "../linear-algebra/small.js";
import type { SurveyDesign } from "./design.js";
import { type EstimateOptions, type Groups, type JointEstimates, jointEstimates, type Variable } from "./joint.js";
import { countsOf, everybody, membershipOf } from "./membership.js";

/** A predictor: a name and its values, or plausible values. */
export interface Predictor {
  readonly name: string;
  readonly values: Variable;
}

/** Weighted cross-products of the members' rows (1, x…, y), upper triangle of (p + 2)². */
function crossProducts(rows: readonly Float64Array[], members: Uint32Array, w: Float64Array, into: Float64Array): void {
  const width = rows.length;
  into.fill(0);
  for (let a = 0; a < width; a++)
    for (let b = a; b < width; b++) {
      const [left, right] = [rows[a]!, rows[b]!];
      let sum = 0;
      for (let k = 0; k < members.length; k++) {
        const i = members[k]!;
        sum += w[i]! * left[i]! * right[i]!;
      }
      into[a * width + b] = sum;
    }
}

/** Coefficients, residual standard deviation (÷ Σw) and R² of the cross-products; NaN when the columns are collinear. */
function solve(cross: Float64Array, width: number, results: Float64Array, to: number): void {
  const p = width - 1;
  const scale = Float64Array.from({ length: p }, (_, a) => Math.sqrt(cross[a * width + a]!));
  const inverse = new Float64Array(p * p);
  for (let a = 0; a < p; a++)
    for (let b = 0; b < p; b++)
      inverse[a * p + b] = cross[Math.min(a, b) * width + Math.max(a, b)]! / (scale[a]! * scale[b]!);
  const determinant = invertSymmetric(inverse, 0, p);
  // The largest entry of the inverse of a correlation-like matrix is what a column's variance is inflated by.
  const known = !Number.isNaN(determinant) && inverse.every((entry) => Math.abs(entry) < 1e10);
  const weight = cross[0]!;
  const yy = cross[p * width + p]!;
  let explained = 0;
  for (let a = 0; a < p; a++) {
    let b = 0;
    for (let c = 0; c < p; c++) b += (inverse[a * p + c]! * cross[c * width + p]!) / scale[c]!;
    results[to + a] = known ? b / scale[a]! : Number.NaN;
    explained += results[to + a]! * cross[a * width + p]!;
  }
  const mean = cross[p]! / weight;
  results[to + p] = known ? Math.sqrt(Math.max(0, yy - explained) / weight) : Number.NaN;
  results[to + p + 1] = known ? 1 - (yy - explained) / (yy - weight * mean * mean) : Number.NaN;
}

/**
 * Weighted least squares by group: coefficients of the constant and the predictors, the residual standard deviation, and R²; named
 * `(constant)`, the predictors' names, `residual sd`, `R²`, behind `group: ` where groups are given. Persons who lack a value are left out.
 */
export function regression(
  response: Variable,
  predictors: readonly Predictor[],
  design: SurveyDesign,
  groups?: Groups,
  options?: EstimateOptions,
): JointEstimates {
  const { names: groupNames } = groups ?? { names: ["all"] };
  const labels = ["(constant)", ...predictors.map(({ name }) => name), "residual sd", "R²"];
  const [G, L] = [groupNames.length, labels.length];
  const groupOf = (j: number) => Math.floor(j / L);
  return jointEstimates(
    {
      names: groupNames.flatMap((group) => labels.map((label) => (groups ? `${group}: ${label}` : label))),
      variables: [response, ...predictors.map(({ values }) => values)],
      population: Int32Array.from({ length: G * L }, (_, j) => groupOf(j)),
      prepare([y, ...x], weights) {
        const persons = weights.length;
        const member = membershipOf(groups ?? everybody(persons), [y!, ...x], persons);
        const members = groupNames.map((_, g) => {
          const of: number[] = [];
          for (let i = 0; i < persons; i++) if (member[i] === g) of.push(i);
          return Uint32Array.from(of);
        });
        const rows = [new Float64Array(persons).fill(1), ...x, y!];
        const cross = new Float64Array(rows.length ** 2);
        return {
          ...countsOf(member, weights, G, G * L, groupOf),
          evaluate(w, results) {
            for (let g = 0; g < G; g++) {
              crossProducts(rows, members[g]!, w, cross);
              solve(cross, rows.length, results, g * L);
            }
          },
        };
      },
    },
    design,
    options,
  );
}
