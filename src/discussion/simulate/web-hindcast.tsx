import { raw } from "hono/html";
import { fanChart, fanKey, rangeBarsChart } from "../../platform/charts/index.js";
import { Figure, Fold, Table } from "../../platform/pages/index.js";
import {
  type Hindcast,
  type HindcastQuantity,
  type HindcastRow,
  hindcastQuantities,
} from "../../simulation/hindcast/hindcast.js";
import { hindcastTable } from "../../simulation/hindcast/table.js";
import { academicYearOf, amount } from "../runs/amounts.js";

const quantityWords: Readonly<Record<HindcastQuantity, string>> = {
  teachers: "Teachers, full-time equivalents",
  "leaver-rate-under-55": "Leaving under 55",
  "leaver-rate-over-55": "Leaving from 55 on",
  "newly-qualified": "Newly qualified entrants",
  returners: "Returners",
  "new-to-sector": "New to the state sector",
};

const isRate = (quantity: HindcastQuantity) => quantity.startsWith("leaver-rate");
const worded = (quantity: HindcastQuantity, value: number) => amount(value, isRate(quantity) ? "share" : "fte");
const subjectWords = (subject: string) => {
  const words = subject.replaceAll("-", " ");
  return words[0]!.toUpperCase() + words.slice(1);
};

const median = (values: readonly number[]): number => {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length / 2;
  return (sorted[Math.ceil(middle) - 1]! + sorted[Math.floor(middle)]!) / 2;
};

/** How far the model is from what was published in the last year of a row, as a share of it. */
const lastMiss = ({ published, model }: HindcastRow) => model.at(-1)! / published.at(-1)! - 1;
const signedPercent = (share: number) => amount(share, "share", 2, true);

const trainingWords = ({ trainees }: Hindcast) =>
  trainees === "actual"
    ? "It is told how many began to train in each year, and nothing else of what came after."
    : "It is told nothing of what came after: as many begin to train in every year as in the first.";

const rowsOf = ({ rows }: Hindcast, quantity: HindcastQuantity) => rows.filter((row) => row.quantity === quantity);

/** The score of every quantity in one line each. */
function Score({ hindcast }: { hindcast: Hindcast }) {
  return (
    <Table
      caption={`All subjects, from ${hindcast.census}`}
      small
      columns={[
        { heading: "What", cell: (quantity) => quantityWords[quantity] },
        {
          ...{ heading: "Middle subject's mean error", numeric: true },
          cell: (quantity) => amount(median(rowsOf(hindcast, quantity).map(({ error }) => error)), "share", 2),
        },
        {
          ...{ heading: "Worst subject's", numeric: true },
          cell: (quantity) => amount(Math.max(...rowsOf(hindcast, quantity).map(({ error }) => error)), "share", 2),
        },
        {
          ...{ heading: "Better than no change", numeric: true },
          cell: (quantity) => {
            const scored = rowsOf(hindcast, quantity).filter(({ overPersistence }) => overPersistence !== null);
            if (scored.length === 0) return "not scored";
            return `${scored.filter(({ overPersistence }) => overPersistence! < 1).length} of ${scored.length}`;
          },
        },
      ]}
      rows={hindcastQuantities}
    />
  );
}

function Misses({ hindcast }: { hindcast: Hindcast }) {
  const rows = [...rowsOf(hindcast, "teachers")].sort((a, b) => Math.abs(lastMiss(b)) - Math.abs(lastMiss(a)));
  const worst = rows[0]!;
  const title = `How far the model was off: teachers by subject, from the census of ${hindcast.census}`;
  const lead = `The furthest off is ${subjectWords(worst.subject).toLowerCase()}: ${signedPercent(lastMiss(worst))} in ${academicYearOf(worst.from + worst.model.length - 1)}.`;
  return (
    <Figure
      title={title}
      lead={lead}
      chart={rangeBarsChart({
        ...{ id: `misses-${hindcast.census}`, title, description: lead },
        rows: rows.map((row) => ({
          ...{ label: subjectWords(row.subject), from: 0, to: 100 * lastMiss(row) },
          figures: signedPercent(lastMiss(row)),
        })),
        reference: { at: 0, label: "As published" },
        scaleName: "% of the published number in the last year",
      })}
      note="The last year that can be compared: a subject's own history ends where the department's tables do."
      table={<SubjectTable hindcast={hindcast} quantity="teachers" />}
    />
  );
}

function SubjectTable({ hindcast, quantity }: { hindcast: Hindcast; quantity: HindcastQuantity }) {
  return (
    <Table
      caption={`${quantityWords[quantity]} by subject, from the census of ${hindcast.census}`}
      small
      columns={[
        { heading: "Subject", cell: ({ subject }) => subjectWords(subject) },
        { heading: "Last year", cell: ({ from, model }) => academicYearOf(from + model.length - 1) },
        { heading: "Published", numeric: true, cell: ({ published }) => worded(quantity, published.at(-1)!) },
        { heading: "Model", numeric: true, cell: ({ model }) => worded(quantity, model.at(-1)!) },
        { heading: "Mean error of all years", numeric: true, cell: ({ error }) => amount(error, "share", 2) },
        {
          ...{ heading: "Over that of no change", numeric: true },
          cell: ({ overPersistence }) =>
            overPersistence === null ? "not scored" : amount(overPersistence, "people", 2),
        },
      ]}
      rows={rowsOf(hindcast, quantity)}
    />
  );
}

/** The years of one subject: what was published, and what the model said. */
function Course({ hindcast, row }: { hindcast: Hindcast; row: HindcastRow }) {
  const title = `${subjectWords(row.subject)}: teachers, full-time equivalents`;
  const unit = Math.max(...row.published, ...row.model) >= 10_000 ? 1000 : 1;
  const description = `Mean error ${amount(row.error, "share", 2)}.`;
  return (
    <Figure
      title={title}
      lead={description}
      chart={fanChart({
        ...{ id: `course-${hindcast.census}-${row.subject}`, title, description },
        points: row.model.map((value, t) => ({
          ...{ label: String(row.from + t), value: value / unit, compared: row.published[t]! / unit, band: null },
        })),
        scaleName: unit === 1 ? "FTE" : "Thousands",
        pointsName: "Academic year that begins in",
      })}
      table={
        <Table
          caption={title}
          captionHidden
          small
          columns={[
            { heading: "Year", cell: ({ year }) => academicYearOf(year) },
            { heading: "Published", numeric: true, cell: ({ published }) => worded("teachers", published) },
            { heading: "Model", numeric: true, cell: ({ model }) => worded("teachers", model) },
          ]}
          rows={row.model.map((model, t) => ({ year: row.from + t, model, published: row.published[t]! }))}
        />
      }
    />
  );
}

function Start({ hindcast }: { hindcast: Hindcast }) {
  return (
    <section id={`census-${hindcast.census}`}>
      <h2 class="govuk-heading-m">From the census of November {hindcast.census}</h2>
      <p class="govuk-body">
        {trainingWords(hindcast)} Result hash <code class="site-code">{hindcast.hash}</code>.
      </p>
      <Score hindcast={hindcast} />
      <Misses hindcast={hindcast} />
      <Fold summary="Teachers of every subject, year by year">
        {raw(fanKey({ line: "Model", compared: "Published", band: null }))}
        {rowsOf(hindcast, "teachers").map((row) => (
          <Course hindcast={hindcast} row={row} />
        ))}
      </Fold>
      {hindcastQuantities
        .filter((quantity) => quantity !== "teachers")
        .map((quantity) => (
          <Fold summary={`${quantityWords[quantity]}, subject by subject`}>
            <SubjectTable hindcast={hindcast} quantity={quantity} />
          </Fold>
        ))}
    </section>
  );
}

/** The model started in earlier years, beside what was then published, misses included. */
export function HindcastContent() {
  return (
    <div class="govuk-grid-row">
      <div class="govuk-grid-column-two-thirds">
        <h1 class="govuk-heading-l">How the simulation would have done</h1>
        <p class="govuk-body-l site-lead">
          The model is started in an earlier year with what was known then, and held against what the department's
          tables say happened: subject by subject, with the misses.
        </p>
        <p class="govuk-body">
          The error is the mean distance from the published value, as a share of it. It is compared with the simplest
          forecast there is, no change: everything stays as in the first year. Where the model’s error over that one is
          below 1, the model does better.
        </p>
        {hindcastTable.map((hindcast) => (
          <Start hindcast={hindcast} />
        ))}
      </div>
    </div>
  );
}
