import type { SumsModel } from "../src/ingest/sums/sums-model.js";
import { seededRandom } from "../src/kernel/index.js";
import { readFormula } from "../src/statistics/formula/index.js";

/** One made-up pupil: numbers, a category, a cohort, an authority, and the shares of schools. */
export interface MadePupil {
  readonly id: number;
  readonly score: number;
  readonly prior: number;
  readonly fsm: number;
  readonly background: string;
  readonly cohort: number;
  readonly authority: string;
  readonly shares: ReadonlyMap<string, number>;
}

/** Names that no database likes; one is the beginning of an attack. */
export const awkward = {
  prior: 'prior "score"',
  background: "back'ground; drop table pupils; --",
  level: 'O\'Neil "x"',
};

/** Pupils of two cohorts, 40 schools and 12 authorities, every eighth at two schools or three; every group has effects of its own. */
export function madePupils(count: number, seed = 7): MadePupil[] {
  const random = seededRandom(seed);
  const schools = Array.from({ length: 40 }, (_, j) => (j < 3 ? `0${j + 1}` : String(100 + j)));
  const draw = (size: number, deviation: number) => Array.from({ length: size }, () => deviation * random.normal());
  const [school, schoolCohort, authority, slope] = [draw(40, 3), draw(80, 2), draw(12, 2), draw(12, 2)];
  const backgrounds = ["White", "Asian", awkward.level];
  return Array.from({ length: count }, (_, i): MadePupil => {
    const home = random.below(schools.length);
    const places = i % 8 === 0 ? [home, random.below(40), random.below(40)] : [home];
    const weights = places.length === 1 ? [i % 50 === 0 ? 0.8 : 1] : [0.6, 0.3, 0.1];
    const shares = new Map<string, number>();
    places.forEach((place, k) => {
      shares.set(schools[place]!, (shares.get(schools[place]!) ?? 0) + weights[k]!);
    });
    const prior = 100 + 15 * random.normal();
    const [fsm, group] = [random.uniform() < 0.25 ? 1 : 0, random.below(3)];
    const la = home % 12;
    const added = places.reduce((sum, at, k) => sum + weights[k]! * (school[at]! + schoolCohort[2 * at + (i % 2)]!), 0);
    const expected = 50 + 0.4 * prior + (slope[la]! - 2) * fsm + group + authority[la]!;
    const score = expected + added + 8 * random.normal();
    return {
      ...{ id: i + 1, score, prior, fsm, background: backgrounds[group]!, cohort: 2023 + (i % 2) },
      ...{ authority: `la ${la}`, shares },
    };
  });
}

/** The model in somebody's own names. */
export const madeModel: SumsModel = {
  formula: readFormula(
    `score ~ \`${awkward.prior.replaceAll('"', '\\"')}\` + I(\`${awkward.prior.replaceAll('"', '\\"')}\`^2) + fsm
      + factor(\`${awkward.background}\`, ref = "White") + \`${awkward.prior.replaceAll('"', '\\"')}\`:fsm
      + (1 | mm(school, share)) + (1 | mm(school, share):cohort) + (1 + fsm | authority)`,
  ),
  pupils: { table: ["pupils"], id: "pupil" },
  memberships: { table: ["memberships"], id: "pupil" },
};

/** A row of a table. */
export type TableRow = readonly (string | number | null)[];

/** Header and rows of the two tables. */
export const madeTables = (pupils: readonly MadePupil[]) => ({
  pupils: {
    header: ["pupil", "score", awkward.prior, "fsm", awkward.background, "cohort", "authority"],
    rows: pupils.map((p): TableRow => [p.id, p.score, p.prior, p.fsm, p.background, p.cohort, p.authority]),
  },
  memberships: {
    header: ["pupil", "school", "share"],
    rows: pupils.flatMap(({ id, shares }) => [...shares].map(([school, share]): TableRow => [id, school, share])),
  },
});
