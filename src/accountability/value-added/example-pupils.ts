import { type Column, seededRandom, type Table } from "../../kernel/index.js";
import type { MeasureSpecification } from "./specification.js";

// Made-up pupils for the tests of this folder.

/** A table in memory, its columns all as long as the first. */
export function table(name: string, columns: readonly Column[]): Table {
  const first = columns[0]!;
  const rows =
    first.kind === "number" ? first.values.length : first.kind === "date" ? first.days.length : first.codes.length;
  return {
    name,
    rows,
    columns: new Map(columns.map((column) => [column.name, column])),
    placeOf: (row) => `${name}, line ${row + 2}`,
  };
}
/** A column of numbers. */
export const numbers = (name: string, values: readonly number[]): Column => ({
  kind: "number",
  name,
  values: Float64Array.from(values),
});
/** A column of texts. */
export function words(name: string, values: readonly (string | null)[]): Column {
  const levels = [...new Set(values.filter((value) => value !== null))] as string[];
  return {
    kind: "category",
    name,
    levels,
    codes: Int32Array.from(values, (value) => (value === null ? -1 : levels.indexOf(value))),
  };
}

export const pupilCount = 900;
const schoolCount = 30;

/** Pupils of thirty schools in three years; every ninth moved; every twentieth has no prior attainment. */
function example() {
  const random = seededRandom(20_260);
  const effect = Array.from({ length: schoolCount }, () => 0.4 * random.normal());
  const rows = Array.from({ length: pupilCount }, (_, i) => {
    const school = random.below(schoolCount);
    const other = (school + 1 + random.below(4)) % schoolCount;
    const share = i % 9 === 0 ? 0.4 : 1;
    const prior = random.normal();
    const fsm = random.uniform() < 0.3 ? "yes" : "no";
    const year = ["2022/23", "2023/24", "2024/25"][i % 3]!;
    const added = share * effect[school]! + (1 - share) * effect[other]!;
    const outcome =
      50 + 3 * (0.7 * prior + 0.1 * prior ** 2 - (fsm === "yes" ? 0.3 : 0) + added + 0.7 * random.normal());
    return { pupil: `p${i}`, school, other, share, prior, fsm, year, outcome };
  });
  const pupils = table("pupils.csv", [
    words(
      "pupil",
      rows.map(({ pupil }) => pupil),
    ),
    words(
      "school",
      rows.map(({ school }) => `school ${school}`),
    ),
    words(
      "year",
      rows.map(({ year }) => year),
    ),
    numbers(
      "score",
      rows.map(({ outcome }) => outcome),
    ),
    numbers(
      "second",
      rows.map(({ outcome, prior }) => 10 * outcome + prior),
    ),
    numbers(
      "prior",
      rows.map(({ prior }, i) => (i % 20 === 0 ? Number.NaN : prior)),
    ),
    numbers(
      "whole_prior",
      rows.map(({ prior }) => prior),
    ),
    words(
      "fsm",
      rows.map(({ fsm }) => fsm),
    ),
    words(
      "patchy",
      rows.map(({ fsm }, i) => (i % 50 === 0 ? null : fsm === "yes" ? "b" : "a")),
    ),
  ]);
  const parts = rows.flatMap(({ pupil, school, other, share }) =>
    share === 1
      ? [{ pupil, school, share }]
      : [
          { pupil, school, share },
          { pupil, school: other, share: 1 - share },
        ],
  );
  const shares = table("shares.csv", [
    words(
      "who",
      parts.map(({ pupil }) => pupil),
    ),
    words(
      "where",
      parts.map(({ school }) => `school ${school}`),
    ),
    numbers(
      "how_much",
      parts.map(({ share }) => share),
    ),
  ]);
  return { rows, pupils, shares };
}

export const { rows, pupils, shares } = example();

/** One school a pupil, prior attainment squared, one category. */
export const plain: MeasureSpecification = {
  title: "Score",
  outcomes: [{ column: "score", weight: 1 }],
  pupil: "pupil",
  school: "school",
  year: "year",
  prior: [{ column: "prior", shape: { kind: "polynomial", degree: 2 }, missing: "exclude" }],
  cohorts: [],
  context: [{ column: "fsm", reference: "no", kind: "category", missing: "exclude" }],
  interactions: [],
  intake: [],
  membership: { kind: "one-school" },
  slopes: [],
  subgroups: [],
  yearWeights: null,
  groups: [],
  method: "REML",
  confidence: 0.95,
};
/** The same with shares of time and the school's own cohorts. */
export const shared: MeasureSpecification = {
  ...plain,
  membership: { kind: "table", pupil: "who", school: "where", share: "how_much", remainder: "unaccounted" },
  groups: [{ name: "cohort", column: "year", withinSchool: true }],
};
