import { createHash } from "node:crypto";
import { mkdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { itemColumns } from "../accountability/reference-assessments/fieldwork/item.js";
import { importItems, listItems } from "../accountability/reference-assessments/fieldwork/service-items.js";
import type { StudyAnswer } from "../accountability/reference-assessments/service.js";
import { type PublicationHeading, publishStudy } from "../accountability/reference-assessments/service-publish.js";
import { assessmentAssumptions, type BankLine } from "../england/reference-assessments/index.js";
import { describeProblems, formatCsv, writeAtomically } from "../ingest/index.js";
import { type Problem, type Result, silent } from "../kernel/index.js";
import type { Database } from "../platform/database/index.js";
import { systemActor } from "../platform/identity/index.js";
import { startThread } from "../platform/threads/index.js";
import type { NationalOrder } from "./national-order.js";
import type { Meanwhile } from "./serve.js";

/** An assessment of the synthetic England, ready to be published. */
export interface MadeAssessment {
  readonly heading: PublicationHeading;
  readonly answer: StudyAnswer;
  /** Its questions, for the bank of items. */
  readonly bank: readonly BankLine[];
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

/** What the assessments of a start need. */
export interface AssessmentsStart {
  readonly database: Database;
  readonly order: NationalOrder;
  /** The folder beside the register; the studies' files stay in it. */
  readonly home: string;
  /** Tells this build of the program from every other. */
  readonly build: string;
  /** Tells the terminal. */
  readonly say: (text: string) => void;
}

/** Puts the questions into the bank of items; what stands there already stays as people left it. */
async function bankAll(database: Database, made: readonly MadeAssessment[]): Promise<void> {
  const actor = systemActor("start");
  const known = await listItems(database, actor);
  if (!known.ok) throw new Error(describeProblems(known.error));
  const names = new Set(known.value.map(({ id }) => id));
  const fresh = made.flatMap(({ bank }) => bank).filter(({ item }) => !names.has(item!));
  if (fresh.length === 0) return;
  const file = formatCsv(
    itemColumns,
    fresh.map((line) => itemColumns.map((column) => line[column] ?? "")),
  );
  const taken = await importItems(database, actor, Buffer.from(file), "bank.csv", new Date());
  if (!taken.ok) throw new Error(describeProblems(taken.error));
}

/** Publishes what was made; what is published already stays as it is. */
async function publishAll(database: Database, made: readonly MadeAssessment[]): Promise<void> {
  await bankAll(database, made);
  for (const { heading, answer } of made) {
    const published = await publishStudy(database, systemActor("start"), heading, answer, new Date());
    if (!published.ok) throw new Error(describeProblems(published.error));
  }
}

/**
 * The three cycles of the synthetic England's assessments, made by the engine from files. Kept beside the register: where seed, assumptions and code are the
 * same they are published at once; otherwise they are made in a thread while pages are served, beside what else is still being made.
 */
export async function assessmentsMeanwhile(
  start: AssessmentsStart,
  other: Meanwhile | null,
): Promise<Meanwhile | null> {
  const { database, order, home, build, say } = start;
  const folder = join(home, "reference-assessments");
  const file = join(folder, "made.json");
  const key = keyOf(order, build);
  const kept = await keptAssessments(file, key);
  if (kept) {
    await publishAll(database, kept);
    return other;
  }
  let underWay = true;
  const making = async (signal: AbortSignal) => {
    await mkdir(folder, { recursive: true });
    const work = startThread<Result<readonly MadeAssessment[], readonly Problem[]>>(
      new URL("./national-assessments-thread.js", import.meta.url),
      { seed: order.seed, version: order.version, folder } satisfies AssessmentsOrder,
      silent,
    );
    // The result of a thread that was stopped never comes.
    const stopped = new Promise<null>((resolve) => {
      signal.addEventListener("abort", () => void work.stop().then(() => resolve(null)));
    });
    try {
      const answer = await Promise.race([work.result, stopped]);
      if (answer === null || signal.aborted) return;
      if (!answer.ok) return say(`The reference assessments could not be made:\n${describeProblems(answer.error)}`);
      await writeAtomically(file, JSON.stringify({ key, made: answer.value }));
      await publishAll(database, answer.value);
      say("The reference assessments are made: see /reference-assessments.");
    } catch (error) {
      if (!signal.aborted)
        say(`The reference assessments could not be made: ${error instanceof Error ? error.message : String(error)}`);
    } finally {
      underWay = false;
    }
  };
  return {
    words: () => {
      const others = other?.words() ?? null;
      if (!underWay) return others;
      return others === null
        ? "Its reference assessments are still being made"
        : `${others}, and so are its reference assessments`;
    },
    async work(signal) {
      await Promise.all([other?.work(signal), making(signal)]);
    },
  };
}
