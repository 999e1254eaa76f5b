import { basename } from "node:path";
import { filesOfReview, fingerprint, shownPath } from "../../ingest/index.js";
import { type CivilDate, ok, type Problem, type Progress, type Result } from "../../kernel/index.js";
import { type Checkpoints, checkpointKey } from "../../platform/checkpoints/index.js";
import type { Review } from "./review.js";
import { parseReviewFile } from "./review-file-parse.js";
import { reviewFromFile } from "./review-service.js";
import type { ReviewInput } from "./store-input.js";

/** A review of somebody's own files without the pupils: what is published of it. It can be cloned between threads. */
export interface FilePhase {
  /** The review file's path, as messages show it. */
  readonly place: string;
  readonly title: string;
  readonly date: CivilDate;
  readonly review: Review;
  readonly confidence: number;
  readonly pupils: number;
  /** Every file that was read, the review file first. */
  readonly inputs: readonly ReviewInput[];
  /** Under what it is kept as a checkpoint, and whether it came from one. */
  readonly key: string;
  readonly kept: boolean;
}

/** Where a published review's files are. */
export interface PublishedFiles {
  /** Of the review file, absolute. */
  readonly path: string;
  /** SHA-256 of every file that was read, the review file first. */
  readonly sha256: readonly string[];
}

/**
 * Makes the review of a file, or takes it from a checkpoint of a run that was stopped: the same files to the last byte, the same
 * day and the same program.
 * @param today the day whose agreed numbers hold where the review file names none
 */
export async function phaseFromFile(
  path: string,
  today: CivilDate,
  checkpoints: Checkpoints,
  progress: Progress,
): Promise<Result<FilePhase, readonly Problem[]>> {
  const parsed = await parseReviewFile(path);
  if (!parsed.ok) return parsed;
  progress.stage("looking at the files");
  const inputs: ReviewInput[] = [];
  for (const file of [path, ...(await filesOfReview(parsed.value))])
    inputs.push({ name: basename(file), sha256: await fingerprint(file).catch(() => "") }); // reading says what is wrong with it
  const key = checkpointKey(["review of files", parsed.value.date ?? today, inputs]);
  const kept = checkpoints.find<FilePhase>(key, (text) => progress.note(text));
  if (kept) {
    progress.note("measured before the last stop: taken from the checkpoint");
    return ok({ ...kept, kept: true });
  }
  const made = await reviewFromFile(path, today, progress);
  if (!made.ok) return made;
  const { file, date, review, tables } = made.value;
  const phase: FilePhase = {
    place: shownPath(path),
    title: file.title,
    date,
    review,
    confidence: tables.specification.confidence,
    pupils: review.measure.model.n,
    inputs,
    key,
    kept: false,
  };
  progress.stage("keeping the checkpoint");
  checkpoints.keep(key, phase);
  return ok(phase);
}
