import type { Source } from "../../kernel/index.js";
import type { AppliesTo, Requirement, Seriousness } from "./standard.js";

/** A source in law. */
export const law = (citation: string): Source => ({ kind: "law", citation });
/** A published source. */
export const published = (citation: string): Source => ({ kind: "published", citation });
/** Our own reason. */
export const assumption = (why: string): Source => ({ kind: "assumption", why });

/** Statutory guidance under the Education Act 2002 section 175 (academies: section 157 and their funding agreement). */
export const keepingSafe = (part: string) =>
  published(`Keeping children safe in education, statutory guidance, edition of 1 September 2025, ${part}`);

/** Who is asked. */
export const lead = "the designated safeguarding lead";
export const head = "the head";
export const staff = "staff chosen by the officer";
export const pupils = "pupils chosen by the officer";
export const governors = "the governor for safeguarding";
export const office = "whoever keeps the single central record";

/** What a requirement asks for. */
export interface Asks {
  readonly evidence: readonly string[];
  readonly asked: readonly string[];
  readonly request?: string;
  readonly decisive?: boolean;
  readonly appliesTo?: AppliesTo;
}

/** A requirement that applies to every school unless it says otherwise. */
export function requirement(
  id: string,
  seriousness: Seriousness,
  text: string,
  source: Source,
  asks: Asks,
): Requirement {
  return { request: null, decisive: false, appliesTo: "all", ...asks, id, seriousness, text, source };
}
