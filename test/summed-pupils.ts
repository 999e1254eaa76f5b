import type { SumsModel } from "../src/ingest/sums/sums-model.js";
import { seededRandom } from "../src/kernel/index.js";
import type { MixedModelDesign, RandomTerm } from "../src/statistics/mixed-model/index.js";

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

/** Pupils of two cohorts, 40 schools and 6 authorities, every eighth at two schools or three. */
export function madePupils(count: number, seed = 7): MadePupil[] {
  const random = seededRandom(seed);
  const schools = Array.from({ length: 40 }, (_, j) => (j < 3 ? `0${j + 1}` : String(100 + j)));
  const effects = schools.map(() => 0.3 * random.normal());
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
    const added = places.reduce((sum, place, k) => sum + weights[k]! * effects[place]!, 0);
    const score = 50 + 0.4 * prior - 2 * fsm + group + 10 * added + 8 * random.normal();
    return {
      ...{ id: i + 1, score, prior, fsm, background: backgrounds[group]!, cohort: 2023 + (i % 2) },
      ...{ authority: `la ${home % 6}`, shares },
    };
  });
}

/** score ~ prior + prior² + prior³ + fsm + factor(background) + prior:fsm + (1 | school) + (1 | school:cohort) + (1 + fsm | authority) */
export const madeModel: SumsModel = {
  pupils: { table: ["pupils"], pupil: "pupil" },
  memberships: { table: ["memberships"], pupil: "pupil", school: "school", share: "share" },
  response: "score",
  fixed: [
    { kind: "value", column: awkward.prior, power: 1 },
    { kind: "value", column: awkward.prior, power: 2 },
    { kind: "value", column: awkward.prior, power: 3 },
    { kind: "value", column: "fsm", power: 1 },
    { kind: "factor", column: awkward.background, reference: "White" },
    {
      kind: "product",
      of: [
        { kind: "value", column: awkward.prior, power: 1 },
        { kind: "value", column: "fsm", power: 1 },
      ],
    },
  ],
  groups: [
    { shared: true, keys: [], slopes: [] },
    { shared: true, keys: ["cohort"], slopes: [] },
    { shared: false, keys: ["authority"], slopes: [{ kind: "value", column: "fsm", power: 1 }] },
  ],
};

function termOf(
  group: string,
  rows: readonly (readonly (readonly [level: string, share: number])[])[],
  order: (a: string, b: string) => number,
): RandomTerm {
  const levels = [...new Set(rows.flat().map(([level]) => level))].sort(order);
  const place = new Map(levels.map((level, i) => [level, i]));
  const start = new Int32Array(rows.length + 1);
  rows.forEach((row, i) => {
    start[i + 1] = start[i]! + row.length;
  });
  return {
    group,
    levels,
    start,
    level: Int32Array.from(rows.flat(), ([level]) => place.get(level)!),
    weight: Float64Array.from(rows.flat(), ([, share]) => share),
    coefficients: [{ name: "(Intercept)", values: null }],
  };
}

/** The same model as a design in memory, made by hand. @param order of the levels' names */
export function madeDesign(pupils: readonly MadePupil[], order: (a: string, b: string) => number): MixedModelDesign {
  const column = (name: string, value: (pupil: MadePupil) => number) => ({
    name,
    values: Float64Array.from(pupils, value),
  });
  const { prior, background, level } = awkward;
  const fsm = column("fsm", (pupil) => pupil.fsm);
  const authority = termOf(
    "authority",
    pupils.map((pupil) => [[pupil.authority, 1]]),
    order,
  );
  return {
    rows: pupils.length,
    response: column("score", (pupil) => pupil.score),
    fixed: [
      { name: "(Intercept)", values: null },
      column(prior, (pupil) => pupil.prior),
      column(`I(${prior}^2)`, (pupil) => pupil.prior ** 2),
      column(`I(${prior}^3)`, (pupil) => pupil.prior ** 3),
      fsm,
      column(`${background}Asian`, (pupil) => (pupil.background === "Asian" ? 1 : 0)),
      column(`${background}${level}`, (pupil) => (pupil.background === level ? 1 : 0)),
      column(`${prior}:fsm`, (pupil) => pupil.prior * pupil.fsm),
    ],
    random: [
      termOf(
        "school",
        pupils.map(({ shares }) => [...shares]),
        order,
      ),
      termOf(
        "school:cohort",
        pupils.map(({ shares, cohort }) =>
          [...shares].map(([school, share]) => [`${school}:${cohort}`, share] as const),
        ),
        order,
      ),
      { ...authority, start: null, weight: null, coefficients: [...authority.coefficients, fsm] },
    ],
  };
}
