import { type CivilDate, civilDate, type Parameter, valueOn } from "../../kernel/index.js";
import type { AgreementParameters } from "./delphi.js";

/** The academic year in which the paper came out. */
const paper = civilDate("2016-09-01");

/** How much of the group has to lie in one third of the scale. */
export const agreementShare: Parameter<number> = {
  id: "accountability.specialist-framework.agreement-share",
  label: "Share of the ratings in the same third from which the group is agreed",
  unit: "share, 0–1",
  values: [
    {
      from: paper,
      value: 0.7,
      source: {
        kind: "assumption",
        why:
          "The paper sets no rule for agreement. Reviews of published Delphi studies find that most set between two thirds and four " +
          "fifths beforehand; seven in ten lies between. It is shown beside every statement, so that a reader can hold it against another.",
      },
    },
  ],
};

/** Fewer ratings agree on nothing. */
export const fewestRatings: Parameter<number> = {
  id: "accountability.specialist-framework.fewest-ratings",
  label: "Fewest ratings of a statement in a round",
  unit: "members",
  values: [
    {
      from: paper,
      value: 9,
      source: {
        kind: "published",
        citation:
          "Fitch and others, The RAND/UCLA Appropriateness Method User's Manual (2001): panels of nine, so that each third of the scale could hold three",
      },
    },
  ],
};

/** How often the group rates before what is open stays open. */
export const mostRounds: Parameter<number> = {
  id: "accountability.specialist-framework.most-rounds",
  label: "Most rounds of rating",
  unit: "rounds",
  values: [
    {
      from: paper,
      value: 3,
      source: {
        kind: "assumption",
        why:
          "After a third round members of a Delphi panel move little and begin to leave. What is still open then is reported as open, " +
          "with its spread, and not rated until it fits.",
      },
    },
  ],
};

/** Fewest days for which a consultation is open. */
export const fewestDaysOpen: Parameter<number> = {
  id: "accountability.specialist-framework.fewest-days-open",
  label: "Fewest days for responses",
  unit: "days",
  values: [
    {
      from: paper,
      value: 84,
      source: {
        kind: "published",
        citation:
          "HM Government, Code of Practice on Consultation (2008), criterion 2: at least twelve weeks. The Consultation Principles of 2012 and later leave the time to judgement",
      },
    },
  ],
};

/** Every parameter, for pages and the record. */
export const frameworkParameters = [agreementShare, fewestRatings, mostRounds, fewestDaysOpen] as const;

/** The numbers of the rule of agreement on a day. */
export function agreementParametersOn(date: CivilDate): AgreementParameters {
  return { share: valueOn(agreementShare, date).value, fewestRatings: valueOn(fewestRatings, date).value };
}
