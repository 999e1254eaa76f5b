import { type IngestProblemCode, problemCodes as ingestCodes } from "../../ingest/problem-codes.js";
import type { Problem } from "../../kernel/index.js";
import { problemCodes, type ReviewProblemCode } from "./problem-codes.js";

const codes = { ...ingestCodes, ...problemCodes };

/** A problem of the review file; without a remedy of its own it takes the code's. */
export function reviewProblem(
  code: ReviewProblemCode | IngestProblemCode,
  place: string,
  message: string,
  remedy?: string,
): Problem {
  return { code, place, message, remedy: remedy ?? codes[code].remedy };
}
