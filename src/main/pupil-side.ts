import { createHmac, randomBytes } from "node:crypto";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { PublishedFiles } from "../accountability/quality-mark/index.js";
import type { PendingSet, PupilSide, SetEffect } from "../accountability/quality-mark/school-side/index.js";
import { err, ok, type Problem, type Result, silent } from "../kernel/index.js";
import { startThread } from "../platform/threads/index.js";
import type { NationalOrder } from "./national-order.js";
import { problemCodes } from "./problem-codes.js";
import type { PupilOrder } from "./pupil-thread.js";

/** Where the pupils of the published review come from. */
export type PupilSource =
  /** Made again from the seed: nothing of a pupil is kept anywhere. */
  | {
      readonly kind: "synthetic";
      readonly order: NationalOrder;
      /** The first and the last number of the pupils of each school. */
      readonly numbers: Readonly<Record<string, readonly [number, number]>>;
    }
  /** Review files on this machine, by the phase that each decides about: where each is, and the hashes of all that it was made of. */
  | { readonly kind: "files"; readonly reviews: Readonly<Record<string, PublishedFiles>> };

const folderIn = (home: string) => join(home, "pupils");

/** Remembers where the pupils of the published review come from; only this machine's user may read it. */
export function keepPupilSource(home: string, source: PupilSource): void {
  mkdirSync(folderIn(home), { recursive: true, mode: 0o700 });
  writeFileSync(join(folderIn(home), "source.json"), JSON.stringify(source), { mode: 0o600 });
}

/** Remembers where the files of a published review are, by phase: paths and hashes, nothing of a pupil. */
export function keepFileSource(home: string, reviews: Readonly<Record<string, PublishedFiles>>): void {
  keepPupilSource(home, { kind: "files", reviews });
}

/** What was remembered, or null. */
export function readPupilSource(home: string): PupilSource | null {
  try {
    return JSON.parse(readFileSync(join(folderIn(home), "source.json"), "utf8")) as PupilSource;
  } catch {
    return null; // effects then say that the pupil files are not here
  }
}

/** The key of the hashes: from the environment where several servers share a database, else made once and kept. */
function pupilKey(home: string, given: string | undefined): string {
  if (given !== undefined && given.length >= 32) return given;
  const file = join(folderIn(home), "key");
  mkdirSync(folderIn(home), { recursive: true, mode: 0o700 });
  try {
    writeFileSync(file, randomBytes(32).toString("hex"), { mode: 0o600, flag: "wx" });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
  }
  return readFileSync(file, "utf8");
}

const notHere: Problem = {
  code: "pupil-files-not-here",
  place: "the corrections",
  message: "the pupil files of the published review are not on this machine",
  remedy: problemCodes["pupil-files-not-here"].remedy,
};

/** Measures in a thread of its own, which ends when the job does. */
async function inThread(
  order: PupilOrder,
  signal: AbortSignal,
): Promise<Result<readonly SetEffect[], readonly Problem[]>> {
  const work = startThread<Result<readonly SetEffect[], readonly Problem[]>>(
    new URL("./pupil-thread.js", import.meta.url),
    order,
    silent,
  );
  const stop = () => void work.stop();
  signal.addEventListener("abort", stop, { once: true });
  try {
    return await work.result;
  } finally {
    signal.removeEventListener("abort", stop);
    await work.stop(); // gives the pupils' memory back
  }
}

/** The side on which pupils' files are: the home folder of this machine. */
export function pupilSideIn(home: string, environment: Readonly<Record<string, string | undefined>>): PupilSide {
  let key: string | null = null;
  const keyed = () => {
    key ??= pupilKey(home, environment.GREENPAPER_PUPIL_KEY);
    return key;
  };
  return {
    hash: (reference) => createHmac("sha256", keyed()).update(reference).digest("hex"),
    async hint(urn) {
      const source = readPupilSource(home);
      const numbers = source?.kind === "synthetic" ? source.numbers[urn] : undefined;
      return numbers ? `The made-up pupils of this school are numbered from ${numbers[0]} to ${numbers[1]}.` : null;
    },
    async effects(sets, signal) {
      const source = readPupilSource(home);
      if (source === null) return err([notHere]);
      const effects: SetEffect[] = [];
      for (const phase of new Set(sets.map((set: PendingSet) => set.phase))) {
        const own = sets.filter((set) => set.phase === phase);
        const computed = await inThread({ source, phase, sets: own, key: keyed() }, signal);
        if (!computed.ok) return computed;
        effects.push(...computed.value);
      }
      return ok(effects);
    },
  };
}
