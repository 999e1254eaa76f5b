import { readableNumber } from "../../platform/charts/index.js";
import { Fold, Table } from "../../platform/pages/index.js";
import { bondOf, dutiesFor, type PublishingDuty } from "./duties.js";
import type { Entries } from "./entries.js";
import { type Hours, type HoursByDuty, hoursSpared } from "./hours.js";

/** "about 5 (2 to 10)". */
export function hoursInWords({ fewest, likely, most }: Hours): string {
  const number = (value: number) => readableNumber(value, value < 10 && !Number.isInteger(value) ? 1 : 0);
  return `about ${number(likely)} (${number(fewest)} to ${number(most)})`;
}

const fates = {
  "shown-here": "This page shows it",
  "school-chooses": "The school's choice",
  "other-law": "Another law still asks for it",
} as const;

function OwnEntry({ duty, entries }: { duty: PublishingDuty; entries: Entries }) {
  const own = entries[duty.id];
  if (!own) return <>{duty.where}</>;
  return (
    <>
      {own.link !== null && (
        <a class="govuk-link" href={own.link} rel="nofollow noopener">{`${duty.title} on the school's website`}</a>
      )}
      {own.link === null && <>{duty.where}</>}
    </>
  );
}

export interface DutiesProps {
  readonly type: string;
  readonly phase: string | null;
  readonly today: Parameters<typeof dutiesFor>[1];
  readonly hours: HoursByDuty;
  readonly why: string;
  readonly entries: Entries;
}

const bonds = {
  regulations: "The regulations bind this school.",
  "funding-agreement":
    "The regulations don't bind academies; their funding agreements mostly ask for the same, and are counted as if they did.",
  "not-bound": "The regulations don't bind this kind of school. The table shows what others must publish.",
} as const;

/** What the page takes over from the school's own list, and the hours a year that spares. */
export function DutiesSpared({ type, phase, today, hours, why, entries }: DutiesProps) {
  const duties = dutiesFor(phase, today);
  const { spared, optional, kept } = hoursSpared(duties, hours);
  const bond = bondOf(type);
  return (
    <>
      <p class="govuk-body">
        {bond === "not-bound"
          ? bonds[bond]
          : `${bonds[bond]} When they go, this page spares the office ${hoursInWords(spared)} hours a year. ` +
            `${hoursInWords(optional)} more are the school's choice; ${hoursInWords(kept)} stay, because another law asks for them.`}
      </p>
      <p class="govuk-body-s">
        {`The hours are an assumption, not a measurement. ${why} `}
        <a class="govuk-link" href="/school-information">
          What it spares the country
        </a>
      </p>
      <Fold summary="Show what must be published, one by one">
        <Table
          caption="Duties of the School Information (England) Regulations"
          rows={duties}
          small
          columns={[
            { heading: "Duty", cell: (duty) => duty.title },
            { heading: "What happens to it", cell: (duty) => fates[duty.fate] },
            { heading: "Where it is", cell: (duty) => <OwnEntry duty={duty} entries={entries} /> },
            { heading: "Hours a year", numeric: true, cell: (duty) => hoursInWords(hours[duty.id]!) },
          ]}
        />
      </Fold>
    </>
  );
}
