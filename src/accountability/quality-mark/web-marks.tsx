import type { Child } from "hono/jsx";
import type { PublishedMeasure, PublishedReview, ReviewReader, SchoolPage } from "./published.js";
import { shownDecisions } from "./shown-decision.js";
import { type MeasureWords, spreadOf, withMeasure } from "./web-measures.js";
import { DecisionBox, Evidence, MeasureParts } from "./web-school.js";
import { DecisionTag, decimalsOf, decisionName, isShown } from "./web-words.js";

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
  tag(decision: string): Child;
  /** How the figures of a phase are written; null where the review has no measure of it. */
  wordsOf(review: PublishedReview, phase: string): MeasureWords | null;
  school(review: PublishedReview, school: SchoolPage): Promise<SchoolMark>;
}

/** The review's parts of schools' pages. */
export function markParts(reader: ReviewReader): MarkParts {
  const measureOf = (review: PublishedReview, phase: string) => review.measures.find((m) => m.phase === phase) ?? null;
  return {
    decisions: shownDecisions.map((code) => ({ code, name: decisionName(code) })),
    tag: (decision) => (isShown(decision) ? <DecisionTag decision={decision} /> : decision),
    wordsOf(review, phase) {
      const measure = measureOf(review, phase);
      return measure && measureWordsOf(measure);
    },
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
