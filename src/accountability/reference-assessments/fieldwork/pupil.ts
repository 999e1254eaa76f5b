import type { Problem } from "../../../kernel/index.js";
import { problem } from "./problem.js";

export const sexes = ["female", "male", "not-said"] as const;
export type Sex = (typeof sexes)[number];
export const disadvantages = ["yes", "no", "not-known"] as const;
export type Disadvantaged = (typeof disadvantages)[number];

/** What a pupil has in lessons and so has in the session. */
export const arrangements = {
  "extra-time": "Extra time",
  reader: "A reader (not in reading)",
  scribe: "A scribe",
  "large-print": "Large print",
  braille: "Braille",
  "rest-breaks": "Rest breaks",
  "separate-room": "A room apart",
  translator: "Instructions in another language",
} as const;
export type Arrangement = keyof typeof arrangements;

/** Whether a pupil takes part, with the reason where not. Those who left or are unable are not of the population. */
export const attendances = {
  expected: "Expected",
  present: "Took part",
  absent: "Absent on the day and on the day to catch up",
  withdrawn: "Withdrawn by parents or the pupil",
  unable: "Unable to take part even with the arrangements there are",
  left: "Left the school before the session",
} as const;
export type Attendance = keyof typeof attendances;

export type SessionState = "not-started" | "started" | "finished";

/** What a school says of a drawn pupil: as little as the results need. */
export interface PupilFacts {
  readonly sex: Sex;
  readonly disadvantaged: Disadvantaged;
  /** As 2022-11, or null. */
  readonly born: string | null;
  readonly arrangements: readonly Arrangement[];
  readonly attendance: Attendance;
}

/** A drawn pupil. */
export interface FieldPupil extends PupilFacts {
  /** Random, and the only name that stays. */
  readonly id: string;
  readonly study: string;
  readonly urn: string;
  /** On the school's own list; null once erased. */
  readonly line: number | null;
  readonly code: string | null;
  readonly booklet: number;
  readonly state: SessionState;
  readonly device: string | null;
  readonly finishedAt: string | null;
  readonly version: number;
}

/** The columns of a school's file of pupils. */
export const pupilColumns = ["line", "sex", "disadvantaged", "born", "arrangements", "attendance"] as const;

/** What a school typed or sent of a pupil, read. @param place as `pupils.csv, line 3` */
export function readPupil(
  fields: Readonly<Record<"sex" | "disadvantaged" | "born" | "attendance", string>> & {
    readonly arrangements: readonly string[];
  },
  place: string,
): { readonly facts: PupilFacts; readonly problems: readonly Problem[] } {
  const problems: Problem[] = [];
  const choose = <T extends string>(name: string, value: string, known: readonly T[], empty: T): T => {
    if (value === "") return empty;
    const found = known.find((one) => one === value);
    if (found === undefined)
      problems.push(
        problem(
          "fieldwork-pupil-invalid",
          place,
          `"${value}" is no answer for ${name}`,
          `Write one of ${known.join(", ")}.`,
        ),
      );
    return found ?? empty;
  };
  const kinds = Object.keys(arrangements) as Arrangement[];
  const facts: PupilFacts = {
    sex: choose("sex", fields.sex, sexes, "not-said"),
    disadvantaged: choose("disadvantaged", fields.disadvantaged, disadvantages, "not-known"),
    born: fields.born === "" ? null : fields.born,
    arrangements: kinds.filter((kind) => fields.arrangements.includes(kind)),
    attendance: choose("attendance", fields.attendance, Object.keys(attendances) as Attendance[], "expected"),
  };
  for (const one of fields.arrangements)
    if (one !== "" && !kinds.some((kind) => kind === one)) choose("arrangements", one, kinds, "reader");
  if (facts.born !== null && !/^(19|20)\d\d-(0[1-9]|1[0-2])$/.test(facts.born))
    problems.push(
      problem(
        "fieldwork-pupil-invalid",
        place,
        `"${facts.born}" is no month of birth`,
        "Write it as 2022-11, without the day.",
      ),
    );
  return { facts, problems };
}
