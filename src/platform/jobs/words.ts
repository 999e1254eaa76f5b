import type { Json } from "../../kernel/index.js";
import type { JobStatus } from "./job.js";
import type { JobState } from "./state.js";

/** A state in a person's words, and the colour of its tag. */
export const stateWords: Readonly<Record<JobStatus, { readonly text: string; readonly colour: string }>> = {
  queued: { text: "Waiting", colour: "grey" },
  running: { text: "Under way", colour: "blue" },
  succeeded: { text: "Done", colour: "green" },
  failed: { text: "Failed", colour: "red" },
  stopped: { text: "Stopped", colour: "yellow" },
};

const count = (n: number) => n.toLocaleString("en-GB");

/** How far it is, as "6,000 of 24,000 (25%)". */
export function progressInWords({ done, of }: Pick<JobState, "done" | "of">): string {
  if (of === null) return done === 0 ? "not begun" : count(done);
  return `${count(done)} of ${count(of)} (${of === 0 ? 100 : Math.floor((100 * done) / of)}%)`;
}

/** A time span as a person says it: "less than a minute", "12 minutes", "2 hours 5 minutes". */
export function spanInWords(seconds: number): string {
  const minutes = Math.round(seconds / 60);
  if (minutes < 1) return "less than a minute";
  const part = (n: number, unit: string) => (n === 0 ? [] : [`${n} ${unit}${n === 1 ? "" : "s"}`]);
  return [...part(Math.floor(minutes / 60), "hour"), ...part(minutes % 60, "minute")].join(" ");
}

/** The link that a job's result holds, if it does: within the site only. */
export function linkOf(result: Json | null): { readonly href: string; readonly text: string } | null {
  if (result === null || typeof result !== "object" || !("href" in result) || !("text" in result)) return null;
  const { href, text } = result;
  if (typeof href !== "string" || typeof text !== "string" || !/^\/(?!\/)/.test(href)) return null;
  return { href, text };
}
