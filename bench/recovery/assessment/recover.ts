import { runStudy } from "../../../src/accountability/reference-assessments/chain/run.js";
import { disclosureRuleOn } from "../../../src/accountability/reference-assessments/parameters.js";
import type { FigureRow, TrendRow } from "../../../src/accountability/reference-assessments/published/results.js";
import { civilDate, silent } from "../../../src/kernel/index.js";
import { type Field, inTheField } from "./fieldwork.js";
import { type CyclePupils, populationOf } from "./population.js";
import { questionBank } from "./questions.js";
import type { AssessmentShape } from "./shape.js";
import { materialOf } from "./study.js";
import { type KnownPupils, knownFigures, momentsOf } from "./truth.js";

/** A published figure or change beside the truth. */
export interface Recovered {
  readonly name: string;
  /** Of the finite population. */
  readonly truth: number;
  /** By weight, of the pupils who took part, had their abilities been seen: between it and the truth lies the sample alone. */
  readonly sample: number;
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

/** All pupils of a cycle, each counting once. */
function everybody({ ability, freeMeals }: CyclePupils): KnownPupils {
  return { ability, freeMeals, weight: new Float64Array(ability.length).fill(1) };
}

/** The pupils who took part, by their weights. */
function tookPart({ ability, freeMeals }: CyclePupils, { pupils }: Field): KnownPupils {
  return {
    ability: Float64Array.from(pupils, ({ pupil }) => ability[pupil]!),
    freeMeals: Uint8Array.from(pupils, ({ pupil }) => freeMeals[pupil]!),
    weight: Float64Array.from(pupils, ({ weight }) => weight),
  };
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

/** Rows beside what their figures are in the population and among those who took part. */
function beside<Row extends FigureRow | TrendRow>(
  rows: readonly Row[],
  when: (row: Row) => string,
  known: (row: Row, name: string) => readonly [truth: number, sample: number] | null,
): Recovered[] {
  return rows.flatMap((row) => {
    const name = nameOf(row);
    const found = name === null ? null : known(row, name);
    if (!found) return [];
    const { value, standardError, low, high, parts } = row;
    const [truth, sample] = found;
    return [{ name: `${when(row)}, ${name}`, truth, sample, estimate: value, standardError, low, high, parts }];
  });
}

/**
 * Draws, fields, scales, links and estimates both cycles of one seed by the product's own functions, and lays what it would publish beside the truth of the
 * seed's finite population.
 * @returns null where the chain refuses the study, as with an item of which the few pupils tell too little
 */
export function recoverSeed(shape: AssessmentShape, seed: number): RecoveredSeed | null {
  const population = populationOf(shape, seed);
  const fields = population.cycles.map((_, cycle) => inTheField(population, shape, cycle, seed));
  // The published scale with abilities known: the first cycle's pupils who took part have mean 500 and standard deviation 100.
  const took = population.cycles.map((pupils, c) => tookPart(pupils, fields[c]!));
  const first = momentsOf(took[0]!);
  const scale = { slope: 100 / first.sd, intercept: 500 - (100 * first.mean) / first.sd };
  const studied = materialOf(population, fields, questionBank(shape, seed), shape, seed);
  const seen = took.flatMap(({ ability }) => Array.from(ability, (theta) => scale.slope * theta + scale.intercept));
  const material = shape.seen ? { ...studied, plausibleValues: [Float64Array.from(seen)] } : studied;
  const options = { stage: "estimate", rule: disclosureRuleOn(civilDate("2026-11-26")), confidence: 0.95 } as const;
  const run = runStudy(material, options, silent);
  if (!run.ok) return null;
  const { disclosed, regressions } = run.value;
  const truths = population.cycles.map((pupils) => knownFigures(everybody(pupils), scale));
  const samples = took.map((pupils) => knownFigures(pupils, scale));
  const both = (cycle: number, name: string) =>
    truths[cycle]!.has(name) ? ([truths[cycle]!.get(name)!, samples[cycle]!.get(name)!] as const) : null;
  const figures = beside(
    disclosed.figures,
    ({ cycle }) => cycle,
    ({ cycle }, name) => both(cycle === "first" ? 0 : 1, name),
  );
  const changes = beside(
    disclosed.trends,
    () => "change",
    (_, name) => {
      const [before, after] = [both(0, name), both(1, name)];
      return before && after && [after[0] - before[0], after[1] - before[1]];
    },
  );
  const mean = (of: (one: Field) => number) => fields.reduce((sum, one) => sum + of(one), 0) / fields.length;
  return {
    seed,
    figures: [...figures, ...changes],
    pupils: material.persons.rows,
    schoolsResponding: mean((one) => one.schoolsResponding),
    pupilsResponding: mean((one) => one.pupilsResponding),
    reliability: shape.seen ? 1 : regressions.reduce((sum, one) => sum + one.reliability, 0) / regressions.length,
  };
}
