import { subjects } from "../classes.js";
import type { CompiledParameters, RunResult } from "../engine.js";
import { englandTotals, makeEngland } from "../england.js";
import { compileInputs } from "../inputs/index.js";
import { heldFrom } from "../inputs/input.js";
import { seriesValue } from "../run/result.js";
import { simulate } from "../run/simulate.js";

/** What is compared with what was published, each by subject. */
export const hindcastQuantities = [
  "teachers",
  "leaver-rate-under-55",
  "leaver-rate-over-55",
  "newly-qualified",
  "returners",
  "new-to-sector",
] as const;
export type HindcastQuantity = (typeof hindcastQuantities)[number];

/** From what a hindcast starts. */
export interface HindcastStart {
  /** Calendar year in which the academic year of the census begins. */
  readonly census: number;
  /** Whether trainees stay as many as in the first year, or are those that began in each year. */
  readonly trainees: "held" | "actual";
}

/** One quantity of one subject in the years that were forecast. */
export interface HindcastRow {
  readonly quantity: HindcastQuantity;
  readonly subject: string;
  /** Calendar year in which the first academic year begins. */
  readonly from: number;
  readonly published: readonly number[];
  readonly model: readonly number[];
  /** Mean absolute error of the model, as a share of the mean published value. */
  readonly error: number;
  /** The model's mean absolute error over that of holding the first known value: below 1 is better than that; null where holding has none. */
  readonly overPersistence: number | null;
}

export interface Hindcast extends HindcastStart {
  readonly hash: string;
  readonly rows: readonly HindcastRow[];
}

/** The last year of which flows are history, not trajectory. */
const lastKnown = 2024;
const { teachers, derived } = englandTotals;

const kinds = { "newly-qualified": "newlyQualified", returners: "returners", "new-to-sector": "newToSector" } as const;
const flowOf = (kind: keyof typeof teachers.flows, subject: number, year: number) =>
  heldFrom(teachers.flows[kind][subject]!, teachers.firstFlows, year);

/**
 * What was known at the start: flows of the first year held, pupils a teacher of the census held. Pupils are those that came: births are known
 * years ahead.
 */
function parametersOf({ census, trainees }: HindcastStart): CompiledParameters {
  const first = census + 1;
  const compiled = compileInputs(first, lastKnown - census);
  const set = (name: string, value: (t: number) => number) => {
    const row = compiled.names.indexOf(name) * compiled.years;
    for (let t = 0; t < compiled.years; t++) compiled.values[row + t] = value(t);
  };
  for (const phase of ["primary", "secondary"] as const) {
    const at = census - teachers.firstNumbers;
    set(`posts.pupils-per-teacher.${phase}`, () => teachers[phase].pupils[at]! / teachers[phase].teachers[at]!);
  }
  set("training.unfilled-cut", () => 0); // those who began are given: no place stood in their way
  set("training.elsewhere", () => 1);
  for (const [s, name] of subjects.entries()) {
    set(`leaving.under-55.${name}`, () => flowOf("under55", s, first));
    set(`leaving.over-55.${name}`, () => flowOf("over55", s, first));
    set(`entry.returners.${name}`, () => flowOf("returners", s, first));
    set(`entry.new-to-sector.${name}`, () => flowOf("newToSector", s, first));
    set(`posts.unfilled.${name}`, () => 0.02);
    set(`training.places.${name}`, () => 60_000);
    const began = (year: number) => heldFrom(teachers.trainees[s]!, teachers.firstTrainees, year);
    const actual = trainees === "actual";
    set(`training.recruits.${name}`, (t) => (actual ? began(first + t) : flowOf("newlyQualified", s, first)));
    set(`training.conversion.${name}`, () => (actual ? flowOf("newlyQualified", s, first) / began(census) : 1));
  }
  return compiled;
}

/** What was published of a quantity in a year; null where nothing is, and for stocks that are carried, not published. */
function publishedOf(quantity: HindcastQuantity, subject: number, year: number): number | null {
  if (quantity === "teachers") {
    const last = subject === 0 ? lastKnown : teachers.firstStocks + teachers.stocks.length - 1;
    return year <= last ? derived.stocks[year - derived.firstStock]![subject]! : null;
  }
  const kind =
    quantity === "leaver-rate-under-55" ? "under55" : quantity === "leaver-rate-over-55" ? "over55" : kinds[quantity];
  return teachers.flows[kind][subject]![year - teachers.firstFlows] ?? null;
}

function modelOf(result: RunResult, quantity: HindcastQuantity, subject: number, t: number): number {
  const value = (series: string) => seriesValue(result, series, `subject/${subjects[subject]!}`, t) / 100;
  if (quantity === "teachers") return value("fte");
  if (quantity === "leaver-rate-under-55") return value("leavers-under-55-fte") / value("fte-before");
  if (quantity === "leaver-rate-over-55")
    return (value("leavers-fte") - value("leavers-under-55-fte")) / value("fte-before");
  return value(`${quantity}-fte`);
}

const mean = (values: readonly number[]) => values.reduce((a, b) => a + b, 0) / values.length;
const rounded = (value: number, digits: number) => Number(value.toPrecision(digits));

/** A row: the years after the first for flows, since the first is what the model was calibrated to; all for stocks. */
function rowOf(result: RunResult, quantity: HindcastQuantity, subject: number, census: number): HindcastRow {
  const from = quantity === "teachers" ? census + 1 : census + 2;
  const held = publishedOf(quantity, subject, from - 1)!;
  const [published, model]: [number[], number[]] = [[], []];
  for (let year = from; year <= lastKnown; year++) {
    const value = publishedOf(quantity, subject, year);
    if (value === null) break;
    published.push(value);
    model.push(rounded(modelOf(result, quantity, subject, year - census - 1), 4));
  }
  const error = mean(published.map((value, k) => Math.abs(value - model[k]!)));
  const persistence = mean(published.map((value) => Math.abs(value - held)));
  return {
    ...{ quantity, subject: subjects[subject]!, from, published, model },
    error: rounded(error / mean(published), 2),
    overPersistence: persistence > 0 ? rounded(error / persistence, 2) : null,
  };
}

/**
 * The model started from an earlier census with what was known then, beside what was published since, subject by subject, misses included.
 * @param share of teachers that are run
 */
export function hindcast(start: HindcastStart, share = 1): Hindcast {
  const country = makeEngland(start.census);
  const first = Float64Array.from(subjects, (_, s) =>
    start.trainees === "actual"
      ? heldFrom(teachers.trainees[s]!, teachers.firstTrainees, start.census)
      : flowOf("newlyQualified", s, start.census + 1),
  );
  const result = simulate({ ...country, trainees: first }, parametersOf(start), {
    ...{ seed: 2010, years: lastKnown - start.census, share, replicate: 0 },
    parts: { pupils: false, teachers: true, money: false },
  });
  const rows = hindcastQuantities.flatMap((quantity) =>
    subjects
      .map((_, subject) => rowOf(result, quantity, subject, start.census))
      .filter((row) => row.published.length > 0),
  );
  return { ...start, hash: result.hash, rows };
}

/** The starts of the committed table: the earliest the flows allow, and the earliest with a census of trainees and six years to come. */
export const hindcastStarts: readonly HindcastStart[] = [
  { census: 2010, trainees: "held" },
  { census: 2016, trainees: "actual" },
];
