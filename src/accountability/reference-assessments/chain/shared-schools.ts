import { columnOf } from "../../../kernel/index.js";
import { accepted, givenReplicates, type SurveyDesign, sharedCovariance } from "../../../statistics/survey/index.js";
import type { SharedSchoolsRecord } from "../published/results.js";
import type { StudyMaterial } from "../study/material.js";
import { type FigureSource, type KeyedEstimate, keyOf } from "./figures.js";

/** Sampling covariance of a figure in two cycles; null where they are taken as independent. */
export type SharedCovariance = (first: KeyedEstimate, second: KeyedEstimate) => number | null;

/** Schools of two cycles, in the order in which neighbours were drawn beside each other. */
interface SharedSchools {
  readonly from: number;
  readonly to: number;
  /** Codes of the column, in order. */
  readonly schools: readonly number[];
}

/** With fewer schools the covariance would be known worse than that there is none. */
const fewestShared = 20;

/** The first pupil of each school of a cycle, by the school's code. */
function firstPupils(codes: Int32Array, rows: Int32Array): ReadonlyMap<number, number> {
  const first = new Map<number, number>();
  for (const row of rows) if (codes[row]! >= 0 && !first.has(codes[row]!)) first.set(codes[row]!, row);
  return first;
}

/** The schools that are in two cycles, in the earlier one's order of zone or stratum, and then of its file. */
function schoolsInBoth(
  material: StudyMaterial,
  cycles: readonly Int32Array[],
  codes: Int32Array,
  from: number,
  to: number,
): SharedSchools {
  const { zone, stratum } = material.study.design;
  const within = zone ?? stratum;
  const column = within === null ? null : columnOf(material.persons, within, "category");
  const labelOf = (row: number) => (column ? column.levels[column.codes[row]!]! : "");
  const second = firstPupils(codes, cycles[to]!);
  const both = [...firstPupils(codes, cycles[from]!)].filter(([school]) => second.has(school));
  const order = both.sort((a, b) => labelOf(a[1]).localeCompare(labelOf(b[1]), "en", { numeric: true }) || a[1] - b[1]);
  return { from, to, schools: order.map(([school]) => school) };
}

/**
 * The design of one cycle whose replicates drop the shared schools: of each two neighbours the first, the second counting twice (and of a last three each in
 * turn). The same in both cycles, so that their deviations tell how the figures vary together; other schools keep their weights, as they are in one cycle only.
 */
function sharedDesign(weights: Float64Array, schoolOf: Int32Array, schools: readonly number[]): SurveyDesign {
  const replicates: Float64Array[] = [];
  const rscales: number[] = [];
  const drop = (school: number, others: readonly number[], factor: number) => {
    const raised = others.length === 1 ? 2 : 1 + 1 / others.length;
    replicates.push(
      weights.map((weight, k) => {
        if (schoolOf[k] === school) return 0;
        return others.includes(schoolOf[k]!) ? weight * raised : weight;
      }),
    );
    rscales.push(factor);
  };
  const lastThree = schools.length % 2 === 1 ? schools.length - 3 : schools.length;
  for (let k = 0; k < lastThree; k += 2) drop(schools[k]!, [schools[k + 1]!], 1);
  const three = schools.slice(lastThree);
  for (const one of three)
    drop(
      one,
      three.filter((other) => other !== one),
      2 / 3,
    );
  return accepted(givenReplicates({ weights, replicates, method: "JK2", rscales }));
}

/** What figures of a cycle are made of, under a design other than its own. */
export type SourcesOf = (cycle: number, design: SurveyDesign) => ReadonlyMap<string, FigureSource>;

/** The covariances of all pairs of cycles that are compared, and what they rest on. */
export interface Shared {
  readonly covariance: SharedCovariance;
  readonly records: readonly SharedSchoolsRecord[];
}

/**
 * Sampling covariance of figures of two cycles by the schools that are in both, as the file's column of schools says. Their pairs are dropped in both cycles
 * at once. A covariance is never more than what makes the change certain.
 *
 * @param rows of each cycle
 */
export function sharedSchools(material: StudyMaterial, rows: readonly Int32Array[], sourcesOf: SourcesOf): Shared {
  const { cycles, study, weights } = material;
  if (study.design.panel === null || cycles.length < 2) return { covariance: () => null, records: [] };
  const { codes } = columnOf(material.persons, study.design.panel, "category");
  const pairs = cycles.flatMap((_, to) =>
    [...new Set([0, to - 1])].flatMap((from) => (from < to && from >= 0 ? [{ from, to }] : [])),
  );
  const found = pairs.map(({ from, to }) => schoolsInBoth(material, rows, codes, from, to));
  const sources = new Map<string, readonly ReadonlyMap<string, FigureSource>[]>();
  for (const { from, to, schools } of found) {
    if (schools.length < fewestShared) continue;
    const made = [from, to].map((cycle) => {
      const own = rows[cycle]!;
      const design = sharedDesign(
        Float64Array.from(own, (row) => weights[row]!),
        Int32Array.from(own, (row) => codes[row]!),
        schools,
      );
      return sourcesOf(cycle, design);
    });
    sources.set(`${cycles[from]}\u0000${cycles[to]}`, made);
  }
  const records = found.map(({ from, to, schools }): SharedSchoolsRecord => {
    const of = (cycle: number) => firstPupils(codes, rows[cycle]!).size;
    const counted = schools.length >= fewestShared;
    return { from: cycles[from]!, to: cycles[to]!, schools: schools.length, ofFrom: of(from), ofTo: of(to), counted };
  });
  const covariance: SharedCovariance = (first, second) => {
    const [a, b] = sources.get(`${first.cycle}\u0000${second.cycle}`)?.map((one) => one.get(keyOf(first))) ?? [];
    if (!a || !b) return null;
    const value = sharedCovariance(a.joint, b.joint, a.coefficients, b.coefficients);
    if (!Number.isFinite(value)) return null;
    const most = Math.sqrt(first.estimate.parts.sampling * second.estimate.parts.sampling);
    return Math.min(most, Math.max(-most, value));
  };
  return { covariance, records };
}
