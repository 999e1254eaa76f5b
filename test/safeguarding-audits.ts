import { randomUUID } from "node:crypto";
import { type Audit, auditId } from "../src/accountability/safeguarding/audit.js";
import { allMet } from "../src/accountability/safeguarding/examples.js";
import { charterNumberOf } from "../src/accountability/safeguarding/officer.js";
import type { Judgement } from "../src/accountability/safeguarding/outcome.js";
import { type SentAnswer, saveAnswer, viewAudit } from "../src/accountability/safeguarding/service-audits.js";
import type { SafeguardingPorts } from "../src/accountability/safeguarding/service-sign.js";
import { addAudits } from "../src/accountability/safeguarding/store-audits.js";
import { civilDate } from "../src/kernel/index.js";
import type { Database } from "../src/platform/database/index.js";
import { appendEvents } from "../src/platform/log/index.js";
import { morning, officerActor, region, regionalOfficer } from "./safeguarding-region.js";

/** The day of the made-up audits. */
export const day = civilDate("2026-10-05");
/** So many days after the morning of the audits. */
export const later = (days: number) => new Date(morning.getTime() + days * 86_400_000);

/** An audit of the first school that is planned for an officer. */
export async function planned(
  database: Database,
  officer: number,
  urn = "900001",
  change: Partial<Audit> = {},
): Promise<string> {
  const id = auditId(2026, urn, 1);
  const audit: Audit = {
    ...{
      id,
      urn,
      year: 2026,
      kind: "annual",
      region,
      trust: null,
      officer: charterNumberOf(String(officer).padStart(6, "0")),
      standard: null,
      state: "planned",
    },
    ...{
      plannedOn: day,
      begunOn: null,
      submittedOn: null,
      secondReader: null,
      readingWhy: null,
      draw: null,
      readerWords: "",
      outcome: null,
      reasons: null,
      signedOn: null,
      version: 1,
    },
    ...change,
  };
  await database.queries.transaction(async (queries) => {
    await addAudits(queries, [audit]);
    const events = [{ kind: "audit-planned", body: {} }];
    await appendEvents(queries, {
      stream: `safeguarding/audit/${id}`,
      expected: 0,
      actor: regionalOfficer,
      at: morning,
      events,
    });
  });
  return id;
}

/** Sends an answer for every requirement that the school is asked: all met, but those named. */
export async function answerAll(
  database: Database,
  officer: number,
  id: string,
  found: Readonly<Record<string, Judgement>> = {},
  now = morning,
): Promise<void> {
  const view = await viewAudit(database, officerActor(officer), id, now);
  if (!view.ok) throw new Error(JSON.stringify(view.error));
  for (const answer of allMet(view.value.sections, day)) {
    const judgement = found[answer.requirement] ?? "met";
    const words = judgement === "met" ? {} : { note: "As seen on the day.", action: "Put it right." };
    const base = view.value.answers.get(answer.requirement)?.version ?? 0;
    const sent: SentAnswer = { ...answer, ...words, judgement, base, client: randomUUID() };
    const saved = await saveAnswer(database, officerActor(officer), id, sent, now);
    if (!saved.ok || saved.value.kind !== "saved") throw new Error(JSON.stringify(saved));
  }
}

/** What the Quality Mark was told. */
export const told: unknown[] = [];
/** Ports that note what they are told. */
export const ports: SafeguardingPorts = {
  outcomeSigned: async (_queries, urn, outcome, on) => void told.push([urn, outcome, on]),
};
/** The codes of a refusal. */
export const codes = (answer: { ok: boolean; error?: readonly { code: string }[] }) =>
  answer.ok ? [] : answer.error!.map(({ code }) => code);
/** A signature without asking for a second reader. */
export const declared = { declared: true, asked: false };
