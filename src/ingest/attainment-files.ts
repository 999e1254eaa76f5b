import type { AttainmentYear } from "../accountability/disadvantage/index.js";
import { columnOf, err, ok, type Problem, type Progress, type Result, type Table } from "../kernel/index.js";
import { problem } from "./problems.js";
import { readHeader } from "./read-header.js";
import { readTable } from "./read-table.js";
import { sourceFile } from "./source-file.js";
import { anyFormat, type ColumnRequest } from "./table-request.js";

/** The items of the Local Authority Interactive Tool that are read, as [measure, disadvantaged, others]. */
const interactiveItems: readonly (readonly [measure: string, lower: string, others: string])[] = [
  ["early-years-good-level", "FSP_Gooddev_FSM", "FSP_Gooddev_FSM_Other"],
  ["key-stage-2-expected", "DAP_NEW_KS2_RWM", "NonDAP_NEW_KS2_RWM"],
  ["attainment-8", "DAP_KS4_ATT8", "NonDAP_KS4_ATT8"],
];

const columns = {
  interactive: ["Short Desc", "Years", "LA and Regions", "Values"],
  level3: ["cohort_19_in", "number_in_ss_cohort", "region", "gender", "fsm", "sen", "l3_by19"],
} as const;

const ask = (name: string): ColumnRequest => ({ name, kind: "category", missing: "allow", askedAt: null });

/** The texts of a row. */
function textsOf(table: Table, names: readonly string[]): (row: number) => readonly (string | null)[] {
  const read = names.map((name) => columnOf(table, name, "category"));
  return (row) => read.map(({ codes, levels }) => levels[codes[row]!] ?? null);
}

/** England's rows of the interactive tool: a value a year, `-` where there is none. */
function interactiveYears(table: Table): readonly AttainmentYear[] {
  const texts = textsOf(table, columns.interactive);
  const values = new Map<string, number>();
  for (let row = 0; row < table.rows; row++) {
    const [item, year, place, value] = texts(row);
    const number = Number(value);
    if (place === "England" && value !== null && value !== "" && Number.isFinite(number))
      values.set(`${item} ${year}`, number);
  }
  const years = [...new Set([...values.keys()].map((key) => key.split(" ").at(-1)!))]
    .filter((year) => /^\d{4}$/.test(year))
    .sort();
  return interactiveItems.flatMap(([measure, low, high]) =>
    years.flatMap((year): AttainmentYear[] => {
      const [lower, others] = [values.get(`${low} ${year}`), values.get(`${high} ${year}`)];
      if (lower === undefined || others === undefined) return [];
      return [{ measure, year, lower, others, lowerPupils: null, othersPupils: null }];
    }),
  );
}

/** England's rows of Level 2 and 3 by 19: cohorts with their numbers. */
function level3Years(table: Table): readonly AttainmentYear[] {
  const texts = textsOf(table, columns.level3);
  const cohorts = new Map<string, Map<string, { readonly pupils: number; readonly reached: number }>>();
  for (let row = 0; row < table.rows; row++) {
    const [year, pupils, region, gender, meals, sen, reached] = texts(row);
    if (region !== "ALL" || gender !== "ALL" || sen !== "ALL" || year === null || meals === null) continue;
    const found = { pupils: Number(pupils), reached: Number(reached) };
    // A cohort that is not yet nineteen stands in the file with nobody at Level 3.
    if (!(found.pupils > 0 && found.reached > 0)) continue;
    cohorts.set(year!, (cohorts.get(year!) ?? new Map()).set(meals!, found));
  }
  return [...cohorts].sort().flatMap(([year, groups]): AttainmentYear[] => {
    const [lower, others] = [groups.get("Eligible for FSM"), groups.get("Not eligible for FSM")];
    if (!lower || !others) return [];
    const share = ({ pupils, reached }: typeof lower) => (100 * reached) / pupils;
    return [
      {
        ...{ measure: "level-3-by-19", year, lower: share(lower), others: share(others) },
        ...{ lowerPupils: lower.pupils, othersPupils: others.pupils },
      },
    ];
  });
}

/**
 * Reads attainment by disadvantage in England from a file of the department: its Local Authority Interactive Tool, or Level 2 and 3 attainment by 19. Which one
 * is found out from the columns.
 */
export async function readAttainment(
  path: string,
  progress: Progress,
): Promise<Result<readonly AttainmentYear[], readonly Problem[]>> {
  const file = sourceFile(path);
  const header = await readHeader(file, anyFormat);
  if (!header.ok) return header;
  const kind = (["interactive", "level3"] as const).find((one) =>
    columns[one].every((name) => header.value.includes(name)),
  );
  if (!kind)
    return err([
      problem(
        "file-kind-unknown",
        file.shown,
        "its columns are neither those of the Local Authority Interactive Tool nor those of Level 2 and 3 attainment by 19",
        "Bring lait_la_measures.csv or l23_attainment_2022_la.csv as the department published them.",
      ),
    ]);
  const table = await readTable({ files: [file], columns: columns[kind].map(ask), format: anyFormat, progress });
  if (!table.ok) return table;
  const years = kind === "interactive" ? interactiveYears(table.value) : level3Years(table.value);
  if (years.length > 0) return ok(years);
  return err([problem("rows-missing", file.shown, "it has no year of England with both groups")]);
}
