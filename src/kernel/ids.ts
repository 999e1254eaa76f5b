import type { Brand } from "./brand.js";
import { err, ok, type Result } from "./result.js";

/** Unique reference number of an establishment: six digits. */
export type Urn = Brand<string, "Urn">;
/** Local authority (three digits) and establishment (four digits), written together. */
export type Laestab = Brand<string, "Laestab">;
/** Three-digit code of a local authority. */
export type AuthorityCode = Brand<string, "AuthorityCode">;
/** UK provider reference number: eight digits beginning with 10. */
export type Ukprn = Brand<string, "Ukprn">;
/** Teacher reference number: seven digits, kept as text because of leading zeros. */
export type Trn = Brand<string, "Trn">;
/** Unique identifier of a group (trust, federation, sponsor) in the register of schools. */
export type GroupUid = Brand<string, "GroupUid">;
/** Unique pupil number: a check letter and twelve characters. */
export type Upn = Brand<string, "Upn">;
/** Company number at the registrar of companies. */
export type CompanyNumber = Brand<string, "CompanyNumber">;

function parser<T extends string>(pattern: RegExp, name: string, shape: string) {
  return (text: string): Result<Brand<string, T>, string> =>
    pattern.test(text) ? ok(text as Brand<string, T>) : err(`"${text}" is not a ${name}: ${shape}`);
}

/** Reads a URN such as `100000`. */
export const parseUrn = parser<"Urn">(/^\d{6}$/, "URN", "six digits");
/** Reads a LAESTAB such as `2013614`; `201/3614` is accepted and normalised. */
export function parseLaestab(text: string): Result<Laestab, string> {
  return /^\d{3}\/?\d{4}$/.test(text)
    ? ok(text.replace("/", "") as Laestab)
    : err(`"${text}" is not a LAESTAB: three digits of the authority and four of the establishment`);
}
/** Reads the code of a local authority such as `201`. */
export const parseAuthorityCode = parser<"AuthorityCode">(/^\d{3}$/, "local authority code", "three digits");
/** Reads a UKPRN such as `10017649`. */
export const parseUkprn = parser<"Ukprn">(/^10\d{6}$/, "UKPRN", "eight digits beginning with 10");
/** Reads a TRN such as `0123456`. */
export const parseTrn = parser<"Trn">(/^\d{7}$/, "TRN", "seven digits");
/** Reads a group's UID such as `1000`. */
export const parseGroupUid = parser<"GroupUid">(/^\d{1,6}$/, "group UID", "one to six digits");
/** Reads a company number such as `07465701` or `SC123456`. */
export const parseCompanyNumber = parser<"CompanyNumber">(
  /^([A-Z]{2}|\d{2})\d{6}$/,
  "company number",
  "eight characters, the first two digits or letters",
);

/** The 23 letters of the UPN's check: no I, O or S. */
const upnLetters = "ABCDEFGHJKLMNPQRTUVWXYZ";

/**
 * The check letter of a UPN, from its last twelve characters: the sum of each value times its position (2 to 13), modulo 23.
 * A letter in the last position (a temporary UPN) counts with its place in the alphabet of 23.
 * Source: the department's UPN guide; vectors in `ids.test.ts`.
 * @throws {RangeError} when the text is not eleven digits and a digit or letter of that alphabet.
 */
export function upnCheckLetter(twelve: string): string {
  if (!/^\d{11}[\dA-HJ-NP-RT-Z]$/.test(twelve))
    throw new RangeError(`"${twelve}" is not the last twelve characters of a UPN`);
  let sum = 0;
  for (let i = 0; i < 12; i++) {
    const character = twelve.charAt(i);
    const value = i === 11 && /[A-Z]/.test(character) ? upnLetters.indexOf(character) : Number(character);
    sum += value * (i + 2);
  }
  return upnLetters.charAt(sum % 23);
}

/** Reads a UPN and checks its letter; the error says which letter the digits call for. */
export function parseUpn(text: string): Result<Upn, string> {
  if (!/^[A-HJ-NP-RT-Z]\d{11}[\dA-HJ-NP-RT-Z]$/.test(text))
    return err(`"${text}" is not a UPN: a check letter (not I, O or S), eleven digits, and a digit or letter`);
  const expected = upnCheckLetter(text.slice(1));
  return text.startsWith(expected)
    ? ok(text as Upn)
    : err(`"${text}" has the wrong check letter: its digits call for ${expected}`);
}
