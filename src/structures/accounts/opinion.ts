import { type CivilDate, dateInWords, err, ok, type Problem, parseCivilDate, type Result } from "../../kernel/index.js";
import type { AccountsBody } from "./body.js";
import { problemCodes } from "./problem-codes.js";
import { isYearEnd } from "./year.js";

/** What auditors say of accounts, from the best to the worst that can be said. */
export const opinions = ["unqualified", "qualified", "disclaimer", "adverse"] as const;
export type Opinion = (typeof opinions)[number];

/** What the reporting accountant concludes on regularity: whether money was spent as Parliament meant it. */
export const regularities = ["clean", "modified", "not-applicable"] as const;
export type Regularity = (typeof regularities)[number];

/** The auditor's opinion as it is filed. */
export interface OpinionFiling {
  readonly yearEnd: CivilDate;
  readonly opinion: Opinion;
  /** The auditor's basis, for all but an unqualified opinion. */
  readonly grounds: string | null;
  readonly regularity: Regularity;
  readonly regularityGrounds: string | null;
  readonly signedOn: CivilDate;
  readonly auditor: string;
  /** SHA-256 of the signed document, 64 small hexadecimal digits. */
  readonly documentSha256: string;
}

/** A filing as it was typed or stood in a table: texts, empty where there is nothing. */
export type TypedFiling = { readonly [Field in keyof OpinionFiling]: string };

/** A problem and the field it is of. */
export interface FieldProblem extends Problem {
  readonly field: keyof OpinionFiling;
}

const mostCharacters = { grounds: 4000, regularityGrounds: 4000, auditor: 200 } as const;

type Code = keyof typeof problemCodes;

/** Gathers what is wrong with a filing. @param placeOf where a field stands, for the reader */
function complaints(placeOf: (field: keyof OpinionFiling) => string) {
  const found: FieldProblem[] = [];
  const add = (field: keyof OpinionFiling, code: Code, message: string) => {
    found.push({ field, code, place: placeOf(field), message, remedy: problemCodes[code].remedy });
  };
  return { found, add };
}

type Complain = ReturnType<typeof complaints>["add"];

function checkGrounds(field: "grounds" | "regularityGrounds", text: string, clean: boolean, add: Complain) {
  const subject = field === "grounds" ? "the opinion" : "the conclusion on regularity";
  if (clean && text !== "")
    add(field, "accounts-grounds-unexpected", `${subject} is clean and grounds are given against it`);
  if (!clean && text === "") add(field, "accounts-grounds-missing", `${subject} is not clean and no grounds are given`);
  return clean || text === "" ? null : text;
}

function checkRegularity(typed: TypedFiling, body: AccountsBody, add: Complain): Regularity | null {
  const found = regularities.find((one) => one === typed.regularity);
  if (typed.regularity === "" || (found === "not-applicable" && body.kind === "trust")) {
    if (body.kind === "school" && typed.regularity === "") return "not-applicable";
    add("regularity", "accounts-regularity-missing", "a trust's accounts carry a conclusion on regularity");
    return null;
  }
  if (!found) add("regularity", "accounts-regularity-unknown", `"${typed.regularity}" is no conclusion on regularity`);
  return found ?? null;
}

function checkDates(typed: TypedFiling, asked: CivilDate, today: CivilDate, add: Complain): CivilDate | null {
  const yearEnd = parseCivilDate(typed.yearEnd);
  if (!yearEnd.ok) add("yearEnd", "accounts-year-wrong", yearEnd.error);
  else if (!isYearEnd(yearEnd.value))
    add("yearEnd", "accounts-year-wrong", `no year of accounts ends on ${dateInWords(yearEnd.value)}`);
  else if (yearEnd.value !== asked)
    add(
      "yearEnd",
      "accounts-year-wrong",
      `these are accounts to ${dateInWords(yearEnd.value)}, and those to ${dateInWords(asked)} are being filed`,
    );
  if (today <= asked) add("yearEnd", "accounts-year-not-over", `the year ends on ${dateInWords(asked)}`);
  const signed = parseCivilDate(typed.signedOn);
  if (!signed.ok) {
    add("signedOn", "accounts-signed-missing", typed.signedOn === "" ? "there is no date" : signed.error);
    return null;
  }
  const signedOn = dateInWords(signed.value);
  if (signed.value <= asked)
    add(
      "signedOn",
      "accounts-signed-before-year-end",
      `signed on ${signedOn}, and the year ended on ${dateInWords(asked)}`,
    );
  if (signed.value > today) add("signedOn", "accounts-signed-in-future", `signed on ${signedOn}, which is to come`);
  return signed.value;
}

/**
 * Whether what was typed is an auditor's opinion on the year that is being filed.
 * @param asked the end of the year that is being filed
 * @param placeOf where a field stands, as `accounts.csv, line 3, column "opinion"`
 * @returns the filing, or everything that is wrong with it
 */
export function checkFiling(
  typed: TypedFiling,
  body: AccountsBody,
  asked: CivilDate,
  today: CivilDate,
  placeOf: (field: keyof OpinionFiling) => string,
): Result<OpinionFiling, readonly FieldProblem[]> {
  const { found, add } = complaints(placeOf);
  const text = Object.fromEntries(Object.entries(typed).map(([key, value]) => [key, value.trim()])) as TypedFiling;
  const signedOn = checkDates(text, asked, today, add);
  const opinion = opinions.find((one) => one === text.opinion);
  if (!opinion)
    add(
      "opinion",
      "accounts-opinion-unknown",
      text.opinion === "" ? "there is no opinion" : `"${text.opinion}" is no opinion`,
    );
  const regularity = checkRegularity(text, body, add);
  const grounds = opinion ? checkGrounds("grounds", text.grounds, opinion === "unqualified", add) : null;
  const ofRegularity = regularity
    ? checkGrounds("regularityGrounds", text.regularityGrounds, regularity !== "modified", add)
    : null;
  if (text.auditor === "") add("auditor", "accounts-auditor-missing", "there is no name");
  for (const [field, most] of Object.entries(mostCharacters) as [keyof typeof mostCharacters, number][])
    if (text[field].length > most)
      add(field, "accounts-text-too-long", `there are ${text[field].length} characters, and ${most} are the most`);
  if (!/^[0-9a-f]{64}$/.test(text.documentSha256))
    add("documentSha256", "accounts-document-missing", "no document is named");
  if (found.length > 0 || !opinion || !regularity || !signedOn) return err(found);
  return ok({
    ...{ yearEnd: asked, opinion, grounds, regularity, regularityGrounds: ofRegularity, signedOn },
    ...{ auditor: text.auditor, documentSha256: text.documentSha256 },
  });
}
