import { readableNumber } from "../../platform/charts/index.js";
import type { Band, HeadlineFigure } from "../../simulation/report/index.js";
import { decimalsOf, roundToInterval } from "../../simulation/uncertainty/index.js";

/** Units of what is shown; `points` is the difference of two shares. */
export type AmountUnit = HeadlineFigure["unit"] | "points";

/** How a unit is written: what the number is divided by, and what stands before and behind it. */
export interface AmountScale {
  readonly divisor: number;
  readonly before: string;
  readonly after: string;
}

/** The scale on which figures as large as `largest` are read. */
export function scaleOf(unit: AmountUnit, largest: number): AmountScale {
  if (unit === "share") return { divisor: 0.01, before: "", after: "%" };
  if (unit === "points") return { divisor: 0.01, before: "", after: " percentage points" };
  if (unit !== "pounds") return { divisor: 1, before: "", after: "" };
  if (largest >= 1e9) return { divisor: 1e9, before: "£", after: " billion" };
  if (largest >= 1e6) return { divisor: 1e6, before: "£", after: " million" };
  return { divisor: 1, before: "£", after: "" };
}

const digitsAfter = (scaled: number, digits: number) =>
  scaled === 0 ? 0 : Math.min(6, Math.max(0, digits - 1 - Math.floor(Math.log10(Math.abs(scaled)))));

function written(value: number, { divisor, before, after }: AmountScale, decimals: number, signed: boolean): string {
  const number = readableNumber(value / divisor, decimals);
  const negative = number.startsWith("\u2212");
  const sign = negative ? "\u2212" : signed && /[1-9]/.test(number) ? "+" : "";
  return `${sign}${before}${negative ? number.slice(1) : number}${after}`;
}

/**
 * A figure of one run, without an interval: on so many significant digits.
 * @returns words where the part that counts it wasn't run
 */
export function amount(value: number, unit: AmountUnit, digits = 3, signed = false): string {
  if (!Number.isFinite(value)) return "not run";
  const rounded = Number(value.toPrecision(digits));
  const scale = scaleOf(unit, Math.abs(rounded));
  return written(rounded, scale, digitsAfter(rounded / scale.divisor, digits), signed);
}

/** A figure with the digits that its interval supports, and the interval; without one, two digits. */
export function amountWithBand(value: number, band: Band | null, unit: AmountUnit, signed = false): string {
  if (!band || band.low === band.high) return amount(value, unit, band ? 3 : 2, signed);
  const scale = scaleOf(unit, Math.max(Math.abs(band.low), Math.abs(band.high), Math.abs(value)));
  const [middle, least, most] = [value, band.low, band.high].map((one) => one / scale.divisor);
  const rounded = roundToInterval(middle!, least!, most!);
  if (!rounded) return "not run";
  const decimals = decimalsOf(rounded.unit);
  const part = (number: number) => written(number * scale.divisor, scale, decimals, signed);
  const low = part(rounded.low);
  // A long unit is said once, behind both ends.
  const first = unit === "points" ? low.replace(scale.after, "") : low;
  return `${part(rounded.value)} (${first} to ${part(rounded.high)})`;
}

/** A figure on the digits that the interval about another of its kind supports; without an interval, on two. */
export function amountLike(value: number, about: number, band: Band | null, unit: AmountUnit): string {
  if (!Number.isFinite(value)) return "not run";
  if (!band || band.low === band.high) return amount(value, unit, band ? 3 : 2);
  const scale = scaleOf(unit, Math.max(Math.abs(band.low), Math.abs(band.high), Math.abs(about)));
  const [middle, low, high] = [about, band.low, band.high].map((one) => one / scale.divisor);
  const rounded = roundToInterval(middle!, low!, high!);
  if (!rounded || rounded.unit === 0) return amount(value, unit);
  const steps = Math.round(value / scale.divisor / rounded.unit);
  return written(steps * rounded.unit * scale.divisor, scale, decimalsOf(rounded.unit), false);
}

/** The unit of a figure's difference. */
export const differenceUnit = (unit: HeadlineFigure["unit"]): AmountUnit => (unit === "share" ? "points" : unit);

/** An academic year, as 2027/28. */
export const academicYearOf = (year: number): string => `${year}/${String((year + 1) % 100).padStart(2, "0")}`;
