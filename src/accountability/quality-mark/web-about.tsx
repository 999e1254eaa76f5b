import { Table } from "../../platform/pages/index.js";
import type { PublishedReview } from "./published.js";

/** One real distribution beside the synthetic one, with figures already written for readers. */
export interface CalibrationRow {
  readonly target: string;
  readonly real: string;
  readonly synthetic: string;
  readonly distance: string;
  readonly source: string;
}

/** A proposal of the paper, as the list of proposals shows it. */
export interface ProposalLine {
  /** As `A2`. */
  readonly id: string;
  readonly title: string;
  /** As `src/accountability/quality-mark`; null where nothing exists yet. */
  readonly folder: string | null;
  /** The honest state: `working`, `partly`, `not yet`. */
  readonly state: string;
}

/** The date of the interface for programs; a new one appears beside it when an answer changes its shape. */
export const apiVersion = "2026-11-01";

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

/** Everything that can be downloaded, and under which terms. */
export function DataContent({
  review,
  calibration,
}: {
  review: PublishedReview;
  calibration: readonly CalibrationRow[];
}) {
  const api = `/api/${apiVersion}`;
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
        <h2 class="govuk-heading-l">Interface for programs</h2>
        <p class="govuk-body">
          The same as JSON. The date in the address is the interface's version: an address keeps the shape of its
          answers.
        </p>
        <ul class="govuk-list govuk-list--bullet">
          <Download href={`${api}/review`} name={`${api}/review`} about="the review and its measures" />
          <Download
            href={`${api}/regions`}
            name={`${api}/regions`}
            about="the regions with their counts; add a code for its authorities"
          />
          <Download
            href={`${api}/schools?limit=50`}
            name={`${api}/schools`}
            about="schools; narrow with text, phase, region, decision; page with offset and limit; add a URN for one school"
          />
        </ul>
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
              <CalibrationTable rows={calibration} />
            )}
          </>
        )}
      </div>
    </div>
  );
}

function CalibrationTable({ rows }: { rows: readonly CalibrationRow[] }) {
  return (
    <Table
      caption="Published facts beside the synthetic ones"
      rows={rows}
      small
      columns={[
        { heading: "What", cell: (r) => r.target },
        { heading: "Real", numeric: true, cell: (r) => r.real },
        { heading: "Synthetic", numeric: true, cell: (r) => r.synthetic },
        { heading: "Distance", numeric: true, cell: (r) => r.distance },
        { heading: "Source", cell: (r) => r.source },
      ]}
    />
  );
}

/** The paper's proposals and how far each has come. */
export function ProposalsContent({ proposals }: { proposals: readonly ProposalLine[] }) {
  return (
    <div class="govuk-grid-row">
      <div class="govuk-grid-column-two-thirds">
        <h1 class="govuk-heading-xl">Proposals</h1>
        <p class="govuk-body-l">
          The alternative green paper of the Headteachers' Roundtable,{" "}
          <cite>Schools that Enable All to Thrive and Flourish</cite>, proposal by proposal, and how far each has come
          in this software.
        </p>
        {proposals.length === 0 ? (
          <p class="govuk-body">The list of proposals was not given to this server.</p>
        ) : (
          <Table
            caption="Proposals and their state"
            captionHidden
            rows={proposals}
            columns={[
              { heading: "Proposal", cell: (p) => p.id },
              { heading: "In short", cell: (p) => p.title },
              { heading: "State", cell: (p) => p.state },
              {
                heading: "Folder",
                cell: (p) => (p.folder === null ? "none yet" : <code class="site-code">{p.folder}</code>),
              },
            ]}
          />
        )}
      </div>
    </div>
  );
}

/** What was done so that everybody can use the pages, and what is known not to work. */
export function AccessibilityContent() {
  return (
    <div class="govuk-grid-row">
      <div class="govuk-grid-column-two-thirds">
        <h1 class="govuk-heading-xl">Accessibility</h1>
        <p class="govuk-body">These pages aim at level AA of the Web Content Accessibility Guidelines 2.2.</p>
        <ul class="govuk-list govuk-list--bullet">
          <li>They hold no script: everything works with the keyboard alone, and without JavaScript.</li>
          <li>
            Every chart has a title, a description and its figures as a table, and differs in shape as well as in
            colour.
          </li>
          <li>
            They fit a screen of 320 pixels, and text may be enlarged to 400%; wide tables scroll within themselves.
          </li>
          <li>They print with every table open.</li>
        </ul>
        <p class="govuk-body">
          Each page is checked with axe in a real browser before every release. No person who uses a screen reader has
          tested the pages yet.
        </p>
      </div>
    </div>
  );
}

/** Said instead of a page before the first review is published. */
export const noReviewYet =
  "No review has been published yet. The first annual review appears here as soon as it is done; this takes some minutes on a new machine.";
