import type { Problem, Result } from "../../../kernel/index.js";
import type { Database } from "../../../platform/database/index.js";
import { HttpError, type PageParts, type PagesOptions } from "../../../platform/http/index.js";
import { errorsOf, type Link } from "../../../platform/pages/index.js";

/** What the pages of fieldwork need. */
export interface FieldworkWeb extends PagesOptions {
  readonly database: Database;
}

/** The page of a study. */
export const hrefOf = (id: string) => `/assessment-fieldwork/studies/${id}`;

export const start = { text: "Running assessments", href: "/assessment-fieldwork" };
export const statisticians = { roles: ["statistician"] } as const;
export const inSchool = { roles: ["school", "teacher", "statistician"] } as const;

const missing = new Set(["fieldwork-study-unknown", "fieldwork-item-unknown", "fieldwork-pupil-unknown"]);

/** The value; what isn't there or isn't theirs becomes 404 or 403, and everything else is for the form. */
export function orNotFound<T>(result: Result<T, readonly Problem[]>): Result<T, readonly Problem[]> {
  const first = result.ok ? null : result.error[0]!;
  if (first && (missing.has(first.code) || first.code === "fieldwork-role"))
    throw new HttpError(first.code === "fieldwork-role" ? 403 : 404, first.code, `${first.message}. ${first.remedy}`);
  return result;
}

/** The value of what can't be refused in another way. */
export function found<T>(result: Result<T, readonly Problem[]>): T {
  const value = orNotFound(result);
  if (value.ok) return value.value;
  throw new HttpError(409, value.error[0]!.code, `${value.error[0]!.message}. ${value.error[0]!.remedy}`);
}

/** Problems beside their fields; a place that is no field is named in the message. */
export const formErrors = (problems: readonly Problem[], fields: readonly string[]) =>
  errorsOf(
    problems.map(({ place, message, remedy }) =>
      fields.includes(place) ? { field: place, message, remedy } : { message: `${place}: ${message}`, remedy },
    ),
  );

/** A page in the frame that all of them share. */
export const page = (
  title: string,
  breadcrumbs: readonly Link[],
  content: PageParts["content"],
  problems: readonly Problem[] = [],
): PageParts => ({
  ...{ title: problems.length > 0 ? `Error: ${title}` : title, section: "/proposals", breadcrumbs, content },
  ...(problems.length > 0 && { status: 400 }),
});

/** A number as people type it; NaN where it is none. */
export const typedNumber = (text: string): number => (text === "" ? Number.NaN : Number(text.replaceAll(",", "")));

/** What was typed into a form, by field. */
export type Typed = Readonly<Record<string, string>>;
