import { type CivilDate, madeOnce, valueOn } from "../../kernel/index.js";
import { readableNumber } from "../../platform/charts/index.js";
import { Fold, Table } from "../../platform/pages/index.js";
import type { SchoolDirectory } from "../../register/index.js";
import { bondOf, dutiesFor } from "./duties.js";
import { schoolInformationExamples } from "./examples.js";
import { type HoursSpared, hoursOfCountry, hoursSpared } from "./hours.js";
import { hoursOfDuties } from "./parameters.js";
import { downloads } from "./store-downloads.js";
import { hoursInWords } from "./web-duties.js";
import { counted, phaseName } from "./words.js";

interface PhaseHours {
  readonly phase: string | null;
  readonly schools: number;
  readonly hours: HoursSpared;
}

/** Open schools that are bound to publish, by phase, with the hours of one. */
const byPhase = madeOnce((schools: SchoolDirectory["schools"], today: CivilDate): readonly PhaseHours[] => {
  const hours = valueOn(hoursOfDuties, today).value;
  const counts = new Map<string | null, number>();
  for (const { status, type, phase } of schools)
    if (status !== "closed" && bondOf(type) !== "not-bound") counts.set(phase, (counts.get(phase) ?? 0) + 1);
  return [...counts]
    .map(([phase, schools]) => ({ phase, schools, hours: hoursSpared(dutiesFor(phase, today), hours) }))
    .sort((a, b) => b.schools - a.schools);
});

/** What the repeal spares the country's schools, and everything of the register to download. */
export function RepealContent({ directory, today }: { directory: SchoolDirectory; today: CivilDate }) {
  const phases = byPhase(directory.schools, today);
  const { spared, optional, kept } = hoursOfCountry(phases);
  const schools = phases.reduce((sum, phase) => sum + phase.schools, 0);
  const { source } = valueOn(hoursOfDuties, today);
  return (
    <div class="govuk-grid-row">
      <div class="govuk-grid-column-two-thirds">
        <h1 class="govuk-heading-xl">School information without the regulations</h1>
        <p class="govuk-body">
          Each school's page here is made from the register, the review, the audits and the accounts. With it the School
          Information (England) Regulations can go.
        </p>
        <p class="govuk-body">
          {`${counted(schools, "open school")} must publish under the regulations or a funding agreement like them. The repeal spares them together ${hoursInWords(spared)} hours a year; ` +
            `${hoursInWords(optional)} more become each school's choice, and ${hoursInWords(kept)} stay under other laws.`}
        </p>
        <p class="govuk-body-s">
          {`These hours are an assumption, not a measurement. ${source.kind === "assumption" ? source.why : ""}`}
        </p>
        <Table
          caption="Hours a year by phase"
          small
          rows={phases}
          columns={[
            { heading: "Phase", cell: ({ phase }) => phaseName(phase) },
            { heading: "Schools", numeric: true, cell: (row) => readableNumber(row.schools) },
            { heading: "Spared, a school", numeric: true, cell: (row) => hoursInWords(row.hours.spared) },
            { heading: "The school's choice", numeric: true, cell: (row) => hoursInWords(row.hours.optional) },
            { heading: "Stay", numeric: true, cell: (row) => hoursInWords(row.hours.kept) },
          ]}
        />
        <h2 class="govuk-heading-l">Worked examples</h2>
        {schoolInformationExamples.map(({ title, words }) => (
          <Fold summary={title}>
            <p class="govuk-body">{words}</p>
          </Fold>
        ))}
        <h2 class="govuk-heading-l">The register to download</h2>
        <ul class="govuk-list govuk-list--bullet">
          {Object.keys(downloads).map((name) => (
            <li>
              <a class="govuk-link" href={`/register/${name}.csv`}>{`${name}.csv`}</a>
            </li>
          ))}
        </ul>
      </div>
    </div>
  );
}
