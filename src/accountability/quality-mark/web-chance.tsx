import { readableNumber } from "../../platform/charts/index.js";
import { Table, type TableColumn } from "../../platform/pages/index.js";
import { fewestInYear, type Stability, type YearPair } from "../value-added/index.js";
import type { Comparison } from "./comparison.js";
import { counted, shareOf } from "./web-words.js";

const correlation = (value: number | null) => (value === null ? "not computed" : readableNumber(value, 2));
const some = (value: number) => readableNumber(value, value < 10 ? 1 : 0);

function Redraw({ chance }: { chance: Comparison["chance"] }) {
  if (chance === null)
    return (
      <p class="govuk-body">The probability of another decision was not computed: no decision rests on value added.</p>
    );
  const { schools, expected, refused, refusedAgain } = chance;
  return (
    <p class="govuk-body">
      {`If as many other pupils of the same schools had come, everything else equal, about ${some(expected)} of ${counted(schools, "decision")} that rest on value added ` +
        `would be expected to be another (${shareOf(expected, schools)}). ` +
        (refused > 0
          ? `Of ${counted(refused, "school")} refused on value added about ${some(refusedAgain)} would be refused again.`
          : "No school is refused on value added.")}
    </p>
  );
}

function Years({ stability, about }: { stability: Stability; about: string }) {
  const columns: readonly TableColumn<YearPair>[] = [
    { heading: "Years", cell: (pair) => `${pair.from} and ${pair.to}` },
    { heading: "Schools", numeric: true, cell: (pair) => readableNumber(pair.schools) },
    { heading: "Plain means", numeric: true, cell: (pair) => correlation(pair.plain) },
    { heading: "Figures as shown", numeric: true, cell: (pair) => correlation(pair.shown) },
    { heading: "Chance taken out", numeric: true, cell: (pair) => correlation(pair.corrected) },
  ];
  return (
    <>
      <p class="govuk-body">
        {stability.modelled === null
          ? "The model gives no one correlation of two years: it finds no difference between schools, or they walk at random from year to year."
          : `Two years of the same school correlate by ${correlation(stability.modelled)} in the model: that part of the variance between schools lasts, the rest is the year's own. It is not the rate at which a figure comes out the same.`}
      </p>
      <p class="govuk-body">
        {`The table finds the same from the schools' figures. Plain means agree too little, because each year's pupils come by chance. The figures as shown agree too much, because each year's borrows from what all years have in common. ` +
          `With chance taken out of the plain means' spread, what is left should be near the model's. Schools with at least ${fewestInYear} pupil-equivalents in both years.`}
      </p>
      {stability.pairs.length > 0 && (
        <Table caption={`Agreement of successive years: ${about}`} columns={columns} rows={stability.pairs} small />
      )}
    </>
  );
}

/** How much of the decisions and of the figures is chance: another draw of pupils, another year. */
export function ChanceInDecisions({ comparison, about }: { comparison: Comparison; about: string }) {
  return (
    <>
      <Redraw chance={comparison.chance} />
      {comparison.stability ? (
        <Years stability={comparison.stability} about={about} />
      ) : (
        <p class="govuk-body">Not computed: the measure has no years of a school's own, so years can't be compared.</p>
      )}
    </>
  );
}
