import {
  accepted,
  adjustDesign,
  drawPersons,
  drawsOf,
  drawUnits,
  nonResponseCells,
  pairedZones,
  replicateDesign,
} from "../../../src/statistics/survey/index.js";
import type { AssessedPopulation, FrameSchool } from "./population.js";
import { type AssessmentShape, world } from "./shape.js";

/** A pupil who took part. */
export interface FieldPupil {
  /** Position among the cycle's pupils of the population, and of the school in the frame. */
  readonly pupil: number;
  readonly school: number;
  readonly zone: number;
  readonly weight: number;
  /** Replicate weights, where the shape has them. */
  readonly replicates: readonly number[];
}

/** One cycle in the field. */
export interface Field {
  readonly pupils: readonly FieldPupil[];
  /** Shares of the drawn schools and of the asked pupils that took part, replacements counted. */
  readonly schoolsResponding: number;
  readonly pupilsResponding: number;
}

const order = ["fewest free meals", "middle", "most free meals"];

/** A third of the schools from the stratum with fewest free meals, and more from that with most: pairs in each. */
function allocationOf(schools: number): ReadonlyMap<string, number> {
  const most = 2 * Math.round((0.42 * schools) / 2);
  const middle = 2 * Math.round((schools - most) / 4);
  return new Map([
    ["fewest free meals", schools - most - middle],
    ["middle", middle],
    ["most free meals", most],
  ]);
}

interface TakingSchool {
  readonly school: number;
  readonly stratum: string;
  readonly weight: number;
  readonly taking: boolean;
}

/** Draws schools with two replacements each and asks them, one after the other until one takes part. */
function schoolsOf(schools: readonly FrameSchool[], shape: AssessmentShape, cycle: number, seed: number) {
  const frame = {
    names: schools.map(({ name }) => name),
    sizes: schools.map(({ size }) => size),
    strata: schools.map(({ stratum }) => stratum),
    sortBy: [schools.map(({ region }) => region), schools.map(({ freeMeals }) => freeMeals)],
  };
  const plan = {
    allocation: allocationOf(shape.schools),
    method: "systematic",
    probabilities: "size",
    replacements: 2,
  } as const;
  const { drawn, probabilities } = accepted(drawUnits(frame, plan, 10 * seed + cycle));
  const answers = drawsOf(seed, `schools asked in cycle ${cycle + 1}`);
  const asked = drawn.map(({ unit, stratum, replacements }): TakingSchool => {
    const declines = world.declines[order.indexOf(stratum)]!;
    const found = [unit, ...replacements].find(() => answers.uniform() >= declines);
    const school = found ?? unit;
    return { school, stratum, weight: 1 / probabilities[school]!, taking: found !== undefined };
  });
  // A lost school's pupils go to the schools of its stratum.
  const sizes = Float64Array.from(asked, ({ weight, school }) => weight * schools[school]!.size);
  const responded = asked.map(({ taking }) => (taking ? 1 : 0));
  const cells = nonResponseCells({ weights: sizes, responded, cells: asked.map(({ stratum }) => stratum), least: 1 });
  const adjusted = accepted(cells.adjust(sizes));
  const taking = asked.flatMap((one, k) =>
    one.taking ? [{ ...one, weight: (one.weight * adjusted[k]!) / sizes[k]! }] : [],
  );
  return { asked, taking };
}

/** One cycle: schools and pupils drawn, who of them took part, and their weights. */
export function inTheField(
  { schools, cycles }: AssessedPopulation,
  shape: AssessmentShape,
  cycle: number,
  seed: number,
): Field {
  const { starts, freeMeals, girl, deviation } = cycles[cycle]!;
  const { asked, taking } = schoolsOf(schools, shape, cycle, seed);
  const zones = pairedZones(taking.map(({ stratum }) => stratum));
  const away = drawsOf(seed, `pupils absent in cycle ${cycle + 1}`);
  const rows = taking.flatMap(({ school, stratum, weight }, k) => {
    const { size, name } = schools[school]!;
    const { positions } = drawPersons(size, shape.pupils, "random", `${name} in cycle ${cycle + 1}`, seed);
    return positions.map((position) => {
      const pupil = starts[school]! + position;
      const { base, freeMeals: more, boy } = world.absent;
      const absent = base + more * freeMeals[pupil]! + boy * (1 - girl[pupil]!) - shape.informative * deviation[pupil]!;
      return {
        ...{ pupil, school, stratum, zone: zones[k]!, base: (weight * size) / positions.length },
        cell: `${freeMeals[pupil] === 1 ? "free meals" : "none"}, ${girl[pupil] === 1 ? "girls" : "boys"}`,
        responded: away.uniform() < absent ? 0 : 1,
      };
    });
  });
  const weights = Float64Array.from(rows, ({ base }) => base);
  const responded = rows.map((row) => row.responded);
  const cells = nonResponseCells({
    ...{ weights, responded, cells: rows.map(({ cell }) => cell), within: rows.map(({ stratum }) => stratum) },
    clusters: rows.map(({ school }) => school),
  });
  const zone = rows.map((row) => row.zone);
  const design = shape.replicates
    ? accepted(
        adjustDesign(
          accepted(
            replicateDesign({ weights, method: "JK2", zones: zone, clusters: rows.map(({ school }) => school), seed }),
          ),
          (column) => cells.adjust(column),
        ),
      )
    : null;
  const adjusted = design ? design.weights : accepted(cells.adjust(weights));
  const pupils = rows.flatMap(({ pupil, school, zone: own }, i): FieldPupil[] => {
    if (responded[i] === 0) return [];
    const replicates = design ? design.replicates.weights.map((column) => column[i]!) : [];
    return [{ pupil, school, zone: own, weight: adjusted[i]!, replicates }];
  });
  return {
    pupils,
    schoolsResponding: taking.length / asked.length,
    pupilsResponding: pupils.length / rows.length,
  };
}
