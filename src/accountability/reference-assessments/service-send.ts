import type { Problem, Result } from "../../kernel/index.js";
import type { Database } from "../../platform/database/index.js";
import type { Actor } from "../../platform/identity/index.js";
import { assessmentName, placeOfPhase, publishStudy } from "./service-publish.js";
import { parseResults, type ResultsFile } from "./service-report.js";
import type { Publication } from "./store.js";

/** Two files of a run, and under what they are published. */
export interface SentPublication {
  readonly results: ResultsFile;
  readonly record: ResultsFile;
  /** As "Year 4". */
  readonly phase: string;
  /** Empty takes the study's own. */
  readonly subject: string;
  /** Empty is made of phase and subject. */
  readonly assessment: string;
  readonly synthetic: boolean;
  /** Why it follows an earlier publication; may be empty for the first. */
  readonly reason: string;
}

/**
 * Publishes the two files of results that a run wrote, once they have been read as they were written and passed disclosure control again.
 * @param version of this program
 */
export async function publishSent(
  database: Database,
  actor: Actor,
  { results, record, phase, subject: typed, assessment, synthetic, reason }: SentPublication,
  version: string,
  now: Date,
): Promise<Result<Publication, readonly Problem[]>> {
  const read = parseResults(results, record, version);
  if (!read.ok) return read;
  const subject = typed.trim() || (read.value.results.subject ?? "");
  const name = assessment.trim() || assessmentName(phase, subject);
  const heading = { assessment: name, phase, subject, synthetic, reason, place: placeOfPhase(phase) };
  return publishStudy(database, actor, heading, read.value, now);
}
