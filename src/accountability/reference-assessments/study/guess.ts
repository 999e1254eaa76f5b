/** What can be seen of a column of somebody's file. */
export interface ColumnProfile {
  readonly name: string;
  /** Rows with a value, and different values. */
  readonly values: number;
  readonly distinct: number;
  /** The first different values, as many as are worth looking at. */
  readonly levels: readonly string[];
  /** Whether every value is a number, with a point or with a comma. */
  readonly numeric: boolean;
  readonly comma: boolean;
}

/** A file as far as it can be seen. */
export interface FileProfile {
  /** As the study file is to name it. */
  readonly path: string;
  readonly rows: number;
  readonly columns: readonly ColumnProfile[];
}

/** Values that stand for missing answers, by what surveys as a rule mean with them. */
export interface GuessedCodes {
  readonly omitted: readonly string[];
  readonly notReached: readonly string[];
  readonly notAdministered: readonly string[];
}

/** What the columns of the pupils' files seem to be. A guess: its owner reads it through. */
export interface StudyGuess {
  readonly person: string | null;
  readonly weight: string | null;
  readonly school: string | null;
  readonly booklet: string | null;
  readonly cycle: string | null;
  readonly frequency: string | null;
  readonly zone: string | null;
  readonly half: string | null;
  readonly stratum: string | null;
  /** Names that differ in a number only. */
  readonly replicates: readonly string[];
  readonly values: readonly string[];
  readonly groups: readonly string[];
  readonly items: readonly string[];
  /** Of the items, those whose values are letters. */
  readonly lettered: readonly string[];
  readonly codes: GuessedCodes;
  /** Columns that nothing was made of. */
  readonly others: readonly string[];
}

const names = {
  person:
    /^(id_?stud|idstud|cntstuid|stidstd|uidstud|upn|pid|id|no)$|^(id_?)?(stud(ent)?|pupil|person|child|case)(_?(id|no|nr|number|code))?$/i,
  weight:
    /^(totwgt|w_fstuwt|w_fstu|wgtstud|origwt|weights?|wt|wgt|w|pw|pweight|studwgt|finwgt)$|^(stu|pupil|final|total|sampling)_?(weight|wgt|wt)/i,
  school: /^(id_?)?(school|sch|schul\w*|ecole)(_?(id|no|nr|number|code))?$|^cntschid$|^schoolid$|^urn$|^skz$|^psu$/i,
  booklet: /^(id_?)?(book(let)?|form|heft|version)(_?(id|no|nr))?$|^bookid$/i,
  cycle: /^(year|cycle|wave|jahr)$/i,
  frequency: /^(freq|frequency|count)$/i,
  zone: /^jk.*zone$|^zone$/i,
  half: /^jk.*(rep|code)$|^half$/i,
  stratum: /strat/i,
  replicate: /fstr|fsturwt|srwt|rwgt|repw|rep|brr|bsw|boot|jk|^rw|wgt|^wt/i,
  group: /sex|gender|female|^fsm|meals|girl|geschl|st00?4|migr|disadv|lang/i,
} as const;

/** Sets of columns that differ in a number only, in the files' order: `PV1MATH`, `PV2MATH` … */
function series(columns: readonly ColumnProfile[]): readonly (readonly ColumnProfile[])[] {
  const found = new Map<string, ColumnProfile[]>();
  for (const column of columns) {
    // Of several numbers in a name that one counts which is the last for weights, and the first after PV.
    const key = /^pv\d/i.test(column.name) ? column.name.replace(/\d+/, "#") : column.name.replace(/\d+(?=\D*$)/, "#");
    if (key === column.name) continue;
    found.set(key, [...(found.get(key) ?? []), column]);
  }
  return [...found.values()].filter((list) => list.length > 1);
}

const usualCodes: Readonly<Record<string, keyof GuessedCodes>> = {
  6: "notReached",
  96: "notReached",
  7: "notAdministered",
  97: "notAdministered",
  8: "omitted",
  9: "omitted",
  98: "omitted",
  99: "omitted",
  "-9": "omitted",
  "-99": "omitted",
};

/** Scores of an item beside its codes of missing answers; null where the column holds no scores. Above nine points a column is no item. */
function scoresOf({ levels, distinct, numeric }: ColumnProfile) {
  if (!numeric || distinct < 2 || distinct > 16) return null;
  const values = levels.map(Number).sort((a, b) => a - b);
  if (values.some((value) => !Number.isInteger(value))) return null;
  const scores: number[] = [];
  const codes: string[] = [];
  for (const value of values) {
    const apart = value < 0 || (scores.length > 0 && value - scores.at(-1)! > 3);
    if ((apart || codes.length > 0) && usualCodes[String(value)] !== undefined) codes.push(String(value));
    else scores.push(value);
  }
  const plausible = scores.length > 1 && scores[0]! >= 0 && scores[0]! <= 1 && scores.at(-1)! <= 9;
  return plausible ? { scores, codes } : null;
}

const isLettered = ({ levels, distinct, numeric }: ColumnProfile) =>
  !numeric && distinct >= 2 && distinct <= 9 && levels.every((text) => /^[A-Za-z*.]$/.test(text));

/** The one column whose name says what it is. */
function oneOf(
  columns: readonly ColumnProfile[],
  pattern: RegExp,
  may: (column: ColumnProfile) => boolean = () => true,
): string | null {
  return columns.find((column) => pattern.test(column.name) && may(column))?.name ?? null;
}

function codesOf(items: readonly ColumnProfile[]): GuessedCodes {
  const codes = [...new Set(items.flatMap((column) => scoresOf(column)?.codes ?? []))];
  const of = (kind: keyof GuessedCodes) => codes.filter((code) => usualCodes[code] === kind);
  return { omitted: of("omitted"), notReached: of("notReached"), notAdministered: of("notAdministered") };
}

/** What the columns seem to be, by their names and values. @param files the pupils' own first */
export function guessStudy(files: readonly FileProfile[]): StudyGuess {
  const [own] = files;
  if (!own) throw new RangeError("no file to look at");
  const columns = [...new Map(files.flatMap((file) => file.columns).map((one) => [one.name, one])).values()].filter(
    ({ name }) => name !== "",
  );
  const sets = series(columns.filter(({ numeric }) => numeric));
  const longest = (lists: readonly (readonly ColumnProfile[])[]) =>
    lists.reduce<readonly ColumnProfile[]>((most, list) => (list.length > most.length ? list : most), []);
  const values =
    sets.find(
      (list) =>
        (/^pv\d/i.test(list[0]!.name) || !names.replicate.test(list[0]!.name)) &&
        list.length >= 3 &&
        list.length <= 40 &&
        list.every(({ distinct }) => distinct > 30 && distinct * 4 > own.rows),
    ) ?? [];
  const replicates = longest(
    sets.filter((list) => list.length >= 10 && names.replicate.test(list[0]!.name) && scoresOf(list[0]!) === null),
  );
  const single = {
    person: oneOf(own.columns, names.person, ({ distinct, values: rows }) => distinct === rows && rows === own.rows),
    weight: oneOf(columns, names.weight, ({ numeric }) => numeric),
    school: oneOf(columns, names.school, ({ distinct, values: rows }) => distinct < rows),
    booklet: oneOf(columns, names.booklet, ({ distinct }) => distinct <= 100),
    cycle: oneOf(columns, names.cycle, ({ distinct }) => distinct >= 2 && distinct <= 10),
    frequency: oneOf(columns, names.frequency, ({ numeric }) => numeric),
    zone: oneOf(columns, names.zone),
    half: oneOf(columns, names.half, ({ distinct }) => distinct <= 3),
    stratum: oneOf(columns, names.stratum),
  };
  const roles = new Set([
    ...Object.values(single),
    ...replicates.map(({ name }) => name),
    ...values.map(({ name }) => name),
  ]);
  const left = columns.filter(({ name }) => !roles.has(name));
  const groups = left.filter(({ name, distinct }) => names.group.test(name) && distinct >= 2 && distinct <= 6);
  const likely = left.filter((column) => !groups.includes(column));
  const items = likely.filter((column) => scoresOf(column) !== null || isLettered(column));
  const taken = new Set([...groups, ...items]);
  return {
    ...single,
    replicates: replicates.map(({ name }) => name),
    values: values.map(({ name }) => name),
    groups: groups.map(({ name }) => name),
    items: items.map(({ name }) => name),
    lettered: items.filter(isLettered).map(({ name }) => name),
    codes: codesOf(items),
    others: left.filter((column) => !taken.has(column)).map(({ name }) => name),
  };
}
