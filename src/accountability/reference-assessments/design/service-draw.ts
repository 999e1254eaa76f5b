import {
  anyFormat,
  checkWritable,
  fingerprint,
  formatCsv,
  readTable,
  sourceFile,
  writeTogether,
} from "../../../ingest/index.js";
import {
  type CategoryColumn,
  columnOf,
  err,
  ok,
  type Problem,
  type Progress,
  type Result,
  type Table,
} from "../../../kernel/index.js";
import type { SortKey } from "../../../statistics/survey/index.js";
import { studyProblem } from "../study/problem.js";
import { type DrawnSample, drawSample, type FileFrame, type SampleOrder } from "./draw.js";

/** A frame's columns under their names in its file. */
export interface FrameColumns {
  readonly id: string;
  readonly size: string;
  /** Explicit strata: every combination of them is one. */
  readonly strata: readonly string[];
  /** Implicit strata, the most important first. */
  readonly order: readonly string[];
  readonly certain: string | null;
  /** Permanent random numbers. */
  readonly number: string | null;
}

/** What a draw from a file is asked for. */
export interface DrawOrder {
  readonly path: string;
  readonly columns: FrameColumns;
  /** The decimal mark of the frame's numbers; a point where left out. */
  readonly decimal?: "." | ",";
  readonly sample: SampleOrder;
  /** Where sample.csv and record.json are written; null writes nothing. */
  readonly folder: string | null;
  readonly today: string;
  readonly version: string;
}

/** A sample with its record, and the files that were written. */
export interface DrawAnswer {
  readonly sample: DrawnSample;
  readonly record: Readonly<Record<string, unknown>>;
  readonly files: readonly string[];
}

const textsOf = ({ codes, levels }: CategoryColumn) => Array.from(codes, (code) => levels[code]!);

function sortKeyOf(table: Table, name: string): SortKey {
  const column = table.columns.get(name)!;
  return column.kind === "number" ? column.values : textsOf(columnOf(table, name, "category"));
}

/** Problems of the frame's values, each with its line. */
function faultsOf(table: Table, columns: FrameColumns): Problem[] {
  const faults: Problem[] = [];
  const at = (row: number, column: string) => `${table.placeOf(row)}, column "${column}"`;
  const ids = textsOf(columnOf(table, columns.id, "category"));
  const first = new Map<string, number>();
  ids.forEach((id, row) => {
    const before = first.get(id);
    if (before === undefined) first.set(id, row);
    else
      faults.push(
        studyProblem("frame-unit-twice", at(row, columns.id), `unit ${id} stands at ${table.placeOf(before)} already`),
      );
  });
  const check = (name: string | null, good: (value: number) => boolean, remedy: string) => {
    if (name === null) return;
    columnOf(table, name, "number").values.forEach((value, row) => {
      if (!good(value))
        faults.push(
          studyProblem(
            "frame-value-invalid",
            at(row, name),
            Number.isNaN(value) ? "there is no value" : `the value is ${value}`,
            remedy,
          ),
        );
    });
  };
  check(columns.size, (value) => value >= 0 && Number.isFinite(value), "Give a size of 0 or more.");
  check(columns.certain, (value) => value === 0 || value === 1, "Write 1 for a certain unit and 0 for others.");
  check(columns.number, (value) => value > 0 && value < 1, "Permanent numbers are above 0 and below 1.");
  return faults;
}

/** Reads a sampling frame, all or nothing. */
export async function readFrame(
  path: string,
  columns: FrameColumns,
  progress: Progress,
  decimal: "." | "," = ".",
): Promise<Result<FileFrame, readonly Problem[]>> {
  const wanted = new Map<string, "category" | "number" | "either">();
  for (const name of columns.order) wanted.set(name, "either");
  for (const name of columns.strata) wanted.set(name, "category");
  for (const name of [columns.size, columns.certain, columns.number]) if (name !== null) wanted.set(name, "number");
  wanted.set(columns.id, "category");
  const read = await readTable({
    files: [sourceFile(path)],
    columns: [...wanted].map(([name, kind]) => ({
      name,
      kind,
      missing: kind === "number" ? ("allow" as const) : ("refuse" as const),
      askedAt: null,
    })),
    format: { ...anyFormat, decimal },
    progress,
  });
  if (!read.ok) return read;
  const table = read.value;
  const faults = faultsOf(table, columns);
  if (faults.length > 0) return err(faults);
  const parts = columns.strata.map((name) => textsOf(columnOf(table, name, "category")));
  const flags = columns.certain === null ? null : columnOf(table, columns.certain, "number").values;
  return ok({
    names: textsOf(columnOf(table, columns.id, "category")),
    sizes: columnOf(table, columns.size, "number").values,
    strata: Array.from({ length: table.rows }, (_, row) =>
      parts.length === 0 ? "all" : parts.map((part) => part[row]!).join(" / "),
    ),
    sortBy: columns.order.map((name) => sortKeyOf(table, name)),
    certain: new Set(flags === null ? [] : [...flags.keys()].filter((row) => flags[row] === 1)),
    numbers: columns.number === null ? null : columnOf(table, columns.number, "number").values,
  });
}

const header = [
  ...["unit", "stratum", "size", "probability", "weight", "role", "replaces", "order", "certain"],
  ...["persons", "person_weight"],
];

/** Draws a sample from a frame's file and writes `sample.csv` and `record.json`, both or neither. */
export async function drawFromFile(
  order: DrawOrder,
  progress: Progress,
): Promise<Result<DrawAnswer, readonly Problem[]>> {
  if (order.folder !== null) {
    const writable = await checkWritable(order.folder);
    if (!writable.ok) return err([writable.error]);
  }
  const frame = await readFrame(order.path, order.columns, progress, order.decimal);
  if (!frame.ok) return frame;
  const sample = drawSample(frame.value, order.sample);
  if (!sample.ok) return sample;
  const { lines, draw, joined, estimatedSize, cautions } = sample.value;
  const { byStratum, ...options } = order.sample;
  const record = {
    ...{ kind: "draw", code: order.version, date: order.today },
    frame: { name: sourceFile(order.path).shown, sha256: await fingerprint(order.path) },
    ...(order.decimal === undefined ? {} : { decimal: order.decimal }),
    ...{ columns: order.columns, options: { ...options, byStratum: Object.fromEntries(byStratum) } },
    ...{ draw, joined, estimatedSize, cautions },
  };
  const rows = lines.map((line) => [
    ...[line.unit, line.stratum, line.size, line.probability, line.weight, line.role, line.replaces, line.order],
    ...[line.certain ? 1 : 0, line.persons, line.personWeight],
  ]);
  const written = {
    "sample.csv": formatCsv(header, rows),
    "record.json": `${JSON.stringify(record, null, 2)}\n`,
  };
  if (order.folder !== null) await writeTogether(order.folder, written);
  return ok({ sample: sample.value, record, files: order.folder === null ? [] : Object.keys(written) });
}
