import Type from "typebox";
import { type CivilDate, parseCivilDate } from "../../kernel/index.js";
import type { Database } from "../../platform/database/index.js";
import { type ApiOptions, type apiOn, HttpError } from "../../platform/http/index.js";
import { type Audit, auditOfAddress } from "./audit.js";
import type { AuditView } from "./service-audits.js";
import type { SafeguardingPorts } from "./service-sign.js";
import type { ListedAudit } from "./store-audits.js";

/** Who audits. */
export const officers = { roles: ["safeguarding-officer"] } as const;
export const office = { roles: ["regional-officer", "regional-director"] } as const;
/** Who may read an audit that reaches them. */
export const everybody = {
  roles: ["safeguarding-officer", "school", "trust", "regional-officer", "regional-director"],
} as const;

/** Refusals that aren't 422. */
export const refusals = {
  "audit-unknown": 404,
  "plan-unknown": 404,
  "escalation-unknown": 404,
  "officer-unknown": 404,
  "action-unknown": 404,
  "evidence-file-unknown": 404,
  "evidence-erased": 410,
  "safeguarding-not-allowed": 403,
  "audit-in-another-state": 409,
  "plan-adopted": 409,
  "escalation-closed": 409,
  "action-closed": 409,
  "submission-elsewhere": 409,
  "interest-unknown": 404,
  "interest-ended": 409,
  "charter-suspended-already": 409,
  "charter-not-suspended": 409,
};

/** What the interface for programs is given. */
export interface SafeguardingApi extends Omit<ApiOptions, "tag"> {
  readonly database: Database;
  readonly ports: SafeguardingPorts;
}

/** The interface that routes are added to. */
export type Api = ReturnType<typeof apiOn>;

/** The path of an audit. */
export const audit = "/safeguarding/schools/:urn/audits/:audit";
/** A text that somebody wrote. */
export const words = Type.String({ maxLength: 5000 });
/** The answer to what was saved. */
export const done = Type.Object({ saved: Type.Boolean() });

/** The audit that a path names. */
export function idOf({ urn, audit: number }: { readonly urn: string; readonly audit: string }): string {
  const id = auditOfAddress(urn, number);
  if (id === null) throw new HttpError(404, "audit-unknown", `No audit has the number "${number}".`);
  return id;
}

/** A day that somebody sent. */
export function dayOf(text: string): CivilDate {
  const day = parseCivilDate(text);
  if (!day.ok) throw new HttpError(422, "audit-day-unreadable", `${day.error}.`);
  return day.value;
}

/** An audit in a list. */
export const listed = ({
  id,
  urn,
  school,
  year,
  kind,
  officer,
  standard,
  state,
  plannedOn,
  signedOn,
  outcome,
  version,
}: ListedAudit) => ({
  ...{ id, urn, school, year, kind, officer, standard, state, plannedOn, signedOn, outcome, version },
});

/** An audit on its own, with its school's name. */
export const shown = (audit: Audit, school: string) => listed({ ...audit, school, town: null, officerName: null });

/** An audit with its answers and actions. */
export const viewed = ({ audit: own, about, answers, actions, files }: AuditView) => ({
  audit: shown(own, about.school.name),
  reasons: [...(own.reasons ?? [])],
  answers: [...answers.values()].map((answer) => ({ ...answer, evidence: [...answer.evidence] })),
  actions: actions.map(({ requirement, text, seriousness, due, state }) => ({
    requirement,
    text,
    seriousness,
    due,
    state,
  })),
  files: files.map(({ id, requirement, name, type, size, sha256, addedAt, erasedAt }) => ({
    ...{ id, requirement, name, type, size, sha256, addedAt, erasedAt },
  })),
});
