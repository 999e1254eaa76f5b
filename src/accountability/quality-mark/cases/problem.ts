import type { Problem } from "../../../kernel/index.js";
import { problemCodes } from "./problem-codes.js";

/** A problem with the remedy that belongs to its code. */
export function problem(code: keyof typeof problemCodes, place: string, message: string): Problem {
  return { code, place, message, remedy: problemCodes[code].remedy };
}
