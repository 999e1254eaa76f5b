import { civilDate, type Parameter } from "../../kernel/index.js";

/** A day of every year, as month and day. */
export interface DayOfYear {
  readonly month: number;
  readonly day: number;
}

const handbook = civilDate("2012-09-01");

/** The day on which a year of accounts ends. */
export const yearEndDay: Parameter<DayOfYear> = {
  id: "structures.accounts.year-end",
  label: "Day on which the year of accounts ends",
  unit: "day of the year",
  values: [
    {
      from: handbook,
      value: { month: 8, day: 31 },
      source: {
        kind: "published",
        citation:
          "Academy Trust Handbook and Academies Accounts Direction: academy trusts' accounts end on 31 August. For maintained schools it is an " +
          "assumption: no law asks one of them for audited accounts of its own, the paper asks audited accounts of every holder of a mark, and one " +
          "day for all lets the marks of a year rest on the same year of accounts",
      },
    },
  ],
};

/** The day by which the auditor's opinion has to be filed. */
export const dueDay: Parameter<DayOfYear> = {
  id: "structures.accounts.due",
  label: "Day by which the audited accounts are due",
  unit: "day of the year in which the year of accounts ends",
  values: [
    {
      from: handbook,
      value: { month: 12, day: 31 },
      source: {
        kind: "published",
        citation:
          "Academy Trust Handbook: audited accounts and the report on regularity by 31 December, four months after the year end. For maintained " +
          "schools an assumption, so that no school waits longer for its mark than another",
      },
    },
  ],
};

/** How large the document of a filing may be. */
export const documentLimit: Parameter<number> = {
  id: "structures.accounts.document-limit",
  label: "Largest document of a filing",
  unit: "bytes",
  values: [
    {
      from: handbook,
      value: 10_000_000,
      source: {
        kind: "assumption",
        why: "The published accounts of large trusts are of two to six megabytes; ten leave room and keep a filing within one request",
      },
    },
  ],
};
