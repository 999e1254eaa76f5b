import { createHash } from "node:crypto";
import {
  closeSync,
  existsSync,
  fstatSync,
  mkdirSync,
  openSync,
  readFileSync,
  readSync,
  renameSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import type { Country } from "./country.js";
import { type Pupils, smallCovariates } from "./generate.js";

/** The sources that decide what a country's pupils are: a change in one of them makes the kept columns stale. */
const sources = [
  "bench/value-added/columns.ts",
  "bench/value-added/generate.ts",
  "bench/value-added/moves.ts",
  "bench/value-added/neighbours.ts",
  "bench/value-added/schools.ts",
  "bench/value-added/truth.ts",
  "src/kernel/random.ts",
];

/** What the kept columns were made from. */
export function stampOf(country: Country, project: string): string {
  const hash = createHash("sha256").update(JSON.stringify(country));
  for (const source of sources) hash.update(readFileSync(join(project, source)));
  return hash.digest("hex");
}

const stampFile = "stamp";

/** Whether the folder holds whole columns of this stamp. */
export function hasColumns(folder: string, stamp: string): boolean {
  const file = join(folder, stampFile);
  return existsSync(file) && readFileSync(file, "utf8") === stamp;
}

const endings = { Float64Array: "f64", Int32Array: "i32", Uint8Array: "u8" };

function named(pupils: Pupils): [string, Float64Array | Int32Array | Uint8Array][] {
  const { small, ...columns } = pupils;
  return [...Object.entries(columns), ...Object.entries(small)];
}

/** Keeps the columns as raw little-endian numbers, one file each; the folder is whole or not there. */
export function saveColumns(folder: string, pupils: Pupils, stamp: string): void {
  const fresh = `${folder}.${process.pid}`;
  rmSync(fresh, { recursive: true, force: true });
  mkdirSync(fresh, { recursive: true });
  for (const [name, column] of named(pupils))
    writeFileSync(join(fresh, `${name}.${endings[column.constructor.name as keyof typeof endings]}`), column);
  writeFileSync(join(fresh, stampFile), stamp);
  rmSync(folder, { recursive: true, force: true });
  renameSync(fresh, folder);
}

/** Reads a file of raw numbers straight into shared memory, where the engine's workers may read it too. */
function readColumn<T>(file: string, make: (bytes: SharedArrayBuffer) => T): T {
  const handle = openSync(file, "r");
  try {
    const bytes = new SharedArrayBuffer(fstatSync(handle).size);
    const view = new Uint8Array(bytes);
    for (let at = 0; at < view.length; ) {
      const read = readSync(handle, view, at, Math.min(view.length - at, 1 << 30), at);
      if (read === 0) throw new Error(`${file} ended early`);
      at += read;
    }
    return make(bytes);
  } finally {
    closeSync(handle);
  }
}

/** Reads what `saveColumns` kept. */
export function loadColumns(folder: string): Pupils {
  const doubles = (name: string) => readColumn(join(folder, `${name}.f64`), (bytes) => new Float64Array(bytes));
  const integers = (name: string) => readColumn(join(folder, `${name}.i32`), (bytes) => new Int32Array(bytes));
  const bytes = (name: string) => readColumn(join(folder, `${name}.u8`), (shared) => new Uint8Array(shared));
  return {
    score: doubles("score"),
    prior: doubles("prior"),
    idaci: doubles("idaci"),
    small: Object.fromEntries(smallCovariates.map((name) => [name, bytes(name)])) as Pupils["small"],
    cohort: bytes("cohort"),
    school: integers("school"),
    start: integers("start"),
    share: doubles("share"),
    effect: doubles("effect"),
    cohortEffect: doubles("cohortEffect"),
    authority: integers("authority"),
    authorityEffect: doubles("authorityEffect"),
  };
}
