import { civilDate } from "../../kernel/index.js";
import { pairsOf, toldApart } from "./compare.js";
import { dutiesFor } from "./duties.js";
import { hoursSpared } from "./hours.js";
import { hoursOfDuties } from "./parameters.js";

/** A worked example that a school office could check: shown on the proposal's page, and run as a test. */
export interface SchoolInformationExample {
  readonly title: string;
  readonly words: string;
  /** What the rules answer. */
  readonly answer: () => unknown;
  readonly expected: unknown;
}

const today = civilDate("2026-11-26");
const hours = hoursOfDuties.values[0]!.value;

const school = (name: string, valueAdded: number, error: number) => ({
  ...{ urn: name, name, phase: "secondary", valueAdded, error },
});

/** The examples. */
export const schoolInformationExamples: readonly SchoolInformationExample[] = [
  {
    title: "A primary school office",
    words:
      "Four duties of a primary school are taken over by its page: contact (1 hour a year), the inspection report (½), Key Stage 2 results (3), and the link to the tables (½). " +
      "That is 5 hours spared. Curriculum (20) and ethos (1) become its choice; admissions (2), behaviour (2), pupil premium (6), special needs (6) and charges (1) stay, 17 hours.",
    answer: () => {
      const { spared, optional, kept } = hoursSpared(dutiesFor("primary", today), hours);
      return [spared.likely, optional.likely, kept.likely].map((value) => Math.round(value * 10) / 10);
    },
    expected: [5, 21, 17],
  },
  {
    title: "A duty that was merged",
    words:
      "Until 2016 reading schemes and courses were a list of their own. A page for 2015 counts them, a page for today doesn't.",
    answer: () =>
      ["2015-09-01", "2016-08-31", "2016-09-01"].map((day) =>
        dutiesFor(null, civilDate(day)).some(({ id }) => id === "phonics-and-courses"),
      ),
    expected: [true, true, false],
  },
  {
    title: "Two schools whose intervals overlap a little",
    words:
      "School A adds 3 with a prediction error of 1, school B 0 with an error of 1. The difference is 3, its error √2, so A adds more with a probability of 98.3%. " +
      "For these two alone that is enough (97.5%). Beside a third school there are three pairs, each of which must then be sure to 99.2%, and nobody can be told apart.",
    answer: () => {
      const [a, b, c] = [school("A", 3, 1), school("B", 0, 1), school("C", 1.5, 1)];
      const count = (pairs: ReturnType<typeof pairsOf>) => toldApart(pairs, 0.95).length;
      return [
        Math.round(pairsOf([a, b])[0]!.probability * 1000) / 10,
        count(pairsOf([a, b])),
        count(pairsOf([a, b, c])),
      ];
    },
    expected: [98.3, 1, 0],
  },
];
