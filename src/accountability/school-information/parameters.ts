import { civilDate, type Parameter } from "../../kernel/index.js";
import type { HoursByDuty } from "./hours.js";

/** The day from which the regulations asked for publication on a website. */
const regulations = civilDate("2012-09-01");

const hours = (fewest: number, likely: number, most: number) => ({ fewest, likely, most });

/** Hours a year that a school spends on each duty. */
export const hoursOfDuties: Parameter<HoursByDuty> = {
  id: "accountability.school-information.hours",
  label: "Hours a year that a school office spends on publishing, by duty",
  unit: "hours a school and year: fewest, likely, most",
  values: [
    {
      from: regulations,
      value: {
        contact: hours(0.5, 1, 2),
        admissions: hours(1, 2, 4),
        inspection: hours(0.25, 0.5, 1),
        "key-stage-2": hours(1, 3, 6),
        "key-stage-4": hours(1, 3, 8),
        tables: hours(0.25, 0.5, 1),
        curriculum: hours(8, 20, 60),
        behaviour: hours(1, 2, 4),
        "pupil-premium": hours(3, 6, 12),
        "special-needs": hours(3, 6, 12),
        charging: hours(0.5, 1, 2),
        ethos: hours(0.5, 1, 3),
        "phonics-and-courses": hours(0.5, 1, 3),
      },
      source: {
        kind: "assumption",
        why:
          "No published count of the hours was found: the department made no estimate of the burden that we could read. These are what the work " +
          "consists of, counted once a year: find the figures, write or copy the text, have it checked, put it on the website and look whether " +
          "the link works. A link takes minutes, a table of results hours, every subject in every year days. The range is between a school that " +
          "copies last year's page and one that writes it anew.",
      },
    },
  ],
};

/** How alike two intakes have to be to be called similar. */
export const similarSchools: Parameter<number> = {
  id: "accountability.school-information.similar-schools",
  label: "Schools shown as having a similar intake",
  unit: "schools",
  values: [
    {
      from: regulations,
      value: 5,
      source: {
        kind: "assumption",
        why: "A picture of six intervals is read at a glance; the department's own groups of similar schools have ten, of which a page shows some.",
      },
    },
  ],
};

/** Every parameter of the proposal. */
export const schoolInformationParameters = [hoursOfDuties, similarSchools] as const;
