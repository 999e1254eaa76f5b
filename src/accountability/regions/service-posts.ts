import { err, ok, type Problem, parseCivilDate, type Result } from "../../kernel/index.js";
import type { Database, Queries } from "../../platform/database/index.js";
import { dayInEngland } from "../../platform/http/index.js";
import { type Actor, actingAs, holdsRole } from "../../platform/identity/index.js";
import { appendEvents, readStream } from "../../platform/log/index.js";
import { duties, isPost } from "./duties.js";
import { problemOf } from "./problems.js";
import { checkRegister, covers, type Delegation } from "./responsibility.js";
import {
  listDrawings,
  listOfficers,
  listOffices,
  loadDrawing,
  loadHeld,
  lockDrawings,
  saveDelegation,
  saveOfficer,
} from "./store-drawings.js";
import { drawingOn } from "./store-duties.js";

/** Somebody who is to be in a post, as typed. */
export interface Appointment {
  readonly office: string;
  readonly post: string;
  readonly name: string;
  readonly contact: string;
  readonly from: string;
}

const notYours = (office: string) =>
  problemOf("drawing-not-yours", office, "the account is not the director of its region");

async function regionOfOffice(queries: Queries, office: string): Promise<string | null> {
  const newest = (await listDrawings(queries)).at(-1)!;
  const { regions } = await loadDrawing(queries, newest.version);
  return regions.find((region) => region.office === office)?.code ?? null;
}

const streamOfPost = (office: string, post: string) => `regions/post/${office}/${post}`;

async function append(
  queries: Queries,
  actor: Actor,
  stream: string,
  kind: string,
  body: Record<string, string>,
  now: Date,
) {
  const expected = (await readStream(queries, stream)).length;
  await appendEvents(queries, { stream, expected, actor, at: now, events: [{ kind, body }] });
}

/** Puts somebody in a post from a day on; who is in it leaves that day. */
export async function appoint(
  database: Database,
  actor: Actor,
  typed: Appointment,
  now: Date,
): Promise<Result<null, readonly Problem[]>> {
  const from = parseCivilDate(typed.from);
  const problems: Problem[] = [];
  if (!from.ok) problems.push(problemOf("period-unreadable", "from", from.error));
  if (!isPost(typed.post)) problems.push(problemOf("post-unknown", "post", `there is no post "${typed.post}"`));
  if (typed.name.trim() === "") problems.push(problemOf("region-words-missing", "name", "the name is empty"));
  if (typed.contact.trim() === "")
    problems.push(problemOf("region-words-missing", "contact", "the way to reach the person is empty"));
  if (problems.length > 0 || !from.ok) return err(problems);
  return actingAs(database, actor, async (queries) => {
    await lockDrawings(queries);
    const office = (await listOffices(queries)).find(({ code }) => code === typed.office);
    if (!office) return err([problemOf("office-unknown", "office", `there is no office "${typed.office}"`)]);
    const region = await regionOfOffice(queries, office.code);
    if (!holdsRole(actor, ["regional-director"], region === null ? {} : { region }))
      return err([notYours(office.name)]);
    const later = (await listOfficers(queries)).find(
      (one) =>
        one.office === typed.office &&
        one.post === typed.post &&
        (one.from >= from.value || (one.to !== null && one.to > from.value)),
    );
    if (later) return err([problemOf("post-taken", "from", `${later.name} is in the post from ${later.from}`)]);
    const officer = { ...typed, from: from.value, to: null };
    await saveOfficer(queries, officer);
    await append(queries, actor, streamOfPost(typed.office, typed.post), "officer-appointed", { ...typed }, now);
    return ok(null);
  });
}

/** A delegation as typed. */
export type TypedDelegation = Readonly<
  Record<"duty" | "region" | "toOffice" | "toPost" | "from" | "to" | "reasons", string>
>;

/** Has another office carry out a region's duty for a while. */
export async function delegate(
  database: Database,
  actor: Actor,
  typed: TypedDelegation,
  now: Date,
): Promise<Result<null, readonly Problem[]>> {
  const [from, to] = [parseCivilDate(typed.from), parseCivilDate(typed.to)];
  const today = dayInEngland(now);
  const problems: Problem[] = [];
  if (!from.ok) problems.push(problemOf("period-unreadable", "from", from.error));
  if (!to.ok) problems.push(problemOf("period-unreadable", "to", to.error));
  if (from.ok && to.ok && to.value <= from.value)
    problems.push(problemOf("period-unreadable", "to", "it ends before it begins"));
  if (from.ok && from.value < today)
    problems.push(problemOf("period-unreadable", "from", "the past can't be delegated"));
  if (typed.reasons.trim() === "") problems.push(problemOf("region-words-missing", "reasons", "the reason is empty"));
  if (!isPost(typed.toPost)) problems.push(problemOf("post-unknown", "post", `there is no post "${typed.toPost}"`));
  const duty = duties.find(({ code, holder }) => code === typed.duty && holder === "regional-office");
  if (!duty) problems.push(problemOf("duty-without-office", "duty", `no regional duty is called "${typed.duty}"`));
  if (problems.length > 0 || !from.ok || !to.ok) return err(problems);
  if (!holdsRole(actor, ["regional-director"], { region: typed.region })) return err([notYours(typed.region)]);
  return actingAs(database, actor, async (queries) => {
    await lockDrawings(queries);
    const office = (await listOffices(queries)).find(
      ({ code, closedOn }) => code === typed.toOffice && (closedOn === null || closedOn >= to.value),
    );
    if (!office) return err([problemOf("office-unknown", "office", `no office "${typed.toOffice}" is open so long`)]);
    const drawing = await drawingOn(queries, from.value);
    const { regions } = await loadDrawing(queries, drawing ?? 0);
    if (!regions.some(({ code }) => code === typed.region))
      return err([
        problemOf("drawing-region-unknown", "region", `there is no region "${typed.region}" on ${typed.from}`),
      ]);
    const wanted: Delegation = { ...typed, from: from.value, to: to.value };
    const { held, delegations } = await loadHeld(queries, today);
    const clashes = checkRegister([], [], held, [...delegations, wanted], today);
    if (clashes.length > 0) return err(clashes);
    if (!held.some((row) => row.duty === typed.duty && row.region === typed.region && covers(row, from.value)))
      return err([problemOf("duty-without-office", "region", "no office holds the duty there on that day")]);
    await saveDelegation(queries, wanted);
    await append(
      queries,
      actor,
      `regions/delegation/${typed.region}/${typed.duty}`,
      "duty-delegated",
      { ...typed },
      now,
    );
    return ok(null);
  });
}
