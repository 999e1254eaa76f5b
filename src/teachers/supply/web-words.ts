import { decimalsOf, roundToInterval } from "../../simulation/uncertainty/index.js";
import type { Interval } from "./interval.js";

/** A subject, region or phase in the reader's words: "modern-foreign-languages" → "Modern foreign languages". */
export function nameInWords(name: string): string {
  const text = name.replaceAll("-", " ");
  const capital = text.charAt(0).toUpperCase() + text.slice(1);
  const proper = /\b(east|west|north|south|england|london|yorkshire|humber|midlands)\b/g;
  return proper.test(text) ? text.replace(proper, (word) => word.charAt(0).toUpperCase() + word.slice(1)) : capital;
}

/** `2026/27`. */
export const yearInWords = (year: number): string => `${year}/${String((year + 1) % 100).padStart(2, "0")}`;

const grouped = (value: number, decimals: number) =>
  value.toLocaleString("en-GB", { minimumFractionDigits: decimals, maximumFractionDigits: decimals });

/** A figure with no more digits than its interval supports: "2,100 (900 to 3,000)". */
export function intervalInWords({ value, low, high }: Interval, scale = 1, unit = ""): string {
  const rounded = roundToInterval(value * scale, low * scale, high * scale);
  if (!rounded) return "not computed";
  const decimals = rounded.unit === 0 ? 0 : decimalsOf(rounded.unit);
  const [middle, from, to] = [rounded.value, rounded.low, rounded.high].map((one) => grouped(one, decimals));
  return rounded.unit === 0 ? `${middle}${unit}` : `${middle}${unit} (${from} to ${to})`;
}

/** A figure apart from its interval, for where it is shown large. */
export function figureAndInterval(interval: Interval): { readonly figure: string; readonly between: string } {
  const [figure, between = ""] = intervalInWords(interval).split(" (");
  return { figure: figure!, between: between.replace(")", "") };
}

/** A share from 0 to 1 as per cent with its interval. */
export const percentInWords = (interval: Interval): string => intervalInWords(interval, 100, "%");

/** Why a subject is on the shortage list. */
export const reasonWords = {
  "posts-unfilled": "too many posts without a teacher of the subject",
  "too-few-recruits": "too few recruits to training",
} as const;
