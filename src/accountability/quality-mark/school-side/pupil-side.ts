import type { Problem, Result } from "../../../kernel/index.js";
import type { SetEffect } from "./effects.js";
import type { PendingSet } from "./store.js";

/**
 * The side on which pupils' files are: the only place that reads them. The web server asks it for hashes and effects, and never sees a
 * pupil's row.
 */
export interface PupilSide {
  /** The keyed hash of a reference, 64 hexadecimal digits: without the key nobody can try references out. */
  hash(reference: string): string;
  /** How pupils of a school are referred to, for who is about to type one; null where there is nothing to say. */
  hint(urn: string): Promise<string | null>;
  /** What sets of corrections would change; every problem where the files can't be measured. */
  effects(sets: readonly PendingSet[], signal: AbortSignal): Promise<Result<readonly SetEffect[], readonly Problem[]>>;
}
