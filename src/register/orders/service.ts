import { createHash } from "node:crypto";
import { basename } from "node:path";
import { err, ok, type Problem, parseCivilDate, type Result } from "../../kernel/index.js";
import type { Database } from "../../platform/database/index.js";
import { type Actor, actingAs, actorName, holdsRole } from "../../platform/identity/index.js";
import { type JobKind, startJob } from "../../platform/jobs/index.js";
import { appendEvents } from "../../platform/log/index.js";
import { problemCodes } from "../problem-codes.js";
import { lastImport } from "../store.js";
import { orderStream } from "./job.js";
import { filesOfOrder, findOrder, type ImportOrder, listOrders, type OrderedFile, saveOrder, setJob } from "./store.js";

/** An order with its files. */
export interface OrderView {
  readonly order: ImportOrder;
  readonly files: readonly OrderedFile[];
  /** All that is wrong, file by file and then with the files together. */
  readonly problems: readonly Problem[];
}

const problem = (code: keyof typeof problemCodes, place: string, message: string): Problem => ({
  ...{ code, place, message, remedy: problemCodes[code].remedy },
});
const mayImport = (actor: Actor) => holdsRole(actor, ["administrator"]);
const notYours = () => err([problem("import-not-yours", "the account", "it may not import files into the register")]);

/** Files as somebody brings them. */
export interface BroughtImport {
  /** The day of the files whose names say none, as typed. */
  readonly asOf: string;
  /** Whether they describe made-up schools; what the register holds already decides where nothing is said. */
  readonly synthetic?: boolean;
  readonly files: readonly { readonly name: string; readonly bytes: Uint8Array }[];
}

/** Whether the register's schools are made up; null while it has none. */
export async function registerIsSynthetic(database: Database): Promise<boolean | null> {
  return (await lastImport(database.queries))?.synthetic ?? null;
}

/**
 * Orders an import: keeps the files as they were brought, and starts the job that reads, checks and saves them, all or nothing.
 * @returns the number of the order
 */
export async function orderImport(
  database: Database,
  actor: Actor,
  brought: BroughtImport,
  kind: JobKind<{ readonly order: number }>,
  now: Date,
): Promise<Result<number, readonly Problem[]>> {
  if (!mayImport(actor)) return notYours();
  const asOf = parseCivilDate(brought.asOf);
  if (!asOf.ok) return err([problem("import-day-unreadable", "asOf", asOf.error)]);
  const synthetic = brought.synthetic ?? (await registerIsSynthetic(database)) ?? false;
  const files = brought.files.map(({ name, bytes }) => ({
    name: basename(name),
    sha256: createHash("sha256").update(bytes).digest("hex"),
    bytes,
  }));
  return actingAs(database, actor, async (queries) => {
    const id = await saveOrder(queries, { asOf: asOf.value, synthetic, at: now, by: actorName(actor) }, files);
    const named = files.map(({ name, sha256 }) => ({ name, sha256 }));
    const event = { kind: "register-import-ordered", body: { asOf: asOf.value, synthetic, files: named } };
    await appendEvents(queries, { stream: orderStream(id), expected: 0, actor, at: now, events: [event] });
    await setJob(queries, id, await startJob(queries, kind, { order: id }, actor));
    return ok(id);
  });
}

/** How many of the newest orders are listed. */
const listed = 50;

/** The newest imports that were ordered, for administrators. */
export async function ordersFor(
  database: Database,
  actor: Actor,
): Promise<Result<readonly ImportOrder[], readonly Problem[]>> {
  if (!mayImport(actor)) return notYours();
  return ok(await actingAs(database, actor, (queries) => listOrders(queries, listed)));
}

/** One import, for administrators. */
export async function orderFor(
  database: Database,
  actor: Actor,
  id: string,
): Promise<Result<OrderView, readonly Problem[]>> {
  if (!mayImport(actor)) return notYours();
  return actingAs(database, actor, async (queries) => {
    const order = /^[1-9]\d{0,8}$/.test(id) ? await findOrder(queries, Number(id)) : null;
    if (!order) return err([problem("import-unknown", `import ${id}`, "there is none of that number")]);
    const files = await filesOfOrder(queries, order.id);
    return ok({
      order,
      files,
      problems: [...files.flatMap(({ problems }) => problems ?? []), ...(order.problems ?? [])],
    });
  });
}
