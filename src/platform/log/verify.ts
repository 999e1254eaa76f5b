import type { SQL } from "drizzle-orm";
import type { Problem, Progress } from "../../kernel/index.js";
import type { Database } from "../database/index.js";
import { checkChain, mostProblems } from "./chain-check.js";
import { problemCodes } from "./problem-codes.js";
import type { Head } from "./store.js";
import { brokenStreams, differingVersions, pagesUpTo, readEnd, triggersInForce } from "./store-verify.js";

/** What `greenpaper verify` runs beside the check of the chain: a proposal lists its own in `src/main/parts.ts`. */
export interface Verifier {
  /** What is checked, as "decisions of the Quality Mark recomputed". */
  readonly title: string;
  verify(database: Database, progress: Progress): Promise<readonly Problem[]>;
}

/** What the check of the whole chain found. */
export interface LogReport {
  readonly events: number;
  /** Number and hash of the newest event: kept elsewhere, they tell later whether the end was cut off. Null where log.head is empty. */
  readonly head: Head | null;
  readonly problems: readonly Problem[];
  /** Problems that were counted and not listed. */
  readonly more: number;
}

const problem = (code: keyof typeof problemCodes, place: string, message: string): Problem => ({
  ...{ code, place, message },
  remedy: problemCodes[code].remedy,
});

const guards = ["event.append_only", "head.stays", "head.moves_on"];

async function checkGuards({ queries }: Database): Promise<Problem[]> {
  const inForce = await triggersInForce(queries);
  return guards
    .filter((guard) => !inForce.has(guard))
    .map((guard) => problem("log-unguarded", `trigger log.${guard}`, "it is missing or switched off"));
}

function checkHead(head: Head | null, highest: number, lastHash: string | null): Problem[] {
  if (!head) return [problem("log-head-changed", "log.head", "it is empty")];
  const found: Problem[] = [];
  if (head.number > 0 && lastHash !== null && lastHash !== head.hash)
    found.push(problem("log-head-changed", "log.head", `its hash is not that of event ${head.number}`));
  if (highest > head.number) {
    const events = `events ${head.number + 1} to ${highest}`;
    found.push(problem("log-beyond-head", events, `the head of the log is at ${head.number}`));
  }
  return found;
}

/**
 * Recomputes the whole chain, event by event in constant memory, and compares it with the head.
 *
 * @param knownHead the hash of a newest event that was noted earlier: it must still be in the log
 */
export async function verifyLog(database: Database, progress: Progress, knownHead?: string): Promise<LogReport> {
  const { head, highest } = await readEnd(database.queries);
  const end = head?.number ?? highest;
  const chain = checkChain();
  let [events, lastHash, known] = [0, null as string | null, knownHead === undefined];
  progress.stage("recomputing the chain of events", end);
  for await (const page of pagesUpTo(database.queries, end)) {
    for (const event of page) {
      chain.add(event);
      known ||= event.hash === knownHead;
    }
    events += page.length;
    const last = page.at(-1)!;
    if (last.number === end) lastHash = last.hash;
    progress.done(page.length);
  }
  const { problems, more } = chain.finish(end);
  const unknown = known ? [] : [problem("log-head-unknown", "the log", `no event has the hash ${knownHead}`)];
  progress.stage("comparing the versions of the streams");
  const streams = (await brokenStreams(database.queries, mostProblems)).map(({ stream }) =>
    problem("log-stream-broken", stream, "its versions are not 1, 2, 3, …"),
  );
  const ends = checkHead(head, highest, lastHash);
  return {
    events,
    head,
    problems: [...unknown, ...problems, ...ends, ...streams, ...(await checkGuards(database))],
    more,
  };
}

/** Which rows have streams, for {@link versionsAgree}. */
export interface VersionedTable {
  /** As "cases of the Quality Mark". */
  readonly title: string;
  /** What the names of their streams begin with, as `quality-mark/case/`. */
  readonly prefix: string;
  /** A query of two columns: the stream's name and the row's version. */
  readonly states: SQL;
}

/** A verifier of a table: each row's version is its stream's, each row has a stream and each stream a row. */
export function versionsAgree(table: VersionedTable): Verifier {
  return {
    title: `versions of the ${table.title} against the log`,
    async verify({ queries }) {
      const rows = await differingVersions(queries, table, mostProblems);
      return rows.map(({ stream, state, log }) => {
        const words = (version: number | null, missing: string) => (version === null ? missing : `version ${version}`);
        const message = `the row has ${words(state, "no version: it is missing")}, the log ${words(log, "no events")}`;
        return problem("state-version-differs", stream, message);
      });
    },
  };
}
