import { raw } from "hono/html";
import { type BarPart, ink, type Mark, readableNumber } from "../../platform/charts/index.js";
import { tag } from "../../platform/pages/index.js";
import type { Decision } from "./decision.js";
import { type ReviewStanding, type ShownDecision, shownDecisions } from "./shown-decision.js";

/** How a decision is named, coloured and explained. */
interface DecisionWords {
  readonly name: string;
  /** On its label in lists and charts. */
  readonly label: string;
  /** One sentence for someone who meets it first. */
  readonly meaning: string;
  readonly tagColour: string;
  readonly bar: Omit<BarPart, "label">;
}

/** Every decision of the rule, in the order in which pages list them. */
export const decisions: readonly Decision[] = [
  "awarded",
  "refused",
  "awaiting-evidence",
  "not-enough-evidence",
  "awaiting-framework",
];

const words: Readonly<Record<ShownDecision, DecisionWords>> = {
  awarded: {
    name: "Quality Mark awarded",
    label: "Awarded",
    meaning:
      "Value added is not clearly below the agreed line, safeguarding is secure and the accounts are unqualified.",
    tagColour: "green",
    bar: { fill: ink.strong, hatch: "none", dark: true },
  },
  refused: {
    name: "Refused",
    label: "Refused",
    meaning: "At least one of the three conditions is clearly not met.",
    tagColour: "orange",
    bar: { fill: ink.against, hatch: "none", dark: false },
  },
  "awaiting-evidence": {
    name: "Awaiting evidence",
    label: "Awaiting evidence",
    meaning: "The safeguarding audit or the accounts opinion has not come. Missing is neither passed nor failed.",
    tagColour: "yellow",
    bar: { fill: ink.paper, hatch: "diagonal", dark: false },
  },
  "not-enough-evidence": {
    name: "Not enough evidence yet",
    label: "Not enough evidence",
    meaning: "Too few pupils to say anything fair about the school.",
    tagColour: "grey",
    bar: { fill: "#d3dae0", hatch: "none", dark: false },
  },
  "awaiting-framework": {
    name: "Awaiting framework",
    label: "Awaiting framework",
    meaning:
      "Special schools, pupil referral units and alternative provision wait for the Expert Working Group's framework; until then they are never failed.",
    tagColour: "purple",
    bar: { fill: ink.paper, hatch: "dots", dark: false },
  },
  suspended: {
    name: "Suspended",
    label: "Suspended",
    meaning: "The mark was awarded, and does not hold while safeguarding has to be put right.",
    tagColour: "red",
    bar: { fill: ink.against, hatch: "diagonal", dark: false },
  },
  expired: {
    name: "Expired",
    label: "Expired",
    meaning: "The mark was awarded, and its year is over.",
    tagColour: "grey",
    bar: { fill: "#d3dae0", hatch: "diagonal", dark: false },
  },
  withdrawn: {
    name: "Withdrawn",
    label: "Withdrawn",
    meaning: "The mark was awarded and has been taken back.",
    tagColour: "red",
    bar: { fill: ink.against, hatch: "dots", dark: false },
  },
  ended: {
    name: "Ended with the school",
    label: "Ended",
    meaning: "The school that held the mark has closed or merged.",
    tagColour: "grey",
    bar: { fill: "#d3dae0", hatch: "dots", dark: false },
  },
  "in-review": {
    name: "In review: not published",
    label: "In review",
    meaning:
      "People are looking at the school's case. Nothing is decided for the public before the decision is published.",
    tagColour: "blue",
    bar: { fill: ink.paper, hatch: "none", dark: false },
  },
  "no-case": {
    name: "Not reviewed this year",
    label: "Not reviewed",
    meaning:
      "The school has no case this year: it had closed before the review opened, or lies in no region of England.",
    tagColour: "grey",
    bar: { fill: "#d3dae0", hatch: "none", dark: false },
  },
};

/** What counts name: the rule's five decisions where there is one of them, and whatever else there is. */
export function decisionsIn(counts: readonly Readonly<Record<ShownDecision, number>>[]): readonly ShownDecision[] {
  const some = (shown: ShownDecision) => counts.some((count) => count[shown] > 0);
  const decided = decisions.some(some) || !shownDecisions.some(some);
  return shownDecisions.filter((shown) => some(shown) || (decided && isDecision(shown)));
}

/** The name of a decision, as in lists. */
export function decisionName(decision: ShownDecision): string {
  return words[decision].name;
}

/** The short name of a decision, as on labels and in long tables. */
export function decisionLabel(decision: Decision): string {
  return words[decision].label;
}

/** What a decision means, in a sentence. */
export function decisionMeaning(decision: ShownDecision): string {
  return words[decision].meaning;
}

/** A decision as a coloured label with its words. */
export function DecisionTag({ decision }: { decision: ShownDecision }) {
  return raw(tag(words[decision].label, words[decision].tagColour));
}

/** Whether a text is a decision: for what comes in an address. */
export function isDecision(text: string): text is Decision {
  return (decisions as readonly string[]).includes(text);
}

/** Whether a text is what the public may see of a school: for what comes in an address. */
export function isShown(text: string): text is ShownDecision {
  return (shownDecisions as readonly string[]).includes(text);
}

/** The parts of a bar of decisions. */
export function barParts(decisions: readonly ShownDecision[]): readonly BarPart[] {
  return decisions.map((d) => ({ label: words[d].name, ...words[d].bar }));
}

/** The parts of a bar of the rule's decisions. */
export const decisionParts: readonly BarPart[] = barParts(decisions);

/** The marks of charts of schools; {@link markOf} gives a decision's place among them. */
export const decisionMarks: readonly Mark[] = [
  { shape: "dot", label: "Quality Mark awarded" },
  { shape: "square", label: "Refused" },
  { shape: "ring", label: "No decision" },
];

/** The place of a decision's mark in {@link decisionMarks}. */
export function markOf(decision: ShownDecision | null): number {
  if (decision === "awarded") return 0;
  return decision === "refused" ? 1 : 2;
}

/**
 * Decimals in which figures of a measure are shown: the last digit is at most a thirtieth of the pupils' standard
 * deviation, about a tenth of a typical school's interval. More digits would pretend to know more.
 */
export function decimalsOf(outcomeDeviation: number): number {
  if (!(outcomeDeviation > 0)) return 2;
  return Math.min(6, Math.max(0, Math.ceil(-Math.log10(outcomeDeviation / 30))));
}

/** 95% of a normal distribution lies within so many standard errors. */
export const standardErrors95 = 1.96;

/** "1 school", "2,410 schools". */
export function counted(n: number, one: string, many = `${one}s`): string {
  return `${readableNumber(n)} ${n === 1 ? one : many}`;
}

/** A share as a whole percentage that never rounds something to nothing or all: "less than 1%", "more than 99%". */
export function percentage(rate: number): string {
  if (rate > 0 && rate < 0.01) return "less than 1%";
  if (rate < 1 && rate > 0.99) return "more than 99%";
  return `${Math.round(rate * 100)}%`;
}

/** A part of a whole as a percentage; "none" where the whole is empty. */
export function shareOf(part: number, whole: number): string {
  return whole === 0 ? "none" : percentage(part / whole);
}

/** "95% interval", or "interval" where the coverage was not recorded. */
export function intervalName(confidence: number | undefined): string {
  return confidence === undefined ? "interval" : `${readableNumber(confidence * 100)}% interval`;
}

/** "from −0.21 to 0.35". */
export function interval(lower: number, upper: number, decimals: number): string {
  return `from ${readableNumber(lower, decimals)} to ${readableNumber(upper, decimals)}`;
}

/** The first letter as a capital, for headings made from codes such as `primary`. */
export function capitalised(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

/** A code such as `pupil-referral-unit` as words. */
export function spelt(code: string): string {
  return code.replaceAll("-", " ");
}

/** Said instead of a page before the first review is published. */
export const noReviewYet =
  "No review has been published yet. The first annual review appears here as soon as it is done; this takes some minutes on a new machine.";

/** Said where a review's decisions are the rule's alone. */
export const nobodyHeard =
  "This is what the rule decides on the evidence of the review. No school has been heard on it yet, and nobody has decided.";

/** Said where a year's review has been opened and nothing of it is public. */
const stillInReview =
  "The decisions of this review are not published yet: schools are being heard, and people decide. Only the measure is shown.";

/** Said where decisions are as they were published. */
const asPublished = "Decisions are as they were published, and marks as they stand today.";

/** What kind of decisions a review's pages show, in a sentence. */
export const standingWords: Readonly<Record<ReviewStanding, string>> = {
  "nobody-heard": nobodyHeard,
  "in-review": stillInReview,
  published: asPublished,
};

/** A date as `14 March 2026`; the text as it is where it is no date. */
export function longDate(day: string): string {
  const [year, month, date] = day.split("-").map(Number);
  if (!year || !month || !date) return day;
  return new Date(Date.UTC(year, month - 1, date)).toLocaleDateString("en-GB", { dateStyle: "long", timeZone: "UTC" });
}
