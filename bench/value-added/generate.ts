import { type Random, seededRandom } from "../../src/kernel/random.js";
import type { Country } from "./country.js";
import { drawMove, emptyMembership, type Membership, stay } from "./moves.js";
import { drawSchools, type Schools } from "./schools.js";
import { trueDeviations } from "./truth.js";

/** Covariates that are yes or no, or a small whole number (`mob`: month of birth, 0–11), with their true coefficients. */
const slopes = {
  fsm: -0.28,
  senk: -0.25,
  sene: -0.5,
  eal: 0.22,
  fem: 0.18,
  blk: 0.12,
  asn: 0.2,
  mix: 0.05,
  oth: 0.15,
  mob: -0.008,
  mover: -0.2,
} as const;
type SmallCovariate = keyof typeof slopes;

/** Names of the covariates that are kept as bytes, in the order of the model. */
export const smallCovariates = Object.keys(slopes) as SmallCovariate[];

/** The pupils of a made-up country, in columns, and the truth they were made from. */
export interface Pupils {
  readonly score: Float64Array;
  readonly prior: Float64Array;
  /** Deprivation of the neighbourhood, 0–1. */
  readonly idaci: Float64Array;
  readonly small: Readonly<Record<SmallCovariate, Uint8Array>>;
  /** From 0. */
  readonly cohort: Uint8Array;
  /** School of each pupil, from 0. With moves a pupil has several, last first, from `start[i]` to before `start[i + 1]`. */
  readonly school: Int32Array;
  /** Empty without moves. */
  readonly start: Int32Array;
  /** Share of the pupil's time in the school, 0–1; empty without moves. */
  readonly share: Float64Array;
  /** What each school really adds, and what each of its years adds to that (school × cohort; empty with one cohort). */
  readonly effect: Float64Array;
  readonly cohortEffect: Float64Array;
  /** The authority of each school, from 0, and what it really adds to pupils who end there; empty where authorities add nothing. */
  readonly authority: Int32Array;
  readonly authorityEffect: Float64Array;
}

const logistic = (x: number) => 1 / (1 + Math.exp(-x));
const rounded = (x: number, parts: number) => Math.round(x * parts) / parts;

type Small = Record<SmallCovariate, number>;
const forEachSmall = <T>(make: () => T) =>
  Object.fromEntries(smallCovariates.map((name) => [name, make()])) as Record<SmallCovariate, T>;

function drawEthnicity(school: number, schools: Schools, random: Random, out: Small): void {
  const u = random.uniform();
  const black = schools.black[school]!;
  const either = black + schools.asian[school]!;
  out.blk = u < black ? 1 : 0;
  out.asn = u >= black && u < either ? 1 : 0;
  out.mix = u >= either && u > 0.95 ? 1 : 0;
  out.oth = u >= either && u > 0.93 && u <= 0.95 ? 1 : 0;
}

/** Draws a pupil's small covariates and answers idaci, which goes with free school meals. */
function drawContext(school: number, prior: number, schools: Schools, random: Random, out: Small): number {
  const deprivation = schools.deprivation[school]!;
  const chance = (logit: number) => (random.uniform() < logistic(logit) ? 1 : 0);
  out.fsm = chance(-1.8 + 0.9 * deprivation - 0.35 * prior);
  const idaci = logistic(-1.7 + 0.7 * deprivation + 0.5 * out.fsm + 0.5 * random.normal());
  out.senk = chance(-2.3 - 0.8 * prior);
  out.sene = chance(-4.2 - 0.9 * prior) * (1 - out.senk);
  out.eal = random.uniform() < schools.eal[school]! ? 1 : 0;
  out.fem = random.uniform() < 0.49 ? 1 : 0;
  drawEthnicity(school, schools, random, out);
  out.mob = random.below(12);
  return idaci;
}

function expectedScore(prior: number, idaci: number, small: Small, year: number): number {
  let sum = 0.05 + 0.01 * year + 0.62 * prior + 0.05 * prior ** 2 - 0.015 * prior ** 3 - 0.55 * idaci;
  for (const name of smallCovariates) sum += slopes[name] * small[name];
  return sum;
}

/** What the pupil's schools add, each by its share. */
function addedBySchools({ count, school, share }: Membership, year: number, cohorts: number, schools: Schools): number {
  let sum = 0;
  for (let k = 0; k < count; k++) {
    const at = school[k]!;
    sum += share[k]! * (schools.effect[at]! + (cohorts > 1 ? schools.cohortEffect[at * cohorts + year]! : 0));
  }
  return sum;
}

/** Columns to be filled: places for three schools a pupil where pupils move. */
function emptyColumns({ cohorts, cohortPupils, moves }: Country, schools: Schools): Pupils {
  const n = cohortPupils * cohorts;
  const moving = moves !== "none";
  return {
    score: new Float64Array(n),
    prior: new Float64Array(n),
    idaci: new Float64Array(n),
    small: forEachSmall(() => new Uint8Array(n)),
    cohort: new Uint8Array(n),
    school: new Int32Array(moving ? 3 * n : n),
    start: new Int32Array(moving ? n + 1 : 0),
    share: new Float64Array(moving ? 3 * n : 0),
    effect: schools.effect,
    cohortEffect: schools.cohortEffect,
    authority: schools.authority,
    authorityEffect: schools.authorityEffect,
  };
}

/**
 * Draws a country's pupils: the distribution of the study's generator (`gen.R`), of which only the draws differ.
 * The same country gives the same pupils on every machine whose logarithm and exponential are the same.
 */
export function generate(country: Country): Pupils {
  const { cohorts, cohortPupils, moves } = country;
  const seed = seededRandom(country.seed);
  const schools = drawSchools(country, seed.fork("schools"));
  const random = seed.fork("pupils");
  const pupils = emptyColumns(country, schools);
  const small = forEachSmall(() => 0);
  const membership = emptyMembership();
  let entries = 0;
  for (let i = 0; i < pupils.score.length; i++) {
    const year = Math.floor(i / cohortPupils);
    const last = schools.draw(random);
    const prior = schools.priorMean[last]! + 0.93 * random.normal();
    const idaci = drawContext(last, prior, schools, random, small);
    small.mover = random.uniform() < country.moverShare ? 1 : 0;
    if (moves !== "none" && small.mover === 1) drawMove(last, moves, schools, random, membership);
    else stay(last, membership);
    const score =
      expectedScore(prior, idaci, small, year) +
      0.03 * schools.priorMean[last]! +
      addedBySchools(membership, year, cohorts, schools) +
      (country.authorities ? schools.authorityEffect[schools.authority[last]!]! : 0) +
      trueDeviations.residual * random.normal();
    pupils.score[i] = rounded(score, 10_000);
    pupils.prior[i] = rounded(prior, 10_000);
    pupils.idaci[i] = rounded(idaci, 1_000);
    pupils.cohort[i] = year;
    for (const name of smallCovariates) pupils.small[name][i] = small[name];
    for (let k = 0; k < membership.count; k++, entries++) {
      pupils.school[entries] = membership.school[k]!;
      if (moves !== "none") pupils.share[entries] = membership.share[k]!;
    }
    if (moves !== "none") pupils.start[i + 1] = entries;
  }
  const share = pupils.share.slice(0, moves === "none" ? 0 : entries);
  return { ...pupils, school: pupils.school.slice(0, entries), share };
}
