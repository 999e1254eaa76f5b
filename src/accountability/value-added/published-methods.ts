import type { Table } from "../../kernel/index.js";
import type { AlternativeFigure } from "./alternative.js";
import type { Cohorts } from "./cohorts.js";
import { averagePrior, groupByPrior } from "./comparators/prior-groups.js";
import {
  type PupilProgress,
  progress8Band,
  progress8Bands,
  progress8Interval,
  pupilProgress,
} from "./comparators/progress-8.js";
import { type SchoolMeans, schoolMeans } from "./comparators/school-means.js";
import { reweightedProgress } from "./comparators/time-reweighting.js";
import type { FittedParts } from "./fitted-parts.js";
import { numbersOf } from "./pupils-used.js";
import type { SchoolMembership } from "./school-membership.js";
import type { MeasureSpecification } from "./specification.js";

/** Figures with the pupils in them and what was done, in sentences. */
export interface MethodFigures {
  readonly figures: readonly AlternativeFigure[];
  readonly pupils: number;
  readonly how: string;
}

/** The schools that have pupils, with means in the outcome's units. */
function figuresOf(schools: readonly string[], means: SchoolMeans, slots: number): AlternativeFigure[] {
  return schools.flatMap((school, s) =>
    means.weight[s]! > 0
      ? [
          {
            school,
            valueAdded: slots * means.mean[s]!,
            predictionError: slots * means.error[s]!,
            pupilEquivalents: means.weight[s]!,
          },
        ]
      : [],
  );
}

/** Standard deviation of the pupils' residuals: where it varies between pupils, that of all together. */
export function residualDeviation(sigma: number, weights: Float64Array | null | undefined): number {
  if (!weights) return sigma;
  let sum = 0;
  for (const weight of weights) sum += 1 / weight;
  return sigma * Math.sqrt(sum / weights.length);
}

/** Each school's mean residual of the measure in force, before anything is drawn towards the average. */
export function unshrunkenMeans(
  response: Float64Array,
  parts: FittedParts,
  membership: SchoolMembership,
  sigma: number,
): MethodFigures {
  const residual = response.map((y, i) => y - parts.expected[i]! - parts.groups[i]!);
  return {
    figures: figuresOf(membership.schools, schoolMeans(residual, membership, sigma), 1),
    pupils: response.length,
    how: "The measure's own residuals averaged by share of time. The error is that of a mean of pupils; other schools of pupils who moved are not taken off.",
  };
}

/** Ten where the outcome's column is called Attainment 8, which counts ten slots; Progress 8 is then in grades, and has its bands. */
export function slotsOf({ outcomes }: MeasureSpecification): number {
  return outcomes.length === 1 && /att(ainment)?[ _-]?8/i.test(outcomes[0]!.column) ? 10 : 1;
}

/** What Progress 8 averages over schools, with how its groups were made. */
export interface ProgressOfPupils extends PupilProgress {
  readonly slots: number;
  readonly how: string;
}

/** Places of the pupils who are measured from a baseline, ascending; by loops, since there may be millions. */
function placesOf(
  baseline: number,
  { code, baselineOf }: Pick<Cohorts, "code" | "baselineOf">,
  rows: Int32Array,
): Int32Array {
  const places = new Int32Array(rows.length);
  let count = 0;
  for (let i = 0; i < rows.length; i++)
    if (code === null ? baseline === 0 : baselineOf[code[rows[i]!]!] === baseline) places[count++] = i;
  return places.subarray(0, count);
}

/** Groups of like prior attainment within each year, each year by its own baseline. */
function groupsOf(
  { years, code, baselines, baselineOf }: Cohorts,
  pupils: Table,
  rows: Int32Array,
): { group: Int32Array; groups: number; words: string[] } {
  const group = new Int32Array(rows.length).fill(-1);
  const words: string[] = [];
  let groups = 0;
  baselines.forEach(({ prior }, baseline) => {
    const places = placesOf(baseline, { code, baselineOf }, rows);
    if (prior.length === 0 || places.length === 0) return;
    const own = new Int32Array(places.length);
    for (let k = 0; k < own.length; k++) own[k] = rows[places[k]!]!;
    const made = groupByPrior(averagePrior(prior.map(({ column }) => numbersOf(pupils, column, own))));
    for (let k = 0; k < own.length; k++) {
      const year = code === null ? 0 : code[own[k]!]!;
      if (made.group[k]! >= 0) group[places[k]!] = groups + year * made.count + made.group[k]!;
    }
    groups += made.count * Math.max(1, years.length);
    words.push(made.words);
  });
  return { group, groups, words };
}

/** The pupils' progress against pupils of the same year with like prior attainment; null where there is no prior attainment. */
export function progressOfPupils(
  cohorts: Cohorts,
  specification: MeasureSpecification,
  pupils: Table,
  rows: Int32Array,
  response: Float64Array,
): ProgressOfPupils | null {
  const { group, groups, words } = groupsOf(cohorts, pupils, rows);
  if (groups === 0) return null;
  const slots = slotsOf(specification);
  const progress = pupilProgress(response, group, groups, slots);
  const without = rows.length - progress.pupils;
  const how = [
    `Each result less the mean of all pupils${cohorts.code === null ? "" : " of the same year"} with like prior attainment: ${words.join("; ")}.`,
    `The scores of ${progress.raised} pupils were raised to the lowest that counts.`,
    ...(without > 0 ? [`${without} pupils without prior attainment don't count, as in the tables.`] : []),
  ].join(" ");
  return { ...progress, slots, how };
}

/** How many schools stand in each published band, where the scores are in grades. */
function bandsInWords({ mean, error, weight }: SchoolMeans, deviation: number): string {
  const counts = new Map<string, number>(progress8Bands.map((band) => [band, 0]));
  for (let s = 0; s < mean.length; s++) {
    if (!(weight[s]! > 0 && error[s]! > 0)) continue;
    const { lower, upper } = progress8Interval(mean[s]!, deviation, weight[s]!);
    const band = progress8Band(mean[s]!, lower, upper);
    counts.set(band, counts.get(band)! + 1);
  }
  return `In the department's bands: ${[...counts].map(([band, count]) => `${count} ${band}`).join(", ")}.`;
}

/** Progress 8 of the last schools. */
export function progress8Of(progress: ProgressOfPupils, membership: SchoolMembership, words: string): MethodFigures {
  const means = schoolMeans(progress.score, membership, progress.deviation);
  const bands = progress.slots === 10 ? ` ${bandsInWords(means, progress.deviation)}` : "";
  return {
    figures: figuresOf(membership.schools, means, progress.slots),
    pupils: progress.pupils,
    how: `${progress.how} Each pupil counts wholly ${words}.${bands}`,
  };
}

/** Progress 8's scores by time on roll. */
export function progressByTime(progress: ProgressOfPupils, membership: SchoolMembership): MethodFigures {
  const means = reweightedProgress(progress.score, membership, progress.deviation);
  return {
    figures: figuresOf(membership.schools, means, progress.slots),
    pupils: progress.pupils,
    how: `${progress.how} Each score counts at each of the pupil's schools by the share of time in force.`,
  };
}
