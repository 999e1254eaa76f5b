import { type CivilDate, err, ok, type Problem, parseCivilDate, parseUrn, type Result } from "../../../kernel/index.js";
import type { CorrectionAction, CorrectionReason } from "../../value-added/index.js";
import type { EvidenceAsked, FactAsked } from "./correction-evidence.js";
import { problemCodes } from "./problem-codes.js";

/** A pupil's share of time at a school, as a correction states it. */
export interface StatedShare {
  readonly urn: string;
  /** 0–1. */
  readonly share: number;
}

/** A correction as it was typed: texts, empty where there is nothing. */
export interface TypedCorrection {
  readonly reason: string;
  readonly action: string;
  /** School and percentage of the time, for the action "shares". */
  readonly shares: readonly { readonly urn: string; readonly percent: string }[];
  readonly facts: Readonly<Record<string, string>>;
  readonly words: string;
}

/** A correction that says all that it has to. */
export interface StatedCorrection {
  readonly reason: string;
  readonly action: CorrectionAction;
  readonly shares: readonly StatedShare[];
  readonly facts: Readonly<Record<string, string>>;
  readonly words: string;
}

/** A problem and the field it is of, as `reason`, `fact-leftOn`, `share-0`. */
export interface FieldProblem extends Problem {
  readonly field: string;
}

type Complain = (field: string, code: keyof typeof problemCodes, message: string) => void;

const actions: readonly CorrectionAction[] = ["leave-out", "shares"];
const mostCharacters = 2000;

function checkFact({ name, label, kind }: FactAsked, given: string, today: CivilDate, add: Complain): string {
  const field = `fact-${name}`;
  const value = given.trim();
  if (value === "") add(field, "correction-fact-missing", `"${label}" is empty`);
  else if (value.length > mostCharacters)
    add(field, "correction-text-too-long", `"${label}" has ${value.length} characters`);
  else if (kind === "date") {
    const date = parseCivilDate(value);
    if (!date.ok) add(field, "correction-fact-invalid", `"${label}": ${date.error}`);
    else if (date.value > today) add(field, "correction-fact-invalid", `"${label}": ${value} is to come`);
  } else if (kind === "school") {
    const urn = parseUrn(value);
    if (!urn.ok) add(field, "correction-fact-invalid", `"${label}": ${urn.error}`);
  }
  return value;
}

/** Pairs of days of which the first can't be after the second. */
const order: readonly (readonly [string, string])[] = [
  ["excludedOn", "admittedOn"],
  ["arrivedOn", "admittedOn"],
  ["from", "until"],
];

function checkOrder(facts: Readonly<Record<string, string>>, add: Complain): void {
  for (const [first, second] of order) {
    const [before, after] = [facts[first], facts[second]];
    if (before && after && before > after)
      add(`fact-${second}`, "correction-fact-invalid", `${after} is before ${before}`);
  }
}

function checkShares(given: TypedCorrection["shares"], add: Complain): StatedShare[] {
  const seen = new Set<string>();
  const shares = given.flatMap(({ urn, percent }, i) => {
    if (urn.trim() === "" && percent.trim() === "") return [];
    const parsed = parseUrn(urn.trim());
    const share = Number(percent.trim().replace(/%$/, "")) / 100;
    if (!parsed.ok) add(`share-urn-${i}`, "correction-share-invalid", parsed.error);
    else if (seen.has(parsed.value))
      add(`share-urn-${i}`, "correction-share-invalid", `${parsed.value} is there twice`);
    if (percent.trim() === "" || !(share >= 0 && share <= 1))
      add(`share-${i}`, "correction-share-invalid", `"${percent}" is no percentage from 0 to 100`);
    if (!parsed.ok) return [];
    seen.add(parsed.value);
    return [{ urn: parsed.value as string, share }];
  });
  const total = shares.reduce((sum, { share }) => sum + share, 0);
  if (total > 1 + 1e-9)
    add("share-0", "correction-share-invalid", `the shares add up to ${Math.round(total * 100)}%, more than the whole`);
  if (shares.length === 0) add("share-0", "correction-share-invalid", "no share is given");
  return shares;
}

/**
 * Whether a correction says what its reason needs.
 * @param reasons those that hold on the day, with what each may do
 * @param asked the evidence that each reason needs on the day
 */
export function checkCorrection(
  typed: TypedCorrection,
  {
    reasons,
    asked,
    today,
  }: {
    readonly reasons: readonly CorrectionReason[];
    readonly asked: readonly EvidenceAsked[];
    readonly today: CivilDate;
  },
): Result<StatedCorrection, readonly FieldProblem[]> {
  const found: FieldProblem[] = [];
  const add: Complain = (field, code, message) =>
    found.push({ field, code, place: field, message, remedy: problemCodes[code].remedy });
  const reason = reasons.find(({ code }) => code === typed.reason);
  const action = actions.find((one) => one === typed.action);
  if (!reason)
    add(
      "reason",
      "correction-reason-unknown",
      typed.reason === "" ? "no reason is chosen" : `"${typed.reason}" is no reason`,
    );
  if (!action)
    add(
      "action",
      "correction-action-unknown",
      typed.action === "" ? "nothing is chosen" : `"${typed.action}" is neither`,
    );
  if (reason && action && !reason.actions.includes(action))
    add("action", "correction-action-unknown", `the reason "${reason.label}" does not allow it`);
  const own = asked.find((one) => one.reason === typed.reason);
  const facts = Object.fromEntries(
    (own?.facts ?? []).map((fact) => [fact.name, checkFact(fact, typed.facts[fact.name] ?? "", today, add)]),
  );
  checkOrder(facts, add);
  const shares = action === "shares" ? checkShares(typed.shares, add) : [];
  const words = typed.words.trim();
  if (words.length > mostCharacters)
    add(
      "words",
      "correction-text-too-long",
      `there are ${words.length} characters, and ${mostCharacters} are the most`,
    );
  if (reason?.needsWords && words === "") add("words", "correction-fact-missing", "this reason needs words of its own");
  if (found.length > 0 || !reason || !action) return err(found);
  return ok({ reason: reason.code, action, shares, facts, words });
}
