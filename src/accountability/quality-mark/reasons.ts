import { type CivilDate, dateInWords } from "../../kernel/index.js";
import type { AccountsOpinion, DecisionParameters, Reason, SafeguardingOutcome, SchoolKind } from "./decision.js";

/** The dated outcome of the year's safeguarding audit; `on` is null where the file gives no date. */
export interface SafeguardingEvidence {
  readonly outcome: SafeguardingOutcome;
  readonly on: CivilDate | null;
}

/** The auditor's opinion on the accounts; `on` is null where the file gives no date. */
export interface AccountsEvidence {
  readonly opinion: AccountsOpinion;
  readonly on: CivilDate | null;
}

/** What the rule reads of a school's value added. Units: those of the outcome. */
export interface MeasuredValueAdded {
  readonly valueAdded: number;
  /** Square root of the prediction error variance, above 0. */
  readonly predictionError: number;
  /** The sum of its pupils' shares of time. */
  readonly pupilEquivalents: number;
}

/** One of the rule's findings and which way it bears on the decision. */
export interface Finding {
  readonly bearing: "against" | "too-few" | "missing" | "for";
  readonly reason: Reason;
}

const finding = (bearing: Finding["bearing"], code: string, text: string): Finding => ({
  bearing,
  reason: { code, text },
});
const dated = (on: CivilDate | null) => (on === null ? "" : ` of ${dateInWords(on)}`);

/** What the value added says, given the probability of being below the line (null where it can't be said). */
export function valueAddedFinding(
  measure: MeasuredValueAdded | null,
  probabilityBelow: number | null,
  parameters: DecisionParameters,
): Finding {
  const fewest = parameters.fewestPupilEquivalents;
  if (measure === null)
    return finding(
      "too-few",
      "no-value-added",
      "There is no value added for the school in these years: no pupil's result counts for it, or the measure can't tell schools apart.",
    );
  if (!(measure.pupilEquivalents >= fewest))
    return finding(
      "too-few",
      "pupils-too-few",
      `The results of ${fixed(Math.floor(10 * measure.pupilEquivalents) / 10, 1)} pupils (counted by their time in the school) say too little: at least ${fewest} are needed.`,
    );
  if (probabilityBelow === null)
    return finding(
      "against",
      "value-added-not-computed",
      "The value added could not be computed: the review has to be run again before the school can be awarded the mark.",
    );
  const { line, refusalProbability } = parameters;
  const { valueAdded, predictionError } = measure;
  const digits = digitsFor(predictionError, valueAdded, line);
  const figures = `Value added is ${fixed(valueAdded, digits)}, give or take ${fixed(predictionError, digits)}`;
  const chance = chanceInWords(probabilityBelow, refusalProbability);
  const needed = chanceInWords(refusalProbability, probabilityBelow);
  const drawn = `the agreed line of ${fixed(line, digits)}`;
  if (probabilityBelow >= refusalProbability)
    return finding(
      "against",
      "value-added-below-line",
      `${figures}. The probability that it is below ${drawn} is ${chance}; from ${needed} a school is refused.`,
    );
  if (valueAdded >= line) return finding("for", "value-added-not-below-line", `${figures}. It is not below ${drawn}.`);
  return finding(
    "for",
    "value-added-not-clearly-below-line",
    `${figures}. It is below ${drawn}, but the probability that the school truly is below it is ${chance}, and ${needed} are needed to refuse.`,
  );
}

/** What the safeguarding audit says; missing is missing. */
export function safeguardingFinding(evidence: SafeguardingEvidence | null): Finding {
  if (evidence === null)
    return finding("missing", "safeguarding-missing", "The year's safeguarding audit has not been received.");
  const audit = `The safeguarding audit${dated(evidence.on)}`;
  return evidence.outcome === "secure"
    ? finding("for", "safeguarding-secure", `${audit} found safeguarding secure.`)
    : finding("against", "safeguarding-not-secure", `${audit} found safeguarding not secure.`);
}

const opinions: Readonly<Record<Exclude<AccountsOpinion, "unqualified">, readonly [code: string, words: string]>> = {
  qualified: ["accounts-qualified", "gave a qualified opinion on the accounts"],
  adverse: ["accounts-adverse", "gave an adverse opinion on the accounts"],
  disclaimer: ["accounts-disclaimed", "could give no opinion on the accounts"],
};

/** What the auditor says of the accounts; missing is missing. */
export function accountsFinding(evidence: AccountsEvidence | null): Finding {
  if (evidence === null) return finding("missing", "accounts-missing", "The audited accounts have not been received.");
  const report = `The auditor's report${dated(evidence.on)}`;
  if (evidence.opinion === "unqualified")
    return finding("for", "accounts-unqualified", `${report} gave an unqualified opinion on the accounts.`);
  const [code, words] = opinions[evidence.opinion];
  return finding("against", code, `${report} ${words}; the mark needs an unqualified one.`);
}

const kinds: Readonly<Record<Exclude<SchoolKind, "mainstream">, string>> = {
  special: "Special schools",
  "pupil-referral-unit": "Pupil referral units",
  "alternative-provision": "Providers of alternative education",
};

/** Why a school of this kind waits. */
export function frameworkReason(kind: Exclude<SchoolKind, "mainstream">): Reason {
  return {
    code: "awaiting-framework",
    text: `${kinds[kind]} are judged by the framework of the Expert Working Group. Until one is adopted they are neither awarded nor refused the mark.`,
  };
}

/** A number with a true minus sign; never "−0.0". */
function fixed(value: number, digits: number): string {
  const text = Math.abs(value).toFixed(digits);
  return value < 0 && Number(text) !== 0 ? `−${text}` : text;
}

/** Two digits of the error, and more where the value and the line would look the same without being so. */
function digitsFor(error: number, value: number, line: number): number {
  let digits = Math.min(8, Math.max(0, 1 - Math.floor(Math.log10(error))));
  while (digits < 12 && value !== line && fixed(value, digits) === fixed(line, digits)) digits++;
  return digits;
}

/** A probability as a percentage with as many digits as keep it apart from the other one, and never a false certainty. */
function chanceInWords(probability: number, other: number): string {
  if (probability > 0.999 && other <= 0.999) return "more than 99.9%";
  if (probability < 0.001 && other >= 0.001) return "less than 0.1%";
  const percent = (p: number, digits: number) => (100 * p).toFixed(digits);
  if (Math.abs(100 * probability - Math.round(100 * probability)) < 1e-9) return `${percent(probability, 0)}%`;
  let digits = 1;
  while (digits < 10 && Number(percent(probability, digits)) === Number(percent(other, digits))) digits++;
  return `${percent(probability, digits)}%`;
}
