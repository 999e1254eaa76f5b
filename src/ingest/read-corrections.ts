import {
  type Correction,
  type CorrectionAction,
  type CorrectionReason,
  membershipProblems,
  schoolUnknown,
  sharesFromTable,
} from "../accountability/value-added/index.js";
import {
  columnOf,
  err,
  nearest,
  ok,
  type Problem,
  type Progress,
  type Result,
  type Table,
  upnCheckLetter,
} from "../kernel/index.js";
import { problem } from "./problems.js";
import { readTable } from "./read-table.js";
import { textOn } from "./review-schools.js";
import { type ReviewTables, schoolsOfPupils } from "./review-tables.js";
import { sourceFile } from "./source-file.js";
import { anyFormat } from "./table-request.js";

/** A table of corrections as it was read. */
export interface ReadCorrections {
  /** One a pupil, in order of first appearance. */
  readonly corrections: readonly Correction[];
  /** How many pupils each reason stands for. */
  readonly reasons: Readonly<Record<string, number>>;
}

/** Tells what is wrong on a line. */
type Report = (line: number, found: Problem) => void;

/** What one line asks for, once its words are understood. */
interface Line {
  readonly action: CorrectionAction;
  readonly reason: string;
}

const actions: readonly CorrectionAction[] = ["leave-out", "shares"];
const listed = (words: readonly string[]) => words.map((word) => `"${word}"`).join(", ");

/** The line's action and reason, or problems. */
function readLine(table: Table, row: number, reasons: readonly CorrectionReason[], report: Report): Line | null {
  const at = (column: string) => `${table.placeOf(row)}, column "${column}"`;
  const unknown = (column: string, word: string, known: readonly string[]) => {
    const guess = nearest(word, known);
    const remedy = `${guess === null ? "" : `Did you mean "${guess}"? `}Use one of the listed words.`;
    report(row, problem("word-unknown", at(column), `"${word}" is none of ${listed(known)}`, remedy));
    return null;
  };
  const written = textOn(table, "action", row)!;
  const action = actions.find((one) => one === written.toLowerCase());
  const [word, ...others] = textOn(table, "reason", row)!.split(":");
  const reason = reasons.find(({ code }) => code === word!.trim().toLowerCase());
  if (!action) unknown("action", written, actions);
  if (!reason)
    unknown(
      "reason",
      word!.trim(),
      reasons.map(({ code }) => code),
    );
  if (!action || !reason) return null;
  const refuse = (column: string, message: string, remedy?: string) =>
    report(row, problem("correction-not-allowed", at(column), message, remedy));
  if (!reason.actions.includes(action))
    refuse("reason", `"${reason.code}" allows ${listed(reason.actions)}, not "${action}"`);
  if (reason.needsWords && others.join(":").trim() === "")
    refuse(
      "reason",
      `"${reason.code}" says nothing alone`,
      `Write the reason behind it, as "${reason.code}: the words".`,
    );
  const school = textOn(table, "school", row);
  const share = columnOf(table, "share", "number").values[row]!;
  if (action === "leave-out" && (school !== null || !Number.isNaN(share)))
    refuse(
      school === null ? "share" : "school",
      `a pupil who is left out has ${school === null ? `the share ${share}` : `the school "${school}"`}`,
      'Leave school and share empty, or write "shares" as the action.',
    );
  if (action === "shares" && school === null) report(row, problem("value-missing", at("school"), "there is no value"));
  if (action === "shares" && Number.isNaN(share))
    report(row, problem("value-missing", at("share"), "there is no value"));
  return { action, reason: reason.code };
}

/** The letter that the digits of a mistyped UPN call for; null where the id is no UPN or a right one. Ids are never repeated. */
function letterCalledFor(id: string): string | null {
  if (!/^[A-Z]\d{11}[\dA-HJ-NP-RT-Z]$/.test(id)) return null;
  const letter = upnCheckLetter(id.slice(1));
  return id.startsWith(letter) ? null : letter;
}

/** Row of the pupils' table for each line; −1, with a problem, where there is none. */
function rowsOfPupils(table: Table, pupils: Table, pupilColumn: string, report: Report): Int32Array {
  const theirs = columnOf(table, "pupil", "category");
  const own = columnOf(pupils, pupilColumn, "category");
  const wanted = new Map(theirs.levels.map((id, code) => [id, code]));
  const wantedCode = new Int32Array(own.levels.length).fill(-1);
  own.levels.forEach((id, code) => {
    wantedCode[code] = wanted.get(id) ?? -1;
  });
  const rowOf = new Int32Array(theirs.levels.length).fill(-1);
  for (let row = 0; row < pupils.rows; row++) {
    const code = own.codes[row]! < 0 ? -1 : wantedCode[own.codes[row]!]!;
    if (code >= 0) rowOf[code] = row;
  }
  return theirs.codes.map((code, line) => {
    const row = code < 0 ? -1 : rowOf[code]!;
    if (row < 0) {
      const place = `${table.placeOf(line)}, column "pupil"`;
      const letter = code < 0 ? null : letterCalledFor(theirs.levels[code]!);
      report(
        line,
        letter === null
          ? problem("correction-pupil-unknown", place, "no pupil of the review has this id")
          : problem("upn-check-letter", place, `no pupil has this UPN, and its digits call for the letter ${letter}`),
      );
    }
    return row;
  });
}

/** The lines of each pupil, in order of first appearance; contradictions are problems. */
function linesByPupil(
  table: Table,
  rows: Int32Array,
  lines: readonly (Line | null)[],
  report: Report,
): Map<number, number[]> {
  const found = new Map<number, number[]>();
  rows.forEach((row, line) => {
    const own = lines[line];
    if (row < 0 || !own) return;
    const before = found.get(row);
    if (!before) {
      found.set(row, [line]);
      return;
    }
    const first = lines[before[0]!]!;
    if (first.action === "leave-out" || own.action !== first.action || own.reason !== first.reason) {
      const message = `the same pupil has another correction on ${table.placeOf(before[0]!)}`;
      report(line, problem("correction-twice", `${table.placeOf(line)}, column "pupil"`, message));
    } else before.push(line);
  });
  return found;
}

/** What each pupil's shares are replaced by, under the rules of a table of shares: what is missing to 1 is unaccounted. */
function sharesOf(
  table: Table,
  pupils: readonly (readonly number[])[],
): Result<readonly Correction["shares"][], readonly { readonly line: number; readonly found: Problem }[]> {
  const school = columnOf(table, "school", "category");
  const values = columnOf(table, "share", "number").values;
  const lines = pupils.flat();
  const shares = sharesFromTable(
    {
      pupil: Int32Array.from(pupils.flatMap((own, pupil) => own.map(() => pupil))),
      school: Int32Array.from(lines, (line) => school.codes[line]!),
      share: Float64Array.from(lines, (line) => values[line]!),
    },
    pupils.length,
    "unaccounted",
  );
  if (!shares.ok)
    return err(
      membershipProblems(shares.error, (at) => `${table.placeOf(lines[at]!)}, column "share"`).map((found, i) => {
        const line = lines[shares.error.rows[i]!]!;
        return { line, found: { ...found, message: `${found.message} (here ${values[line]})` } };
      }),
    );
  const { start, school: own, share } = shares.value;
  return ok(
    pupils.map((_, pupil) =>
      Array.from({ length: start[pupil + 1]! - start[pupil]! }, (__, k) => ({
        school: school.levels[own[start[pupil]! + k]!]!,
        share: share[start[pupil]! + k]!,
      })),
    ),
  );
}

/**
 * Reads a table of corrections (columns pupil, action, school, share, reason) for the pupils of a review, all or nothing.
 * @param reasons those that hold on the day of the review
 */
export async function readCorrections(
  path: string,
  tables: ReviewTables,
  reasons: readonly CorrectionReason[],
  progress: Progress,
): Promise<Result<ReadCorrections, readonly Problem[]>> {
  const column = (name: string, kind: "category" | "number", missing: "allow" | "refuse") => ({
    ...{ name, kind, missing, askedAt: null },
  });
  const read = await readTable({
    files: [sourceFile(path)],
    columns: [
      column("pupil", "category", "refuse"),
      column("action", "category", "refuse"),
      column("school", "category", "allow"),
      column("share", "number", "allow"),
      column("reason", "category", "refuse"),
    ],
    format: anyFormat,
    progress,
  });
  if (!read.ok) return read;
  const table = read.value;
  const problems: { readonly line: number; readonly found: Problem }[] = [];
  const report: Report = (line, found) => problems.push({ line, found });
  const { specification, pupils, membership } = tables;
  const rows = rowsOfPupils(table, pupils, specification.pupil, report);
  const lines = Array.from(rows, (_, line) => readLine(table, line, reasons, report));
  const ofPupil = linesByPupil(table, rows, lines, report);
  const known = schoolsOfPupils({ table: pupils, specification }, membership);
  lines.forEach((line, at) => {
    const school = textOn(table, "school", at);
    if (line?.action === "shares" && school !== null && !known.has(school))
      report(at, schoolUnknown(`${table.placeOf(at)}, column "school"`, school));
  });
  const written = columnOf(table, "share", "number").values;
  const shared = [...ofPupil].filter(
    ([, own]) => lines[own[0]!]!.action === "shares" && own.every((line) => !Number.isNaN(written[line])),
  );
  const shares = sharesOf(
    table,
    shared.map(([, own]) => own),
  );
  if (!shares.ok) problems.push(...shares.error);
  if (problems.length > 0 || !shares.ok) return err(problems.sort((a, b) => a.line - b.line).map(({ found }) => found));
  const given = new Map(shared.map(([row], k) => [row, shares.value[k]!]));
  const counts: Record<string, number> = {};
  const corrections = [...ofPupil].map(([row, [first]]): Correction => {
    const { action, reason } = lines[first!]!;
    counts[reason] = (counts[reason] ?? 0) + 1;
    return { row, action, shares: given.get(row) ?? [], place: table.placeOf(first!) };
  });
  return ok({ corrections, reasons: counts });
}
