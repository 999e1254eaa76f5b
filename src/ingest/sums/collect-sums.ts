import type { Progress } from "../../kernel/index.js";
import type { SummedParts } from "../../statistics/mixed-model/index.js";
import { compareNames } from "../school-id.js";
import { checkRows, type RowCounts } from "./check-rows.js";
import { type Aliases, arithmetic, columnsOf, type SqlColumn } from "./columns-sql.js";
import type { ColumnKind } from "./dialect.js";
import { fault, isNumeric, locate, onlyRow, type SumsEngine } from "./engine.js";
import { PairSums } from "./pair-sums.js";
import { checkSummable, columnsInUse, membershipPlaces, type SumsModel } from "./sums-model.js";
import {
  gramQueries,
  levelSumsQuery,
  levelsQuery,
  momentsQuery,
  oddNumbersQuery,
  pairsQueries,
  type ScaledColumn,
  type SqlGroup,
  type SumsTables,
} from "./sums-sql.js";

/** Sums with what was counted on the way to them. */
export interface CollectedSums {
  readonly parts: SummedParts;
  readonly counts: RowCounts;
}

/** Finds the tables and what each column is; where only the values of a CSV file tell, they are asked. */
async function tablesOf(engine: SumsEngine, model: SumsModel): Promise<SumsTables> {
  const { numbers, either, categories, keys } = columnsInUse(model);
  const places = membershipPlaces(model);
  const ids = places.length > 0 && model.pupils.id !== null ? [model.pupils.id] : [];
  const members = [
    ...places.map(({ school }) => [school, "category"] as const),
    ...places.map(({ share }) => [share, "number"] as const),
  ];
  const pupilKinds = await locate(engine, model.pupils.table, [
    ...numbers.map((name) => [name, "number"] as const),
    ...either.map((name) => [name, "either"] as const),
    ...[...categories, ...keys, ...ids].map((name) => [name, "category"] as const),
    ...(model.memberships ? [] : members),
  ]);
  const membershipKinds = model.memberships
    ? await locate(engine, model.memberships.table, [[model.memberships.id, "category"], ...members])
    : new Map<string, ColumnKind>();
  const untyped = either.filter((name) => isNumeric(pupilKinds.get(name)!) === null);
  const odd = untyped.length > 0 ? await onlyRow(engine, oddNumbersQuery(model.pupils.table, untyped)) : [];
  const areNumbers = either.filter((name) => isNumeric(pupilKinds.get(name)!) ?? odd[untyped.indexOf(name)] === 0);
  return {
    ...{ model, dialect: engine.dialect, pupilKinds, membershipKinds, keys, places, repeatedShares: false },
    numbers: [...new Set([...numbers, ...areNumbers])],
    categories: [...new Set([...categories, ...either.filter((name) => !areNumbers.includes(name))])],
  };
}

/** The model's columns as SQL: those of the fixed part and the response last, and the groups. */
async function columnsAndGroups(engine: SumsEngine, tables: SumsTables) {
  const { formula } = tables.model;
  const levels = new Map<string, readonly string[]>();
  for (const category of tables.categories) {
    const found: string[] = [];
    for await (const [level] of engine.rows(levelsQuery(tables, category))) found.push(String(level));
    levels.set(category, found);
  }
  const aliases: Aliases = {
    number: (column) => `n${tables.numbers.indexOf(column)}`,
    category: (column) => `c${tables.categories.indexOf(column)}`,
    levels: (column) => levels.get(column) ?? null,
  };
  const { text } = formula.formula;
  if (formula.response.kind === "composite") throw new TypeError("a composite is refused before");
  const response = { name: formula.response.name, sql: arithmetic(formula.response.of, aliases.number) };
  return {
    columns: [...columnsOf(formula.fixed, aliases, text), response],
    groups: formula.random.map(
      ({ group, factors, effects }): SqlGroup => ({
        name: group,
        factors: factors.map((factor) => (factor.kind === "column" ? factor.name : null)),
        coefficients: columnsOf(effects, aliases, text),
      }),
    ),
  };
}

/** Centre and scale of each column in two passes; without a constant nothing is centred. */
async function scaledColumns(
  engine: SumsEngine,
  tables: SumsTables,
  columns: readonly SqlColumn[],
  used: number,
): Promise<ScaledColumn[]> {
  const varying = columns.flatMap(({ sql }) => sql ?? []);
  const centred = varying.length < columns.length;
  const means = (await onlyRow(engine, momentsQuery(tables, varying, null))).map((sum) => sum / used);
  const squares = await onlyRow(engine, momentsQuery(tables, varying, means));
  let at = 0;
  return columns.map(({ name, sql }, i) => {
    if (sql === null) return { name, sql, centre: 0, scale: 1 };
    const [mean, deviation] = [means[at]!, Math.sqrt(squares[at]! / used)];
    at++;
    if (!Number.isFinite(deviation))
      throw fault("not-finite", engine.place, `${name} is not a finite number for every pupil`);
    const isResponse = i === columns.length - 1;
    if (!(deviation > 1e-12 * Math.abs(mean)) && (centred || isResponse || mean === 0))
      throw fault(
        isResponse ? "constant-response" : "collinear-columns",
        engine.place,
        `${name} is ${mean} for every pupil`,
      );
    if (centred) return { name, sql, centre: mean, scale: deviation };
    return { name, sql, centre: 0, scale: isResponse ? deviation : Math.hypot(mean, deviation) };
  });
}

async function gramOf(engine: SumsEngine, tables: SumsTables, columns: readonly ScaledColumn[]) {
  const w = columns.length;
  const sums: number[] = [];
  for (const sql of gramQueries(tables, columns)) sums.push(...(await onlyRow(engine, sql)));
  const gram = new Float64Array(w * w);
  let at = 0;
  for (let i = 0; i < w; i++)
    for (let j = i; j < w; j++) {
      gram[i * w + j] = sums[at]!;
      gram[j * w + i] = sums[at++]!;
    }
  return gram;
}

/** A group's levels in order, with their sums. */
interface GroupSums {
  readonly levels: readonly string[];
  readonly places: ReadonlyMap<string, number>;
  readonly levelSums: Float64Array;
  /** ZᵀZ of each level, entries (c, d) with c ≤ d. */
  readonly own: readonly (readonly number[])[];
}

/** Factors of one level as one text that no others can make. */
const keyOf = (factors: readonly unknown[]) => factors.map(String).join("\0");

async function groupSums(
  engine: SumsEngine,
  tables: SumsTables,
  columns: readonly ScaledColumn[],
  group: SqlGroup,
): Promise<GroupSums> {
  const keyCount = group.factors.length;
  const perLevel = group.coefficients.length * columns.length;
  const found: { keys: string[]; sums: Float64Array; own: number[] }[] = [];
  for await (const row of engine.rows(levelSumsQuery(tables, columns, group))) {
    const numbers = row.slice(keyCount).map(Number);
    found.push({
      keys: row.slice(0, keyCount).map(String),
      sums: Float64Array.from(numbers.slice(0, perLevel)),
      own: numbers.slice(perLevel),
    });
  }
  found.sort((a, b) => compareNames(a.keys.join(":"), b.keys.join(":")));
  const levelSums = new Float64Array(found.length * perLevel);
  found.forEach(({ sums }, i) => {
    levelSums.set(sums, i * perLevel);
  });
  return {
    levels: found.map(({ keys }) => keys.join(":")),
    places: new Map(found.map(({ keys }, i) => [keyOf(keys), i])),
    levelSums,
    own: found.map(({ own }) => own),
  };
}

async function pairsOf(
  engine: SumsEngine,
  tables: SumsTables,
  parts: readonly SqlGroup[],
  groups: readonly GroupSums[],
) {
  const pairs = new PairSums(
    groups.map(({ levels }, t) => ({ levels: levels.length, width: parts[t]!.coefficients.length })),
  );
  groups.forEach(({ own }, t) => {
    own.forEach((values, level) => {
      pairs.addOwn(t, level, values);
    });
  });
  for (let s = 0; s < parts.length; s++)
    for (let t = s; t < parts.length; t++)
      for (const query of pairsQueries(tables, parts[s]!, parts[t]!))
        for await (const row of engine.rows(query.sql)) {
          const level = (group: number, places: readonly number[]) =>
            groups[group]!.places.get(keyOf(places.map((place) => row[place])))!;
          pairs.addBlock(s, level(s, query.first), t, level(t, query.second), row.slice(query.keys).map(Number));
        }
  return pairs.finish();
}

/**
 * Has an engine make the sums of a model from its own tables: what leaves it are sums over pupils, never a pupil's row.
 * @throws {SumsFault} with every problem of the first check that fails
 * @throws {FormulaError} where the formula asks for what a database can't add up
 */
export async function collectSums(engine: SumsEngine, model: SumsModel, progress: Progress): Promise<CollectedSums> {
  checkSummable(model);
  progress.stage("looking at the tables", null);
  const found = await tablesOf(engine, model);
  progress.stage("checking pupils and memberships", null);
  const { counts, repeatedShares } = await checkRows(engine, found);
  const tables = { ...found, repeatedShares };
  progress.stage("centring", null);
  const planned = await columnsAndGroups(engine, tables);
  const columns = await scaledColumns(engine, tables, planned.columns, counts.used);
  progress.stage("adding up columns", null);
  const gram = await gramOf(engine, tables, columns);
  const groups: GroupSums[] = [];
  for (const group of planned.groups) {
    progress.stage(`adding up by ${group.name}`, null);
    groups.push(await groupSums(engine, tables, columns, group));
  }
  progress.stage("adding up by pairs", null);
  const pairs = await pairsOf(engine, tables, planned.groups, groups);
  const plain = columns.map(({ name, centre, scale, sql }) => ({ name, centre, scale, constant: sql === null }));
  const { name, centre, scale } = plain.at(-1)!;
  return {
    counts,
    parts: {
      rows: counts.used,
      response: { name, centre, scale },
      fixed: plain.slice(0, -1),
      gram,
      terms: planned.groups.map((group, t) => ({
        group: group.name,
        levels: groups[t]!.levels,
        coefficients: group.coefficients.map((coefficient) => coefficient.name),
        levelSums: groups[t]!.levelSums,
      })),
      pairs,
    },
  };
}
