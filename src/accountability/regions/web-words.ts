import type { MeasuredScenario } from "./service.js";

/** A number with one decimal and a sign, as "+3.1%". */
export function signedPercent(value: number): string {
  const rounded = Math.round(value * 10) / 10;
  return `${rounded > 0 ? "+" : rounded < 0 ? "\u2212" : ""}${Math.abs(rounded).toFixed(1)}%`;
}

/** Thousands with commas. */
export function counted(value: number): string {
  return Math.round(value).toLocaleString("en-GB");
}

/** How good a drawing is known to be, in one sentence that claims no more than was shown. */
export function qualityOf({ scenario, measure, gap }: MeasuredScenario): string {
  const { result } = scenario;
  if (!result || !measure) return "It isn't drawn yet.";
  if (result.kind === "impossible")
    return "No drawing can hold everything that was asked. What is shown is the nearest that was found.";
  if (measure.broken.length > 0)
    return result.kind === "by-hand"
      ? "As moved by hand, it breaks what was asked."
      : "The search found no drawing that holds everything that was asked, and the bound excludes none. What is shown is the nearest.";
  if (result.kind === "proven") return "No drawing that holds what was asked is better: that is proven.";
  if (gap === null) return "How much better a drawing could be isn't known.";
  return `A better drawing could save at most ${(100 * gap).toFixed(1)}% of its value: its value is ${measure.value.toFixed(2)}, and no drawing is below ${result.bound!.toFixed(2)}.`;
}
