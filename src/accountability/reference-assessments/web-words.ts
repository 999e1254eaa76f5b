import { dateInWords, parseCivilDate } from "../../kernel/index.js";
import type { FigureRow, StudyResults, TrendRow } from "./published/results.js";
import type { Publication } from "./store.js";

/** Where a statistician publishes, and sees all publications. */
export const publicationsHref = "/assessment-publications";

/** Where one takes the newest publication of an assessment back. */
export const withdrawalHref = (assessment: string): string => `${publicationsHref}/${assessment}/withdrawal`;

/** A figure with so many decimals, a true minus before what is below nought. */
export const shown = (value: number, decimals = 0): string => value.toFixed(decimals).replace(/^-/, "−");

/** With a sign, for changes. */
export const signed = (value: number, decimals = 0): string => {
  const text = shown(value, decimals);
  return value > 0 && !/^0(\.0*)?$/.test(text) ? `+${text}` : text;
};

/** As "492 to 508". */
export const interval = ({ low, high }: Pick<FigureRow, "low" | "high">, decimals = 0): string =>
  `${shown(low, decimals)} to ${shown(high, decimals)}`;

/** Shares as percentages. */
export const asPercent = <Row extends FigureRow | TrendRow>(row: Row): Row => ({
  ...row,
  value: 100 * row.value,
  standardError: 100 * row.standardError,
  low: 100 * row.low,
  high: 100 * row.high,
});

/** The figures of a statistic and level, in order of cycle. */
export function seriesOf(
  { cycles, disclosed }: Pick<StudyResults, "cycles" | "disclosed">,
  wanted: Partial<Pick<FigureRow, "statistic" | "group" | "level" | "of">>,
): readonly FigureRow[] {
  const fits = disclosed.figures.filter((row) =>
    Object.entries(wanted).every(([key, value]) => row[key as keyof FigureRow] === value),
  );
  return cycles.flatMap((cycle) => fits.find((row) => row.cycle === cycle) ?? []);
}

/** The change of a statistic from the first cycle to the last; null where there is none. */
export function changeOf(
  trends: readonly TrendRow[],
  cycles: readonly string[],
  wanted: Partial<Pick<TrendRow, "statistic" | "group" | "level" | "of">>,
): TrendRow | null {
  const [first, last] = [cycles[0], cycles.at(-1)];
  return (
    trends.find(
      (row) =>
        row.from === first &&
        row.to === last &&
        Object.entries(wanted).every(([key, value]) => row[key as keyof TrendRow] === value),
    ) ?? null
  );
}

/** What a change says, in a sentence. @param what as "the mean of all pupils" */
export function changeInWords(row: TrendRow, what: string, unit = "points"): string {
  const { from, to, value } = row;
  const size = `${shown(Math.abs(value), 1)} ${unit}`;
  const range = `(95% interval ${signed(row.low, 1)} to ${signed(row.high, 1)})`;
  if (!row.distinguishable)
    return `From ${from} to ${to} ${what} changed by ${signed(value, 1)} ${unit} ${range}: that can't be told from no change.`;
  return `From ${from} to ${to} ${what} ${value > 0 ? "rose" : "fell"} by ${size} ${range}: more than chance would do.`;
}

/** The group whose gap is shown: the first that has one. */
export function gapGroup({
  disclosed,
}: Pick<StudyResults, "disclosed">): { readonly group: string; readonly level: string } | null {
  const found = disclosed.figures.find(({ statistic }) => statistic === "gap");
  return found ? { group: found.group!, level: found.level! } : null;
}

/** As "Year 4 mathematics". */
export const nameOf = ({ phase, subject }: Pick<Publication, "phase" | "subject">) => `${phase} ${subject}`;

/** The day of a publication. */
export function publishedOn({ publishedAt }: Pick<Publication, "publishedAt">): string {
  const day = parseCivilDate(publishedAt.slice(0, 10));
  return day.ok ? dateInWords(day.value) : publishedAt;
}
