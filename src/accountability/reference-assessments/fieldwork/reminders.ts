import type { CivilDate } from "../../../kernel/index.js";
import type { SampledSchool } from "./field.js";
import type { FieldPupil } from "./pupil.js";
import type { FieldStudy } from "./study.js";

/** Something that a school has still to do. */
export interface Reminder {
  readonly kind: "answer" | "describe" | "tickets" | "attendance" | "unfinished" | "erasing";
  readonly text: string;
  /** The last day for it, or the day on which it happens. */
  readonly by: CivilDate;
  readonly late: boolean;
}

type Dates = Pick<FieldStudy, "answerBy" | "closes" | "eraseOn" | "erasedAt">;
type Part = Pick<SampledSchool, "state" | "sessionOn">;
type Seen = Pick<FieldPupil, "disadvantaged" | "attendance" | "state">;

const count = (n: number, one: string, more: string) => (n === 1 ? `1 ${one}` : `${n} ${more}`);

/** What a school has still to do in a study on a day, in the order of the days; nothing once pupils are erased. */
export function remindersOf(
  { answerBy, closes, eraseOn, erasedAt }: Dates,
  { state, sessionOn }: Part,
  pupils: readonly Seen[],
  today: CivilDate,
): readonly Reminder[] {
  if (erasedAt !== null) return [];
  if (state === "invited")
    return today > closes
      ? []
      : [{ kind: "answer", text: "Say whether your school takes part", by: answerBy, late: today > answerBy }];
  if (state !== "accepted" || sessionOn === null) return [];
  const day = sessionOn as CivilDate;
  const found: Reminder[] = [];
  const add = (kind: Reminder["kind"], text: string, by: CivilDate) =>
    void found.push({ kind, text, by, late: today > by });
  const undescribed = pupils.filter(({ disadvantaged }) => disadvantaged === "not-known").length;
  if (undescribed > 0)
    add("describe", `Say of ${count(undescribed, "pupil", "pupils")} whether they attract the pupil premium`, day);
  if (today <= day) add("tickets", "Print the tickets, and have tablets and an adult ready", day);
  else {
    const missing = pupils.filter((one) => one.attendance === "expected" && one.state === "not-started").length;
    if (missing > 0)
      add(
        "attendance",
        `${count(missing, "pupil has", "pupils have")} neither answered nor a reason: let them catch up, or say why`,
        closes,
      );
    const open = pupils.filter((one) => one.state === "started").length;
    if (open > 0)
      add(
        "unfinished",
        `${count(open, "session is", "sessions are")} begun and not finished: let them be ended`,
        closes,
      );
  }
  if (today > closes) add("erasing", "Destroy the tickets: lines, codes and arrangements are erased", eraseOn);
  return found;
}
