import { readableNumber } from "../../platform/charts/index.js";
import { apiBase } from "../../platform/http/index.js";
import { Fold, Table } from "../../platform/pages/index.js";
import type { PublishedReview } from "./published.js";

/** One published fact beside the same computed from the synthetic England; `src/england` makes the list. */
export interface CalibrationFact {
  readonly phase: string;
  readonly target: string;
  readonly unit: string;
  /** How the fact was used: `given`, `solved` or `checked`. */
  readonly use: string;
  /** What each number is: a share of schools below (`5%`), a group; one empty label for a single figure. */
  readonly labels: readonly string[];
  readonly real: readonly number[];
  readonly synthetic: readonly number[];
  readonly distance: number;
  /** What the distance is. */
  readonly measure: string;
  readonly source: string;
}

function Download({ href, name, about }: { href: string; name: string; about: string }) {
  return (
    <li>
      <a class="govuk-link" href={href}>
        {name}
      </a>
      {`: ${about}`}
    </li>
  );
}

function InterfaceForPrograms() {
  return (
    <>
      <h2 class="govuk-heading-l">Interface for programs</h2>
      <p class="govuk-body">
        The same as JSON. The date in the address is the interface's version: an address keeps the shape of its answers.
        {" All of it is described in "}
        <a class="govuk-link" href="/api">
          the interface for programs
        </a>
        .
      </p>
      <ul class="govuk-list govuk-list--bullet">
        <Download href={`${apiBase}/review`} name={`${apiBase}/review`} about="the review and its measures" />
        <Download
          href={`${apiBase}/regions`}
          name={`${apiBase}/regions`}
          about="the regions with their counts; add a code for its authorities"
        />
        <Download
          href={`${apiBase}/schools?limit=50`}
          name={`${apiBase}/schools`}
          about="schools; narrow with text, phase, region, decision; page with offset and limit; add a URN for one school"
        />
      </ul>
    </>
  );
}

/** Everything that can be downloaded, and under which terms. */
export function DataContent({
  review,
  calibration,
}: {
  review: PublishedReview;
  calibration: readonly CalibrationFact[];
}) {
  return (
    <div class="govuk-grid-row">
      <div class="govuk-grid-column-two-thirds">
        <h1 class="govuk-heading-xl">Data</h1>
        <p class="govuk-body-l">Everything on these pages, for your own analysis. No file holds a pupil.</p>
        <h2 class="govuk-heading-l">Downloads</h2>
        <ul class="govuk-list govuk-list--bullet">
          <Download
            href="/schools.csv"
            name="schools.csv"
            about="every school with its decision, value added and interval (CSV, UTF-8)"
          />
          <Download
            href="/model.json"
            name="model.json"
            about="each phase's model: formula, coefficients, variances, fit, checks (JSON)"
          />
        </ul>
        <InterfaceForPrograms />
        <h2 class="govuk-heading-l">Licence</h2>
        <p class="govuk-body">
          The program is free software under the MIT Licence.{" "}
          {review.synthetic
            ? "The data are made up and free of any right: every pupil and every school is invented, and any likeness to a real one is chance."
            : "The data belong to whoever gave them; ask them before passing the files on."}
        </p>
        {review.synthetic && (
          <>
            <h2 class="govuk-heading-l">How close the synthetic England is to the real one</h2>
            {calibration.length === 0 ? (
              <p class="govuk-body">Not computed: no calibration report came with this review.</p>
            ) : (
              <Calibration facts={calibration} />
            )}
          </>
        )}
      </div>
    </div>
  );
}

const uses: Readonly<Record<string, string>> = {
  given: "given: schools or pupils are drawn from it",
  solved: "solved: parameters were chosen so that it comes out",
  checked: "checked: nothing was fitted to it",
};

/** A fact in words, as "secondary: pupils in a school (pupils)". */
function factName(fact: CalibrationFact): string {
  return `${fact.phase === "all" ? "" : `${fact.phase}: `}${fact.target} (${fact.unit})`;
}

/** Enough digits to compare two figures: three significant ones. */
function comparable(value: number): string {
  if (value === 0) return "0";
  return readableNumber(value, Math.min(6, Math.max(0, 2 - Math.floor(Math.log10(Math.abs(value))))));
}

function Calibration({ facts }: { facts: readonly CalibrationFact[] }) {
  return (
    <>
      <p class="govuk-body">
        Every published fact that the synthetic England was made from or held against, with its distance: 0 is the same.
      </p>
      <Table
        caption="Distance of the synthetic England from the published facts"
        captionHidden
        rows={facts}
        small
        columns={[
          { heading: "Fact", cell: factName },
          { heading: "Use", cell: (fact) => fact.use },
          { heading: "Distance", numeric: true, cell: (fact) => comparable(fact.distance) },
        ]}
      />
      {Object.entries(uses).map(
        ([use, words]) => facts.some((f) => f.use === use) && <p class="govuk-body-s">{words}</p>,
      )}
      {facts.map((fact) => (
        <Fold summary={factName(fact)}>
          <Table
            caption={`${factName(fact)}: ${fact.measure} ${comparable(fact.distance)}`}
            rows={fact.labels.map((label, k) => ({ label, real: fact.real[k], synthetic: fact.synthetic[k] }))}
            small
            columns={[
              { heading: "Of", cell: (row) => row.label || "all" },
              {
                heading: "Real",
                numeric: true,
                cell: (row) => (row.real === undefined ? "none" : comparable(row.real)),
              },
              {
                heading: "Synthetic",
                numeric: true,
                cell: (row) => (row.synthetic === undefined ? "none" : comparable(row.synthetic)),
              },
            ]}
          />
          <p class="govuk-body-s">{`Source: ${fact.source}`}</p>
        </Fold>
      ))}
    </>
  );
}
