import { type ItemParameters, probabilities } from "../items.js";
import type { Responses } from "../responses.js";
import { eachAnswer } from "./answers.js";

/** How far an item's scores are from what the model expects of persons at their estimated abilities. */
export interface ResidualFit {
  readonly name: string;
  readonly n: number;
  /** Mean squares, 1 where the model holds: weighted by information, and plain, which far-off answers rule. Null where nobody answered. */
  readonly infit: number | null;
  readonly outfit: number | null;
  /** The same on a roughly standard normal scale, by Wilson and Hilferty's cube root. They grow with the persons. */
  readonly infitZ: number | null;
  readonly outfitZ: number | null;
}

/**
 * Infit and outfit (Wright & Masters 1982, ch. 5).
 *
 * @param ability an estimate of each person; answers of persons without a finite one aren't counted. With EAPs these are mirt's; an ability that
 *   was estimated from the same answers makes them smaller than 1 in short tests
 */
export function residualFit(
  responses: Responses,
  items: ItemParameters,
  ability: Float64Array,
): readonly ResidualFit[] {
  const count = responses.items.length;
  const [n, plain, plainSpread, squares, variances, squareSpread] = Array.from(
    { length: 6 },
    () => new Float64Array(count),
  ) as [Float64Array, Float64Array, Float64Array, Float64Array, Float64Array, Float64Array];
  const room = items.intercepts.map((c) => new Float64Array(c.length));
  eachAnswer(responses, (person, item, score) => {
    const theta = ability[person]!;
    if (!Number.isFinite(theta)) return;
    const p = probabilities(items, item, theta, room[item]!);
    let expected = 0;
    for (let k = 1; k < p.length; k++) expected += k * p[k]!;
    let [variance, fourth] = [0, 0];
    for (let k = 0; k < p.length; k++) {
      const square = (k - expected) ** 2;
      variance += p[k]! * square;
      fourth += p[k]! * square * square;
    }
    const square = (score - expected) ** 2;
    n[item]! += 1;
    plain[item]! += square / variance;
    plainSpread[item]! += fourth / variance ** 2 - 1;
    squares[item]! += square;
    variances[item]! += variance;
    squareSpread[item]! += fourth - variance ** 2;
  });
  return responses.items.map(({ name }, j) => {
    if (n[j] === 0) return { name, n: 0, infit: null, outfit: null, infitZ: null, outfitZ: null };
    const outfit = plain[j]! / n[j]!;
    const infit = squares[j]! / variances[j]!;
    return {
      name,
      n: n[j]!,
      infit,
      outfit,
      infitZ: cubeRoot(infit, Math.sqrt(squareSpread[j]!) / variances[j]!),
      outfitZ: cubeRoot(outfit, Math.sqrt(plainSpread[j]!) / n[j]!),
    };
  });
}

const cubeRoot = (square: number, sd: number): number | null =>
  sd > 0 ? (Math.cbrt(square) - 1) * (3 / sd) + sd / 3 : null;
