/** A column of the model as it is computed for one pupil from the columns of the pupils' table. */
export type ModelColumn =
  | { readonly kind: "value"; readonly column: string; readonly power: number }
  | { readonly kind: "level"; readonly column: string; readonly level: string }
  | { readonly kind: "product"; readonly of: readonly ModelColumn[] };

/** A part of the fixed side as it is written: a column, or a category whose levels are still to be found. */
export type FixedPart =
  | ModelColumn
  | { readonly kind: "factor"; readonly column: string; readonly reference: string | null };

/** A group whose effects vary: by columns of the pupils' table, or by the school of a membership and further such columns. */
export interface GroupPart {
  /** Whether the school comes from the memberships, each pupil counting there by share. */
  readonly shared: boolean;
  /** Columns of the pupils' table that make a level together, after the school of a membership. */
  readonly keys: readonly string[];
  /** Columns whose coefficient varies too, correlated with the intercept. */
  readonly slopes: readonly ModelColumn[];
}

/** Who was where: a table of pupil, school and share, one row a part. */
export interface MembershipTable {
  readonly table: TableName;
  readonly pupil: string;
  readonly school: string;
  /** The column of the share, 0–1. */
  readonly share: string;
}

/** A table's name: its own alone, or schema and name. */
export type TableName = readonly string[];

/** Of what model the sums are wanted, in the names of somebody's own tables and columns. The constant is always in it. */
export interface SumsModel {
  readonly pupils: { readonly table: TableName; readonly pupil: string | null };
  readonly memberships: MembershipTable | null;
  readonly response: string;
  readonly fixed: readonly FixedPart[];
  readonly groups: readonly GroupPart[];
}

/** The name of a column of the model, as R writes it. */
export function nameOfColumn(column: ModelColumn): string {
  if (column.kind === "value") return column.power === 1 ? column.column : `I(${column.column}^${column.power})`;
  if (column.kind === "level") return `${column.column}${column.level}`;
  return column.of.map(nameOfColumn).join(":");
}

/** The name of a group: its columns, as `school:cohort`. */
export function nameOfGroup(model: SumsModel, { shared, keys }: GroupPart): string {
  return [...(shared && model.memberships ? [model.memberships.school] : []), ...keys].join(":");
}

/** The coefficients of a group that vary, the intercept first. */
export function coefficientsOf({ slopes }: GroupPart): string[] {
  return ["(Intercept)", ...slopes.map(nameOfColumn)];
}

/** The plain columns that a column of the model is computed from. */
function leaves(column: FixedPart): Exclude<FixedPart, { kind: "product" }>[] {
  return column.kind === "product" ? column.of.flatMap(leaves) : [column];
}

/** The columns of the pupils' table that the model needs, by what they are needed for; each once, in order of first use. */
export interface ColumnsInUse {
  readonly numbers: readonly string[];
  readonly categories: readonly string[];
  readonly keys: readonly string[];
}

/** Which columns of the pupils' table a model uses. */
export function columnsInUse(model: SumsModel): ColumnsInUse {
  const all = [...model.fixed, ...model.groups.flatMap(({ slopes }) => slopes)].flatMap(leaves);
  const numbers = all.flatMap((leaf) => (leaf.kind === "value" ? [leaf.column] : []));
  const categories = all.flatMap((leaf) => (leaf.kind === "value" ? [] : [leaf.column]));
  return {
    numbers: [...new Set([model.response, ...numbers])],
    categories: [...new Set(categories)],
    keys: [...new Set(model.groups.flatMap(({ keys }) => keys))],
  };
}

/** Factors in place of whom stand their contrasts against the reference: the stated level, or the first. */
export function withContrasts(
  fixed: readonly FixedPart[],
  levels: ReadonlyMap<string, readonly string[]>,
): ModelColumn[] {
  return fixed.flatMap((part): ModelColumn[] => {
    if (part.kind !== "factor") return [part];
    const [first, ...others] = levels.get(part.column) ?? [];
    const reference = part.reference ?? first;
    return [...(first === undefined ? [] : [first]), ...others]
      .filter((level) => level !== reference)
      .map((level) => ({ kind: "level", column: part.column, level }));
  });
}
