import type { Problem } from "../../kernel/index.js";
import { fault, onlyRow, problem, type SumsEngine, SumsFault } from "./engine.js";
import { countsQuery, membershipQuery, oddNumbersQuery, type SumsTables } from "./sums-sql.js";

/** How many pupils a table holds, how many are used, and how many lack a value in which column (a pupil may lack several). */
export interface RowCounts {
  readonly pupils: number;
  readonly used: number;
  readonly missing: readonly { readonly column: string; readonly pupils: number }[];
}

const count = (n: number, one: string, many: string) => `${n.toLocaleString("en-GB")} ${n === 1 ? one : many}`;

/** Texts of CSV files that are to be numbers. */
async function checkTexts(engine: SumsEngine, tables: SumsTables): Promise<void> {
  const { model, pupilKinds, membershipKinds, numbers, places } = tables;
  const shares = places.map(({ share }) => share);
  const wanted = [
    { table: model.pupils.table, kinds: pupilKinds, columns: model.memberships ? numbers : [...numbers, ...shares] },
    ...(model.memberships ? [{ table: model.memberships.table, kinds: membershipKinds, columns: shares }] : []),
  ];
  const problems: Problem[] = [];
  for (const { table, kinds, columns } of wanted) {
    const texts = columns.filter((column) => kinds.get(column) === "untyped");
    if (texts.length === 0) continue;
    const odd = await onlyRow(engine, oddNumbersQuery(table, texts));
    texts.forEach((column, i) => {
      if (odd[i]! === 0) return;
      const place = `${engine.place}, table "${table.join(".")}", column "${column}"`;
      problems.push(problem("number-expected", place, count(odd[i]!, "value is no number", "values are no numbers")));
    });
  }
  if (problems.length > 0) throw new SumsFault(problems);
}

async function checkMemberships(engine: SumsEngine, tables: SumsTables): Promise<boolean> {
  const { model } = tables;
  const table = model.memberships?.table ?? model.pupils.table;
  const [pupils, members] = [model.pupils.table, table].map((name) => `${engine.place}, table "${name.join(".")}"`);
  const share = tables.places.map((place) => place.share).join('" or "');
  const found = await onlyRow(engine, membershipQuery(tables));
  const rules = [
    ["value-missing", pupils, "pupil has no id", "pupils have no id"],
    ["pupil-twice", pupils, "id stands in several rows", "ids stand in several rows"],
    ["value-missing", members, "row names no pupil", "rows name no pupil"],
    ["membership-pupil-unknown", members, "row has a pupil", "rows have pupils", " who is not among the pupils"],
    ["pupil-without-membership", members, "pupil has no row with a school", "pupils have no row with a school"],
    ["share-not-a-number", members, `row has no "${share}"`, `rows have no "${share}"`],
    ["share-negative", members, "share is below 0", "shares are below 0"],
    ["shares-above-one", members, "pupil has shares", "pupils have shares", " that add up to more than 1"],
  ] as const;
  const problems = rules.flatMap(([code, place, one, many, rest = ""], i) =>
    found[i]! > 0 ? [problem(code, place!, `${count(found[i]!, one, many)}${rest}`)] : [],
  );
  if (problems.length > 0) throw new SumsFault(problems);
  return found[rules.length]! > 0;
}

/**
 * Counts the pupils and those left out for want of a value, and holds ids and shares to the rules of memberships.
 * @throws {SumsFault} naming each rule that is broken and how many rows break it; no pupil's id is told
 */
export async function checkRows(
  engine: SumsEngine,
  tables: SumsTables,
): Promise<{ readonly counts: RowCounts; readonly repeatedShares: boolean }> {
  await checkTexts(engine, tables);
  const { sql, columns } = countsQuery(tables);
  const [pupils = 0, used = 0, infinite = 0, ...missing] = await onlyRow(engine, sql);
  const place = `${engine.place}, table "${tables.model.pupils.table.join(".")}"`;
  if (infinite > 0)
    throw fault("not-finite", place, `${count(infinite, "pupil has", "pupils have")} an infinite number`);
  if (used === 0)
    throw fault("no-rows", place, `no pupil of ${pupils.toLocaleString("en-GB")} has a value in every column in use`);
  const lacking = columns.map((column, i) => ({ column, pupils: missing[i]! })).filter((one) => one.pupils > 0);
  const repeatedShares = tables.places.length > 0 ? await checkMemberships(engine, tables) : false;
  return { counts: { pupils, used, missing: lacking }, repeatedShares };
}
