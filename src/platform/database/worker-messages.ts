import type { TextResult } from "./connection.js";
import type { EngineReport } from "./errors.js";

/** What a PGlite worker is started with. */
export interface WorkerStart {
  /** The folder of the database's files; null keeps it in memory. */
  readonly folder: string | null;
  /** An archive made by `dump` to start from, instead of PostgreSQL's own first set-up; null without. */
  readonly image: string | null;
}

/** What the main thread asks of the worker; answered in order, under the same number. */
export type WorkerRequest = { readonly id: number } & (
  | { readonly kind: "query"; readonly text: string; readonly parameters: readonly (string | null)[] }
  | { readonly kind: "script"; readonly text: string }
  /** Writes the whole database as an archive to a file. */
  | { readonly kind: "dump"; readonly file: string }
  | { readonly kind: "close" }
);

/** What the worker answers; number 0 is the start itself. */
export type WorkerAnswer =
  | { readonly id: number; readonly ok: true; readonly result: TextResult | null }
  | { readonly id: number; readonly ok: false; readonly report: EngineReport };
