import { drawsOf } from "../../../src/statistics/survey/index.js";
import { type AssessmentShape, world } from "./shape.js";

/** A school of the frame. */
export interface FrameSchool {
  readonly name: string;
  readonly stratum: "fewest free meals" | "middle" | "most free meals";
  readonly region: string;
  /** Share of pupils with free meals, 0–1. */
  readonly freeMeals: number;
  readonly size: number;
}

/** The pupils of all schools in one cycle, school after school. */
export interface CyclePupils {
  /** Where each school's pupils begin; one more than schools. */
  readonly starts: Uint32Array;
  readonly ability: Float64Array;
  /** Without what the school and the group explain, in standard deviations. */
  readonly deviation: Float64Array;
  readonly freeMeals: Uint8Array;
  readonly girl: Uint8Array;
}

/** A finite population of schools and pupils whose abilities are all known. */
export interface AssessedPopulation {
  readonly schools: readonly FrameSchool[];
  readonly cycles: readonly CyclePupils[];
}

const strata = ["fewest free meals", "middle", "most free meals"] as const;

function schoolsOf({ frame }: AssessmentShape, seed: number): FrameSchool[] {
  const draws = drawsOf(seed, "schools");
  const made = Array.from({ length: frame }, (_, k) => {
    const [least, beyond] = world.size;
    // Shares of free meals between 2% and 85%, most of them low.
    const freeMeals = 0.02 + 0.83 * draws.uniform() ** 2.2;
    const size = Math.round(least - beyond * Math.log(1 - draws.uniform()));
    return { name: `S${k + 1}`, freeMeals, region: `region ${1 + draws.below(5)}`, size };
  });
  const total = made.reduce((sum, { size }) => sum + size, 0);
  let below = 0;
  const stratum = new Map<string, (typeof strata)[number]>();
  for (const { name, size } of [...made].sort((a, b) => a.freeMeals - b.freeMeals)) {
    stratum.set(name, strata[Math.min(2, Math.floor((3 * below) / total))]!);
    below += size;
  }
  return made.map((school) => ({ ...school, stratum: stratum.get(school.name)! }));
}

/** Makes the population of a seed. A school keeps its effect from cycle to cycle; its pupils are new. */
export function populationOf(shape: AssessmentShape, seed: number): AssessedPopulation {
  const schools = schoolsOf(shape, seed);
  const { spread, composition, gap, change, girls } = world;
  const lasting = drawsOf(seed, "lasting effects");
  const effect = schools.map(() => spread.school * lasting.normal());
  const starts = new Uint32Array(schools.length + 1);
  schools.forEach(({ size }, s) => {
    starts[s + 1] = starts[s]! + size;
  });
  const n = starts[schools.length]!;
  const cycles = change.map((moved, c): CyclePupils => {
    const draws = drawsOf(seed, `pupils of cycle ${c + 1}`);
    const ability = new Float64Array(n);
    const deviation = new Float64Array(n);
    const freeMeals = new Uint8Array(n);
    const girl = new Uint8Array(n);
    schools.forEach((school, s) => {
      const mean = moved + effect[s]! + spread.cycle * draws.normal() + composition * (school.freeMeals - 0.25);
      for (let i = starts[s]!; i < starts[s + 1]!; i++) {
        freeMeals[i] = draws.uniform() < school.freeMeals ? 1 : 0;
        girl[i] = draws.uniform() < 0.49 ? 1 : 0;
        deviation[i] = draws.normal();
        ability[i] = mean - freeMeals[i]! * gap[c]! + girls * (girl[i]! - 0.5) + spread.pupil * deviation[i]!;
      }
    });
    return { starts, ability, deviation, freeMeals, girl };
  });
  return { schools, cycles };
}
