import type { SqlColumn } from "./columns-sql.js";
import {
  asCategory,
  asNumber,
  type ColumnKind,
  type Dialect,
  double,
  isOddNumber,
  quoted,
  quotedTable,
} from "./dialect.js";
import type { MembershipPlace, SumsModel, TableName } from "./sums-model.js";

/** The tables of a model as an engine has them. */
export interface SumsTables {
  readonly model: SumsModel;
  readonly dialect: Dialect;
  /** Kinds of the columns in use, by name. */
  readonly pupilKinds: ReadonlyMap<string, ColumnKind>;
  readonly membershipKinds: ReadonlyMap<string, ColumnKind>;
  /** Columns of the pupils by use: `n0`… and `c0`… and `k0`… of the statements. */
  readonly numbers: readonly string[];
  readonly categories: readonly string[];
  readonly keys: readonly string[];
  /** Empty where nobody has several schools. */
  readonly places: readonly MembershipPlace[];
  /** Whether some pupil has several rows of one school, whose shares are to be added up. */
  readonly repeatedShares: boolean;
}

/** A column of the model with what is taken off and divided by. */
export interface ScaledColumn {
  readonly name: string;
  /** Null for the constant. */
  readonly sql: string | null;
  readonly centre: number;
  readonly scale: number;
}

/** A group as the statements know it. */
export interface SqlGroup {
  readonly name: string;
  /** What its levels are made of, in order: columns of the pupils, and null for the school of the memberships. */
  readonly factors: readonly (string | null)[];
  readonly coefficients: readonly SqlColumn[];
}

const isShared = ({ factors }: SqlGroup) => factors.includes(null);

/** Ids of two tables can be compared as they are where they are of one kind, and as texts otherwise. */
function idOf(tables: SumsTables, table: "pupils" | "memberships"): string {
  const { model, pupilKinds, membershipKinds } = tables;
  const own = pupilKinds.get(model.pupils.id!);
  const other = model.memberships ? membershipKinds.get(model.memberships.id) : own;
  const column = quoted(table === "pupils" ? model.pupils.id! : model.memberships!.id);
  return own === other ? column : `cast(${column} as text)`;
}

/** The pupils with the columns in use, `id`, `n0`… (numbers), `c0`… (categories as texts) and `k0`… (groups), whole or not. */
function rawRows(tables: SumsTables): string {
  const { model, pupilKinds, numbers, categories, keys, dialect } = tables;
  const kind = (name: string) => pupilKinds.get(name) ?? "other";
  const columns = [
    ...(tables.places.length > 0 ? [`${idOf(tables, "pupils")} as id`] : []),
    ...numbers.map((name, i) => `${asNumber(quoted(name), kind(name))} as n${i}`),
    ...categories.map((name, i) => `cast(${asCategory(quoted(name), kind(name))} as text) as c${i}`),
    ...keys.map((name, i) => `${asCategory(quoted(name), kind(name))} as k${i}`),
  ];
  return `raw as (select ${columns.join(", ")} from ${quotedTable(model.pupils.table)}${dialect.fence})`;
}

/** The columns that a pupil must have, and their names in the statements. */
function needed({ numbers, categories, keys }: SumsTables): { readonly name: string; readonly alias: string }[] {
  return [
    ...numbers.map((name, i) => ({ name, alias: `n${i}` })),
    ...categories.map((name, i) => ({ name, alias: `c${i}` })),
    ...keys.map((name, i) => ({ name, alias: `k${i}` })),
  ];
}

const isWhole = (tables: SumsTables) =>
  needed(tables)
    .map(({ alias }) => `${alias} is not null`)
    .join(" and ");

/** Columns with which effects vary beside the constant, each once; `z0`… of the rows. */
const slopesOf = (groups: readonly SqlGroup[]) => [
  ...new Set(groups.flatMap(({ coefficients }) => coefficients.flatMap(({ sql }) => sql ?? []))),
];

/**
 * The pupils that are used: `id`, `k0`…, the standardised columns `x0`… (the response last; the constant is not written) and
 * slopes `z0`….
 */
function usedRows(tables: SumsTables, columns: readonly ScaledColumn[], slopes: readonly string[]): string {
  const scaled = columns.flatMap(({ sql, centre, scale }, i) =>
    sql === null ? [] : [`(${sql} - ${double(centre)}) / ${double(scale)} as x${i}`],
  );
  const parts = [
    ...(tables.places.length > 0 ? ["id"] : []),
    ...tables.keys.map((_, i) => `k${i}`),
    ...scaled,
    ...slopes.map((slope, i) => `${slope} as z${i}`),
  ];
  return `${rawRows(tables)}, used as (select ${parts.join(", ")} from raw where ${isWhole(tables)}${tables.dialect.fence})`;
}

/** Memberships row by row as `part` (`id`, `k`, `w`), and as `member` those at a school with a share above zero, one a school. */
function memberRows(tables: SumsTables): string {
  const { model, places, pupilKinds, membershipKinds } = tables;
  const kinds = model.memberships ? membershipKinds : pupilKinds;
  const kind = (name: string) => kinds.get(name) ?? "other";
  const from = quotedTable(model.memberships?.table ?? model.pupils.table);
  const id = idOf(tables, model.memberships ? "memberships" : "pupils");
  const rows = places.map(({ school, share }) => {
    const own = asCategory(quoted(school), kind(school));
    // In columns beside each other an absent second school may be written as 0.
    const k = model.memberships ? own : `nullif(cast(${own} as text), '0')`;
    return `select ${id} as id, ${k} as k, ${asNumber(quoted(share), kind(share))} as w from ${from}`;
  });
  const [sum, grouped] = tables.repeatedShares ? [`${tables.dialect.sum("w")} as w`, " group by id, k"] : ["w", ""];
  return `part as (${rows.join(" union all ")}), member as (select id, k, ${sum} from part where k is not null and w > 0${grouped})`;
}

/** Columns of an answer, each with a name of its own: some clients read rows by name. */
const named = (expressions: readonly string[]) =>
  expressions.map((expression, i) => `${expression} as v${i}`).join(", ");

/** One row: how many pupils there are, are used, have an infinite number, and for each column how many lack it. */
export function countsQuery(tables: SumsTables): { readonly sql: string; readonly columns: readonly string[] } {
  const columns = needed(tables);
  const infinite = tables.numbers.map((_, i) => `abs(n${i}) > ${double(Number.MAX_VALUE)}`).join(" or ");
  const counts = [
    "count(*)",
    `count(case when ${isWhole(tables)} then 1 end)`,
    `count(case when ${infinite} then 1 end)`,
    ...columns.map(({ alias }) => `count(*) - count(${alias})`),
  ];
  const sql = `with ${rawRows(tables)} select ${named(counts)} from raw`;
  return { sql, columns: columns.map(({ name }) => name) };
}

/** The levels of a category among the pupils used, one a row. */
export function levelsQuery(tables: SumsTables, category: string): string {
  const alias = `c${tables.categories.indexOf(category)}`;
  return `with ${rawRows(tables)} select distinct ${alias} as v0 from raw where ${isWhole(tables)}`;
}

/** How many texts of each column are no numbers, in one row. */
export function oddNumbersQuery(table: TableName, columns: readonly string[]): string {
  const counts = columns.map((column) => `count(case when ${isOddNumber(quoted(column))} then 1 end)`);
  return `select ${named(counts)} from ${quotedTable(table)}`;
}

/** Sums of the columns over the pupils used (first pass), or of their squared distances from `centres` (second pass). */
export function momentsQuery(
  tables: SumsTables,
  columns: readonly string[],
  centres: readonly number[] | null,
): string {
  const sums = columns.map((column, i) => {
    const from = centres ? `(${column} - ${double(centres[i]!)})` : column;
    return tables.dialect.sum(centres ? `${from} * ${from}` : from);
  });
  return `with ${rawRows(tables)} select ${named(sums)} from raw where ${isWhole(tables)}`;
}

/** A product of names, in which the constant's null is not written; for the constant alone a sum is a count. */
const product = (...factors: readonly (string | null)[]) => factors.filter((factor) => factor !== null).join(" * ");
const summed = ({ sum }: Dialect, ...factors: readonly (string | null)[]) => {
  const of = product(...factors);
  return of === "" ? "cast(count(*) as double precision)" : sum(of);
};

/** The most sums that one statement asks for; PostgreSQL takes 1,664 columns. */
const sumsInStatement = 800;

const namesOf = (columns: readonly ScaledColumn[]) => columns.map(({ sql }, i) => (sql === null ? null : `x${i}`));

/** [X̃ ỹ]ᵀ[X̃ ỹ], entries (i, j) with i ≤ j row after row, in as many statements of one row as it takes. */
export function gramQueries(tables: SumsTables, columns: readonly ScaledColumn[]): string[] {
  const names = namesOf(columns);
  const sums = names.flatMap((a, i) => names.slice(i).map((b) => summed(tables.dialect, a, b)));
  const rows = usedRows(tables, columns, []);
  return Array.from({ length: Math.ceil(sums.length / sumsInStatement) }, (_, part) => {
    const some = sums.slice(part * sumsInStatement, (part + 1) * sumsInStatement);
    return `with ${rows} select ${named(some)} from used`;
  });
}

const asText = (key: string) => `cast(${key} as text)`;
const factorsOf = ({ coefficients }: SqlGroup, slopes: readonly string[]) =>
  coefficients.map(({ sql }) => (sql === null ? null : `z${slopes.indexOf(sql)}`));

/**
 * For every level of a group: its factors as texts; then for each coefficient Zᵀ[X̃ ỹ]; then ZᵀZ of the level with itself, entries
 * (c, d) with c ≤ d.
 */
export function levelSumsQuery(tables: SumsTables, columns: readonly ScaledColumn[], group: SqlGroup): string {
  const slopes = slopesOf([group]);
  const factors = factorsOf(group, slopes);
  const shared = isShared(group);
  const weight = shared ? "w" : null;
  const sums = [
    ...factors.flatMap((factor) => namesOf(columns).map((x) => summed(tables.dialect, weight, factor, x))),
    ...factors.flatMap((a, c) => factors.slice(c).map((b) => summed(tables.dialect, weight, weight, a, b))),
  ];
  const keys = group.factors.map((factor) => (factor === null ? "k" : `k${tables.keys.indexOf(factor)}`));
  const from = shared ? "used join member on member.id = used.id" : "used";
  const rows = [usedRows(tables, columns, slopes), ...(shared ? [memberRows(tables)] : [])].join(", ");
  return `with ${rows} select ${named([...keys.map(asText), ...sums])} from ${from} group by ${keys.join(", ")}`;
}

/** Products of two groups' levels, as a statement of {@link pairsQueries} gives them. */
export interface PairsQuery {
  readonly sql: string;
  /** How many columns of the answer are factors; those of the first group's level, in order, and of the second's. */
  readonly keys: number;
  readonly first: readonly number[];
  readonly second: readonly number[];
}

/**
 * ZᵀZ between the levels of two groups, or of one group with itself: factors as texts, then entries (c, d), row-major.
 * Only pupils of several schools have two levels of one group, so only they are joined with themselves.
 */
export function pairsQueries(tables: SumsTables, one: SqlGroup, other: SqlGroup): PairsQuery[] {
  const same = one === other;
  const slopes = slopesOf([one, other]);
  const [a, b] = [factorsOf(one, slopes), factorsOf(other, slopes)];
  const keys = [...new Set([...one.factors, ...other.factors])].flatMap((factor) => factor ?? []);
  const query = (schools: readonly string[], weights: readonly string[], rows: string, from: string): PairsQuery => {
    const columns = [...schools, ...keys.map((key) => `k${tables.keys.indexOf(key)}`)];
    const places = (group: SqlGroup, school: number) =>
      group.factors.map((factor) => (factor === null ? school : schools.length + keys.indexOf(factor)));
    const sums = a.flatMap((f) => b.map((g) => summed(tables.dialect, ...weights, f, g)));
    return {
      sql: `with ${rows} select ${named([...columns.map(asText), ...sums])} from ${from} group by ${columns.join(", ")}`,
      keys: columns.length,
      first: places(one, 0),
      second: places(other, schools.length - 1),
    };
  };
  const used = usedRows(tables, [], slopes);
  if (!isShared(one) && !isShared(other)) return same ? [] : [query([], [], used, "used")];
  const members = `${used}, ${memberRows(tables)}`;
  const both = isShared(one) && isShared(other);
  const atOneSchool = () => query(["k"], both ? ["w", "w"] : ["w"], members, "used join member on member.id = used.id");
  if (!both) return same ? [] : [atOneSchool()];
  const movers = `mover as (select id, k, w from member where id in (select id from member group by id having count(*) > 1))`;
  // Of a group with itself one of the two orders of each pair is enough.
  const order = same ? "<" : "<>";
  const atTwoSchools = query(
    ["f.k", "s.k"],
    ["f.w", "s.w"],
    `${members}, ${movers}`,
    `mover f join mover s on s.id = f.id and f.k ${order} s.k join used on used.id = f.id`,
  );
  return same ? [atTwoSchools] : [atOneSchool(), atTwoSchools];
}

/**
 * What is wrong with ids and memberships, one row of counts: pupils without id, ids that two pupils have, memberships without pupil, of an
 * unknown pupil, pupils without a school, shares that are missing, below 0, pupils whose shares are too many, schools a pupil has twice.
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
    // Beside each other, a place without a school needs no share.
    tables.model.memberships ? "part where w is null" : "part where w is null and k is not null",
    "part where w < 0",
    `(select id from part where w is not null group by id having sum(w) > 1 + ${double(1e-9)} + ${rounding}) beyond`,
    "(select id, k from member group by id, k having count(*) > 1) again",
  ];
  const ids = `pupil as (select ${idOf(tables, "pupils")} as id from ${quotedTable(tables.model.pupils.table)})`;
  return `with ${memberRows(tables)}, ${ids} select ${named(counts.map((rows) => `(select count(*) from ${rows})`))}`;
}
