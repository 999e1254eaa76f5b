import { civilDate, type GroupUid, type Urn } from "../../kernel/index.js";
import type { AccountsBody } from "./body.js";
import type { TypedFiling } from "./opinion.js";

/** A filing and what becomes of it, worked out by hand: run as a test and shown on the page that explains filings. */
export interface AccountsExample {
  readonly title: string;
  readonly body: AccountsBody;
  readonly typed: TypedFiling;
  /** The codes of what is wrong with it, in order; empty where it is filed. */
  readonly problems: readonly string[];
  readonly because: string;
}

/** The year that the examples file, and the day on which they do. */
export const exampleYearEnd = civilDate("2025-08-31");
export const exampleToday = civilDate("2025-12-20");

const trust: AccountsBody = { kind: "trust", uid: "90001" as GroupUid };
const clean: TypedFiling = {
  yearEnd: "2025-08-31",
  opinion: "unqualified",
  grounds: "",
  regularity: "clean",
  regularityGrounds: "",
  signedOn: "2025-12-11",
  auditor: "Heron & Sons, statutory auditor",
  documentSha256: "0f".repeat(32),
};

export const accountsExamples: readonly AccountsExample[] = [
  {
    title: "Accounts in order",
    body: trust,
    typed: clean,
    problems: [],
    because:
      "The auditor signed after the year end and before today, the opinion is unqualified, the document is named.",
  },
  {
    title: "Qualified, without the auditor's basis",
    body: trust,
    typed: { ...clean, opinion: "qualified" },
    problems: ["accounts-grounds-missing"],
    because: "Whoever refuses a mark for qualified accounts has to be able to say what they were qualified for.",
  },
  {
    title: "Last year's accounts",
    body: trust,
    typed: { ...clean, yearEnd: "2024-08-31", signedOn: "2024-12-09" },
    problems: ["accounts-year-wrong", "accounts-signed-before-year-end"],
    because:
      "The accounts to August 2025 are asked for. Those of the year before would let a mark rest on an old opinion.",
  },
  {
    title: "Signed before the year had ended",
    body: trust,
    typed: { ...clean, signedOn: "2025-08-31" },
    problems: ["accounts-signed-before-year-end"],
    because: "On the last day of the year there are no accounts of it yet.",
  },
  {
    title: "Unqualified, but irregular",
    body: trust,
    typed: {
      ...clean,
      regularity: "modified",
      regularityGrounds: "A payment of £61,000 to a trustee's company was made without approval.",
    },
    problems: [],
    because:
      "Regularity is a conclusion of its own. It is shown beside the opinion, which alone decides about the mark.",
  },
  {
    title: "A school outside any trust",
    body: { kind: "school", urn: "900003" as Urn },
    typed: { ...clean, regularity: "" },
    problems: [],
    because: "Only a trust's accounts carry a report on regularity.",
  },
];
