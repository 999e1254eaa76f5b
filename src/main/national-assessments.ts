import { createHash } from "node:crypto";
import { mkdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import type { StudyAnswer } from "../accountability/reference-assessments/service.js";
import { type PublicationHeading, publishStudy } from "../accountability/reference-assessments/service-publish.js";
import { loadPublications } from "../accountability/reference-assessments/store.js";
import { assessmentAssumptions } from "../england/reference-assessments/index.js";
import { writeAtomically } from "../ingest/index.js";
import { ok, type Problem, type Progress, type Result } from "../kernel/index.js";
import type { Database } from "../platform/database/index.js";
import { systemActor } from "../platform/identity/index.js";
import { startThread } from "../platform/threads/index.js";
import type { NationalOrder } from "./national-order.js";

/** An assessment of the synthetic England, ready to be published. */
export interface MadeAssessment {
  readonly heading: PublicationHeading;
  readonly answer: StudyAnswer;
}

/** What the thread is given. */
export interface AssessmentsOrder {
  readonly seed: number;
  readonly version: string;
  /** Where the studies' files are written. */
  readonly folder: string;
}

/** What tells the assessments of an order from every other: the country, the assumptions and the code. */
function keyOf({ seed }: NationalOrder, build: string): string {
  const text = JSON.stringify([seed, assessmentAssumptions, build]);
  return createHash("sha256").update(text).digest("hex");
}

async function keptAssessments(path: string, key: string): Promise<readonly MadeAssessment[] | null> {
  try {
    const kept = JSON.parse(await readFile(path, "utf8")) as { key: string; made: MadeAssessment[] };
    return kept.key === key ? kept.made : null;
  } catch {
    return null; // made anew
  }
}

/**
 * Publishes the three cycles of the synthetic England's assessments, made by the engine from files. They are kept beside the register: the next start finds
 * them there, and makes them anew only where seed, assumptions or code have changed.
 * @param home the folder beside the register; the studies' files stay in it
 */
export async function publishAssessments(
  database: Database,
  order: NationalOrder,
  home: string,
  build: string,
  now: Date,
  progress: Progress,
): Promise<Result<number, readonly Problem[]>> {
  const folder = join(home, "reference-assessments");
  await mkdir(folder, { recursive: true });
  const file = join(folder, "made.json");
  const key = keyOf(order, build);
  let made = await keptAssessments(file, key);
  if (!made) {
    const work = startThread<Result<readonly MadeAssessment[], readonly Problem[]>>(
      new URL("./national-assessments-thread.js", import.meta.url),
      { seed: order.seed, version: order.version, folder } satisfies AssessmentsOrder,
      progress,
    );
    const answer = await work.result;
    if (!answer.ok) return answer;
    made = answer.value;
    await writeAtomically(file, JSON.stringify({ key, made }));
  }
  const before = new Set((await loadPublications(database.queries)).map(({ identity }) => identity));
  let published = 0;
  for (const { heading, answer } of made) {
    const publication = await publishStudy(database, systemActor("start"), heading, answer, now);
    if (!publication.ok) return publication;
    if (!before.has(publication.value.identity)) published++;
  }
  return ok(published);
}
