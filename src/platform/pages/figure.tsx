import { raw } from "hono/html";
import type { Child } from "hono/jsx";

export interface FigureOptions {
  readonly title: string;
  /** One or two sentences: what to see. */
  readonly lead?: Child;
  /** The chart's marks and their words, as HTML. */
  readonly chartKey?: string;
  /** SVG. */
  readonly chart: string;
  /** Where the figures come from or what was left out, in small. */
  readonly note?: Child;
  /** The same figures as a table. */
  readonly table: Child;
  /** The summary of the fold that holds the table. */
  readonly tableTitle?: string;
}

/** A chart with its words, and its figures as a table in a fold below it. */
export function Figure(options: FigureOptions) {
  return (
    <figure class="site-figure">
      <figcaption>
        <h3 class="govuk-heading-s site-figure__title">{options.title}</h3>
        {options.lead !== undefined && <p class="govuk-body site-figure__lead">{options.lead}</p>}
      </figcaption>
      {options.chartKey !== undefined && raw(options.chartKey)}
      {raw(options.chart)}
      {options.note !== undefined && <p class="govuk-body-s site-figure__note">{options.note}</p>}
      <Fold summary={options.tableTitle ?? "Show these figures as a table"}>{options.table}</Fold>
    </figure>
  );
}

/** Words that open a fold, and what is in it; works without a script. */
export function Fold({ summary, children }: { summary: string; children?: Child }) {
  return (
    <details class="govuk-details">
      <summary class="govuk-details__summary">
        <span class="govuk-details__summary-text">{summary}</span>
      </summary>
      <div class="govuk-details__text">{children}</div>
    </details>
  );
}
