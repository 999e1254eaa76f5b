import type { DrawCheck } from "./draw-check.js";
import type { FieldProgress } from "./progress.js";
import { arrangements, attendances } from "./pupil.js";
import type { ItemView } from "./service-history.js";
import { type FieldStudy, phaseFacts } from "./study.js";

/** A study in a line. */
export const studyInWords = ({ id, phase, subject, opens, closes, booklets, record, erasedAt }: FieldStudy): string => {
  const stands = erasedAt !== null ? "pupils erased" : record ? "schools drawn" : booklets ? "booklets made" : "begun";
  return `${id}  ${phaseFacts[phase].words}, ${subject}; sessions ${opens} to ${closes}: ${stands}`;
};

const percent = (rate: number | null) => (rate === null ? "–" : `${(100 * rate).toFixed(0)}%`);
const told = <K extends string>(counts: Readonly<Partial<Record<K, number>>>, words: Readonly<Record<K, string>>) =>
  (Object.keys(words) as K[]).flatMap((key) => (counts[key] === undefined ? [] : [`  ${words[key]}: ${counts[key]}`]));

/** How an assessment goes, line by line. */
export function progressInWords(progress: FieldProgress): readonly string[] {
  const { schools, rates, sessions, attendance, days } = progress;
  return [
    `Schools: ${schools.accepted} take part, ${schools.invited} have not answered (${schools.late} late), ${schools.refused} refused, ${schools.reserve} in reserve`,
    `Weighted: ${percent(rates.schoolsBefore)} of the schools drawn, ${percent(rates.schoolsAfter)} with replacements, ${percent(rates.pupils)} of their pupils`,
    `Sessions: ${sessions.finished} finished, ${sessions.started} under way, ${sessions["not-started"]} not begun`,
    "Attendance:",
    ...told(attendance, attendances),
    ...(progress.erasedOnRequest > 0 ? [`  Erased on request: ${progress.erasedOnRequest}`] : []),
    ...(Object.keys(progress.arrangements).length > 0 ? ["Access arrangements:"] : []),
    ...told(progress.arrangements, arrangements),
    ...days.map(({ day, schools: count }) => `  ${day}: ${count === 1 ? "1 school" : `${count} schools`}`),
  ];
}

/** An item with its history, line by line. */
export function itemInWords({ item, uses, results }: ItemView): readonly string[] {
  const curricula = Object.entries(item.curricula).map(
    ([name, covers]) => `${name} ${covers ? "covers" : "doesn't cover"} it`,
  );
  return [
    `${item.id}: ${item.subject}, ${item.construct}, ${item.status}`,
    ...(curricula.length > 0 ? [`  ${curricula.sort().join("; ")}`] : []),
    ...uses.map(
      ({ study, cycle, booklets, of, pupils }) =>
        `  ${study} (${cycle}): ${booklets} of ${of} booklets, ${pupils} pupils`,
    ),
    ...results.map(({ assessment, cycle, pupils, drift }) => {
      const error = drift?.error ?? null;
      const moved =
        drift &&
        `; ${drift.change.toFixed(2)} logits${error === null ? "" : ` (error ${error.toFixed(2)})`} since ${drift.since}${drift.flagged ? ", flagged" : ""}${drift.linked === null ? "" : drift.linked ? ", kept as a link" : ", not kept as a link"}`;
      return `  ${assessment}, ${cycle}: ${pupils} pupils with a score${moved ?? ""}`;
    }),
    ...item.history.map(({ study, decision }) => `  Decided in ${study}: ${decision}`),
  ];
}

/** What drawing again said. */
export const checkInWords = ({ same, frame, schools, differences }: DrawCheck): readonly string[] => [
  same
    ? `The same ${schools} schools and replacements come out of the frame and the seed, with the same probabilities`
    : `Something else comes out${frame ? "" : ": the frame is another"}`,
  ...differences.map((one) => `  ${one}`),
];

/** Where files were written. */
export const inWords = (folder: string | undefined, files: readonly string[]): readonly string[] =>
  folder === undefined ? ["Nothing was written: add --out FOLDER"] : [`Written to ${folder}: ${files.join(", ")}`];
