import { existsSync, mkdirSync, renameSync, rmSync } from "node:fs";
import { join } from "node:path";
import { Worker } from "node:worker_threads";
import type { Connection, ConnectionSource, TextResult } from "./connection.js";
import { DatabaseError, refusedStatement } from "./errors.js";
import { takeFolder } from "./lock.js";
import { takingTurns } from "./turns.js";
import type { WorkerAnswer, WorkerRequest, WorkerStart } from "./worker-messages.js";

type WithoutNumber<T> = T extends unknown ? Omit<T, "id"> : never;

/** The thread that runs PGlite, as a function from request to answer. */
interface Engine {
  ask(request: WithoutNumber<WorkerRequest>): Promise<TextResult | null>;
}

interface Waiting {
  resolve(result: TextResult | null): void;
  reject(error: unknown): void;
}

function startWorker(start: WorkerStart): Worker {
  const entry = import.meta.url.endsWith(".ts") ? "./worker-from-source.mjs" : "./worker.js";
  return new Worker(new URL(entry, import.meta.url), { workerData: start, execArgv: [] });
}

/** Starts the thread and waits until the database is open. */
async function startEngine(start: WorkerStart): Promise<Engine> {
  const worker = startWorker(start);
  const waiting = new Map<number, Waiting>();
  let last = 0;
  let stopped: DatabaseError | null = null;
  const wait = (id: number) =>
    new Promise<TextResult | null>((resolve, reject) => {
      waiting.set(id, { resolve, reject });
      worker.ref(); // the process stays while an answer is due, and may end when none is
    });
  const stop = (reason: DatabaseError) => {
    stopped ??= reason;
    for (const { reject } of waiting.values()) reject(stopped);
    waiting.clear();
  };
  worker.on("message", (message: WorkerAnswer) => {
    const caller = waiting.get(message.id);
    waiting.delete(message.id);
    if (waiting.size === 0) worker.unref();
    if (message.ok) caller?.resolve(message.result);
    else caller?.reject(refusedStatement(message.report, message.report));
  });
  worker.on("error", (error) =>
    stop(new DatabaseError("database-stopped", `the embedded database stopped: ${error.message}`, error)),
  );
  worker.on("exit", () => stop(new DatabaseError("database-closed", "the embedded database is closed")));
  await wait(0);
  return {
    ask(request) {
      if (stopped) return Promise.reject(stopped);
      last += 1;
      const answer = wait(last);
      worker.postMessage({ ...request, id: last } as WorkerRequest);
      return answer;
    },
  };
}

/** One connection that is lent to one piece of work after another. */
function sourceOver(engine: Engine, afterClose: () => void): ConnectionSource {
  const connection: Connection = {
    query: async (text, parameters) => (await engine.ask({ kind: "query", text, parameters }))!,
    script: async (text) => void (await engine.ask({ kind: "script", text })),
  };
  const inTurn = takingTurns();
  let closing: Promise<void> | null = null;
  return {
    withConnection: (work) => inTurn(() => work(connection)),
    close() {
      closing ??= inTurn(async () => void (await engine.ask({ kind: "close" }))).finally(afterClose);
      return closing;
    },
  };
}

/** Where the embedded database keeps its files, below the folder that is its own. */
const filesOf = (folder: string) => join(folder, "data");

/**
 * Makes the files of a new database. In a thread of its own, because the first set-up leaves half a gigabyte behind that
 * only the end of the thread gives back; and beside its final place, so that an interrupted start leaves nothing half-made.
 */
async function createFiles(folder: string, image: string | null): Promise<void> {
  const unfinished = join(folder, "data.unfinished");
  rmSync(unfinished, { recursive: true, force: true });
  mkdirSync(unfinished, { recursive: true });
  const engine = await startEngine({ folder: unfinished, image });
  await engine.ask({ kind: "close" });
  renameSync(unfinished, filesOf(folder));
}

/**
 * Opens the embedded database of a folder, which it makes when there is none (two to three seconds, once).
 *
 * @param image an archive made by {@link writeImage} to make it from; null without
 * @throws {DatabaseError} `database-folder-in-use`, `database-folder-unusable`
 */
export async function openPglite(folder: string, image: string | null = null): Promise<ConnectionSource> {
  const giveBack = takeFolder(folder, join(folder, "lock"));
  try {
    if (!existsSync(filesOf(folder))) await createFiles(folder, image);
    return sourceOver(await startEngine({ folder: filesOf(folder), image: null }), giveBack);
  } catch (error) {
    giveBack();
    if (error instanceof DatabaseError && error.code !== "database-statement-refused") throw error;
    const what = error instanceof Error ? error.message : String(error);
    throw new DatabaseError(
      "database-folder-unusable",
      `the embedded database in ${folder} can't be opened: ${what}`,
      error,
    );
  }
}

/** An embedded database in memory, gone when it is closed: for the tests and for one-off work. */
export async function openPgliteInMemory(image: string | null = null): Promise<ConnectionSource> {
  return sourceOver(await startEngine({ folder: null, image }), () => {});
}

/** Writes an archive of a new, empty database, from which another is ready in a fraction of the time. */
export async function writeImage(file: string): Promise<void> {
  const engine = await startEngine({ folder: null, image: null });
  await engine.ask({ kind: "dump", file });
  await engine.ask({ kind: "close" });
}
