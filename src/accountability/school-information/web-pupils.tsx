import { readableNumber, seriesChart } from "../../platform/charts/index.js";
import { Figure, Table } from "../../platform/pages/index.js";
import type { CountName, PupilCount } from "../../register/index.js";
import { shareOfCount } from "./facts.js";

const reasons = {
  suppressed: "suppressed, so that no pupil is recognised",
  "not-published": "not published",
  "not-collected": "not collected from schools like this",
  "not-applicable": "does not apply",
} as const;

function countInWords(count: PupilCount, name: CountName): string {
  const value = count[name];
  if (value !== null) return readableNumber(value);
  const reason = count.missing[name];
  return reason ? reasons[reason] : "not published";
}

function shareInWords(count: PupilCount, name: CountName, of: CountName): string {
  const share = shareOfCount(count[name], count[of]);
  return share === null ? countInWords(count, name) : `${readableNumber(count[name]!)} (${readableNumber(share, 1)}%)`;
}

const rowsOf: readonly (readonly [label: string, cell: (count: PupilCount) => string])[] = [
  ["Pupils on roll", (count) => countInWords(count, "pupils")],
  ["Girls", (count) => countInWords(count, "girls")],
  ["Boys", (count) => countInWords(count, "boys")],
  ["With an education, health and care plan", (count) => shareInWords(count, "plans", "pupils")],
  ["On special needs support", (count) => shareInWords(count, "support", "pupils")],
  ["First language other than English", (count) => shareInWords(count, "otherLanguage", "pupils")],
  ["Eligible for free school meals in the last six years", (count) => shareInWords(count, "mealsSixYears", "mealsOf")],
];

/** A school's pupils by year, with a picture where there are several years. */
export function PupilsByYear({ pupils }: { pupils: readonly PupilCount[] }) {
  if (pupils.length === 0) return <p class="govuk-body">The register has no census of this school.</p>;
  const table = (
    <Table
      caption="Pupils in the January census"
      small
      rows={rowsOf}
      columns={[
        { heading: "Pupils", cell: ([label]) => label },
        ...pupils.map((count) => ({
          heading: count.academicYear,
          numeric: true,
          cell: ([, cell]: (typeof rowsOf)[number]) => cell(count),
        })),
      ]}
    />
  );
  const points = pupils.flatMap(({ academicYear, pupils: roll }) =>
    roll === null ? [] : [{ label: academicYear, value: roll, lower: roll, upper: roll }],
  );
  if (points.length < 2) return table;
  return (
    <Figure
      title="Pupils on roll"
      lead={`${readableNumber(points[0]!.value)} in ${points[0]!.label}, ${readableNumber(points.at(-1)!.value)} in ${points.at(-1)!.label}.`}
      chart={seriesChart({
        id: "pupils",
        title: "Pupils on roll by year",
        description: points.map((p) => `${p.label}: ${readableNumber(p.value)}`).join("; "),
        points,
        line: null,
        average: { at: 0, label: "No pupils" },
        scaleName: "Pupils on roll in January",
        pointsName: "Year",
        decimals: 0,
        joined: true,
      })}
      table={table}
      tableTitle="Show girls and boys, languages, special needs and free meals"
    />
  );
}
