import { describeProblem, type Problem } from "../kernel/index.js";
import { type IngestProblemCode, problemCodes } from "./problem-codes.js";

/** A problem with one of the declared codes; without a remedy of its own it takes the code's. */
export function problem(code: IngestProblemCode, place: string, message: string, remedy?: string): Problem {
  return { code, place, message, remedy: remedy ?? problemCodes[code].remedy };
}

/** The file can't be read on: carries the problem through streams to the reader that answers it as a value. */
export class FileFault extends Error {
  readonly problem: Problem;

  constructor(found: Problem, cause?: unknown) {
    super(describeProblem(found), { cause });
    this.name = "FileFault";
    this.problem = found;
  }
}

/** How many problems are kept of one reading; the rest are counted. */
const kept = 10_000;

/** Gathers the problems of one reading, in order, without growing beyond bounds. */
export interface ProblemCollector {
  add(found: Problem): void;
  /** So many more were seen and can't be told one by one. */
  addUntold(count: number): void;
  count(): number;
  /** The problems kept, and a last one that counts those that were not. */
  all(): readonly Problem[];
}

/** Starts an empty collector. */
export function collectProblems(): ProblemCollector {
  const problems: Problem[] = [];
  let count = 0;
  return {
    add(found) {
      count++;
      if (problems.length < kept) problems.push(found);
    },
    addUntold(more) {
      count += more;
    },
    count: () => count,
    all() {
      const more = count - problems.length;
      if (more === 0) return problems;
      const place = problems.at(-1)?.place ?? "";
      return [...problems, problem("more-problems", place, `${more} more problems were found and are not listed`)];
    },
  };
}

/**
 * Problems as lines for a terminal: the first `limit` and how many there are in all.
 * @param limit how many are written out
 */
export function describeProblems(problems: readonly Problem[], limit = 20): string {
  const lines = problems.slice(0, limit).map(describeProblem);
  const more = problems.length - lines.length;
  if (more > 0) lines.push(`… and ${more} more, ${problems.length} problems in all.`);
  return lines.join("\n");
}
