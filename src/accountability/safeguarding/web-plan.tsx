import { type CivilDate, dateInWords } from "../../kernel/index.js";
import { readableNumber } from "../../platform/charts/index.js";
import { Form } from "../../platform/http/index.js";
import { ErrorSummary, Figure, Govuk, Headlines, type Link, Table } from "../../platform/pages/index.js";
import { planMap } from "./plan-map.js";
import type { KeptOfficer } from "./store-officers.js";
import type { KeptPlan, ListedVisit } from "./store-plans.js";
import { dayWords } from "./web-shared.js";

const percent = (rate: number, decimals = 2) => `${readableNumber(100 * rate, decimals)}%`;
const yearWords = (year: number) => `${year}/${String((year + 1) % 100).padStart(2, "0")}`;
const precisionWords: Readonly<Record<string, string>> = {
  given: "the school’s own place",
  "postcode-district": "the middle of the known schools of its postcode district",
  "postcode-area": "the middle of the known schools of its postcode area",
  authority: "the middle of the known schools of its local authority",
  unknown: "unknown: left out of the plan",
};

interface PlanProps {
  readonly plan: KeptPlan;
  readonly visits: readonly ListedVisit[];
  readonly officers: readonly KeptOfficer[];
  readonly regionName: string;
  readonly csrf: string;
  readonly errors: readonly Link[];
}

interface Load {
  readonly officer: KeptOfficer;
  readonly schools: number;
  readonly days: number;
  readonly kilometres: number;
}

/** A plan: what it comes to, the map, each officer's load, and every visit. */
export function PlanContent({ plan, visits, officers, regionName, csrf, errors }: PlanProps) {
  const { figures } = plan;
  const sent = officers.filter(({ charter }) => visits.some(({ officer }) => officer === charter));
  const loads = sent.map((officer): Load => {
    const own = visits.filter((visit) => visit.officer === officer.charter);
    const sum = (of: (visit: ListedVisit) => number) => own.reduce((total, visit) => total + of(visit), 0);
    return {
      officer,
      schools: own.length,
      days: sum(({ days }) => days),
      kilometres: sum(({ kilometres }) => kilometres),
    };
  });
  const base = `/safeguarding/regions/${plan.region}/plans/${plan.id}`;
  const bases = sent.map(({ charter, name, base: at }) => ({ officer: charter, name, ...at }));
  return (
    <>
      <ErrorSummary errors={errors} />
      <h1 class="govuk-heading-xl">
        Plan {plan.id}: {regionName}, {yearWords(plan.year)}
      </h1>
      <p class="govuk-body">
        Made on {dateInWords(plan.madeAt.slice(0, 10) as CivilDate)} by {plan.madeBy}.{" "}
        {plan.adoptedAt === null
          ? "It is not in force."
          : `In force since ${dateInWords(plan.adoptedAt.slice(0, 10) as CivilDate)}.`}
        {plan.request.from !== null &&
          ` It changes plan ${plan.request.from}: ${figures.changed} schools get another officer.`}
      </p>
      <Headlines
        items={[
          {
            label: "Schools",
            figure: readableNumber(figures.schools),
            note: `${readableNumber(figures.days, 1)} days of ${figures.officers} officers`,
          },
          {
            label: "Gap to the best",
            figure: percent(figures.gap),
            note: "at most: no plan with these loads and bars is shorter by more",
          },
          {
            label: "On the road",
            figure: `${readableNumber(figures.kilometres)} km`,
            note: "in straight lines, there and back, half days paired",
          },
          {
            label: "Against a map and a ruler",
            figure: percent(figures.greedyCost > 0 ? 1 - figures.cost / figures.greedyCost : 0, 1),
            note: `less than each school to the nearest officer with room${figures.greedyLeft > 0 ? `, which leaves ${figures.greedyLeft} schools over` : ""}`,
          },
        ]}
      />
      {plan.adoptedAt === null && (
        <Form action={`${base}/adopt`} csrf={csrf}>
          <Govuk is="button" options={{ text: "Put this plan in force", attributes: { id: "adopt" } }} />
        </Form>
      )}
      <h2 class="govuk-heading-l">The map</h2>
      <Figure
        title="Where the officers go"
        lead="Each ring is an officer’s base, each mark a school, each line a journey. Officers beside each other differ in colour, and in shape where colours repeat."
        chart={planMap(
          visits,
          bases,
          `Map of ${figures.schools} schools and the bases of ${figures.officers} officers`,
        )}
        note={`Places: ${Object.entries(figures.precision)
          .map(([precision, count]) => `${readableNumber(count)} schools at ${precisionWords[precision] ?? precision}`)
          .join("; ")}. Roads are longer than straight lines, by about a third. Solved with ${figures.solver}.`}
        tableTitle="Show each officer’s load as a table"
        table={
          <Table
            caption="Loads"
            captionHidden
            columns={[
              { heading: "Officer", cell: ({ officer }) => officer.name },
              { heading: "From", cell: ({ officer }) => officer.baseName },
              { heading: "Schools", numeric: true, cell: ({ schools }) => String(schools) },
              { heading: "Days", numeric: true, cell: ({ days }) => readableNumber(days, 1) },
              { heading: "Kilometres", numeric: true, cell: ({ kilometres }) => readableNumber(kilometres) },
            ]}
            rows={loads}
            small
          />
        }
      />
      <h2 class="govuk-heading-l">How good it is</h2>
      <Govuk
        is="summary-list"
        options={{
          rows: [
            {
              key: { text: "What is made least" },
              value: {
                text: `Each school’s days times the journey there and back: ${readableNumber(figures.cost)} km. It is a floor under the road length of any timetable.`,
              },
            },
            {
              key: { text: "Proven floor" },
              value: { text: `${readableNumber(figures.bound)} km, if schools could be shared between officers.` },
            },
            {
              key: { text: "Loads" },
              value: {
                text: `From ${readableNumber(figures.leastLoad, 1)} to ${readableNumber(figures.mostLoad, 1)} days; ${percent(plan.request.tolerance, 0)} either side of an officer’s even share are allowed.`,
              },
            },
            {
              key: { text: "Long days" },
              value: { text: `${figures.longDays} days with a journey beyond the length from which a plan warns.` },
            },
            {
              key: { text: "Years running" },
              value: {
                text: `Nobody audits a school more than ${plan.request.yearsRunning} years running, or where an interest bars.`,
              },
            },
          ],
        }}
      />
      <h2 class="govuk-heading-l">Every visit</h2>
      <p class="govuk-body">
        <a class="govuk-link" href={`${base}/visits.csv`}>
          Download the visits (CSV)
        </a>
      </p>
      <Table
        caption={visits.length > 200 ? `The first 200 of ${visits.length} visits` : `${visits.length} visits`}
        columns={[
          { heading: "School", cell: ({ school, urn }) => `${school} (${urn})` },
          { heading: "Officer", cell: ({ officerName }) => officerName },
          { heading: "Planned for", cell: ({ plannedOn }) => dayWords(plannedOn) },
          { heading: "Days", numeric: true, cell: ({ days }) => readableNumber(days, 1) },
          { heading: "Same day as", cell: ({ pairedWith }) => pairedWith ?? "\u2013" },
          { heading: "Kilometres", numeric: true, cell: ({ kilometres }) => readableNumber(kilometres) },
        ]}
        rows={visits.slice(0, 200)}
        small
      />
    </>
  );
}
