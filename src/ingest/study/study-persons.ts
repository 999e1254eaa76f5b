import { type Study, type StudyFiles, studyProblem } from "../../accountability/reference-assessments/index.js";
import { columnOf, err, ok, type Problem, type Progress, type Result, type Table } from "../../kernel/index.js";
import { collectProblems, problem } from "../problems.js";
import { withCombinations } from "./combine-columns.js";
import { expandTable } from "./expand-table.js";
import { joinTables } from "./join-tables.js";
import { columnsThatFit, headerOfPart, readPart, type StudyColumn } from "./study-files.js";
import { type JoinedFiles, joinedFiles, readJoins } from "./study-joins.js";

/** The pupils' table of all cycles, and which of its columns are which. */
export interface StudyPersons {
  readonly table: Table;
  readonly cycles: readonly string[];
  readonly cycle: Uint16Array;
  /** Columns of responses; none where they stand in a long table. */
  readonly itemColumns: readonly string[];
  readonly replicateColumns: readonly string[];
  readonly valueColumns: readonly string[];
  /** Where a pupil's value of a column stands, as `answers.csv, line 8, column "Q1"`. */
  placeOf(row: number, column: string): string;
  /** What was found out, in sentences. */
  readonly notes: readonly string[];
}

/** Columns with a role of their own, and what they are read as. */
function roleColumns(study: Study): StudyColumn[] {
  const { persons, design, groups, background, calibration, dif, cycleColumn } = study;
  const columns: StudyColumn[] = [];
  const ask = (
    name: string | null,
    kind: StudyColumn["kind"],
    missing: StudyColumn["missing"],
    path: StudyColumn["path"],
  ) => {
    for (const one of name === null ? [] : (study.combinations.get(name) ?? [name]))
      if (!columns.some((known) => known.name === one)) columns.push({ name: one, kind, missing, path });
  };
  persons.person.forEach((name) => void ask(name, "category", "refuse", ["persons", "person"]));
  ask(cycleColumn, "category", "refuse", ["persons", "cycle"]);
  ask(persons.booklet, "category", "refuse", ["persons", "booklet"]);
  ask(persons.weight, "number", "refuse", ["persons", "weight"]);
  ask(persons.frequency, "number", "refuse", ["persons", "frequency"]);
  ask(persons.school, "category", "refuse", ["persons", "school"]);
  ask(design.zone, "category", "refuse", ["design", "zone"]);
  ask(design.replicate, "category", "refuse", ["design", "replicate"]);
  ask(design.stratum, "category", "refuse", ["design", "stratum"]);
  ask(design.panel, "category", "allow", ["design", "panel"]);
  ask(design.cluster, "category", "refuse", ["design", "cluster"]);
  ask(calibration.groups, "category", "refuse", ["calibration", "groups"]);
  groups.forEach(({ column }, k) => void ask(column, "category", "allow", ["groups", k]));
  dif.groups.forEach(({ column }, k) => void ask(column, "category", "allow", ["dif", "groups", k]));
  background.forEach((name) => void ask(name, "either", "allow", ["background"]));
  return columns;
}

/** The columns that patterns stand for in a header; a pattern that fits none is a problem. */
function expand(
  study: Study,
  patterns: readonly string[],
  header: readonly string[],
  path: StudyColumn["path"],
  problems: Problem[],
): readonly string[] {
  return [
    ...new Set(
      patterns.flatMap((pattern) => {
        const found = columnsThatFit(pattern, header);
        if (found.length === 0)
          problems.push(
            studyProblem(
              "study-columns-missing",
              study.placeOf(path),
              `no column of ${header.length} fits "${pattern}"; the first are ${header.slice(0, 12).join(", ")}`,
            ),
          );
        return found;
      }),
    ),
  ];
}

interface PartColumns {
  readonly items: readonly string[];
  readonly replicates: readonly string[];
  readonly values: readonly string[];
  /** Columns without a name that would be items, by number. */
  readonly unnamed: readonly number[];
}

/** The columns that may hold responses: those of files of their own, where the study has such, less what the pupils' files have too. */
function columnsOfAnswers(own: readonly string[], joined: readonly JoinedFiles[], roles: ReadonlySet<string>) {
  const files = joined.find(({ responses }) => responses);
  if (!files) return { all: [...new Set([...own, ...joined.flatMap(({ header }) => header)])], likely: own };
  const ids = [...files.join.person, ...(files.join.cycle === null ? [] : [files.join.cycle])];
  const likely = files.header.filter((name) => !ids.includes(name) && !roles.has(name) && !own.includes(name));
  return { all: files.header, likely };
}

/** Which columns of one cycle's files, and of those joined to them, are items, replicates and plausible values. */
function columnsOfPart(
  study: Study,
  own: readonly string[],
  joined: readonly JoinedFiles[],
  listed: readonly string[] | null,
  roles: ReadonlySet<string>,
): Result<PartColumns, readonly Problem[]> {
  const problems: Problem[] = [];
  const header = [...new Set([...own, ...joined.flatMap((files) => files.header)])];
  const replicates = expand(study, study.design.replicates, header, ["design", "replicates"], problems);
  const values = expand(study, study.plausibleValues, header, ["plausibleValues"], problems);
  const { items, long, exclude } = study.responses;
  if (long || values.length > 0)
    return problems.length > 0 ? err(problems) : ok({ items: [], replicates, values, unnamed: [] });
  const { all, likely } = columnsOfAnswers(own, joined, roles);
  const left = new Set(exclude.flatMap((pattern) => columnsThatFit(pattern, all)));
  const known = listed === null ? null : new Set(listed);
  const found = items
    ? expand(study, items, all, ["responses", "items"], problems)
    : known
      ? all.filter((name) => known.has(name))
      : likely.filter((name) => !roles.has(name) && !replicates.includes(name));
  const kept = found.filter((name) => !left.has(name) && name !== "");
  const unnamed = found.includes("") ? all.flatMap((name, k) => (name === "" ? [k + 1] : [])) : [];
  if (kept.length === 0 && problems.length === 0)
    problems.push(
      studyProblem(
        "study-columns-missing",
        study.placeOf(["responses"]),
        known
          ? "no column of the pupils' files is called as an item of the items table"
          : "no column of responses is left",
      ),
    );
  return problems.length > 0 ? err(problems) : ok({ items: kept, replicates, values, unnamed });
}

/** Refuses files whose numbers of replicates or plausible values differ. */
function sameCounts(study: Study, parts: readonly PartColumns[]): Problem[] {
  const [first] = parts;
  return parts.flatMap((part, k) =>
    part.replicates.length === first!.replicates.length
      ? []
      : [
          studyProblem(
            "replicate-counts-differ",
            study.placeOf(["design", "replicates"]),
            `cycle ${study.cycles[0]!.name} has ${first!.replicates.length} columns of replicate weights and cycle ${study.cycles[k]!.name} has ${part.replicates.length}`,
          ),
        ],
  );
}

function cyclesByColumn(
  study: Study,
  table: Table,
): Result<Pick<StudyPersons, "cycles" | "cycle">, readonly Problem[]> {
  const { codes, levels } = columnOf(table, study.cycleColumn!, "category");
  const listed = study.cycles.map(({ name }) => name);
  const byTime = [...levels].sort((a, b) => a.localeCompare(b, "en", { numeric: true }));
  const cycles = listed.length > 0 ? listed : byTime;
  const unknown = levels.filter((level) => !cycles.includes(level));
  if (unknown.length > 0)
    return err(
      unknown.map((level) =>
        studyProblem(
          "cycle-unknown",
          `${table.placeOf(codes.indexOf(levels.indexOf(level)))}, column "${study.cycleColumn}"`,
          `the cycle "${level}" is none of ${cycles.join(", ")}`,
        ),
      ),
    );
  const empty = cycles.filter((name) => !levels.includes(name));
  if (empty.length > 0)
    return err(
      empty.map((name) =>
        studyProblem("cycle-unknown", study.placeOf(["cycles"]), `no pupil is of the cycle "${name}"`),
      ),
    );
  const position = Uint16Array.from(levels, (level) => cycles.indexOf(level));
  return ok({ cycles, cycle: Uint16Array.from(codes, (code) => position[code]!) });
}

/** Reads the pupils of all cycles. @param listed the items of the items table, or null where there is none */
export async function readPersons(
  study: Study,
  listed: readonly string[] | null,
  progress: Progress,
): Promise<Result<StudyPersons, readonly Problem[]>> {
  const ofCycles = study.cycles.filter(({ files }) => files !== null);
  const parts: readonly StudyFiles[] = ofCycles.length > 0 ? ofCycles.map(({ files }) => files!) : [study.persons];
  const roles = roleColumns(study);
  const roleNames = new Set(roles.map(({ name }) => name));
  const joins = await joinedFiles(study);
  if (!joins.ok) return joins;
  const columns: PartColumns[] = [];
  const own = new Set<string>();
  for (const part of parts) {
    const header = await headerOfPart(study, part);
    if (!header.ok) return header;
    const found = columnsOfPart(study, header.value, joins.value, listed, roleNames);
    if (!found.ok) return found;
    columns.push(found.value);
    header.value.forEach((name) => void own.add(name));
  }
  const holder = holderOf(own, joins.value);
  const differing = sameCounts(study, columns);
  if (differing.length > 0) return err(differing);
  const tables: Table[] = [];
  for (const [k, part] of parts.entries()) {
    const asked = askedOf(columns[k]!, roles).filter((one) => holder(one) === null);
    const table = await readPart(study, part, asked, progress);
    if (!table.ok) return table;
    tables.push(table.value);
  }
  const joined = joinTables(tables);
  const counts = patternCounts(study, joined);
  if (!counts.ok) return counts;
  const table = counts.value ? expandTable(joined, counts.value) : joined;
  const cycles =
    study.cycleColumn === null
      ? ok(cyclesByFiles(study, table.rows, tables, counts.value))
      : cyclesByColumn(study, table);
  if (!cycles.ok) return cycles;
  const twice = repeated(study, { table, cycle: cycles.value.cycle });
  if (twice.length > 0) return err(twice);
  const wanted = columns.flatMap((one) => askedOf(one, roles));
  const asked = joins.value.map((files) =>
    wanted.filter((one, k) => holder(one) === files && wanted.findIndex(({ name }) => name === one.name) === k),
  );
  const beside = await readJoins(study, { table, ...cycles.value }, joins.value, asked, progress);
  if (!beside.ok) return beside;
  const unnamed = [...new Set(columns.flatMap((part) => part.unnamed))];
  return ok({
    table: withCombinations(study, { ...table, columns: new Map([...table.columns, ...beside.value.columns]) }),
    ...cycles.value,
    itemColumns: [...new Set(columns.flatMap(({ items }) => items))],
    replicateColumns: columns[0]!.replicates,
    valueColumns: columns[0]!.values,
    placeOf: (row, column) => `${beside.value.placeOf(row, column) ?? table.placeOf(row)}, column "${column}"`,
    notes: [
      ...unnamed.map((number) => `Column ${number} of the file has no name, and is left out.`),
      ...beside.value.notes,
    ],
  });
}

/** Every column that the pupils of one part are asked for. */
function askedOf({ items, replicates, values }: PartColumns, roles: readonly StudyColumn[]): readonly StudyColumn[] {
  return [
    ...roles,
    ...items.map((name): StudyColumn => ({ name, kind: "category", missing: "allow", path: ["responses"] })),
    ...replicates.map(
      (name): StudyColumn => ({ name, kind: "number", missing: "refuse", path: ["design", "replicates"] }),
    ),
    ...values.map((name): StudyColumn => ({ name, kind: "number", missing: "refuse", path: ["plausibleValues"] })),
  ];
}

/** Which joined files hold a column; null for the pupils' own, which come first but for responses in files of their own. */
function holderOf(
  own: ReadonlySet<string>,
  joined: readonly JoinedFiles[],
): (column: StudyColumn) => JoinedFiles | null {
  const answers = joined.find(({ responses }) => responses);
  return ({ name, path }) => {
    if (answers && path[0] === "responses") return answers;
    return own.has(name) ? null : (joined.find(({ header }) => header.includes(name)) ?? null);
  };
}

/** Cycles that have files of their own, or the one cycle. */
function cyclesByFiles(
  study: Study,
  rows: number,
  tables: readonly Table[],
  counts: Float64Array | null,
): Pick<StudyPersons, "cycles" | "cycle"> {
  const cycle = new Uint16Array(rows);
  let at = 0;
  let from = 0;
  tables.forEach((table, k) => {
    const own = counts?.subarray(from, from + table.rows).reduce((sum, count) => sum + count, 0) ?? table.rows;
    cycle.fill(k, at, at + own);
    at += own;
    from += table.rows;
  });
  return { cycles: study.cycles.map(({ name }) => name), cycle };
}

/** Pupils who stand in a cycle's files twice. */
function repeated(study: Study, { table, cycle }: Pick<StudyPersons, "table" | "cycle">): readonly Problem[] {
  const { person, frequency } = study.persons;
  if (person.length === 0 || frequency !== null) return [];
  const columns = person.map((name) => columnOf(table, name, "category"));
  const first = new Map<string, number>();
  const problems = collectProblems();
  for (let row = 0; row < table.rows; row++) {
    const key = [cycle[row], ...columns.map(({ codes }) => codes[row])].join(" ");
    const before = first.get(key);
    if (before === undefined) first.set(key, row);
    else {
      const name = columns.map(({ codes, levels }) => levels[codes[row]!]).join(", ");
      const place = `${table.placeOf(row)}, column "${person.join('", "')}"`;
      problems.add(problem("id-twice", place, `the pupil "${name}" is already on ${table.placeOf(before)}`));
    }
  }
  return problems.all();
}

/** The most pupils that patterns of answers are written out as. */
const mostPupils = 5_000_000;

/** How many pupils each row stands for; null where a row is a pupil. */
function patternCounts(study: Study, table: Table): Result<Float64Array | null, readonly Problem[]> {
  const { frequency } = study.persons;
  if (frequency === null) return ok(null);
  const { values } = columnOf(table, frequency, "number");
  const bad = [...values.keys()].filter((row) => !(Number.isInteger(values[row]!) && values[row]! >= 0));
  if (bad.length > 0)
    return err(
      bad.map((row) =>
        studyProblem(
          "study-weight-invalid",
          `${table.placeOf(row)}, column "${frequency}"`,
          `the frequency ${values[row]} is no whole number of pupils`,
          "Give whole numbers, or name the column as `persons.weight`.",
        ),
      ),
    );
  const sum = values.reduce((total, count) => total + count, 0);
  if (sum > 0 && sum <= mostPupils) return ok(values);
  const message = `the patterns stand for ${sum.toLocaleString("en-GB")} pupils`;
  return err([studyProblem("study-weight-invalid", study.placeOf(["persons", "frequency"]), message)]);
}
