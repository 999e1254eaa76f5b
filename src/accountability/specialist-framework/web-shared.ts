import type { Database } from "../../platform/database/index.js";
import { HttpError, type PagesOptions } from "../../platform/http/index.js";
import { StaleStream } from "../../platform/log/index.js";

/** What the pages of this proposal need. */
export interface FrameworkPagesOptions extends PagesOptions {
  readonly database: Database;
}

/** The first page, for breadcrumbs. */
export const start = { text: "Specialist framework", href: "/specialist-framework" };

/** The value, or "not found" with a sentence. */
export function found<T>(value: T | null, sentence: string): T {
  if (value === null) throw new HttpError(404, "not-found", sentence);
  return value;
}

/** Said where somebody else was first. */
export const changed =
  "Somebody else has changed this meanwhile. What you typed is still here; look at what changed, and send it again.";

/** The result, or null where somebody else was first. */
export async function unlessStale<T>(work: Promise<T>): Promise<T | null> {
  try {
    return await work;
  } catch (error) {
    if (error instanceof StaleStream) return null;
    throw error;
  }
}
