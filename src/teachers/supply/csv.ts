import type { Interval } from "./interval.js";
import { compareNeed } from "./published-need.js";
import type { Statement } from "./statement.js";

const tenth = (value: number) => String(Math.round(value * 10) / 10);
const ofInterval = ({ value, low, high }: Interval) => [tenth(value), tenth(low), tenth(high)];

/** Posts, teachers in post and shortfall by part and year, full-time equivalents with the central 90% of the draws. */
export function supplyCsv({ parts }: Statement): string {
  const head =
    "phase,subject,region,year,posts,posts_low,posts_high,in_post,in_post_low,in_post_high,shortfall,shortfall_low,shortfall_high";
  const lines = parts.flatMap(({ phase, subject, region, lines: years }) =>
    years.map(({ year, posts, inPost, shortfall }) =>
      [
        ...[phase ?? "all", subject ?? "all", region ?? "england", String(year)],
        ...[posts, inPost, shortfall].flatMap(ofInterval),
      ].join(","),
    ),
  );
  return `${[head, ...lines].join("\r\n")}\r\n`;
}

/** Trainees needed and expected by subject and year, with the department's published need where there is one. */
export function trainingCsv(statement: Statement): string {
  const head =
    "subject,year,need,need_low,need_high,without_empty,without_empty_low,without_empty_high,recruits,recruits_low,recruits_high,shortfall,shortfall_low,shortfall_high,published_need";
  const published = new Map(compareNeed(statement).map((one) => [one.subject, one.published]));
  const lines = statement.training.map(({ subject, year, need, withoutEmpty, recruits, shortfall }) =>
    [
      ...[subject, String(year), ...[need, withoutEmpty, recruits, shortfall].flatMap(ofInterval)],
      year === statement.year ? String(published.get(subject) ?? "") : "",
    ].join(","),
  );
  return `${[head, ...lines].join("\r\n")}\r\n`;
}
