import type { Problem } from "../../kernel/index.js";
import { problemCodes, type RegionsProblemCode } from "./problem-codes.js";

/** A problem with one of this proposal's codes; it takes the code's remedy unless it has one of its own. */
export function problemOf(code: RegionsProblemCode, place: string, message: string, remedy?: string): Problem {
  return { code, place, message, remedy: remedy ?? problemCodes[code].remedy };
}
