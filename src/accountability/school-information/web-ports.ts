import type { Child } from "hono/jsx";
import type { CivilDate } from "../../kernel/index.js";
import type { PublishedReview, SchoolPage } from "../quality-mark/index.js";

/** How figures of a measure are written. */
export interface FigureWords {
  readonly outcome: string;
  readonly decimals: number;
  readonly line: number;
  readonly confidence?: number | undefined;
}

/** What the Quality Mark's pages show of a school; main hands them in, so that this folder needs only the mark's front door. */
export interface ReviewParts {
  readonly decisions: readonly { readonly code: string; readonly name: string }[];
  tag(decision: string): string | Promise<string>;
  wordsOf(review: PublishedReview, phase: string): FigureWords | null;
  school(
    review: PublishedReview,
    school: SchoolPage,
  ): Promise<{
    readonly academicYear: string;
    readonly decision: Child;
    readonly measure: Child;
    readonly evidence: Child;
  }>;
  /** Where the mark stands that a school holds under another of its URNs; null where there is none. */
  elsewhere(urn: string, on: CivilDate): Promise<Child | null>;
}
