import { type CivilDate, civilDate } from "../../kernel/index.js";

const inEngland = new Intl.DateTimeFormat("en-CA", { timeZone: "Europe/London" });

/** The day in England at a moment: in summer it begins an hour before the day of UTC. */
export function dayInEngland(moment: Date): CivilDate {
  return civilDate(inEngland.format(moment));
}
