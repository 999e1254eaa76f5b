import {
  asCategory,
  asNumber,
  type ColumnKind,
  type Dialect,
  double,
  isOddNumber,
  literal,
  quoted,
  quotedTable,
} from "./dialect.js";
import { columnsInUse, type GroupPart, type ModelColumn, type SumsModel, type TableName } from "./sums-model.js";

/** The tables of a model as an engine has them. */
export interface SumsTables {
  readonly model: SumsModel;
  readonly dialect: Dialect;
  /** Kinds of the columns in use, by name. */
  readonly pupilKinds: ReadonlyMap<string, ColumnKind>;
  readonly membershipKinds: ReadonlyMap<string, ColumnKind>;
  /** Whether some pupil has several rows of one school, whose shares are to be added up. */
  readonly repeatedShares: boolean;
}

/** A column of the model with what is taken off and divided by. */
export interface ScaledColumn {
  readonly column: ModelColumn;
  readonly centre: number;
  readonly scale: number;
}

/** Ids of two tables can be compared as they are where they are of one kind, and as texts otherwise. */
function idOf(tables: SumsTables, table: "pupils" | "memberships"): string {
  const { model, pupilKinds, membershipKinds } = tables;
  const own = model.pupils.pupil === null ? undefined : pupilKinds.get(model.pupils.pupil);
  const other = model.memberships ? membershipKinds.get(model.memberships.pupil) : own;
  const column = quoted(table === "pupils" ? model.pupils.pupil! : model.memberships!.pupil);
  return own === other ? column : `cast(${column} as text)`;
}

/** The pupils with the columns in use, `id`, `n0`… (numbers), `c0`… (categories as texts) and `k0`… (groups), whole or not. */
function rawRows(tables: SumsTables): string {
  const { model, pupilKinds } = tables;
  const { numbers, categories, keys } = columnsInUse(model);
  const kind = (name: string) => pupilKinds.get(name) ?? "other";
  const columns = [
    ...(model.memberships ? [`${idOf(tables, "pupils")} as id`] : []),
    ...numbers.map((name, i) => `${asNumber(quoted(name), kind(name))} as n${i}`),
    ...categories.map((name, i) => `cast(${asCategory(quoted(name), kind(name))} as text) as c${i}`),
    ...keys.map((name, i) => `${asCategory(quoted(name), kind(name))} as k${i}`),
  ];
  return `raw as (select ${columns.join(", ")} from ${quotedTable(model.pupils.table)}${tables.dialect.fence})`;
}

/** Aliases of the columns that a pupil must have. */
function neededAliases({ model }: SumsTables): { readonly name: string; readonly alias: string }[] {
  const { numbers, categories, keys } = columnsInUse(model);
  return [
    ...numbers.map((name, i) => ({ name, alias: `n${i}` })),
    ...categories.map((name, i) => ({ name, alias: `c${i}` })),
    ...keys.map((name, i) => ({ name, alias: `k${i}` })),
  ];
}

const isWhole = (tables: SumsTables) =>
  neededAliases(tables)
    .map(({ alias }) => `${alias} is not null`)
    .join(" and ");

/** A column of the model as an expression over `raw`. */
function expressionOf(column: ModelColumn, model: SumsModel): string {
  const { numbers, categories } = columnsInUse(model);
  if (column.kind === "value")
    return Array.from({ length: column.power }, () => `n${numbers.indexOf(column.column)}`).join(" * ");
  if (column.kind === "level")
    return `cast(case when c${categories.indexOf(column.column)} = ${literal(column.level)} then 1 else 0 end as double precision)`;
  return column.of.map((part) => `(${expressionOf(part, model)})`).join(" * ");
}

/** Every slope of the groups, each once; `z0`… of the rows. */
function slopesOf(model: SumsModel): string[] {
  return [...new Set(model.groups.flatMap(({ slopes }) => slopes.map((slope) => expressionOf(slope, model))))];
}

/**
 * The pupils that are used: `id`, the groups' `k0`…, the standardised columns `x1`… (the response last; x0 is the constant and
 * not written) and slopes `z0`….
 */
function usedRows(tables: SumsTables, columns: readonly ScaledColumn[]): string {
  const { model, dialect } = tables;
  const parts = [
    ...(model.memberships ? ["id"] : []),
    ...columnsInUse(model).keys.map((_, i) => `k${i}`),
    ...columns.map(
      ({ column, centre, scale }, i) =>
        `(${expressionOf(column, model)} - ${double(centre)}) / ${double(scale)} as x${i + 1}`,
    ),
    ...slopesOf(model).map((slope, i) => `${slope} as z${i}`),
  ];
  return `${rawRows(tables)}, used as (select ${parts.join(", ")} from raw where ${isWhole(tables)}${dialect.fence})`;
}

/** The memberships at a school with a share above zero: `id`, `k`, `w`; shares of one school added up. */
function memberRows(tables: SumsTables): string {
  const { table, school, share } = tables.model.memberships!;
  const kind = (name: string) => tables.membershipKinds.get(name) ?? "other";
  const shareOf = asNumber(quoted(share), kind(share));
  const part = `part as (select ${idOf(tables, "memberships")} as id, ${asCategory(quoted(school), kind(school))} as k, ${shareOf} as w from ${quotedTable(table)})`;
  const [sum, grouped] = tables.repeatedShares ? ["sum(w) as w", " group by id, k"] : ["w", ""];
  return `${part}, member as (select id, k, ${sum} from part where k is not null and w > 0${grouped})`;
}

/** How many pupils there are, are used, and lack what; one row: rows, used, and for each column how many lack it. */
export function countsQuery(tables: SumsTables): { readonly sql: string; readonly columns: readonly string[] } {
  const needed = neededAliases(tables);
  const counts = needed.map(({ alias }) => `count(*) - count(${alias})`);
  const infinite = columnsInUse(tables.model).numbers.map((_, i) => `abs(n${i}) > ${double(Number.MAX_VALUE)}`);
  const sql = `with ${rawRows(tables)} select ${named(["count(*)", `count(case when ${isWhole(tables)} then 1 end)`, `count(case when ${infinite.join(" or ")} then 1 end)`, ...counts])} from raw`;
  return { sql, columns: needed.map(({ name }) => name) };
}

/** The levels of a category among the pupils used, one a row. */
export function levelsQuery(tables: SumsTables, category: string): string {
  const alias = `c${columnsInUse(tables.model).categories.indexOf(category)}`;
  return `with ${rawRows(tables)} select distinct ${alias} from raw where ${isWhole(tables)}`;
}

/** How many texts of each column are no numbers, in one row. */
export function oddNumbersQuery(table: TableName, columns: readonly string[]): string {
  const counts = columns.map((column) => `count(case when ${isOddNumber(quoted(column))} then 1 end)`);
  return `select ${named(counts)} from ${quotedTable(table)}`;
}

/** Sums of the columns over the pupils used (first pass), or of their squared distances from `centres` (second pass). */
export function momentsQuery(
  tables: SumsTables,
  columns: readonly ModelColumn[],
  centres: readonly number[] | null,
): string {
  const { model, dialect } = tables;
  const sums = columns.map((column, i) => {
    const expression = expressionOf(column, model);
    const from = centres ? `(${expression} - ${double(centres[i]!)})` : expression;
    return dialect.sum(centres ? `${from} * ${from}` : from);
  });
  return `with ${rawRows(tables)} select ${named(sums)} from raw where ${isWhole(tables)}`;
}

/** Columns of an answer, each with a name of its own: some clients read rows by name. */
const named = (expressions: readonly string[]) =>
  expressions.map((expression, i) => `${expression} as v${i}`).join(", ");

/** x_i x_j, where x0 is 1. */
const product = (i: number, j: number) => (i === 0 ? (j === 0 ? "1" : `x${j}`) : `x${i} * x${j}`);

/** The most sums that one statement asks for; PostgreSQL takes 1,664 columns. */
const sumsInStatement = 800;

/** [X̃ ỹ]ᵀ[X̃ ỹ], entries (i, j) with i ≤ j row after row, in as many statements of one row as it takes. */
export function gramQueries(tables: SumsTables, columns: readonly ScaledColumn[]): string[] {
  const sums: string[] = [];
  for (let i = 0; i <= columns.length; i++)
    for (let j = i; j <= columns.length; j++)
      sums.push(i === 0 && j === 0 ? "count(*)" : tables.dialect.sum(product(i, j)));
  const rows = usedRows(tables, columns);
  return Array.from({ length: Math.ceil(sums.length / sumsInStatement) }, (_, part) => {
    const some = sums.slice(part * sumsInStatement, (part + 1) * sumsInStatement);
    return `with ${rows} select ${named(some)} from used`;
  });
}

/** Places of a group's keys among all keys, and of its slopes among all slopes. */
function aliasesOf(model: SumsModel, group: GroupPart) {
  const { keys } = columnsInUse(model);
  const slopes = slopesOf(model);
  return {
    keys: group.keys.map((key) => `k${keys.indexOf(key)}`),
    // The constant first, whose factor is not written.
    factors: [null, ...group.slopes.map((slope) => `z${slopes.indexOf(expressionOf(slope, model))}`)],
  };
}

const times = (...factors: readonly (string | null)[]) =>
  factors.filter((factor) => factor !== null).join(" * ") || "cast(1 as double precision)";
const asText = (key: string) => `cast(${key} as text)`;

/**
 * For every level of a group: its keys as texts; then for each coefficient Zᵀ[X̃ ỹ] (constant first, response last); then ZᵀZ of the
 * level itself, entries (c, d) with c ≤ d.
 */
export function levelSumsQuery(tables: SumsTables, columns: readonly ScaledColumn[], group: GroupPart): string {
  const { model, dialect } = tables;
  const { keys, factors } = aliasesOf(model, group);
  const weight = group.shared ? "w" : null;
  const x = [null, ...columns.map((_, i) => `x${i + 1}`)];
  const sums = factors.flatMap((factor) => x.map((value) => dialect.sum(times(weight, factor, value))));
  factors.forEach((a, c) => {
    for (const b of factors.slice(c)) sums.push(dialect.sum(times(weight, weight, a, b)));
  });
  const groupKeys = [...(group.shared ? ["k"] : []), ...keys];
  const from = group.shared ? "used join member on member.id = used.id" : "used";
  const withRows = [usedRows(tables, columns), ...(group.shared ? [memberRows(tables)] : [])].join(", ");
  return `with ${withRows} select ${named([...groupKeys.map(asText), ...sums])} from ${from} group by ${groupKeys.join(", ")}`;
}

/** Which products of two groups' levels a statement of {@link pairsQueries} gives. */
export interface PairsQuery {
  readonly sql: string;
  /** Columns of the answer that are keys; the first group's level is made of `first`, the second's of `second`. */
  readonly keys: number;
  readonly first: readonly number[];
  readonly second: readonly number[];
}

/**
 * ZᵀZ between the levels of two groups, or of one group with itself: keys as texts, then entries (c, d), row-major.
 * Only pupils of several schools have two levels of one group, so only they are joined with themselves.
 */
export function pairsQueries(tables: SumsTables, one: GroupPart, other: GroupPart): PairsQuery[] {
  const { model } = tables;
  const same = one === other;
  const [a, b] = [aliasesOf(model, one), aliasesOf(model, other)];
  const keys = [...new Set([...a.keys, ...b.keys])];
  const queries: PairsQuery[] = [];
  const ask = (weights: readonly string[], schools: readonly string[], rows: string, from: string) => {
    const columns = [...schools, ...keys];
    const places = (group: GroupPart, own: readonly string[], school: number) => [
      ...(group.shared ? [school] : []),
      ...own.map((key) => schools.length + keys.indexOf(key)),
    ];
    const sums = a.factors.flatMap((f) => b.factors.map((g) => tables.dialect.sum(times(...weights, f, g))));
    queries.push({
      sql: `with ${rows} select ${named([...columns.map(asText), ...sums])} from ${from} group by ${columns.join(", ")}`,
      keys: columns.length,
      first: places(one, a.keys, 0),
      second: places(other, b.keys, schools.length - 1),
    });
  };
  const used = usedRows(tables, []);
  if (!same) {
    if (!one.shared && !other.shared) ask([], [], used, "used");
    else {
      const weights = one.shared && other.shared ? ["w", "w"] : ["w"];
      ask(weights, ["k"], `${used}, ${memberRows(tables)}`, "used join member on member.id = used.id");
    }
  }
  if (one.shared && other.shared) {
    const moved = `mover as (select id, k, w from member where id in (select id from member group by id having count(*) > 1))`;
    const order = same ? "<" : "<>"; // one of the two orders is enough within a group
    ask(
      ["f.w", "s.w"],
      ["f.k", "s.k"],
      `${used}, ${memberRows(tables)}, ${moved}`,
      `mover f join mover s on s.id = f.id and f.k ${order} s.k join used on used.id = f.id`,
    );
  }
  return queries;
}

/**
 * What is wrong with ids and memberships, one row of counts: pupils without id, ids that two pupils have, memberships without pupil, of an
 * unknown pupil, pupils without a school, shares that are missing, out of range, pupils whose shares are too many, schools a pupil has twice.
 */
export function membershipQuery(tables: SumsTables): string {
  // A single share is not rounded; each of several, written with two decimals, may be out by half of the last one.
  const rounding = `case when count(*) > 1 then ${double(0.005)} * count(*) else 0 end`;
  const counts = [
    "pupil where id is null",
    "(select id from pupil where id is not null group by id having count(*) > 1) twice",
    "part where id is null",
    "part where id is not null and not exists (select 1 from pupil where pupil.id = part.id)",
    "pupil where id is not null and not exists (select 1 from member where member.id = pupil.id)",
    "part where w is null",
    `part where w < 0 or w > 1 + ${double(1e-9)}`,
    `(select id from part where w is not null group by id having sum(w) > 1 + ${double(1e-9)} + ${rounding}) beyond`,
    "(select id, k from member group by id, k having count(*) > 1) again",
  ];
  const ids = `pupil as (select ${idOf(tables, "pupils")} as id from ${quotedTable(tables.model.pupils.table)})`;
  return `with ${memberRows(tables)}, ${ids} select ${named(counts.map((rows) => `(select count(*) from ${rows})`))}`;
}
