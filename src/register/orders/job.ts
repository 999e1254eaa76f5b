import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { type CivilDate, err, type Json, ok, type Problem, type Result, silent } from "../../kernel/index.js";
import type { Queries } from "../../platform/database/index.js";
import { defineJob, fromJson, JobFailure, type JobKind, toJson } from "../../platform/jobs/index.js";
import { appendEvents } from "../../platform/log/index.js";
import { withKnownFiles } from "../files-to-import.js";
import { saveImport } from "../import.js";
import { partsOf, type ReadFile, readKnown } from "../import-parts.js";
import type { ImportReport } from "../service.js";
import { bytesOf, contentsOf, endOrder, filesOfOrder, findOrder, keepRead } from "./store.js";

/** Done after an import in the same transaction, as with what hangs on a school's being open. @returns what it did, for people; null for nothing */
export type AfterImport = (queries: Queries, now: Date) => Promise<string | null>;

/** What a job is given, and where it stands: so many files are read. */
type OrderInput = { readonly order: number };
type Place = { readonly read: number };
/** What was read of one file; null where there was none to read. */
type ReadOne = { readonly contents: readonly ReadFile[]; readonly problems: readonly Problem[] };

const placeOf = (cursor: Json | null): Place => (cursor === null ? { read: 0 } : (cursor as Place));

/** The stream of an order in the log. */
export const orderStream = (id: number): string => `register/import/${id}`;

/** Reads a file, or all that an archive holds, by the rules of every import. */
async function readBrought(name: string, bytes: Uint8Array, asOf: CivilDate): Promise<ReadOne> {
  const folder = await mkdtemp(join(tmpdir(), "greenpaper-brought-"));
  try {
    const path = join(folder, basename(name));
    await writeFile(path, bytes);
    const read = await withKnownFiles([{ path, shown: name }], asOf, async (known) => {
      const contents: ReadFile[] = [];
      const problems: Problem[] = [];
      for (const file of known) {
        const one = await readKnown(file, silent);
        if (one.ok) contents.push(one.value);
        else problems.push(...one.error);
      }
      return problems.length > 0 ? err(problems) : ok(contents);
    });
    return read.ok ? { contents: read.value, problems: [] } : { contents: [], problems: read.error };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function saveAll(
  queries: Queries,
  order: { readonly id: number; readonly synthetic: boolean },
): Promise<Result<ImportReport, readonly Problem[]>> {
  const files = await filesOfOrder(queries, order.id);
  if (files.some(({ problems }) => (problems?.length ?? 0) > 0)) return err([]); // they stand with their files
  const parts = partsOf(await contentsOf(queries, order.id));
  return parts.ok ? saveImport(queries, parts.value, order.synthetic) : parts;
}

const countOf = (problems: number) => `Nothing was imported: ${problems === 1 ? "1 problem" : `${problems} problems`}`;

/**
 * Imports the files of an order: reads them one by one, outside of any transaction, and keeps what it read; then saves all of them in one
 * transaction, or nothing. A crash costs the file that was being read.
 */
export function importJob(after: AfterImport): JobKind<OrderInput> {
  return defineJob<OrderInput>({
    kind: "register/import",
    title: () => "Import files into the register",
    async compute({ queries, input, cursor }) {
      const order = await findOrder(queries, input.order);
      const file = await bytesOf(queries, input.order, placeOf(cursor).read + 1);
      return order && file ? toJson(await readBrought(file.name, file.bytes, order.asOf)) : null;
    },
    async step({ queries, input, cursor, computed, startedBy, now }) {
      const [order, files] = [await findOrder(queries, input.order), await filesOfOrder(queries, input.order)];
      if (order?.state !== "waiting") throw new JobFailure("There is no such import any more.");
      const of = files.length + 1;
      const { read } = placeOf(cursor);
      if (read < files.length) {
        if (computed === null) throw new JobFailure("The file has gone. Bring it again.");
        await keepRead(queries, order.id, read + 1, fromJson<ReadOne>(computed));
        return { cursor: { read: read + 1 }, done: read + 1, of, finished: false };
      }
      const saved = await saveAll(queries, order);
      const followed = saved.ok ? await after(queries, now) : null;
      const end = saved.ok
        ? { report: { ...saved.value, notes: [...saved.value.notes, ...(followed === null ? [] : [followed])] } }
        : { problems: saved.error };
      await endOrder(queries, order.id, end);
      const problems =
        "problems" in end ? files.reduce((sum, file) => sum + (file.problems?.length ?? 0), end.problems.length) : 0;
      const events = [
        "report" in end
          ? { kind: "register-imported", body: { files: files.map(({ name, sha256 }) => ({ name, sha256 })) } }
          : { kind: "register-import-refused", body: { problems } },
      ];
      await appendEvents(queries, { stream: orderStream(order.id), expected: 1, actor: startedBy, at: now, events });
      const text = "report" in end ? "See what was new, changed and closed" : countOf(problems);
      return { cursor, done: of, of, finished: true, result: { href: `/register/imports/${order.id}`, text } };
    },
  });
}
