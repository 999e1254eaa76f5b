import { type CivilDate, dateInWords, type Problem, type Result } from "../../kernel/index.js";
import type { Database } from "../../platform/database/index.js";
import { HttpError, type PageContext, type PagesOptions } from "../../platform/http/index.js";
import type { Link } from "../../platform/pages/index.js";
import { type Audit, auditNumber, auditOfAddress } from "./audit.js";
import type { Judgement, Outcome } from "./outcome.js";
import type { SafeguardingPorts } from "./service-sign.js";
import type { Seriousness } from "./standard.js";

/** What the pages and the interface of this proposal need. */
export interface SafeguardingWeb extends PagesOptions {
  readonly database: Database;
  readonly ports: SafeguardingPorts;
}

/** The first page, for breadcrumbs. */
export const start: Link = { text: "Safeguarding audits", href: "/safeguarding" };

/** The address of an audit. */
export const auditHref = (audit: Pick<Audit, "id" | "urn">) =>
  `/safeguarding/schools/${audit.urn}/audits/${auditNumber(audit.id)}`;

/** The id of the audit that an address names. @throws {HttpError} 404 where it names none. */
export function auditAsked({ params }: Pick<PageContext, "params">): string {
  const id = auditOfAddress(params.urn ?? "", params.audit ?? "");
  if (id === null) throw new HttpError(404, "not-found", `No audit has the number "${params.audit}".`);
  return id;
}

const missing = new Set([
  ...["audit-unknown", "plan-unknown", "escalation-unknown", "officer-unknown", "interest-unknown"],
  "evidence-file-unknown",
]);

/** The value; "not found" and "not allowed" end the page, other refusals are for the page to show. @throws {HttpError} */
export function valueOr404<T>(result: Result<T, readonly Problem[]>): Result<T, readonly Problem[]> {
  const code = result.ok ? "" : (result.error[0]?.code ?? "");
  const sentence = result.ok
    ? ""
    : result.error.map(({ message, remedy }) => `${capital(message)}. ${remedy}`).join(" ");
  if (missing.has(code)) throw new HttpError(404, "not-found", sentence);
  if (code === "evidence-erased") throw new HttpError(410, code, sentence);
  if (code === "safeguarding-not-allowed") throw new HttpError(403, "not-allowed", sentence);
  return result;
}

/** The value of a page that only reads. @throws {HttpError} */
export function readable<T>(result: Result<T, readonly Problem[]>): T {
  const known = valueOr404(result);
  if (known.ok) return known.value;
  throw new HttpError(
    422,
    known.error[0]!.code,
    known.error.map(({ message, remedy }) => `${message}. ${remedy}`).join(" "),
  );
}

/** A text with a capital. */
export const capital = (text: string) => `${text.charAt(0).toUpperCase()}${text.slice(1)}`;

/** Problems as links at the top of a page. */
export function errorsOf(problems: readonly Problem[], hrefOf: (problem: Problem) => string): readonly Link[] {
  return problems.map((problem) => ({
    href: hrefOf(problem),
    text: `${capital(problem.place)}: ${problem.message}. ${problem.remedy}`,
  }));
}

/** What a judgement is called. */
export const judgementWords: Readonly<Record<Judgement, string>> = {
  met: "Met",
  "partly-met": "Partly met",
  "not-met": "Not met",
  "not-applicable": "Doesn\u2019t apply here",
};

/** What an outcome is called. */
export const outcomeWords: Readonly<Record<Outcome, string>> = { secure: "Secure", "not-secure": "Not secure" };

/** What a seriousness is called. */
export const seriousnessWords: Readonly<Record<Seriousness, string>> = {
  immediate: "Immediate",
  serious: "Serious",
  ordinary: "Ordinary",
};

/** What a state is called, with the colour of its tag. */
export const stateWords: Readonly<Record<Audit["state"], readonly [string, string]>> = {
  planned: ["Not begun", "grey"],
  begun: ["Begun", "blue"],
  reading: ["With the second reader", "yellow"],
  signed: ["Signed", "green"],
};

/** A day in words, or a dash. */
export const dayWords = (day: CivilDate | null) => (day === null ? "\u2013" : dateInWords(day));

/** An id that an element may have: requirements have dots. */
export const elementId = (text: string) => text.replaceAll(".", "-");
