import { createHash } from "node:crypto";
import { mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { deserialize, serialize } from "node:v8";

/** Finished parts of a long piece of work, kept in a folder so that a run that was stopped goes on behind them. */
export interface Checkpoints {
  /** The answer that was kept under this key; null where there is none, or it is damaged (then with a note). */
  find<Answer>(key: string, note: (text: string) => void): Answer | null;
  /** Keeps an answer: numbers, texts, lists, maps and columns of numbers, as they can be cloned between threads. */
  keep(key: string, answer: unknown): void;
  /** Takes away what was kept under these keys, and what other versions of the program left. */
  clear(keys: readonly string[]): void;
}

const ending = ".checkpoint";
const hashBytes = 32;

const hashOf = (content: Uint8Array) => createHash("sha256").update(content).digest();

/** A key of everything that an answer depends on: inputs by hash, parameters, the program itself. */
export function checkpointKey(parts: readonly unknown[]): string {
  return createHash("sha256")
    .update(JSON.stringify([process.version, ...parts]))
    .digest("hex");
}

/**
 * Checkpoints in a folder, which is made when something is kept. Each stands under another name until it is whole, and carries
 * the hash of its content.
 * @param program what tells this build of the program from others: their checkpoints are never read
 */
export function checkpointsIn(folder: string, program: string): Checkpoints {
  const prefix = createHash("sha256").update(program).digest("hex").slice(0, 12);
  const fileOf = (key: string) => join(folder, `${prefix}-${key}${ending}`);
  return {
    find<Answer>(key: string, note: (text: string) => void): Answer | null {
      const file = fileOf(key);
      let bytes: Buffer;
      try {
        bytes = readFileSync(file);
      } catch {
        return null;
      }
      const content = bytes.subarray(hashBytes);
      if (bytes.length > hashBytes && hashOf(content).equals(bytes.subarray(0, hashBytes)))
        return deserialize(content) as Answer;
      note("a checkpoint was damaged and is made again");
      rmSync(file, { force: true });
      return null;
    },
    keep(key, answer) {
      mkdirSync(folder, { recursive: true });
      const content = serialize(answer);
      const unfinished = `${fileOf(key)}.${process.pid}.new`;
      try {
        writeFileSync(unfinished, Buffer.concat([hashOf(content), content]));
        renameSync(unfinished, fileOf(key));
      } catch (error) {
        rmSync(unfinished, { force: true });
        throw error;
      }
    },
    clear(keys) {
      for (const key of keys) rmSync(fileOf(key), { force: true });
      for (const name of namesIn(folder))
        if (!name.startsWith(`${prefix}-`)) rmSync(join(folder, name), { force: true });
    },
  };
}

function namesIn(folder: string): string[] {
  try {
    return readdirSync(folder).filter((name) => name.includes(ending));
  } catch {
    return []; // nothing was ever kept
  }
}
