import { readableNumber } from "../../platform/charts/index.js";

/** "1 school", "2,410 schools". */
export function counted(n: number, one: string, many = `${one}s`): string {
  return `${readableNumber(n)} ${n === 1 ? one : many}`;
}

/** The first letter as a capital. */
export function capitalised(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

/** A date as `14 March 2026`; the text as it is where it is no date. */
export function longDate(day: string): string {
  const [year, month, date] = day.slice(0, 10).split("-").map(Number);
  if (!year || !month || !date) return day;
  return new Date(Date.UTC(year, month - 1, date)).toLocaleDateString("en-GB", { dateStyle: "long", timeZone: "UTC" });
}

const phases: Readonly<Record<string, string>> = {
  "16-plus": "16 plus",
  "all-through": "All-through",
  "not-applicable": "Not applicable",
};

/** A phase in words, as "Middle deemed primary". */
export function phaseName(phase: string | null): string {
  return phase === null ? "Not in the register" : (phases[phase] ?? capitalised(phase.replaceAll("-", " ")));
}

/** "a, b and c". */
export function listed(texts: readonly string[]): string {
  return texts.length < 2 ? texts.join("") : `${texts.slice(0, -1).join(", ")} and ${texts.at(-1)}`;
}
