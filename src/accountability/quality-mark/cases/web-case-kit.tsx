import { civilDate, dateInWords, type Problem, type Result } from "../../../kernel/index.js";
import type { Database } from "../../../platform/database/index.js";
import {
  HttpError,
  type PageAnswer,
  type PageContext,
  type PageParts,
  type Pages,
  statusOf,
} from "../../../platform/http/index.js";
import type { StoredEvent } from "../../../platform/log/index.js";
import { StaleStream } from "../../../platform/log/index.js";
import { changedMeanwhile, type Link } from "../../../platform/pages/index.js";
import { readAcademicYear } from "./academic-years.js";
import type { CaseCommand } from "./case.js";
import { readCase, takeStep } from "./service.js";
import type { CaseKey, StoredCase } from "./store-case.js";
import type { YearReview } from "./store-open.js";
import { caseAddress, eventSentence, whoDid } from "./web-case-words.js";
import { errorsOf } from "./web-steps.js";

/** What the pages of one case share. */
export interface CaseKit {
  readonly pages: Pages;
  readonly read: (context: PageContext) => Promise<{
    readonly found: StoredCase;
    readonly events: readonly StoredEvent[];
    readonly year: YearReview;
  }>;
  readonly page: (
    found: StoredCase,
    title: string,
    errors: readonly Link[],
    content: PageParts["content"],
  ) => PageParts;
  readonly take: (
    context: PageContext,
    typed: { readonly version: string },
    command: CaseCommand,
    notice: string,
    again: (found: StoredCase, errors: readonly Link[]) => PageParts | Promise<PageParts>,
  ) => Promise<PageAnswer>;
}

/** What every page of a case reads, shows and does. */
export function caseKit(pages: Pages, database: Database): CaseKit {
  const read = async (context: PageContext) => {
    const answer = await readCase(database, context.actor, keyOf(context));
    return orFail(answer);
  };
  /** A page about a case, with its place above it. */
  const page = (
    found: StoredCase,
    title: string,
    errors: readonly Link[],
    content: PageParts["content"],
  ): PageParts => ({
    title: `${errors.length > 0 ? "Error: " : ""}${title}`,
    section: "/cases",
    breadcrumbs: [
      { text: `Cases of ${found.academicYear}`, href: `/cases?year=${encodeURIComponent(found.academicYear)}` },
      { text: found.school.name, href: caseAddress(found) },
    ],
    content,
    ...(errors.length > 0 && { status: 400 }),
  });
  /** Takes a step and goes back to the case; or the form again, with what is wrong or with who was first. */
  const take = async (
    context: PageContext,
    typed: { readonly version: string },
    command: CaseCommand,
    notice: string,
    again: (found: StoredCase, errors: readonly Link[]) => PageParts | Promise<PageParts>,
  ): Promise<PageAnswer> => {
    const key = keyOf(context);
    const expected = Number(typed.version) || 0;
    try {
      const answer = await takeStep(database, context.actor, { ...key, expected, command }, context.now);
      if (answer.ok) return { redirect: caseAddress(key), notice };
      const { found } = await read(context);
      return await again(found, errorsOf(answer.error));
    } catch (error) {
      if (!(error instanceof StaleStream)) throw error;
      const { found, events } = await read(context);
      const last = events.at(-1)!;
      const meanwhile = {
        ...{ who: whoDid(last), when: dateInWords(civilDate(last.at.slice(0, 10))) },
        what: `${whoDid(last)} ${eventSentence(last)}.`,
      };
      return changedMeanwhile(await again(found, []), meanwhile);
    }
  };
  return { pages, read, page, take };
}

/** The case that an address names. */
export function keyOf({ params }: Pick<PageContext, "params">): CaseKey {
  const academicYear = readAcademicYear(params.year ?? "");
  if (academicYear === null)
    throw new HttpError(404, "case-unknown", `"${params.year}" is no academic year, as 2025-26.`);
  return { urn: params.urn ?? "", academicYear };
}

/** The value, or the page of its first problem. */
export function orFail<T>(answer: Result<T, readonly Problem[]>): T {
  if (answer.ok) return answer.value;
  const [{ code, message, remedy }] = answer.error as [Problem];
  const status = code === "case-unknown" ? 404 : code === "case-not-allowed" ? 403 : statusOf(code);
  throw new HttpError(status, code, `${message.charAt(0).toUpperCase()}${message.slice(1)}. ${remedy}`);
}
