import { readFile } from "node:fs/promises";
import type { SummedParts } from "../../statistics/mixed-model/index.js";
import type { SourceFile } from "../file-bytes.js";
import { writeAtomically } from "../write-files.js";
import type { RowCounts } from "./check-rows.js";
import { fault } from "./engine.js";

/** Who made sums, of what, and how many rows were left out of them. */
export interface SumsRecord {
  readonly formula: string;
  /** Engine and source, as `DuckDB on pupils.parquet`. */
  readonly madeBy: string;
  readonly counts: RowCounts;
}

const format = "greenpaper-sums";
const version = 1;

type Numbers = Float64Array | Int32Array;

/** Numbers as base64 of their bytes, little-endian: exact, and a third larger than they are. */
const encoded = (numbers: Numbers) =>
  Buffer.from(numbers.buffer, numbers.byteOffset, numbers.byteLength).toString("base64");

/** Writes sums as JSON, whole or not at all. */
export async function writeSums(path: string, parts: SummedParts, record: SumsRecord): Promise<void> {
  const { gram, terms, pairs, ...rest } = parts;
  const written = {
    ...{ format, version, ...record, ...rest },
    gram: encoded(gram),
    terms: terms.map((term) => ({ ...term, levelSums: encoded(term.levelSums) })),
    pairs: { row: encoded(pairs.row), column: encoded(pairs.column), value: encoded(pairs.value) },
  };
  await writeAtomically(path, `${JSON.stringify(written)}\n`);
}

interface Written {
  readonly format: string;
  readonly version: number;
  readonly rows: number;
  readonly response: SummedParts["response"];
  readonly fixed: SummedParts["fixed"];
  readonly gram: string;
  readonly terms: readonly { group: string; levels: string[]; coefficients: string[]; levelSums: string }[];
  readonly pairs: { readonly row: string; readonly column: string; readonly value: string };
}

/** The numbers of a text. @throws {RangeError} unless there are as many as there should be, all finite */
function doubles(text: string, length: number | null): Float64Array {
  const bytes = Uint8Array.from(Buffer.from(text, "base64"));
  if (bytes.length % 8 !== 0 || (length !== null && bytes.length !== 8 * length))
    throw new RangeError(`${bytes.length / 8} numbers stand where ${length ?? "whole ones"} should`);
  const numbers = new Float64Array(bytes.buffer);
  if (!numbers.every(Number.isFinite)) throw new RangeError("a sum is not a finite number");
  return numbers;
}

function places(text: string, length: number, below: number): Int32Array {
  const bytes = Uint8Array.from(Buffer.from(text, "base64"));
  if (bytes.length !== 4 * length) throw new RangeError(`${bytes.length / 4} places stand where ${length} should`);
  const numbers = new Int32Array(bytes.buffer);
  if (!numbers.every((place) => place >= 0 && place < below))
    throw new RangeError("a pair names an effect that is not there");
  return numbers;
}

function partsOf(written: Written): SummedParts {
  const w = written.fixed.length + 1;
  const terms = written.terms.map(({ group, levels, coefficients, levelSums }) => ({
    ...{ group, levels, coefficients },
    levelSums: doubles(levelSums, levels.length * coefficients.length * w),
  }));
  const scalars = terms.reduce((sum, { levels, coefficients }) => sum + levels.length * coefficients.length, 0);
  const value = doubles(written.pairs.value, null);
  const row = places(written.pairs.row, value.length, scalars);
  const column = places(written.pairs.column, value.length, scalars);
  if (row.some((place, e) => place > column[e]!)) throw new RangeError("a pair stands below the diagonal");
  const { rows, response, fixed } = written;
  const scales = [...fixed, response].every(({ centre, scale }) => Number.isFinite(centre) && scale > 0);
  if (!scales || !Number.isInteger(rows) || rows <= 0) throw new RangeError("a count, a centre or a scale is missing");
  return { rows, response, fixed, gram: doubles(written.gram, w * w), terms, pairs: { row, column, value } };
}

/**
 * Reads what {@link writeSums} wrote, on whichever machine.
 * @throws {SumsFault} `sums-unreadable`, `file-missing`
 */
export async function readSums(
  file: SourceFile,
): Promise<{ readonly parts: SummedParts; readonly record: SumsRecord }> {
  const text = await readFile(file.path, "utf8").catch((error: NodeJS.ErrnoException) => {
    throw error.code === "ENOENT"
      ? fault("file-missing", file.shown, "there is no such file", "Correct the path.")
      : fault("file-unreadable", file.shown, `the file can't be read (${error.code})`);
  });
  try {
    const written = JSON.parse(text) as Written & SumsRecord;
    if (written.format !== format) throw new RangeError("it is not a file of sums");
    if (written.version !== version) throw new RangeError(`it is of version ${written.version} and not ${version}`);
    const { formula, madeBy, counts } = written;
    return { parts: partsOf(written), record: { formula, madeBy, counts } };
  } catch (error) {
    const why = error instanceof SyntaxError ? "it is cut off or no JSON" : (error as Error).message;
    throw fault("sums-unreadable", file.shown, why);
  }
}
