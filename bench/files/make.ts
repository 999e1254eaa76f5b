import { copyFileSync, existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { runProcess } from "../run-process.js";
import type { BenchOptions } from "../task.js";

/** Which files: regions and cohorts of the synthetic England of seed 1, thinned to so many pupils a phase. */
export interface FilesWanted {
  readonly name: string;
  readonly regions: readonly string[];
  readonly cohorts: number;
  /** Null keeps all. */
  readonly pupilsOfPhase: number | null;
}

export const formats = ["csv", "parquet"] as const;
export type Format = (typeof formats)[number];
const phases = ["primary", "secondary"] as const;

/** A pupil's place in a fixed shuffle of the ids: who is kept does not go with school or cohort. */
const shuffled = "(cast(pupil as bigint) * 2654435761) % 4294967296";

/** DuckDB would take yes and no for truth values. */
const typed = "sample_size=-1, auto_type_candidates=['BIGINT', 'DOUBLE', 'DATE', 'VARCHAR']";

/** Runs SQL in DuckDB, one statement after the other; answers the first value of the last. */
async function runSql(statements: readonly string[]): Promise<unknown> {
  const { DuckDBInstance } = await import("@duckdb/node-api");
  const database = await DuckDBInstance.create(":memory:", { threads: "1" });
  const connection = await database.connect();
  try {
    let last: unknown = null;
    for (const statement of statements) last = (await connection.runAndReadAll(statement)).getRows()[0]?.[0];
    return last;
  } finally {
    connection.closeSync();
    database.closeSync();
  }
}

/** Thins one phase's pupils and spells and writes them in both formats: columns of Parquet have types, those of CSV are texts. */
async function writePhase(from: string, to: string, phase: string, pupils: number | null): Promise<void> {
  const csv = (name: string, types: string) =>
    `read_csv('${join(from, `${name}-${phase}.csv`)}', header=true, ${types})`;
  const last =
    pupils === null
      ? null
      : await runSql([
          `select ${shuffled} as place from ${csv("pupils", "all_varchar=true")} order by place limit 1 offset ${pupils - 1}`,
        ]);
  const kept = last === null ? "true" : `${shuffled} <= ${last}`;
  for (const name of ["pupils", "spells"]) {
    const out = (format: Format) => join(to, `${name}-${phase}.${format}`);
    await runSql([
      "set preserve_insertion_order = true",
      `copy (select * from ${csv(name, "all_varchar=true")} where ${kept}) to '${out("csv")}' (header, delimiter ',')`,
      `copy (select * from ${csv(name, typed)} where ${kept}) to '${out("parquet")}' (format parquet)`,
    ]);
  }
}

/** Files beside the pupils', which both formats share. */
const others = [
  ...["schools", "safeguarding", "accounts", "register-schools", "register-groups", "register-group-links"],
].map((name) => `${name}.csv`);

function writeReviews(from: string, to: string): void {
  for (const phase of phases) {
    const text = readFileSync(join(from, `review-${phase}.yaml`), "utf8");
    writeFileSync(join(to, `review-${phase}-csv.yaml`), text);
    writeFileSync(join(to, `review-${phase}-parquet.yaml`), text.replaceAll(`-${phase}.csv`, `-${phase}.parquet`));
  }
}

/** The folder with the wanted files, made once and kept. @throws {Error} when they can't be made */
export async function filesFor(wanted: FilesWanted, options: BenchOptions): Promise<string> {
  const folder = join(options.kept, "files", wanted.name);
  if (existsSync(folder)) return folder;
  options.say(`making the files of ${wanted.name} (once)`);
  const [england, unfinished] = [join(options.scratch, "england"), `${folder}.${process.pid}`];
  try {
    const order = ["--out", england, "--regions", wanted.regions.join(","), "--cohorts", String(wanted.cohorts)];
    const made = await runProcess(process.execPath, [join(options.project, "dist/main/cli.js"), "england", ...order], {
      cwd: options.project,
      timeoutSeconds: options.timeoutSeconds,
    });
    if (made.code !== 0) throw new Error(`the files could not be made: ${made.complaint}`);
    mkdirSync(unfinished, { recursive: true });
    for (const phase of phases) await writePhase(england, unfinished, phase, wanted.pupilsOfPhase);
    for (const name of others) copyFileSync(join(england, name), join(unfinished, name));
    writeReviews(england, unfinished);
    renameSync(unfinished, folder);
    return folder;
  } finally {
    rmSync(england, { recursive: true, force: true });
    rmSync(unfinished, { recursive: true, force: true });
  }
}

/** The review files of a format, one a phase. */
export const reviewsOf = (folder: string, format: Format) =>
  phases.map((phase) => join(folder, `review-${phase}-${format}.yaml`));
