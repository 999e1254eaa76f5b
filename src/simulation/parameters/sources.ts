import { civilDate } from "../../kernel/index.js";
import type { Range, SourcedValue, ValueSource } from "./simulation-parameter.js";

/** One value from a day on. */
export function since(day: string, value: number, source: ValueSource): SourcedValue {
  return { from: civilDate(day), value, source };
}

/** An assumption of this model, with its reason. */
export function assumed(why: string): ValueSource {
  return { status: "assumption", why, owner: "Greenpaper's simulation" };
}

/** A value that a proposal of the paper sets in this model's reading of it. */
export function proposed(proposal: string, why: string): ValueSource {
  return { status: "proposal", proposal, why };
}

/** A range in which a draw stands for the value of every year. */
export function ranging(low: number, mode: number, high: number, why: string, together: string | null = null): Range {
  return { distribution: "triangular", low, mode, high, as: "value", why, together };
}

/** A range of factors about 1 by which every year's value is multiplied. */
export function scaling(low: number, high: number, why: string, together: string | null = null): Range {
  return { distribution: "triangular", low, mode: 1, high, as: "factor", why, together };
}

const published = (title: string, href: string, page: string | null, when: string): ValueSource => ({
  ...{ status: "published", title, href, page, published: when },
});

/** Documents that several parameters cite. */
export const documents = {
  workforceModel: (page: string) =>
    published(
      "Teacher Workforce Model, outputs of 23 April 2026",
      "https://explore-education-statistics.service.gov.uk/find-statistics/postgraduate-initial-teacher-training-targets",
      page,
      "2026-04-23",
    ),
  trainingCensus: (page: string) =>
    published(
      "Initial Teacher Training Census 2024/25",
      "https://explore-education-statistics.service.gov.uk/find-statistics/initial-teacher-training-census",
      page,
      "2024-12-05",
    ),
} as const;
