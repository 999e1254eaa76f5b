import { describe, expect, it } from "vitest";
import { seededRandom } from "../../kernel/index.js";
import { probabilityAtMost } from "./redraw.js";

describe("another draw of pupils", () => {
  // Closed form: with reliability 1 the new estimate is m̂ + √2 s; at the threshold itself either side is as probable.
  it("puts a school exactly on the threshold on either side with the same probability where nothing is shrunken", () => {
    expect(probabilityAtMost({ valueAdded: -0.3, predictionError: 0.1, reliability: 1 }, -0.3)).toBeCloseTo(0.5, 12);
    // √2 × 0.1 below it: one deviation, 0.8413.
    const below = { valueAdded: -0.3 - 0.1 * Math.SQRT2, predictionError: 0.1, reliability: 1 };
    expect(probabilityAtMost(below, -0.3)).toBeCloseTo(0.8413447, 6);
  });

  it("leaves a school of which nothing is known at the average", () => {
    const unknown = { valueAdded: 0, predictionError: 0.4, reliability: 0 };
    expect(probabilityAtMost(unknown, -0.1)).toBe(0);
    expect(probabilityAtMost(unknown, 0)).toBe(1);
  });

  // Recovery: 200,000 pairs of draws of the model itself; the tolerance is four standard errors of a share.
  it("is the share of schools that cross when the model draws the pupils twice", () => {
    const random = seededRandom(8);
    const [between, sampling] = [0.09, 0.05]; // variances between schools and of a school's mean
    const reliability = between / (between + sampling);
    const error = Math.sqrt(between * (1 - reliability));
    const threshold = -0.35;
    let [crossed, expected, first] = [0, 0, 0];
    const draws = 200_000;
    for (let k = 0; k < draws; k++) {
      const truth = Math.sqrt(between) * random.normal();
      const estimate = () => reliability * (truth + Math.sqrt(sampling) * random.normal());
      const [one, two] = [estimate(), estimate()];
      const again = probabilityAtMost({ valueAdded: one, predictionError: error, reliability }, threshold);
      if (one <= threshold) first++;
      expected += one <= threshold ? 1 - again : again;
      if (one <= threshold !== two <= threshold) crossed++;
    }
    expect(first / draws).toBeGreaterThan(0.05);
    const share = crossed / draws;
    expect(Math.abs(share - expected / draws)).toBeLessThan(4 * Math.sqrt((share * (1 - share)) / draws));
  });
});
