import type { CivilDate, Problem } from "../../../kernel/index.js";
import type { BookletBalance, DrawRecord } from "../../../statistics/survey/index.js";
import { problem } from "./problem.js";

/** The years of school that are assessed. */
export const phases = ["reception", "year-4", "year-8", "year-12"] as const;
export type Phase = (typeof phases)[number];

/** A phase in words, the age of its pupils on 31 August before, and its part of the circle of permanent random numbers. */
export const phaseFacts: Readonly<
  Record<Phase, { readonly words: string; readonly age: number; readonly start: number }>
> = {
  reception: { words: "Reception", age: 4, start: 0 },
  "year-4": { words: "Year 4", age: 8, start: 0.5 },
  "year-8": { words: "Year 8", age: 12, start: 0 },
  "year-12": { words: "Year 12", age: 16, start: 0.5 },
};

/** How a sample is ordered. */
export interface SampleOrder {
  /** Units (schools, or small schools drawn as one). */
  readonly schools: number;
  readonly pupilsPerSchool: number;
  /** How much strata with many disadvantaged pupils are raised: 0 is proportional. */
  readonly tilt: number;
  /** Systematic with implicit strata; or by permanent random numbers, coordinated with other phases and cycles. */
  readonly method: "systematic" | "coordinated";
  /** Share of the schools to be renewed against the coordinated draw before, 0–1; it counts up from cycle to cycle. */
  readonly rotation: number;
  readonly seed: number;
}

/** What the draw can be repeated and checked from. */
export interface SampleRecord {
  readonly draw: DrawRecord;
  /** The register as it was: the fingerprint of the frame, and who is not in it. */
  readonly frame: {
    readonly sha256: string;
    readonly schools: number;
    readonly pupils: number;
    readonly joined: number;
    readonly leftOut: readonly { readonly why: string; readonly schools: number }[];
  };
  readonly drawnAt: string;
  readonly drawnBy: string;
}

/** Blocks of items, and booklets of blocks. */
export interface StudyBooklets {
  readonly seed: number;
  readonly blocks: readonly { readonly name: string; readonly items: readonly string[]; readonly minutes: number }[];
  /** Positions of blocks in order of presentation; booklet 1 is the first. */
  readonly booklets: readonly (readonly number[])[];
  readonly balance: BookletBalance;
  /** Items that are ready and were not used, each with its reason; absent in booklets from before it was kept. */
  readonly leftOut?: readonly { readonly item: string; readonly why: string }[];
}

/** One assessment of one subject in one phase and cycle. */
export interface FieldStudy {
  readonly id: string;
  readonly title: string;
  readonly subject: string;
  readonly phase: Phase;
  readonly cycle: number;
  readonly answerBy: CivilDate;
  readonly opens: CivilDate;
  readonly closes: CivilDate;
  readonly eraseOn: CivilDate;
  readonly design: SampleOrder | null;
  readonly record: SampleRecord | null;
  readonly booklets: StudyBooklets | null;
  readonly erasedAt: string | null;
  readonly version: number;
}

/** What a statistician writes of a study. */
export type StudyDraft = Pick<
  FieldStudy,
  "id" | "title" | "subject" | "phase" | "cycle" | "answerBy" | "opens" | "closes" | "eraseOn"
>;

/** What is wrong with a draft. @param longestKept days from the last session to the erasing */
export function studyProblems(
  draft: StudyDraft,
  longestKept: number,
  daysBetween: (a: CivilDate, b: CivilDate) => number,
) {
  const found: Problem[] = [];
  const add = (place: string, message: string, remedy?: string) =>
    found.push(problem("fieldwork-study-invalid", place, message, remedy));
  if (!/^[a-z][a-z0-9-]{2,59}$/.test(draft.id))
    add(
      "id",
      `"${draft.id}" is no short name`,
      "Write it in small letters, figures and hyphens, as mathematics-y4-2027.",
    );
  if (draft.title === "") add("title", "it is empty", "Say what is assessed and when.");
  if (draft.subject === "") add("subject", "it is empty", "Say the subject, as mathematics.");
  if (!phases.includes(draft.phase)) add("phase", `"${draft.phase}" is no phase`, "Choose one of the four.");
  if (!(Number.isInteger(draft.cycle) && draft.cycle >= 2000 && draft.cycle <= 2200))
    add("cycle", `${draft.cycle} is no year`, "Write the year of the sessions, as 2027.");
  if (draft.opens < draft.answerBy)
    add("opens", "sessions would begin before schools have answered", "Begin later, or ask for answers sooner.");
  if (draft.closes < draft.opens) add("closes", "the last day is before the first", "End later.");
  if (draft.eraseOn <= draft.closes)
    add("eraseOn", "it is not after the last session", "Choose a day on which marking is done.");
  else if (daysBetween(draft.closes, draft.eraseOn) > longestKept)
    add(
      "eraseOn",
      `it is more than ${longestKept} days after the last session`,
      "What tells pupils apart is kept no longer than marking needs it: choose an earlier day.",
    );
  return found;
}

/** What is wrong with an order of a sample. */
export function orderProblems(order: SampleOrder): Problem[] {
  const found: Problem[] = [];
  const check = (holds: boolean, place: string, message: string) => {
    if (!holds) found.push(problem("fieldwork-sample-invalid", place, message));
  };
  const whole = (n: number, low: number, high: number) => Number.isInteger(n) && n >= low && n <= high;
  check(whole(order.schools, 2, 20_000), "schools", "a whole number from 2 to 20,000 is needed");
  check(whole(order.pupilsPerSchool, 1, 200), "pupilsPerSchool", "a whole number from 1 to 200 is needed");
  check(order.tilt >= 0 && order.tilt <= 3, "tilt", "a number from 0 to 3 is needed");
  check(order.rotation >= 0 && order.rotation <= 50, "rotation", "a number from 0 (the same schools) on is needed");
  check(whole(order.seed, 0, 2 ** 32), "seed", "a whole number from 0 to 4,294,967,296 is needed");
  return found;
}
