import { mkdir, open, rename, rm } from "node:fs/promises";
import { join } from "node:path";
import { type Column, dateOfDay, missingDay, type Progress, silent, type Table } from "../kernel/index.js";
import type { England, PhaseTruth } from "./england.js";
import { type Field, registerFiles } from "./write-register.js";
import { readMe, reviewYaml } from "./write-words.js";

/** Rows that are turned into text at a time. */
const slab = 20_000;

/** Where the files stand until all are written. */
export function partFolder(folder: string): string {
  return join(folder, `.england.${process.pid}.part`);
}

/**
 * Writes a synthetic England as the files that a user would have: pupils, spells, schools, trusts, evidence and a review file for
 * each phase, ready for `greenpaper review`; and the truth, which only tests may read. All files appear, or none.
 *
 * @param folder is made where it is missing; files of the same names are replaced
 * @returns the names of the files
 * @throws {Error} of the file system
 */
export async function writeEngland(england: England, folder: string, progress: Progress = silent): Promise<string[]> {
  const part = partFolder(folder);
  const texts: (readonly [name: string, text: () => Iterable<string>])[] = [
    ["README.md", () => [readMe(england)]],
    ...england.phases.flatMap(({ phase, specification, pupils, spells }) => [
      [`pupils-${phase}.csv`, () => tableText(pupils)] as const,
      [`spells-${phase}.csv`, () => tableText(spells)] as const,
      [`review-${phase}.yaml`, () => [reviewYaml(phase, specification)]] as const,
    ]),
    ...registerFiles(england).map(({ name, header, rows }) => [name, () => rowsText(header, rows())] as const),
    ["schools.csv", () => rowsText(schoolHeader, schoolRows(england))],
    [
      "trusts.csv",
      () =>
        rowsText(
          ["uid", "name", "region", "kind", "academies"],
          england.trusts.map((t) => [t.uid, t.name, t.region, t.kind, t.academies]),
        ),
    ],
    [
      "safeguarding.csv",
      () =>
        rowsText(
          ["school", "outcome", "audited_on"],
          england.evidence.safeguarding.map((e) => [e.school, e.outcome, e.on]),
        ),
    ],
    [
      "accounts.csv",
      () =>
        rowsText(
          ["school", "opinion", "signed_on"],
          england.evidence.accounts.map((e) => [e.school, e.opinion, e.on]),
        ),
    ],
    [
      "truth.csv",
      () =>
        rowsText(
          ["phase", "school", "persistent", "cohort", "of_year"],
          england.truth.flatMap((t) => [...truthRows(t, england)]),
        ),
    ],
  ];
  await mkdir(part, { recursive: true });
  try {
    progress.stage("Files of the synthetic England", texts.length);
    for (const [name, text] of texts) {
      await writePieces(join(part, name), text());
      progress.done(1);
    }
    for (const [name] of texts) await rename(join(part, name), join(folder, name));
  } finally {
    await rm(part, { recursive: true, force: true });
  }
  return texts.map(([name]) => name);
}

async function writePieces(path: string, pieces: Iterable<string>): Promise<void> {
  const file = await open(path, "w");
  try {
    for (const piece of pieces) await file.write(piece);
  } finally {
    await file.close();
  }
}

function field(value: Field): string {
  if (value === null) return "";
  if (typeof value === "number") return String(value);
  return /[",\r\n]|^\s|\s$/.test(value) ? `"${value.replaceAll('"', '""')}"` : value;
}

function* rowsText(header: readonly string[], rows: Iterable<readonly Field[]>): Iterable<string> {
  yield `${header.map(field).join(",")}\r\n`;
  for (const row of rows) yield `${row.map(field).join(",")}\r\n`;
}

/** A table as CSV, some thousand rows at a time: a whole country's text is longer than a string may be. */
function* tableText(table: Table): Iterable<string> {
  const columns = [...table.columns.values()];
  const writers = columns.map(writerOf);
  yield `${columns.map((column) => field(column.name)).join(",")}\r\n`;
  for (let from = 0; from < table.rows; from += slab) {
    let text = "";
    for (let row = from; row < Math.min(table.rows, from + slab); row++) {
      text += writers[0]!(row);
      for (let k = 1; k < writers.length; k++) text += `,${writers[k]!(row)}`;
      text += "\r\n";
    }
    yield text;
  }
}

function writerOf(column: Column): (row: number) => string {
  if (column.kind === "number") return (row) => (Number.isNaN(column.values[row]!) ? "" : String(column.values[row]!));
  if (column.kind === "category") {
    const words = column.levels.map(field);
    return (row) => words[column.codes[row]!] ?? "";
  }
  const dates = new Map<number, string>([[missingDay, ""]]);
  return (row) => {
    const day = column.days[row]!;
    let text = dates.get(day);
    if (text === undefined) {
      text = dateOfDay(day);
      dates.set(day, text);
    }
    return text;
  };
}

const schoolHeader = [
  "urn",
  "name",
  "town",
  "authority",
  "authority_name",
  "region",
  "phase",
  "kind",
  "low_age",
  "high_age",
  "admissions",
  "pupils",
  "capacity",
  "fsm6_percent",
  "trust",
] as const;

function* schoolRows(england: England): Iterable<readonly Field[]> {
  const authority = new Map(england.authorities.map((one) => [one.code as string, one.name]));
  const region = new Map(england.regions.map((one) => [one.code as string, one.name]));
  for (const s of england.schools)
    yield [
      s.urn,
      s.name,
      s.town,
      s.authority,
      authority.get(s.authority)!,
      region.get(s.region)!,
      s.phase,
      s.kind.replaceAll("-", " "),
      s.lowAge,
      s.highAge,
      s.admissions,
      s.pupils,
      s.capacity,
      s.fsm6Percent,
      s.trust,
    ];
}

function* truthRows(truth: PhaseTruth, england: England): Iterable<readonly Field[]> {
  const years = england.phases.find((phase) => phase.phase === truth.phase)!.years;
  for (const [t, year] of years.entries())
    for (const [s, school] of truth.schools.entries())
      yield [truth.phase, school, truth.persistent[s]!, year, truth.ofYear[t * truth.schools.length + s]!];
}
