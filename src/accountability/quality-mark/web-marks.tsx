import type { Child } from "hono/jsx";
import type { CivilDate } from "../../kernel/index.js";
import type { Queries } from "../../platform/database/index.js";
import { urnsOfSameSchools } from "./exemption/same-school.js";
import { marksOf } from "./marks/store-marks.js";
import type { PublishedMeasure, PublishedReview, ReviewReader, SchoolPage } from "./published.js";
import { shownDecisions } from "./shown-decision.js";
import { type MeasureWords, spreadOf, withMeasure } from "./web-measures.js";
import { DecisionBox, Evidence, MeasureParts } from "./web-school.js";
import { DecisionTag, decimalsOf, decisionName, isShown, longDate } from "./web-words.js";

/** How a measure's figures are written. */
export function measureWordsOf(measure: PublishedMeasure): MeasureWords {
  return {
    outcome: measure.title,
    decimals: decimalsOf(measure.outcomeDeviation),
    line: measure.line,
    confidence: measure.confidence,
  };
}

/** What a review shows of one school, as parts of the page that has it. */
export interface SchoolMark {
  readonly academicYear: string;
  readonly decision: Child;
  readonly measure: Child;
  readonly evidence: Child;
}

/** How decisions are named and coloured, and what a review shows of a school. */
export interface MarkParts {
  readonly decisions: readonly { readonly code: string; readonly name: string }[];
  tag(decision: string): string | Promise<string>;
  /** How the figures of a phase are written; null where the review has no measure of it. */
  wordsOf(review: PublishedReview, phase: string): MeasureWords | null;
  school(review: PublishedReview, school: SchoolPage): Promise<SchoolMark>;
  /** Where the mark stands that a school holds under another of its URNs, as an academy does; null where there is none. */
  elsewhere(urn: string, on: CivilDate): Promise<Child | null>;
}

/** The newest mark under another URN of the same school. */
async function markElsewhere(queries: Queries, urn: string, on: CivilDate): Promise<Child | null> {
  const all = (await urnsOfSameSchools(queries, [urn], on)).get(urn) ?? [];
  const marks = await marksOf(queries, all, on);
  const newest = all.findLast((one) => marks.has(one));
  const mark = newest === undefined ? undefined : marks.get(newest);
  if (!mark || newest === urn) return null;
  const state = mark.state === "not-decided" ? mark.decision : mark.state;
  const until = mark.state === "awarded" && mark.until !== null ? `, until ${longDate(mark.until)}` : "";
  return (
    <div class="govuk-inset-text">
      <p class="govuk-body">
        {`This is the school that has been URN ${newest}. Its Quality Mark stands under that number: `}
        <DecisionTag decision={state} />
        {`${until}. `}
        <a class="govuk-link" href={`/schools/${newest}`}>
          See the mark and its reasons
        </a>
      </p>
    </div>
  );
}

/** The review's parts of schools' pages. */
export function markParts(reader: ReviewReader, queries: Queries): MarkParts {
  const measureOf = (review: PublishedReview, phase: string) => review.measures.find((m) => m.phase === phase) ?? null;
  return {
    decisions: shownDecisions.map((code) => ({ code, name: decisionName(code) })),
    tag: (decision) => (isShown(decision) ? <DecisionTag decision={decision} /> : decision),
    wordsOf(review, phase) {
      const measure = measureOf(review, phase);
      return measure && measureWordsOf(measure);
    },
    elsewhere: (urn, on) => markElsewhere(queries, urn, on),
    async school(review, school) {
      const measure = measureOf(review, school.phase);
      const options = {
        review,
        school,
        measure: measure && { ...measure, words: measureWordsOf(measure) },
        spread: measure && spreadOf(withMeasure(await reader.measured(measure.phase, null)), measure.line),
      };
      return {
        academicYear: review.academicYear,
        decision: <DecisionBox review={review} school={school} />,
        measure: <MeasureParts {...options} />,
        evidence: <Evidence school={school} />,
      };
    },
  };
}
