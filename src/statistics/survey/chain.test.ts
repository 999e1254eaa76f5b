import { describe, expect, it } from "vitest";
import {
  accepted,
  adjustDesign,
  confidenceInterval,
  difference,
  drawPersons,
  drawsOf,
  drawUnits,
  type Groups,
  means,
  nonResponseCells,
  pairedZones,
  replicateDesign,
  type SamplingFrame,
  sharedCovariance,
  trend,
} from "./index.js";

// Evidence class: recovery. A population of 300 units in two strata, drawn by size, five or six of ten persons a unit drawn, who respond the less the
// lower their group stands; the same units in two cycles with new persons; the truth is the population's own. Of 160 draws, intervals hold the
// truth in 95 of 100 but for four Monte Carlo errors (6.9 points).
const units = 300;
const populationOf = (seed: number) => {
  const draws = drawsOf(seed, "population");
  const sizes = Array.from({ length: units }, () => 10 + draws.below(30));
  const persons = sizes.map((size, u) => {
    const [common, own] = [draws.normal(), [0, 1].map(() => draws.normal())];
    const share = u % 3 === 0 ? 0.5 : 0.15;
    return Array.from({ length: size }, () => {
      const group = draws.uniform() < share ? 1 : 0;
      const score = [0, 1].map(
        (cycle) =>
          500 - 40 * group + 5 * cycle + 8 * cycle * group + 30 * common + 10 * own[cycle]! + 85 * draws.normal(),
      );
      return { group, score, eager: draws.uniform() };
    });
  });
  return { sizes, persons };
};
const { sizes, persons } = populationOf(1);
const frame: SamplingFrame = {
  names: sizes.map((_, u) => `u${u}`),
  sizes,
  strata: sizes.map((_, u) => (u % 3 === 0 ? "rich in the group" : "others")),
  sortBy: [sizes],
};
const truthOf = (cycle: number) => {
  const all = persons.flat();
  const mean = (some: typeof all) => some.reduce((sum, { score }) => sum + score[cycle]!, 0) / some.length;
  return {
    mean: mean(all),
    gap: mean(all.filter(({ group }) => group === 1)) - mean(all.filter(({ group }) => group === 0)),
  };
};

/** One cycle of one draw: design with adjusted weights, and estimates. */
function fieldwork(seed: number, cycle: number) {
  const plan = {
    allocation: new Map([
      ["rich in the group", 20],
      ["others", 20],
    ]),
    method: "systematic",
    probabilities: "size",
  } as const;
  const { drawn } = accepted(drawUnits(frame, plan, seed));
  const zoneOf = pairedZones(drawn.map(({ stratum }) => stratum));
  const rows: { weight: number; zone: number; unit: number; group: number; score: number; responded: number }[] = [];
  drawn.forEach(({ unit, probability }, k) => {
    const own = persons[unit]!;
    const { positions, probability: within } = drawPersons(own.length, 10, "random", `${unit} ${cycle}`, seed);
    for (const i of positions) {
      const { group, score, eager } = own[i]!;
      const responded = eager < (group === 1 ? 0.65 : 0.9) ? 1 : 0;
      rows.push({ weight: 1 / (probability * within), zone: zoneOf[k]!, unit, group, score: score[cycle]!, responded });
    }
  });
  const column = (f: (row: (typeof rows)[number]) => number) => Float64Array.from(rows, f);
  const weights = column((row) => row.weight);
  const design = accepted(
    replicateDesign({ weights, method: "JK2", strata: column((r) => r.zone), clusters: column((r) => r.unit) }),
  );
  const responded = column((row) => row.responded);
  const cells = nonResponseCells({ weights, responded, cells: column((row) => row.group) });
  const adjusted = accepted(adjustDesign(design, (w) => cells.adjust(w)));
  const score = column((row) => row.score);
  const groups: Groups = { names: ["others", "group"], of: column((row) => row.group) };
  return { mean: means(score, adjusted), byGroup: means(score, adjusted, groups) };
}

describe("from the frame to the change of a gap", () => {
  it("intervals hold the truth in 95 of 100 draws, and those of changes are narrower with the covariance of a panel", () => {
    const [first, second] = [truthOf(0), truthOf(1)];
    const held = { mean: 0, gap: 0, change: 0, gapChange: 0 };
    const draws = 160;
    let [narrow, wide] = [0, 0];
    for (let seed = 0; seed < draws; seed++) {
      const [a, b] = [fieldwork(seed, 0), fieldwork(seed, 1)];
      const holds = (estimate: Parameters<typeof confidenceInterval>[0], truth: number) => {
        const { low, high } = confidenceInterval(estimate);
        return low <= truth && truth <= high ? 1 : 0;
      };
      const [gapA, gapB] = [a, b].map(({ byGroup }) => difference(byGroup, "others", "group").estimate!);
      const [meanA, meanB] = [a, b].map(({ mean }) => mean.estimate("all"));
      held.mean += holds(meanA!, first.mean);
      held.gap += holds(gapA!, first.gap);
      const covariance = sharedCovariance(a.mean, b.mean, [1]);
      const change = trend(meanA!, meanB!, { linkingVariance: 0, covariance });
      held.change += holds(change, second.mean - first.mean);
      narrow += change.standardError;
      wide += trend(meanA!, meanB!, { linkingVariance: 0 }).standardError;
      const ofGap = sharedCovariance(a.byGroup, b.byGroup, [-1, 1]);
      held.gapChange += holds(trend(gapA!, gapB!, { linkingVariance: 0, covariance: ofGap }), second.gap - first.gap);
    }
    for (const [figure, count] of Object.entries(held))
      expect(Math.abs(count / draws - 0.95), `${figure} ${count}`).toBeLessThan(4 * Math.sqrt((0.95 * 0.05) / draws));
    expect(narrow).toBeLessThan(0.9 * wide);
  });
});
