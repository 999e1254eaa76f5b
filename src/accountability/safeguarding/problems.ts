import type { Problem } from "../../kernel/index.js";
import { problemCodes } from "./problem-codes.js";

/** A code of this proposal's problems. */
export type SafeguardingCode = keyof typeof problemCodes;

/** A problem with the remedy that belongs to its code. */
export function problem(code: SafeguardingCode, place: string, message: string): Problem {
  return { code, place, message, remedy: problemCodes[code].remedy };
}

/** Somebody asks for what another role does. */
export function notAllowed(what: string, role: string): Problem {
  return problem("safeguarding-not-allowed", "your roles", `${what} is for ${role}`);
}
