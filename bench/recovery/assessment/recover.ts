import { runStudy } from "../../../src/accountability/reference-assessments/chain/run.js";
import { disclosureRuleOn } from "../../../src/accountability/reference-assessments/parameters.js";
import type { FigureRow, TrendRow } from "../../../src/accountability/reference-assessments/published/results.js";
import { civilDate, silent } from "../../../src/kernel/index.js";
import { type Field, inTheField } from "./fieldwork.js";
import { type AssessedPopulation, populationOf } from "./population.js";
import { questionBank } from "./questions.js";
import type { AssessmentShape } from "./shape.js";
import { materialOf } from "./study.js";
import { type Figures, type Scale, trueFigures } from "./truth.js";

/** A published figure or change beside the truth. */
export interface Recovered {
  readonly name: string;
  readonly truth: number;
  readonly estimate: number;
  readonly standardError: number;
  readonly low: number;
  readonly high: number;
  readonly parts: FigureRow["parts"];
}

/** What one seed gave. */
export interface RecoveredSeed {
  readonly seed: number;
  readonly figures: readonly Recovered[];
  readonly pupils: number;
  readonly schoolsResponding: number;
  readonly pupilsResponding: number;
  readonly reliability: number;
}

/** The scale on which the first cycle's pupils, by weight, have mean 500 and standard deviation 100: the published scale with abilities known. */
function scaleOf({ cycles }: AssessedPopulation, { pupils }: Field): Scale {
  let [w, sum, squares] = [0, 0, 0];
  for (const { pupil, weight } of pupils) {
    const ability = cycles[0]!.ability[pupil]!;
    w += weight;
    sum += weight * ability;
    squares += weight * ability * ability;
  }
  const slope = 100 / Math.sqrt(squares / w - (sum / w) ** 2);
  return { slope, intercept: 500 - (slope * sum) / w };
}

const published: Readonly<Record<string, string>> = {
  gap: "gap",
  "rank-gap": "rank gap",
  "standardised-gap": "standardised gap",
};

/** The name of a row's figure; null where it isn't one of those that are followed. */
function nameOf({ statistic, group, of }: FigureRow | TrendRow): string | null {
  if (group === "free_meals") return published[statistic] ?? null;
  if (group !== null) return null;
  if (statistic === "percentile") return of;
  return statistic === "standard" ? `standard ${of}` : statistic;
}

function beside(name: string, truth: number, row: FigureRow | TrendRow): Recovered {
  const { value, standardError, low, high, parts } = row;
  return { name, truth, estimate: value, standardError, low, high, parts };
}

/**
 * Draws, fields, scales, links and estimates both cycles of one seed by the product's own functions, and lays what it would publish beside the truth of the
 * seed's finite population.
 * @throws {Error} when the chain refuses the study
 */
export function recoverSeed(shape: AssessmentShape, seed: number): RecoveredSeed {
  const population = populationOf(shape, seed);
  const fields = population.cycles.map((_, cycle) => inTheField(population, shape, cycle, seed));
  const material = materialOf(population, fields, questionBank(shape, seed), shape, seed);
  const options = { stage: "estimate", rule: disclosureRuleOn(civilDate("2026-11-26")), confidence: 0.95 } as const;
  const run = runStudy(material, options, silent);
  if (!run.ok) throw new Error(`seed ${seed}: ${JSON.stringify(run.error)}`);
  const { disclosed, regressions } = run.value;
  const scale = scaleOf(population, fields[0]!);
  const truths: readonly Figures[] = population.cycles.map((pupils) => trueFigures(pupils, scale));
  const figures = disclosed.figures.flatMap((row) => {
    const name = nameOf(row);
    const truth = name === null ? undefined : truths[row.cycle === "first" ? 0 : 1]!.get(name);
    return truth === undefined ? [] : [beside(`${row.cycle}, ${name}`, truth, row)];
  });
  const changes = disclosed.trends.flatMap((row) => {
    const name = nameOf(row);
    const [before, after] = name === null ? [] : truths.map((one) => one.get(name));
    return before === undefined || after === undefined ? [] : [beside(`change, ${name}`, after - before, row)];
  });
  const mean = (of: (one: Field) => number) => fields.reduce((sum, one) => sum + of(one), 0) / fields.length;
  return {
    seed,
    figures: [...figures, ...changes],
    pupils: material.persons.rows,
    schoolsResponding: mean((one) => one.schoolsResponding),
    pupilsResponding: mean((one) => one.pupilsResponding),
    reliability: regressions.reduce((sum, one) => sum + one.reliability, 0) / regressions.length,
  };
}
