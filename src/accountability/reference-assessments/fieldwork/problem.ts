import type { Problem } from "../../../kernel/index.js";
import { problemCodes } from "./problem-codes.js";

/** A problem of the fieldwork; without a remedy of its own it takes the code's. */
export const problem = (
  code: keyof typeof problemCodes,
  place: string,
  message: string,
  remedy: string = problemCodes[code].remedy,
): Problem => ({ code, place, message, remedy });
