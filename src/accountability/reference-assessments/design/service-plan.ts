import { anyFormat, checkWritable, formatCsv, readTable, sourceFile, writeTogether } from "../../../ingest/index.js";
import { columnOf, err, ok, type Problem, type Result, silent } from "../../../kernel/index.js";
import {
  type CheapestDesign,
  cheapestDesign,
  designOf,
  type PlannedChoice,
  type PlannedStratum,
  type PlanningProblem,
} from "../../../statistics/survey/index.js";
import { studyProblem } from "../study/problem.js";

/** What a plan is asked for. */
export interface PlanOrder {
  readonly problem: Omit<PlanningProblem, "strata">;
  /** A file of strata, or the population as one stratum. */
  readonly population: string | PlannedStratum;
  readonly file?: StrataFile;
  /** Numbers of units of the precision table. */
  readonly units: readonly number[];
  readonly folder: string | null;
  readonly today: string;
  readonly version: string;
}

/** The precision of every design asked for, and the cheapest one. */
export interface PlanAnswer {
  readonly strata: readonly PlannedStratum[];
  readonly table: readonly PlannedChoice[];
  /** Null where nothing is required. */
  readonly cheapest: CheapestDesign | null;
  readonly cautions: readonly string[];
  readonly files: readonly string[];
}

/** How a file of strata is written: its columns of the stratum, its units, persons and the subgroup's share (0–1). */
export interface StrataFile {
  readonly columns: readonly string[];
  readonly decimal: "." | ",";
}

/** The columns of a file of strata where nobody says otherwise. */
export const strataColumns = ["stratum", "units", "persons", "subgroup"] as const;

/** Reads strata. */
async function readStrata(
  path: string,
  { columns, decimal }: StrataFile,
): Promise<Result<readonly PlannedStratum[], readonly Problem[]>> {
  const [stratum, ...numbers] = columns as readonly [string, ...string[]];
  const read = await readTable({
    files: [sourceFile(path)],
    columns: [
      { name: stratum, kind: "category", missing: "refuse", askedAt: null },
      ...numbers.map((name) => ({ name, kind: "number" as const, missing: "allow" as const, askedAt: null })),
    ],
    format: { ...anyFormat, decimal },
    progress: silent,
  });
  if (!read.ok) return read;
  const table = read.value;
  const { codes, levels } = columnOf(table, stratum, "category");
  const [units, persons, subgroup] = numbers.map((name) => columnOf(table, name, "number").values);
  const faults: Problem[] = [];
  const check = (row: number, name: string, good: boolean, remedy: string) => {
    if (!good)
      faults.push(
        studyProblem("frame-value-invalid", `${table.placeOf(row)}, column "${name}"`, "it is not usable", remedy),
      );
  };
  const strata = Array.from({ length: table.rows }, (_, row) => {
    check(row, columns[1]!, Number.isInteger(units![row]!) && units![row]! >= 1, "Give a whole number of 1 or more.");
    check(row, columns[2]!, persons![row]! > 0, "Give a number above 0.");
    check(row, columns[3]!, subgroup![row]! >= 0 && subgroup![row]! <= 1, "Give a share from 0 to 1.");
    return { name: levels[codes[row]!]!, units: units![row]!, persons: persons![row]!, subgroup: subgroup![row]! };
  });
  const twice = strata.findIndex(({ name }, row) => strata.findIndex((other) => other.name === name) < row);
  if (twice >= 0)
    faults.push(
      studyProblem("frame-unit-twice", table.placeOf(twice), `stratum ${strata[twice]!.name} stands there twice`),
    );
  return faults.length > 0 ? err(faults) : ok(strata);
}

const figures = ["all", "subgroup", "others", "gap"] as const;

const header = [
  ...["units", "persons_per_unit", "tilt", "expected_units", "expected_persons", "expected_subgroup", "design_weights"],
  ...["cost", ...figures.flatMap((figure) => [`${figure}_error`, `${figure}_change_error`, `${figure}_detectable`])],
];

function rowOf({ unitsDrawn, personsPerUnit, tilt, cost, precision }: PlannedChoice) {
  return [
    ...[unitsDrawn.reduce((sum, n) => sum + n, 0), personsPerUnit, tilt, precision.units, precision.persons],
    ...[precision.subgroupPersons, precision.weightingEffect, cost],
    ...figures.flatMap((name) => {
      const figure = precision[name];
      return figure ? [figure.standardError, figure.changeError, figure.smallestDetectable] : [null, null, null];
    }),
  ];
}

/** Plans a sample; writes `precision.csv`, `cheapest.csv` and `record.json`, all or none. */
export async function planFromOptions(order: PlanOrder): Promise<Result<PlanAnswer, readonly Problem[]>> {
  if (order.folder !== null) {
    const writable = await checkWritable(order.folder);
    if (!writable.ok) return err([writable.error]);
  }
  const strata =
    typeof order.population === "string"
      ? await readStrata(order.population, order.file ?? { columns: strataColumns, decimal: "." })
      : ok([order.population] as const);
  if (!strata.ok) return strata;
  const problem: PlanningProblem = { ...order.problem, strata: strata.value };
  const cautions: string[] = [];
  const table: PlannedChoice[] = [];
  for (const total of order.units)
    for (const persons of problem.personsPerUnit)
      for (const tilt of problem.tilts) {
        const design = designOf(problem, persons, tilt, total);
        if (design) table.push(design);
        else if (tilt === problem.tilts[0] && persons === problem.personsPerUnit[0])
          cautions.push(
            `${total} units can't be shared among the strata: more than there are, or fewer than two in each.`,
          );
      }
  const cheapest = problem.requirements.length > 0 ? cheapestDesign(problem) : null;
  if (cheapest && !cheapest.ok) return cheapest;
  const found = cheapest?.value ?? null;
  const written: Record<string, string> = {
    "precision.csv": formatCsv(header, table.map(rowOf)),
    ...(found && {
      "cheapest.csv": formatCsv(header, [found.best, ...found.byPersonsPerUnit, ...found.byTilt].map(rowOf)),
    }),
    "record.json": `${JSON.stringify({ kind: "plan", code: order.version, date: order.today, problem, best: found?.best ?? null }, null, 2)}\n`,
  };
  if (order.folder !== null) await writeTogether(order.folder, written);
  const files = order.folder === null ? [] : Object.keys(written);
  return ok({ strata: strata.value, table, cheapest: found, cautions, files });
}
