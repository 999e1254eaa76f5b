import { createHmac } from "node:crypto";
import { parseReviewFile } from "../accountability/quality-mark/index.js";
import { effectsOfSets, type PendingSet, type SetEffect } from "../accountability/quality-mark/school-side/index.js";
import { type CorrectableMeasure, correctableMeasure } from "../accountability/value-added/index.js";
import { makeEngland, type Phase } from "../england/index.js";
import { readReviewTables } from "../ingest/index.js";
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
  const path = source.reviews[phase];
  if (path === undefined) {
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
  const file = await parseReviewFile(path);
  if (!file.ok) return file;
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
