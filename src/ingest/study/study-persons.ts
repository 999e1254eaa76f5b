import { type Study, type StudyFiles, studyProblem } from "../../accountability/reference-assessments/index.js";
import { columnOf, err, ok, type Problem, type Progress, type Result, type Table } from "../../kernel/index.js";
import { collectProblems, problem } from "../problems.js";
import { expandTable } from "./expand-table.js";
import { joinTables } from "./join-tables.js";
import { columnsThatFit, headerOfPart, readPart, type StudyColumn } from "./study-files.js";

/** The pupils' table of all cycles, and which of its columns are which. */
export interface StudyPersons {
  readonly table: Table;
  readonly cycles: readonly string[];
  readonly cycle: Uint16Array;
  /** Columns of responses; none where they stand in a long table. */
  readonly itemColumns: readonly string[];
  readonly replicateColumns: readonly string[];
  readonly valueColumns: readonly string[];
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
    if (name !== null && !columns.some((one) => one.name === name)) columns.push({ name, kind, missing, path });
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
}

/** Which columns of one cycle's files are items, replicates and plausible values. */
function columnsOfPart(
  study: Study,
  header: readonly string[],
  listed: readonly string[] | null,
  roles: ReadonlySet<string>,
): Result<PartColumns, readonly Problem[]> {
  const problems: Problem[] = [];
  const replicates = expand(study, study.design.replicates, header, ["design", "replicates"], problems);
  const values = expand(study, study.plausibleValues, header, ["plausibleValues"], problems);
  const { items, long, exclude } = study.responses;
  if (long || values.length > 0) return problems.length > 0 ? err(problems) : ok({ items: [], replicates, values });
  const left = new Set(exclude.flatMap((pattern) => columnsThatFit(pattern, header)));
  const known = listed === null ? null : new Set(listed);
  const found = items
    ? expand(study, items, header, ["responses", "items"], problems)
    : header.filter((name) => (known ? known.has(name) : !roles.has(name) && !replicates.includes(name)));
  const kept = found.filter((name) => !left.has(name));
  if (kept.includes(""))
    problems.push(
      studyProblem(
        "study-columns-missing",
        study.placeOf(["responses"]),
        `column ${header.indexOf("") + 1} of the pupils' files has no name, and would be an item`,
        "Name the column in the file, or list the columns of items as `responses.items`.",
      ),
    );
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
  return problems.length > 0 ? err(problems) : ok({ items: kept, replicates, values });
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
  const columns: PartColumns[] = [];
  for (const part of parts) {
    const header = await headerOfPart(study, part);
    if (!header.ok) return header;
    const found = columnsOfPart(study, header.value, listed, roleNames);
    if (!found.ok) return found;
    columns.push(found.value);
  }
  const differing = sameCounts(study, columns);
  if (differing.length > 0) return err(differing);
  const tables: Table[] = [];
  for (const [k, part] of parts.entries()) {
    const { items, replicates, values } = columns[k]!;
    const table = await readPart(
      study,
      part,
      [
        ...roles,
        ...items.map((name): StudyColumn => ({ name, kind: "category", missing: "allow", path: ["responses"] })),
        ...replicates.map(
          (name): StudyColumn => ({ name, kind: "number", missing: "refuse", path: ["design", "replicates"] }),
        ),
        ...values.map((name): StudyColumn => ({ name, kind: "number", missing: "refuse", path: ["plausibleValues"] })),
      ],
      progress,
    );
    if (!table.ok) return table;
    tables.push(table.value);
  }
  const joined = joinTables(tables);
  const counts = patternCounts(study, joined);
  if (!counts.ok) return counts;
  const table = counts.value ? expandTable(joined, counts.value) : joined;
  const shared = {
    table,
    itemColumns: [...new Set(columns.flatMap(({ items }) => items))],
    replicateColumns: columns[0]!.replicates,
    valueColumns: columns[0]!.values,
  };
  if (study.cycleColumn !== null) {
    const cycles = cyclesByColumn(study, table);
    if (!cycles.ok) return cycles;
    const twice = repeated(study, { table, cycle: cycles.value.cycle });
    return twice.length > 0 ? err(twice) : ok({ ...shared, ...cycles.value });
  }
  const cycle = new Uint16Array(table.rows);
  let at = 0;
  let from = 0;
  for (const [k, { rows }] of tables.entries()) {
    const size = counts.value ? counts.value.subarray(from, from + rows).reduce((sum, count) => sum + count, 0) : rows;
    cycle.fill(k, at, at + size);
    at += size;
    from += rows;
  }
  const twice = repeated(study, { table, cycle });
  if (twice.length > 0) return err(twice);
  return ok({ ...shared, cycles: study.cycles.map(({ name }) => name), cycle });
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
