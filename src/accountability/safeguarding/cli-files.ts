import { anyFormat, readTable, sourceFile } from "../../ingest/index.js";
import {
  type CivilDate,
  columnOf,
  dateOfDay,
  err,
  missingDay,
  ok,
  type Problem,
  type Progress,
  type Result,
  type Table,
} from "../../kernel/index.js";
import { findRegion } from "../../register/index.js";
import { parseCharterNumber } from "./officer.js";
import type { Outcome } from "./outcome.js";
import type { OutcomeLine } from "./outcomes.js";
import { problem } from "./problems.js";
import type { OfficerRow } from "./service-officers.js";
import type { Point } from "./sites.js";

type Kind = "category" | "number" | "date";

async function tableOf(
  path: string,
  columns: Readonly<Record<string, readonly [Kind, "allow" | "refuse"]>>,
  progress: Progress,
): Promise<Result<Table, readonly Problem[]>> {
  return readTable({
    files: [sourceFile(path)],
    columns: Object.entries(columns).map(([name, [kind, missing]]) => ({ name, kind, missing, askedAt: null })),
    format: anyFormat,
    progress,
  });
}

function textAt(table: Table, column: string, row: number): string {
  const { codes, levels } = columnOf(table, column, "category");
  return codes[row]! < 0 ? "" : levels[codes[row]!]!;
}

function dayAt(table: Table, column: string, row: number): CivilDate | null {
  const day = columnOf(table, column, "date").days[row]!;
  return day === missingDay ? null : dateOfDay(day);
}

/** Reads outcomes: columns urn, outcome (secure or not-secure), date. Every bad line is reported with its number. */
export async function readOutcomeFile(
  path: string,
  progress: Progress,
): Promise<Result<readonly OutcomeLine[], readonly Problem[]>> {
  const read = await tableOf(
    path,
    { urn: ["category", "refuse"], outcome: ["category", "refuse"], date: ["date", "refuse"] },
    progress,
  );
  if (!read.ok) return read;
  const table = read.value;
  const problems: Problem[] = [];
  const lines = Array.from({ length: table.rows }, (_, row): OutcomeLine | null => {
    const place = table.placeOf(row);
    const word = textAt(table, "outcome", row).toLowerCase().replace(/\s+/g, "-");
    if (word !== "secure" && word !== "not-secure") {
      problems.push(
        problem(
          "outcome-word-unknown",
          `${place}, column "outcome"`,
          `"${textAt(table, "outcome", row)}" is neither secure nor not-secure`,
        ),
      );
      return null;
    }
    return { urn: textAt(table, "urn", row), outcome: word satisfies Outcome, on: dayAt(table, "date", row)!, place };
  });
  return problems.length > 0 ? err(problems) : ok(lines.filter((line) => line !== null));
}

/** Reads officers: columns charter, name, region, base, east, north (kilometres), days, from, until, and subject (may be empty). */
export async function readOfficerFile(
  path: string,
  progress: Progress,
): Promise<Result<readonly OfficerRow[], readonly Problem[]>> {
  const texts = {
    charter: ["category", "refuse"],
    name: ["category", "refuse"],
    region: ["category", "refuse"],
    base: ["category", "refuse"],
    subject: ["category", "allow"],
  } as const;
  const others = {
    east: ["number", "refuse"],
    north: ["number", "refuse"],
    days: ["number", "refuse"],
    from: ["date", "refuse"],
    until: ["date", "refuse"],
  } as const;
  const read = await tableOf(path, { ...texts, ...others }, progress);
  if (!read.ok) return read;
  const table = read.value;
  const problems: Problem[] = [];
  const number = (column: string, row: number) => columnOf(table, column, "number").values[row]!;
  const officers = Array.from({ length: table.rows }, (_, row): OfficerRow | null => {
    const place = table.placeOf(row);
    const charter = parseCharterNumber(textAt(table, "charter", row));
    const region = findRegion(textAt(table, "region", row));
    const [from, until] = [dayAt(table, "from", row)!, dayAt(table, "until", row)!];
    const wrong = (column: string, message: string) =>
      problems.push(problem("officer-line-unreadable", `${place}, column "${column}"`, message));
    if (!charter.ok) wrong("charter", charter.error);
    if (!region) wrong("region", `"${textAt(table, "region", row)}" is no code of a region, as E12000001`);
    if (until <= from) wrong("until", `the charter would end on ${until}, before it begins on ${from}`);
    if (!(number("days", row) >= 0)) wrong("days", "the days must be 0 or more");
    if (!charter.ok || !region) return null;
    return {
      charter: charter.value,
      name: textAt(table, "name", row),
      person: null,
      subject: textAt(table, "subject", row) || null,
      region: region.code,
      baseName: textAt(table, "base", row),
      base: { east: number("east", row), north: number("north", row) },
      daysPerYear: number("days", row),
      chartered: { from, to: until },
      suspensions: [],
      interests: [],
    };
  });
  return problems.length > 0 ? err(problems) : ok(officers.filter((officer) => officer !== null));
}

/** Reads places: columns URN, Easting and Northing in metres on the National Grid, as the register of schools has them. */
export async function readPlaceFile(
  path: string,
  progress: Progress,
): Promise<Result<ReadonlyMap<string, Point>, readonly Problem[]>> {
  const read = await tableOf(
    path,
    { URN: ["category", "refuse"], Easting: ["number", "allow"], Northing: ["number", "allow"] },
    progress,
  );
  if (!read.ok) return read;
  const table = read.value;
  const [easting, northing] = [
    columnOf(table, "Easting", "number").values,
    columnOf(table, "Northing", "number").values,
  ];
  const places = new Map<string, Point>();
  for (let row = 0; row < table.rows; row++)
    if (easting[row]! > 0 && northing[row]! > 0)
      places.set(textAt(table, "URN", row), { east: easting[row]! / 1000, north: northing[row]! / 1000 });
  return ok(places);
}
