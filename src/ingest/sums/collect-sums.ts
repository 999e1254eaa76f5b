import type { Progress } from "../../kernel/index.js";
import { compareIds } from "../school-id.js";
import { checkRows, type RowCounts } from "./check-rows.js";
import { fault, locate, onlyRow, type SumsEngine } from "./engine.js";
import { PairSums } from "./pair-sums.js";
import type { SummedParts } from "./sums-contract.js";
import {
  coefficientsOf,
  columnsInUse,
  type GroupPart,
  nameOfColumn,
  nameOfGroup,
  type SumsModel,
  withContrasts,
} from "./sums-model.js";
import {
  gramQueries,
  levelSumsQuery,
  levelsQuery,
  momentsQuery,
  pairsQueries,
  type ScaledColumn,
  type SumsTables,
} from "./sums-sql.js";

/** Sums with what was counted on the way to them. */
export interface CollectedSums {
  readonly parts: SummedParts;
  readonly counts: RowCounts;
}

async function tablesOf(engine: SumsEngine, model: SumsModel): Promise<SumsTables> {
  const { numbers, categories, keys } = columnsInUse(model);
  const id = model.memberships ? [model.pupils.pupil ?? ""] : [];
  const pupilKinds = await locate(engine, model.pupils.table, [
    ...numbers.map((name) => [name, "number"] as const),
    ...[...categories, ...keys, ...id].map((name) => [name, "category"] as const),
  ]);
  const { memberships } = model;
  const membershipKinds = memberships
    ? await locate(engine, memberships.table, [
        [memberships.pupil, "category"],
        [memberships.school, "category"],
        [memberships.share, "number"],
      ])
    : new Map();
  return { model, dialect: engine.dialect, pupilKinds, membershipKinds, repeatedShares: false };
}

async function scaledColumns(engine: SumsEngine, tables: SumsTables, used: number): Promise<ScaledColumn[]> {
  const { model } = tables;
  const levels = new Map<string, readonly string[]>();
  for (const part of model.fixed) {
    if (part.kind !== "factor" || levels.has(part.column)) continue;
    const found: string[] = [];
    for await (const [level] of engine.rows(levelsQuery(tables, part.column))) found.push(String(level));
    levels.set(part.column, found.sort(compareIds));
    if (part.reference !== null && !found.includes(part.reference)) {
      const place = `${engine.place}, table "${model.pupils.table.join(".")}"`;
      const remedy = `The levels are ${found.slice(0, 30).join(", ")}.`;
      throw fault("level-unknown", place, `no pupil has "${part.reference}" in "${part.column}"`, remedy);
    }
  }
  const columns = [...withContrasts(model.fixed, levels), { kind: "value", column: model.response, power: 1 } as const];
  const sums = await onlyRow(engine, momentsQuery(tables, columns, null));
  const centres = sums.map((sum) => sum / used);
  const squares = await onlyRow(engine, momentsQuery(tables, columns, centres));
  return columns.map((column, i) => {
    const [centre, scale] = [centres[i]!, Math.sqrt(squares[i]! / used)];
    if (!(scale > 1e-12 * Math.abs(centre)))
      throw fault(
        i === columns.length - 1 ? "constant-response" : "collinear-columns",
        engine.place,
        `${nameOfColumn(column)} is ${centre} for every pupil`,
      );
    return { column, centre, scale };
  });
}

async function gramOf(engine: SumsEngine, tables: SumsTables, columns: readonly ScaledColumn[]) {
  const w = columns.length + 1;
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

/** Keys of one level as one text that no other keys can make. */
const keyOf = (keys: readonly unknown[]) => keys.map(String).join("\0");

function compareKeys(a: readonly string[], b: readonly string[]): number {
  for (let i = 0; i < a.length; i++) {
    const order = compareIds(a[i]!, b[i]!);
    if (order !== 0) return order;
  }
  return 0;
}

async function groupSums(
  engine: SumsEngine,
  tables: SumsTables,
  columns: readonly ScaledColumn[],
  group: GroupPart,
): Promise<GroupSums> {
  const keyCount = group.keys.length + (group.shared ? 1 : 0);
  const perLevel = (group.slopes.length + 1) * (columns.length + 1);
  const found: { keys: string[]; sums: Float64Array; own: number[] }[] = [];
  for await (const row of engine.rows(levelSumsQuery(tables, columns, group))) {
    const numbers = row.slice(keyCount).map(Number);
    found.push({
      keys: row.slice(0, keyCount).map(String),
      sums: Float64Array.from(numbers.slice(0, perLevel)),
      own: numbers.slice(perLevel),
    });
  }
  found.sort((a, b) => compareKeys(a.keys, b.keys));
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

async function pairsOf(engine: SumsEngine, tables: SumsTables, groups: readonly GroupSums[]) {
  const parts = tables.model.groups;
  const widths = parts.map(({ slopes }) => slopes.length + 1);
  const pairs = new PairSums(groups.map(({ levels }, t) => ({ levels: levels.length, width: widths[t]! })));
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
 */
export async function collectSums(engine: SumsEngine, model: SumsModel, progress: Progress): Promise<CollectedSums> {
  progress.stage("looking at the tables", null);
  const found = await tablesOf(engine, model);
  progress.stage("checking pupils and memberships", null);
  const { counts, repeatedShares } = await checkRows(engine, found);
  const tables = { ...found, repeatedShares };
  progress.stage("centring", null);
  const columns = await scaledColumns(engine, tables, counts.used);
  progress.stage("adding up columns", null);
  const gram = await gramOf(engine, tables, columns);
  const groups: GroupSums[] = [];
  for (const group of model.groups) {
    progress.stage(`adding up by ${nameOfGroup(model, group)}`, null);
    groups.push(await groupSums(engine, tables, columns, group));
  }
  progress.stage("adding up by pairs", null);
  const pairs = await pairsOf(engine, tables, groups);
  const named = columns.map(({ column, centre, scale }) => ({ name: nameOfColumn(column), centre, scale }));
  return {
    counts,
    parts: {
      rows: counts.used,
      response: named.at(-1)!,
      fixed: [
        { name: "(Intercept)", centre: 0, scale: 1, constant: true },
        ...named.slice(0, -1).map((column) => ({ ...column, constant: false })),
      ],
      gram,
      terms: model.groups.map((group, t) => ({
        group: nameOfGroup(model, group),
        levels: groups[t]!.levels,
        coefficients: coefficientsOf(group),
        levelSums: groups[t]!.levelSums,
      })),
      pairs,
    },
  };
}
