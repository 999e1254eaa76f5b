import {
  type Brand,
  type CivilDate,
  dateInWords,
  err,
  holds,
  ok,
  type Period,
  type Problem,
  type Result,
} from "../../kernel/index.js";
import type { Interest } from "./interests.js";
import { problemCodes } from "./problem-codes.js";

/** Number of a Chartered Safeguarding Officer: `CSO`, six digits and a check letter. */
export type CharterNumber = Brand<string, "CharterNumber">;

/** Letters that are not taken for digits or for each other: the 23 of the UPN. */
const letters = "ABCDEFGHJKLMNPQRTUVWXYZ";

/**
 * The check letter of a charter number: each digit times its place (2 to 7), summed, modulo 23. Any one wrong digit and any two
 * neighbours changed about give another letter, because 23 is prime and larger than the weights.
 * @throws {RangeError} when the text is not six digits.
 */
export function charterCheckLetter(digits: string): string {
  if (!/^\d{6}$/.test(digits)) throw new RangeError(`"${digits}" is not six digits`);
  const sum = [...digits].reduce((total, digit, i) => total + Number(digit) * (i + 2), 0);
  return letters.charAt(sum % 23);
}

/** The charter number with these six digits. */
export function charterNumberOf(digits: string): CharterNumber {
  return `CSO${digits}${charterCheckLetter(digits)}` as CharterNumber;
}

/** Reads a charter number; spaces and small letters are accepted. The error says which letter the digits call for. */
export function parseCharterNumber(text: string): Result<CharterNumber, string> {
  const plain = text.replace(/[\s-]/g, "").toUpperCase();
  const match = /^CSO(\d{6})([A-HJ-NP-RT-Z])$/.exec(plain);
  if (!match) return err(`"${text}" is not a charter number: CSO, six digits and a check letter`);
  const expected = charterCheckLetter(match[1]!);
  return match[2] === expected
    ? ok(plain as CharterNumber)
    : err(`"${text}" has the wrong check letter: its digits call for ${expected}`);
}

/** A stretch of time in which an officer may not act, and why. */
export interface Suspension extends Period {
  readonly why: string;
  /** Why it ended, where somebody has ended it. */
  readonly endedBecause?: string;
}

/** A Chartered Safeguarding Officer as the register of officers holds them. */
export interface Officer {
  readonly charter: CharterNumber;
  readonly name: string;
  /** The person who signs in, or null while nobody can. */
  readonly person: string | null;
  readonly region: string;
  /** Where journeys begin: a town in words, never a street. */
  readonly baseName: string;
  /** Kilometres on the map of the region's schools. */
  readonly base: { readonly east: number; readonly north: number };
  /** Days in schools in a year. */
  readonly daysPerYear: number;
  /** From the day of the charter up to, and not with, the day on which it lapses. */
  readonly chartered: { readonly from: CivilDate; readonly to: CivilDate };
  readonly suspensions: readonly Suspension[];
  readonly interests: readonly Interest[];
}

/** What the public may know of a charter on a day. */
export type CharterStatus = "chartered" | "not-yet" | "lapsed" | "suspended";

/** Whether the officer is chartered on the day, and since or until when not. */
export function charterStatus(officer: Pick<Officer, "chartered" | "suspensions">, on: CivilDate): CharterStatus {
  if (on < officer.chartered.from) return "not-yet";
  if (on >= officer.chartered.to) return "lapsed";
  return officer.suspensions.some((one) => holds(one, on)) ? "suspended" : "chartered";
}

/** Whether the officer may act (begin, sign, read a second time) on the day; the refusal names the date. */
export function mayAct(officer: Officer, on: CivilDate): Result<"chartered", Problem> {
  const status = charterStatus(officer, on);
  const place = `charter ${officer.charter}`;
  switch (status) {
    case "chartered":
      return ok(status);
    case "not-yet":
      return err({
        code: "charter-not-begun",
        place,
        message: `${officer.name}'s charter begins on ${dateInWords(officer.chartered.from)}, after ${dateInWords(on)}`,
        remedy: problemCodes["charter-not-begun"].remedy,
      });
    case "lapsed":
      return err({
        code: "charter-lapsed",
        place,
        message: `${officer.name}'s charter lapsed on ${dateInWords(officer.chartered.to)} and doesn't hold on ${dateInWords(on)}`,
        remedy: problemCodes["charter-lapsed"].remedy,
      });
    case "suspended": {
      const suspension = officer.suspensions.find((one) => holds(one, on))!;
      return err({
        code: "charter-suspended",
        place,
        message: `${officer.name}'s charter is suspended since ${dateInWords(suspension.from)}: ${suspension.why}`,
        remedy: problemCodes["charter-suspended"].remedy,
      });
    }
  }
}
