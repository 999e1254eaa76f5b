import type { CivilDate } from "../../../kernel/index.js";
import type { Reason } from "../decision.js";

/** What a certificate says. Everything of it stands in the published decision and its event in the log. */
export interface Certificate {
  readonly urn: string;
  /** The school's name as it was published. */
  readonly name: string;
  readonly authority: string;
  readonly academicYear: string;
  readonly awardedOn: CivilDate;
  /** The first day on which the mark no longer holds. */
  readonly until: CivilDate;
  readonly reasons: readonly Reason[];
  /** The event of the log by which it was published, by number in the log. */
  readonly event: number;
  /** Whether the schools of the register are made up. */
  readonly synthetic: boolean;
}

/** Letters and digits that nobody takes for another when reading aloud: no 0, 1, I, L, O or U. */
const alphabet = "23456789ABCDEFGHJKMNPQRSTVWXYZ";
const groups = 4;
const lettersOfGroup = 4;

/**
 * The code on a certificate: the school, the year, and 16 letters made of a digest of all that the certificate says.
 * @param digest at least 16 bytes of a cryptographic hash; 30¹⁶ codes (78 bits) are far more than anybody can try
 */
export function codeFrom(urn: string, academicYear: string, digest: Uint8Array): string {
  const letters = Array.from({ length: groups * lettersOfGroup }, (_, i) => alphabet[digest[i]! % alphabet.length]!);
  const parts = Array.from({ length: groups }, (_, g) =>
    letters.slice(g * lettersOfGroup, (g + 1) * lettersOfGroup).join(""),
  );
  return ["QM", urn, academicYear.slice(0, 4), ...parts].join("-");
}

/** A code as somebody typed it. */
export interface TypedCode {
  readonly urn: string;
  /** As `2025/26`. */
  readonly academicYear: string;
  /** In the one way of writing it. */
  readonly code: string;
}

/** Reads a code in whatever case and spacing it was typed; null where it has not the shape of one. */
export function readCode(text: string): TypedCode | null {
  const plain = text.toUpperCase().replace(/[^0-9A-Z]/g, "");
  const match = /^QM(\d{6})(\d{4})([2-9A-HJKMNP-TV-Z]{16})$/.exec(plain);
  if (!match) return null;
  const [urn, year, letters] = [match[1]!, match[2]!, match[3]!];
  const start = Number(year);
  const code = ["QM", urn, year, ...(letters.match(/.{4}/g) ?? [])].join("-");
  return { urn, academicYear: `${start}/${String((start + 1) % 100).padStart(2, "0")}`, code };
}

/** What a check of a code finds. */
export type CodeFinding =
  | "unreadable"
  | "unknown"
  | "different"
  | "holds"
  | "suspended"
  | "expired"
  | "withdrawn"
  | "replaced";

/** What a school's mark is now, for somebody who checks a certificate of a year. */
export interface MarkNow {
  readonly state: string;
  readonly academicYear: string;
}

/**
 * What a typed code says of a certificate.
 * @param expected the code of the certificate that the register would issue for that school and year; null where it holds no award of it
 * @param now the school's newest mark
 */
export function judgeCode(typed: TypedCode | null, expected: string | null, now: MarkNow | null): CodeFinding {
  if (typed === null) return "unreadable";
  if (expected === null)
    return now?.academicYear === typed.academicYear && now.state === "withdrawn" ? "withdrawn" : "unknown";
  if (typed.code !== expected) return "different";
  if (now === null || now.academicYear !== typed.academicYear) return "replaced";
  if (now.state === "awarded") return "holds";
  return now.state === "suspended" || now.state === "expired" ? now.state : "withdrawn";
}
