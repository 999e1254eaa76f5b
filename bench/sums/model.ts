import type { SumsModel } from "../../src/ingest/sums/sums-model.js";
import { readFormula } from "../../src/statistics/formula/index.js";
import type { Country } from "../value-added/country.js";
import { type Pupils, smallCovariates } from "../value-added/generate.js";

const names = [
  "prior",
  "I(prior^2)",
  "I(prior^3)",
  ...smallCovariates.flatMap((name) => (name === "fsm" ? [name, "idaci"] : [name])),
];

/** The model of `value-added`, as a formula over tables of pupils and memberships. */
export function modelOf({ cohorts, moves }: Country): SumsModel {
  const school = moves === "none" ? "school" : "mm(school, share)";
  const groups = [`(1 | ${school})`, ...(cohorts > 1 ? [`(1 | ${school}:cohort)`] : [])];
  const fixed = [...names, ...(cohorts > 1 ? ["factor(cohort)"] : [])];
  return {
    formula: readFormula(`score ~ ${[...fixed, ...groups].join(" + ")}`),
    pupils: { table: ["pupils"], id: "pupil" },
    memberships: moves === "none" ? null : { table: ["memberships"], id: "pupil" },
  };
}

/** Columns of the tables with their types, in the order of {@link linesOf}. */
export const tableColumns = {
  pupils: [
    "pupil integer",
    ...["score", "prior", "idaci"].map((name) => `${name} double precision`),
    ...smallCovariates.map((name) => `${name} smallint`),
    ...["cohort integer", "school integer"],
  ],
  memberships: ["pupil integer", "school integer", "share double precision"],
};

/** The rows of a table as lines of CSV, without a header. */
export function* linesOf(pupils: Pupils, table: keyof typeof tableColumns): Generator<string> {
  const { score, prior, idaci, small, cohort, school, start, share } = pupils;
  for (let i = 0; i < score.length; i++) {
    const [from, to] = start.length > 0 ? [start[i]!, start[i + 1]!] : [i, i + 1];
    if (table === "memberships") for (let e = from; e < to; e++) yield `${i + 1},${school[e]},${share[e]}\n`;
    else {
      const context = smallCovariates.map((name) => small[name][i]).join(",");
      yield `${i + 1},${score[i]},${prior[i]},${idaci[i]},${context},${cohort[i]},${school[from]}\n`;
    }
  }
}
