import { keyedDraws } from "../../../statistics/random/index.js";
import type { ResultTable, TableValue } from "../published/tables.js";

const purpose = 0x4558_0001;
const [schools, pupilsOfSchool, blocks, itemsOfBlock] = [60, 20, 4, 6];

/** Items Q01 … Q24 by their number from 0: the fourth of each block has two points. */
const items = Array.from({ length: blocks * itemsOfBlock }, (_, k) => ({
  name: `Q${String(k + 1).padStart(2, "0")}`,
  block: Math.floor(k / itemsOfBlock),
  slope: 0.8 + 0.15 * (k % 5),
  difficulty: -1.4 + (2.8 * ((k * 7) % 24)) / 23,
  maximum: k % itemsOfBlock === 3 ? 2 : 1,
}));

/** A score by the partial credit form of the two-parameter model, thresholds half a logit about the difficulty. */
function scoreOf({ slope, difficulty, maximum }: (typeof items)[number], ability: number, uniform: number): number {
  const steps = maximum === 1 ? [difficulty] : [difficulty - 0.5, difficulty + 0.5];
  const weights = [1];
  for (const step of steps) weights.push(weights.at(-1)! * Math.exp(slope * (ability - step)));
  let left = uniform * weights.reduce((sum, weight) => sum + weight, 0);
  let score = 0;
  while (score < maximum && left >= weights[score]!) left -= weights[score++]!;
  return score;
}

/**
 * A made-up assessment, as somebody's files would have it: sixty schools of thirty zones, twenty pupils in each, two of four blocks of six questions a pupil;
 * 9 is a question left out. Pupils with free meals are 0.6 standard deviations lower by construction.
 */
export function exampleTables(): ReadonlyMap<string, ResultTable> {
  const { normal, uniform } = keyedDraws(2026, purpose);
  const pupils: TableValue[][] = [];
  const answers: TableValue[][] = [];
  for (let school = 0; school < schools; school++) {
    const [effect, poor] = [0.35 * normal(school, 0), 0.1 + 0.3 * uniform(school, 9)];
    for (let k = 0; k < pupilsOfSchool; k++) {
      const pupil = 1000 + school * pupilsOfSchool + k;
      const booklet = pupil % blocks;
      const meals = uniform(pupil, 1) < poor;
      const ability = 0.15 + effect + 0.9 * normal(pupil, 2) - (meals ? 0.6 : 0);
      const weight = Math.round(10 * (30 + 20 * uniform(school, 11))) / 10;
      const zone = Math.floor(school / 2) + 1;
      const sex = uniform(pupil, 3) < 0.5 ? "girl" : "boy";
      pupils.push([
        `E${pupil}`,
        `S${school + 101}`,
        zone,
        school % 2,
        `B${booklet + 1}`,
        weight,
        sex,
        meals ? "eligible" : "not eligible",
      ]);
      const mine = [booklet, (booklet + 1) % blocks];
      const scored = items.map((item, j): TableValue => {
        if (!mine.includes(item.block)) return null;
        return uniform(pupil, 200 + j) < 0.03 ? 9 : scoreOf(item, ability, uniform(pupil, 100 + j));
      });
      answers.push([`E${pupil}`, ...scored]);
    }
  }
  const map = items.flatMap(({ name, block }) =>
    Array.from({ length: blocks }, (_, booklet) => booklet)
      .filter((booklet) => booklet === block || (booklet + 1) % blocks === block)
      .map((booklet) => [name, `B${booklet + 1}`]),
  );
  return new Map([
    [
      "pupils.csv",
      { header: ["pupil", "school", "zone", "half", "booklet", "weight", "sex", "free_meals"], rows: pupils },
    ],
    ["answers.csv", { header: ["pupil", ...items.map(({ name }) => name)], rows: answers }],
    ["booklets.csv", { header: ["item", "booklet"], rows: map }],
  ]);
}
