import type { problemCodes } from "./problem-codes.js";

/** Codes of everything that can be wrong with what a survey's design is made from. Meanings and remedies: `problem-codes.ts`. */
export type SurveyFaultCode = keyof typeof problemCodes;

/** One thing wrong: a stable code, where (the stratum, unit or column by name), what, and what to do. */
export interface SurveyFault {
  readonly code: SurveyFaultCode;
  readonly place: string;
  readonly message: string;
  readonly remedy: string;
}

/** A value, or every reason against it. */
export type Outcome<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly error: readonly SurveyFault[] };

/** The value of an outcome that can't be a refusal where it is used. @throws {RangeError} with the reasons when it is one. */
export function accepted<T>(outcome: Outcome<T>): T {
  if (outcome.ok) return outcome.value;
  throw new RangeError(outcome.error.map((fault) => `${fault.place}: ${fault.message}. ${fault.remedy}`).join("\n"));
}
