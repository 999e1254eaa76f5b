import { readFileSync, writeFileSync } from "node:fs";
import { parentPort, workerData } from "node:worker_threads";
import { PGlite } from "@electric-sql/pglite";
import type { TextResult } from "./connection.js";
import type { EngineReport } from "./errors.js";
import type { WorkerAnswer, WorkerRequest, WorkerStart } from "./worker-messages.js";

// PGlite in a thread of its own: a statement of a second would otherwise stop the whole server for a second.

/** The types that PGlite would turn into JavaScript values by itself; here every value stays text (see `values.ts`). */
const typesLeftAsText = [16, 17, 20, 21, 23, 25, 26, 114, 700, 701, 1042, 1043, 1082, 1114, 1184, 3802];

function reportOf(error: unknown): EngineReport {
  const { message, code, constraint } = error as { message?: string; code?: string; constraint?: string };
  return { message: message ?? String(error), sqlState: code, constraint };
}

async function open({ folder, image }: WorkerStart): Promise<PGlite> {
  const database = await PGlite.create(
    folder ?? "memory://",
    image === null ? {} : { loadDataDir: new Blob([readFileSync(image)]) },
  );
  database.parsers = Object.fromEntries(typesLeftAsText.map((type) => [type, (text: string) => text]));
  database.serializers = {};
  await database.exec("set datestyle = 'ISO, YMD'; set extra_float_digits = 1");
  return database;
}

async function answer(database: PGlite, request: WorkerRequest): Promise<TextResult | null> {
  switch (request.kind) {
    case "query": {
      const { fields, rows } = await database.query<(string | null)[]>(request.text, [...request.parameters], {
        rowMode: "array",
      });
      return { fields: fields.map(({ name, dataTypeID }) => ({ name, type: dataTypeID })), rows };
    }
    case "script":
      await database.exec(request.text);
      return null;
    case "dump":
      writeFileSync(request.file, Buffer.from(await (await database.dumpDataDir("none")).arrayBuffer()));
      return null;
    case "close":
      await database.close();
      return null;
  }
}

async function serve(start: WorkerStart): Promise<void> {
  const port = parentPort!;
  const send = (message: WorkerAnswer) => port.postMessage(message);
  let database: PGlite;
  try {
    database = await open(start);
  } catch (error) {
    send({ id: 0, ok: false, report: reportOf(error) });
    return;
  }
  port.on("message", async (request: WorkerRequest) => {
    try {
      send({ id: request.id, ok: true, result: await answer(database, request) });
    } catch (error) {
      send({ id: request.id, ok: false, report: reportOf(error) });
    }
    if (request.kind === "close") port.close();
  });
  send({ id: 0, ok: true, result: null });
}

await serve(workerData as WorkerStart);
