import type { Problem } from "../../../kernel/index.js";
import { problemCodes, type StudyProblemCode } from "../problem-codes.js";

/** A problem of a study; without a remedy of its own it takes the code's. */
export function studyProblem(code: StudyProblemCode, place: string, message: string, remedy?: string): Problem {
  return { code, place, message, remedy: remedy ?? problemCodes[code].remedy };
}
