import { createHmac } from "node:crypto";
import { basename } from "node:path";
import { type PublishedFiles, parseReviewFile } from "../accountability/quality-mark/index.js";
import { effectsOfSets, type PendingSet, type SetEffect } from "../accountability/quality-mark/school-side/index.js";
import { type CorrectableMeasure, correctableMeasure } from "../accountability/value-added/index.js";
import { makeEngland, type Phase } from "../england/index.js";
import { filesOfReview, fingerprint, readReviewTables } from "../ingest/index.js";
import { err, ok, type Problem, type Progress, type Result } from "../kernel/index.js";
import { workInThread } from "../platform/threads/index.js";
import { lastYear } from "./national-order.js";
import { specificationOfPhase } from "./national-phase.js";
import { problemCodes } from "./problem-codes.js";
import type { PupilSource } from "./pupil-side.js";

/** What the thread is given. */
export interface PupilOrder {
  readonly source: PupilSource;
  readonly phase: string;
  readonly sets: readonly PendingSet[];
  /** Of the hashes. */
  readonly key: string;
}

/** The first file that is not what was published, or null: the review file's own hash comes first. */
async function changedFile({ path, sha256 }: PublishedFiles, files: readonly string[]): Promise<string | null> {
  const all = [path, ...files];
  for (const [i, file] of all.entries()) if ((await fingerprint(file).catch(() => "")) !== sha256[i]) return file;
  return all.length === sha256.length ? null : path;
}

const changedProblem = (file: string): Problem => ({
  code: "pupil-files-changed",
  place: basename(file),
  message: "it is not, to the last byte, what the review was published from",
  remedy: problemCodes["pupil-files-changed"].remedy,
});

/** The measure of a phase with its pupils, made as it was when it was published. */
async function measureAgain(
  source: PupilSource,
  phase: string,
  progress: Progress,
): Promise<Result<CorrectableMeasure, readonly Problem[]>> {
  if (source.kind === "synthetic") {
    const { seed, regions, cohorts } = source.order;
    const made = makeEngland({ seed, regions, cohorts, lastYear, phases: [phase as Phase] }, progress).phases[0]!;
    return correctableMeasure(specificationOfPhase(made), { pupils: made.pupils, membership: made.spells }, progress);
  }
  const published = source.reviews[phase];
  if (published === undefined) {
    const message = `no review file of the phase ${phase} is known on this machine`;
    return err([
      {
        code: "pupil-files-not-here",
        place: "the corrections",
        message,
        remedy: problemCodes["pupil-files-not-here"].remedy,
      },
    ]);
  }
  const file = await parseReviewFile(published.path);
  if (!file.ok) return file;
  const other = await changedFile(published, await filesOfReview(file.value));
  if (other !== null) return err([changedProblem(other)]);
  const tables = await readReviewTables(file.value, progress);
  return tables.ok ? correctableMeasure(tables.value.specification, tables.value, progress) : tables;
}

workInThread<PupilOrder>(
  async ({ source, phase, sets, key }, progress): Promise<Result<readonly SetEffect[], readonly Problem[]>> => {
    const measure = await measureAgain(source, phase, progress);
    if (!measure.ok) return measure;
    const hash = (reference: string) => createHmac("sha256", key).update(reference).digest("hex");
    return ok(effectsOfSets(measure.value, sets, hash, progress));
  },
);
