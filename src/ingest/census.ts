import {
  type AuthorityCode,
  columnOf,
  err,
  type Laestab,
  ok,
  type Problem,
  type Progress,
  parseAuthorityCode,
  parseLaestab,
  parseUrn,
  type Result,
  type Table,
  type Urn,
} from "../kernel/index.js";
import type { SourceFile } from "./file-bytes.js";
import { type DepartmentLayout, readDepartmentFile } from "./gias-table.js";
import { problem } from "./problems.js";
import type { RowFields } from "./record-rows.js";

/** Why a count is not there, in the words that a page shows. */
export type MissingReason = "suppressed" | "not-published" | "not-collected" | "not-applicable";

/** One school's pupils on the day of a January census; what is null has its reason in `missing`. */
export interface PupilCountRow {
  readonly urn: Urn;
  /** Authority and establishment as they were in that year. */
  readonly authority: AuthorityCode;
  readonly laestab: Laestab | null;
  /** As "State-funded primary". */
  readonly kind: string;
  readonly pupils: number | null;
  readonly girls: number | null;
  readonly boys: number | null;
  /** With a statement or an education, health and care plan. */
  readonly plans: number | null;
  /** On special needs support without a plan. */
  readonly support: number | null;
  /** Whose first language is other than English. */
  readonly otherLanguage: number | null;
  /** Eligible for free school meals on the day. */
  readonly mealsNow: number | null;
  /** Eligible at any time in the last six years, of `mealsOf` pupils. */
  readonly mealsSixYears: number | null;
  /** Pupils of the ages that count towards the share of free school meals. */
  readonly mealsOf: number | null;
  readonly missing: Readonly<Partial<Record<CountName, MissingReason>>>;
  /** File and line. */
  readonly place: string;
}

/** The counts of a census. */
export type CountName = keyof typeof columnOfCount;

const columnOfCount = {
  pupils: "NOR",
  girls: "NORG",
  boys: "NORB",
  plans: "TSENELSE",
  support: "TSENELK",
  otherLanguage: "NUMEAL",
  mealsNow: "NUMFSM",
  mealsSixYears: "NUMFSMEVER",
  mealsOf: "NORFSMEVER",
} as const;

/** Every count, in the order of pages and files. */
export const countNames = Object.keys(columnOfCount) as readonly CountName[];

/** The department's marks in the place of a count. Source: the notes on the symbols in its tables. */
const marks: ReadonlyMap<string, MissingReason> = new Map([
  ["SUPP", "suppressed"],
  ["c", "suppressed"],
  ["x", "suppressed"],
  ["NP", "not-published"],
  ["NE", "not-applicable"],
  ["z", "not-applicable"],
  ["NA", "not-collected"],
]);

type Count = number | MissingReason;

function parseCount(text: string): Result<Count, string> {
  const mark = marks.get(text);
  if (mark !== undefined) return ok(mark);
  if (/^\d{1,7}$/.test(text)) return ok(Number(text));
  return err(`"${text}" is neither a whole number nor one of the marks ${[...marks.keys()].join(", ")}`);
}

/**
 * Independent schools don't give languages and meals; the file of January 2022 writes noughts there and the next one `NA`.
 * Source: national statistics on schools, pupils and their characteristics, methodology.
 */
const notAskedOfIndependents = new Set<CountName>(["otherLanguage", "mealsNow", "mealsSixYears", "mealsOf"]);

function countsOf(fields: RowFields, kind: string) {
  const counts = {} as Record<CountName, number | null>;
  const missing: Partial<Record<CountName, MissingReason>> = {};
  for (const name of countNames) {
    const read = fields.id(columnOfCount[name], parseCount, "number-expected");
    const count =
      kind === "Independent school" && notAskedOfIndependents.has(name) ? "not-collected" : (read ?? "not-published");
    counts[name] = typeof count === "number" ? count : null;
    if (typeof count !== "number") missing[name] = count;
  }
  return { ...counts, missing };
}

/** The file has both spellings of the column, by year. */
function establishmentOf(fields: RowFields): string | null {
  return fields.text("ESTAB") ?? fields.text("Estab");
}

/** The rows of the whole country at the end of the file. */
const isNational = (fields: RowFields) => fields.text("URN") === "NAT";

/** Which kinds of schools each national row adds up. */
const ofTotal: Readonly<Record<string, readonly string[]>> = {
  PRI: ["State-funded primary"],
  SEC: ["State-funded secondary"],
  SPE: ["State-funded special school", "Non-maintained special school", "Special school"],
};

/** Every national row has to be the sum of its schools: that is how a file that was cut at a line's end is found out. */
function wrongTotals(table: Table, shown: string): readonly Problem[] {
  const texts = (name: string) => {
    const { codes, levels } = columnOf(table, name, "category");
    return (row: number) => levels[codes[row]!] ?? "";
  };
  const [urn, kind, pupils] = [texts("URN"), texts("SCHOOLTYPE"), texts("NOR")];
  const estab = texts(table.columns.has("ESTAB") ? "ESTAB" : "Estab");
  const sums = new Map<string, number>();
  for (let row = 0; row < table.rows; row++)
    if (urn(row) !== "NAT") sums.set(kind(row), (sums.get(kind(row)) ?? 0) + (Number(pupils(row)) || 0));
  const problems: Problem[] = [];
  let totals = 0;
  for (let row = 0; row < table.rows; row++) {
    if (urn(row) !== "NAT") continue;
    totals++;
    const kinds = ofTotal[estab(row)];
    const sum = kinds?.reduce((total, one) => total + (sums.get(one) ?? 0), 0);
    if (sum === undefined || sum === Number(pupils(row))) continue;
    const message = `the national row says ${pupils(row)} pupils and the schools above it have ${sum}`;
    problems.push(problem("total-differs", `${table.placeOf(row)}, column "NOR"`, message));
  }
  if (totals === 0)
    problems.push(problem("total-differs", shown, "the national rows at the end of the file are missing"));
  return problems;
}

/** The layout of the census. */
export const censusLayout: DepartmentLayout<PupilCountRow> = {
  name: "the January census of schools",
  columns: {
    needed: ["URN", "LA", "SCHOOLTYPE", "NOR", "NORG", "NORB", "TSENELSE", "TSENELK", "NUMEAL", "NUMFSM"],
    texts: ["ESTAB", "Estab", "NUMFSMEVER", "NORFSMEVER"],
    dates: [],
    numbers: [],
  },
  shape(fields) {
    const authority = fields.neededId("LA", parseAuthorityCode);
    const establishment = establishmentOf(fields);
    const kind = fields.needed("SCHOOLTYPE");
    return {
      urn: fields.neededId("URN", parseUrn),
      authority,
      laestab:
        establishment === null
          ? null
          : fields.id(fields.text("ESTAB") === null ? "Estab" : "ESTAB", (number) =>
              parseLaestab(`${authority}${number.padStart(4, "0")}`),
            ),
      kind,
      ...countsOf(fields, kind),
      place: fields.place(),
    };
  },
  keyOf: (row) => `URN ${row.urn}`,
  isTotal: isNational,
  shortLines: "missing",
  check: wrongTotals,
};

/** Reads the pupils of each school from the performance tables' census file (`england_census.csv`), all or nothing. */
export function readCensus(
  path: string | SourceFile,
  progress?: Progress,
): Promise<Result<readonly PupilCountRow[], readonly Problem[]>> {
  return readDepartmentFile(path, [censusLayout], progress);
}
