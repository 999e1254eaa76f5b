import { type CivilDate, type Json, valueOn } from "../../kernel/index.js";
import type { Queries } from "../../platform/database/index.js";
import { dayInEngland } from "../../platform/day/index.js";
import { systemActor } from "../../platform/identity/index.js";
import { type DayWork, defineJob, fromJson, type JobKind, startJob } from "../../platform/jobs/index.js";
import { countsFrom } from "./outcomes.js";
import { evidenceMonths } from "./parameters.js";
import { recordAudit } from "./service-audits.js";
import { findAudit } from "./store-audits.js";
import { type DueAudit, dueAudits, eraseEvidence } from "./store-evidence.js";

/** What the erasing of files asks of the Quality Mark. */
export interface ErasurePorts {
  /** Those of some schools whose case can still turn on what their audits saw. */
  schoolsHeard(queries: Queries, urns: readonly string[], today: CivilDate): Promise<ReadonlySet<string>>;
}

const auditsAtOnce = 50;
const kept = (today: CivilDate) => valueOn(evidenceMonths, today).value;

/** Signed audits whose files have come to their day, in order of their ids, each with what still holds them. */
export async function dueErasures(
  queries: Queries,
  today: CivilDate,
  { schoolsHeard }: ErasurePorts,
): Promise<readonly DueAudit[]> {
  const due = await dueAudits(queries, countsFrom(today, kept(today)));
  const free = due.filter(({ hold }) => hold === null).map(({ urn }) => urn);
  const heard = free.length === 0 ? new Set<string>() : await schoolsHeard(queries, [...new Set(free)], today);
  return due.map((one) => (one.hold === null && heard.has(one.urn) ? { ...one, hold: "case" } : one));
}

async function eraseAudit(queries: Queries, { id }: DueAudit, now: Date): Promise<number> {
  const audit = await findAudit(queries, id, "lock");
  if (audit?.state !== "signed") return 0;
  const files = await eraseEvidence(queries, id, now);
  if (files.length === 0) return 0;
  const body = { files: [...files], signedOn: audit.signedOn, months: kept(dayInEngland(now)) };
  await recordAudit(queries, audit, {}, { actor: systemActor("retention"), at: now, kind: "evidence-erased", body });
  return files.length;
}

/** Where an erasing has come to. */
interface Cursor {
  readonly after: string;
  readonly files: number;
}

/** Erases the files of audits whose day has come, and the work of every day that begins it where there is something to erase. */
export function erasureOfEvidence(ports: ErasurePorts): { readonly job: JobKind<Json>; readonly dayWork: DayWork } {
  const job = defineJob<Json>({
    kind: "safeguarding/erase-evidence",
    title: () => "Erase files of evidence of signed safeguarding audits whose time is over",
    key: () => "all",
    async step({ queries, cursor, now }) {
      const { after, files } = cursor === null ? { after: "", files: 0 } : fromJson<Cursor>(cursor);
      const all = await dueErasures(queries, dayInEngland(now), ports);
      const due = all.filter(({ id, hold }) => hold === null && id > after);
      const batch = due.slice(0, auditsAtOnce);
      let erased = files;
      for (const one of batch) erased += await eraseAudit(queries, one, now);
      const next = { after: batch.at(-1)?.id ?? after, files: erased };
      return due.length > auditsAtOnce
        ? { cursor: next, done: erased, of: null, finished: false }
        : {
            cursor: next,
            done: erased,
            of: erased,
            finished: true,
            result: { files: erased, auditsHeld: all.filter(({ hold }) => hold !== null).length },
          };
    },
  });
  const dayWork: DayWork = async (queries, today) => {
    const due = await dueErasures(queries, today, ports);
    if (due.some(({ hold }) => hold === null)) await startJob(queries, job, {}, systemActor("retention"));
  };
  return { job, dayWork };
}
