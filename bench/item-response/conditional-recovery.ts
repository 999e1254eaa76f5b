import {
  andersenTest,
  calibrate,
  compareWithMarginal,
  conditionalRasch,
  itemStandardErrors,
  lowAndHigh,
  type Outcome,
  type Responses,
  responsesFromMatrix,
} from "../../src/statistics/item-response/index.js";
import { keyedDraws } from "../../src/statistics/random/index.js";

const items = 10;

interface Sample {
  readonly persons: number;
  readonly maximum: 1 | 2;
  /** Ability from a standard normal and a uniform number. */
  ability(z: number, u: number): number;
}

const samples: Readonly<Record<string, Sample>> = {
  "800 persons, normal": { persons: 800, maximum: 1, ability: (z) => z },
  "800 persons, scores to 2, three booklets, normal": { persons: 800, maximum: 2, ability: (z) => 0.5 * z },
  "800 persons, two clumps": {
    ...{ persons: 800, maximum: 1 },
    ability: (z, u) => (u < 0.3 ? -1.5 + 0.3 * z : 0.6 + 0.3 * z),
  },
  "3,000 persons, exponential": { persons: 3000, maximum: 1, ability: (_, u) => -Math.log(u) - 1 },
};

function valueIn<T>(outcome: Outcome<T>): T {
  if (!outcome.ok) throw new Error(JSON.stringify(outcome.error));
  return outcome.value;
}

/** Answers to items of equal slopes; with scores to 2 two of three persons lack three items each. */
function draw({ persons, maximum, ability }: Sample, seed: number): Responses {
  const { normal, uniform } = keyedDraws(seed, 77);
  const matrix = new Uint8Array(persons * items);
  for (let p = 0; p < persons; p++) {
    const theta = ability(normal(p, 0), uniform(p, 1));
    for (let j = 0; j < items; j++) {
      const difficulty = -1.6 + (3.4 * j) / items;
      const weights = Array.from({ length: maximum + 1 }, (_, k) =>
        Math.exp(k * (theta - difficulty) - 0.3 * k * (k - 1)),
      );
      let left = uniform(p, 2 + j) * weights.reduce((a, b) => a + b, 0);
      let score = 0;
      while (score < maximum && left > weights[score]!) left -= weights[score++]!;
      const given = maximum === 1 || !((p % 3 === 0 && j < 3) || (p % 3 === 1 && j > 6));
      matrix[p * items + j] = given ? score : 255;
    }
  }
  const list = Array.from({ length: items }, (_, j) => ({ name: `I${j + 1}`, maximum }));
  return valueIn(responsesFromMatrix(list, matrix));
}

function recovered(sample: Sample, seeds: number) {
  let [square, count, own, hausman, joint, andersen] = [0, 0, 0, 0, 0, 0];
  for (let seed = 1; seed <= seeds; seed++) {
    const responses = draw(sample, seed);
    const conditional = valueIn(conditionalRasch(responses));
    const marginal = valueIn(calibrate(responses, { model: "partial-credit", identify: "items" }));
    const found = valueIn(compareWithMarginal(responses, conditional, marginal));
    const { standardError } = valueIn(itemStandardErrors(responses, marginal, { method: "observed" }));
    found.difference.forEach((one, j) => {
      square += (one / found.differenceError[j]!) ** 2;
      count++;
      own += found.differenceError[j]! ** 2;
      // With one threshold an item's intercept is its difficulty.
      if (sample.maximum === 1) hausman += conditional.difficultyError[j]! ** 2 - standardError[j]! ** 2;
    });
    if (found.joint!.p < 0.05) joint += 1 / seeds;
    if (valueIn(andersenTest(lowAndHigh(responses))).p < 0.05) andersen += 1 / seeds;
  }
  const round = (value: number) => Math.round(value * 1e3) / 1e3;
  return {
    spread: round(Math.sqrt(square / count)),
    ...(sample.maximum === 1 ? { ofHausman: round(own / hausman) } : {}),
    jointBelow05: round(joint),
    andersenBelow05: round(andersen),
  };
}

/**
 * Conditional beside marginal difficulties of made-up persons: the spread of difference ÷ error, 1 where the marginal model holds; errors² as a multiple of
 * Hausman's difference of variances; and how often the joint test and Andersen's test by score fall below 0.05.
 */
export const conditionalRecovery = (seeds: number) => ({
  seeds,
  ...Object.fromEntries(Object.entries(samples).map(([name, sample]) => [name, recovered(sample, seeds)])),
});
