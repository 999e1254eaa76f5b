import { describe, expect, it } from "vitest";
import { civilDate } from "../../../kernel/index.js";
import { remindersOf } from "./reminders.js";

const study = {
  ...{ answerBy: civilDate("2027-02-26"), closes: civilDate("2027-05-28"), eraseOn: civilDate("2027-09-30") },
  erasedAt: null,
};
const pupil = { disadvantaged: "no", attendance: "expected", state: "not-started" } as const;
const accepted = { state: "accepted", sessionOn: "2027-05-11" } as const;
const on = (
  day: string,
  pupils: Parameters<typeof remindersOf>[2] = [pupil],
  school: Parameters<typeof remindersOf>[1] = accepted,
) => remindersOf(study, school, pupils, civilDate(day)).map(({ kind, late }) => (late ? `${kind}, late` : kind));

describe("reminders of a school", () => {
  const invited = { state: "invited", sessionOn: null } as const;
  it.each([
    ["2027-02-26", ["answer"]],
    ["2027-02-27", ["answer, late"]],
    ["2027-05-29", []],
  ])("that has not answered, on %s", (day, wanted) => {
    expect(on(day, [], invited)).toEqual(wanted);
  });

  it.each([
    ["2027-05-11", ["tickets"]],
    ["2027-05-12", ["attendance"]],
    ["2027-05-28", ["attendance"]],
    ["2027-05-29", ["attendance, late", "erasing"]],
  ])("whose session is on 11 May, on %s", (day, wanted) => {
    expect(on(day)).toEqual(wanted);
  });

  it("name what is missing of pupils, and nothing where all is done", () => {
    const unknown = { ...pupil, disadvantaged: "not-known" } as const;
    const begun = { ...pupil, attendance: "present", state: "started" } as const;
    expect(on("2027-05-11", [unknown])).toEqual(["describe", "tickets"]);
    expect(on("2027-05-12", [unknown, begun])).toEqual(["describe, late", "attendance", "unfinished"]);
    expect(on("2027-05-12", [{ ...begun, state: "finished" }])).toEqual([]);
    expect(on("2027-05-12", [{ ...pupil, attendance: "absent" }])).toEqual([]);
    expect(on("2027-05-12", [pupil], { state: "refused", sessionOn: null })).toEqual([]);
    expect(remindersOf({ ...study, erasedAt: "2027-09-30T02:00:00Z" }, accepted, [pupil], study.eraseOn)).toEqual([]);
  });
});
