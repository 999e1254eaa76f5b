import { academicYear, type CivilDate, formatAcademicYear } from "../../kernel/index.js";
import { Form } from "../../platform/http/index.js";
import { ErrorSummary, Govuk, Headlines, type Link, Table } from "../../platform/pages/index.js";
import { escalationState } from "./escalation.js";
import type { PendingAction } from "./service-follow-up.js";
import type { KeptEscalation } from "./store-escalations.js";
import type { KeptOfficer } from "./store-officers.js";
import type { KeptPlan } from "./store-plans.js";
import { OfficersTable } from "./web-officers.js";
import { auditHref, dayWords, seriousnessWords } from "./web-shared.js";

/** An escalation with its school's name. */
export type NamedEscalation = KeptEscalation & { readonly school: string };

interface RegionProps {
  readonly region: { readonly code: string; readonly name: string };
  readonly year: number;
  readonly counts: Readonly<Record<"planned" | "begun" | "reading" | "signed", number>>;
  readonly officers: readonly KeptOfficer[];
  readonly plans: readonly KeptPlan[];
  readonly pending: readonly PendingAction[];
  readonly escalations: readonly NamedEscalation[];
  readonly today: CivilDate;
  readonly now: Date;
  readonly csrf: string;
  readonly errors: readonly Link[];
}

const consequenceWords = {
  none: "",
  remind: "Due soon or just past",
  "tell-region": "Overdue: speak to the school",
  "re-audit": "Overdue: a re-audit is due",
} as const;

/** A region's safeguarding audits for its office: risk first, then the year, then the plan. */
export function RegionContent(props: RegionProps) {
  const { region, year, counts, officers, plans, pending, escalations, today, now, csrf, errors } = props;
  const overdue = pending.filter(({ consequence }) => consequence === "tell-region" || consequence === "re-audit");
  const late = escalations.filter((one) => stateOf(one, now) === "late").length;
  const base = `/safeguarding/regions/${region.code}`;
  const inForce = plans.find((plan) => plan.adoptedAt !== null && plan.year === year);
  return (
    <>
      <ErrorSummary errors={errors} />
      <h1 class="govuk-heading-xl">Safeguarding audits: {region.name}</h1>
      {escalations.length > 0 && (
        <Govuk
          is="warning-text"
          options={{
            iconFallbackText: "Warning",
            html: `${escalations.length === 1 ? "1 escalation is" : `${escalations.length} escalations are`} open${late > 0 ? `, ${late} of them not acknowledged in time` : ""}. <a class="govuk-link" href="${base}/escalations">Take them up</a>`,
          }}
        />
      )}
      <Headlines
        items={[
          { label: "Not begun", figure: String(counts.planned), note: formatAcademicYear(academicYear(year)) },
          { label: "Under way", figure: String(counts.begun + counts.reading) },
          { label: "Signed", figure: String(counts.signed) },
          { label: "Actions overdue", figure: String(overdue.length) },
        ]}
      />
      <h2 class="govuk-heading-l">Plans of the year</h2>
      <Govuk
        is="task-list"
        options={{
          idPrefix: "plan",
          items: plans.slice(0, 8).map((plan) => ({
            title: { text: `Plan ${plan.id} of ${formatAcademicYear(academicYear(plan.year))}` },
            hint: {
              text: `${plan.figures.schools} schools, ${plan.figures.officers} officers, gap ${(100 * plan.figures.gap).toFixed(2)}%`,
            },
            href: `${base}/plans/${plan.id}`,
            status:
              plan.adoptedAt === null
                ? { text: "Not in force" }
                : { tag: { text: "In force", classes: "govuk-tag--green" } },
          })),
        }}
      />
      <Form action={`${base}/plans`} csrf={csrf}>
        <Govuk
          is="checkboxes"
          options={{
            name: "away",
            idPrefix: "away",
            classes: "govuk-checkboxes--small",
            fieldset: {
              legend: { text: "Officers who can’t be sent from today", classes: "govuk-fieldset__legend--m" },
            },
            hint: {
              text: inForce
                ? "The plan in force is changed as little as possible."
                : "Leave all empty where everybody can be sent.",
            },
            items: officers.map(({ charter, name, baseName }) => ({ value: charter, text: `${name} (${baseName})` })),
          }}
        />
        <input type="hidden" name="from" value={inForce ? String(inForce.id) : ""} />
        <Govuk is="button" options={{ text: inForce ? "Plan again" : "Plan the year", attributes: { id: "plan" } }} />
      </Form>
      <h2 class="govuk-heading-l">Actions overdue</h2>
      {overdue.length === 0 ? <p class="govuk-body">None.</p> : <PendingTable pending={overdue} />}
      <h2 class="govuk-heading-l">Officers</h2>
      <OfficersTable officers={officers} today={today} />
    </>
  );
}

/** Actions that aren't closed. */
export function PendingTable({ pending }: { pending: readonly PendingAction[] }) {
  return (
    <Table
      caption="Actions that aren’t closed"
      captionHidden
      columns={[
        {
          heading: "School",
          cell: ({ audit, urn, school }) => (
            <a class="govuk-link" href={auditHref({ id: audit, urn })}>
              {school}
            </a>
          ),
        },
        { heading: "Action", cell: ({ text }) => text },
        { heading: "How serious", cell: ({ seriousness }) => seriousnessWords[seriousness] },
        { heading: "Due", cell: ({ due }) => dayWords(due) },
        {
          heading: "What follows",
          cell: ({ consequence, state }) =>
            state === "done" ? "The school says it is done" : consequenceWords[consequence],
        },
      ]}
      rows={pending}
      small
    />
  );
}

/** Where an escalation stands. */
export function stateOf(escalation: KeptEscalation, now: Date) {
  const date = (text: string | null) => (text === null ? null : new Date(text));
  const minutes = (new Date(escalation.dueAt).getTime() - new Date(escalation.raisedAt).getTime()) / 60_000;
  return escalationState(
    {
      raised: new Date(escalation.raisedAt),
      acknowledged: date(escalation.acknowledgedAt),
      closed: date(escalation.closedAt),
    },
    now,
    minutes,
  );
}
