import { civilDate } from "../../../kernel/index.js";
import type { ExemptionCode, HeldMark } from "./exemption.js";

/** An enquiry and its answer, worked out by hand: run as a test and shown on the page of the register. */
export interface ExemptionExample {
  readonly title: string;
  readonly mark: HeldMark | null;
  /** The code of the purpose. */
  readonly purpose: string;
  readonly on: string;
  readonly mayVisit: boolean;
  readonly code: ExemptionCode;
  readonly because: string;
}

const held: HeldMark = {
  state: "awarded",
  awardedOn: civilDate("2026-01-15"),
  until: civilDate("2027-01-15"),
  suspendedOn: null,
};

export const exemptionExamples: readonly ExemptionExample[] = [
  {
    title: "An inspection at a school that holds the mark",
    ...{ mark: held, purpose: "inspection", on: "2026-11-26", mayVisit: false, code: "mark-held" },
    because: "The mark holds until 15 January 2027, and an inspection is external accountability.",
  },
  {
    title: "The last day, and the day after",
    ...{ mark: held, purpose: "inspection", on: "2027-01-15", mayVisit: true, code: "mark-expired" },
    because: "On 14 January it still held. From the 15th it no longer does, unless a new one was awarded.",
  },
  {
    title: "A child at risk",
    ...{ mark: held, purpose: "safeguarding-concern", on: "2026-11-26", mayVisit: true, code: "not-accountability" },
    because: "Protecting a child is not accountability. The mark is no shield.",
  },
  {
    title: "A suspended mark",
    mark: { ...held, state: "suspended", suspendedOn: civilDate("2026-06-02") },
    ...{ purpose: "inspection", on: "2026-11-26", mayVisit: true, code: "mark-suspended" },
    because: "Its safeguarding was found not secure in June, which suspends the mark until it is secure again.",
  },
  {
    title: "Waiting for a framework",
    mark: { state: "awaiting-framework", awardedOn: null, until: null, suspendedOn: null },
    ...{ purpose: "thematic", on: "2026-11-26", mayVisit: true, code: "awaiting-framework" },
    because: "A special school is not failed by a measure made for others, and is not spared anything either.",
  },
  {
    title: "No mark was ever published",
    ...{ mark: null, purpose: "monitoring", on: "2026-11-26", mayVisit: true, code: "no-mark" },
    because: "Only a mark spares a school. A new school has none before its first review.",
  },
];
