/** Who takes up a child at risk; telephone first, this record second. */
export interface DutyContact {
  /** As "children's social care of Otterwick". */
  readonly office: string;
  readonly telephone: string;
  /** What to ring them for. */
  readonly when: string;
}

/** Where an escalation stands on a clock. */
export type EscalationState = "waiting" | "late" | "acknowledged" | "closed";

export interface EscalationTimes {
  readonly raised: Date;
  readonly acknowledged: Date | null;
  readonly closed: Date | null;
}

/** When an acknowledgement is due. */
export function acknowledgementDue(raised: Date, minutes: number): Date {
  return new Date(raised.getTime() + minutes * 60_000);
}

/** Where an escalation stands: late from the minute at which nobody has acknowledged it in time. */
export function escalationState(times: EscalationTimes, now: Date, minutes: number): EscalationState {
  if (times.closed) return "closed";
  if (times.acknowledged) return "acknowledged";
  return now.getTime() >= acknowledgementDue(times.raised, minutes).getTime() ? "late" : "waiting";
}

/** What every page of an audit says: no form and no connection comes before these. */
export const emergencyContacts: readonly DutyContact[] = [
  { office: "the police", telephone: "999", when: "a child is in danger now" },
  { office: "the NSPCC", telephone: "0808 800 5000", when: "you need advice and can't reach the authority" },
];

/** The local authority's two desks; the telephone numbers are the authority's to enter. */
export function authorityContacts(
  authority: string,
  numbers: { readonly socialCare: string | null; readonly designatedOfficer: string | null },
): readonly DutyContact[] {
  const unknown = "number not entered: ask the school, which has to display it";
  return [
    {
      office: `children's social care of ${authority}`,
      telephone: numbers.socialCare ?? unknown,
      when: "a child may be suffering, or may come to, significant harm",
    },
    {
      office: `the designated officer for allegations of ${authority}`,
      telephone: numbers.designatedOfficer ?? unknown,
      when: "an adult who works with children may have harmed one",
    },
  ];
}
