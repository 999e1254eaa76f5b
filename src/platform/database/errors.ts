import { type DatabaseProblemCode, problemCodes } from "./problem-codes.js";

/** What the engine itself said, in its own words and codes. */
export interface EngineReport {
  readonly message: string;
  /** Five characters, as `23505`; absent where the engine was never reached. */
  readonly sqlState?: string | undefined;
  readonly constraint?: string | undefined;
}

/** A failure of the database: the message says what and what to do next; `code` is stable. */
export class DatabaseError extends Error {
  override readonly name = "DatabaseError";
  readonly code: DatabaseProblemCode;
  /** The engine's own five-character code, or null. */
  readonly sqlState: string | null;
  /** The name of the constraint that was broken, or null. */
  readonly constraint: string | null;

  constructor(code: DatabaseProblemCode, what: string, cause?: unknown, report?: EngineReport) {
    super(`${what}. ${problemCodes[code].remedy}`, cause === undefined ? undefined : { cause });
    this.code = code;
    this.sqlState = report?.sqlState ?? null;
    this.constraint = report?.constraint ?? null;
  }
}

const bySqlState: readonly (readonly [prefix: string, code: DatabaseProblemCode])[] = [
  ["23505", "database-unique"],
  ["23503", "database-reference"],
  ["23514", "database-check"],
  ["23502", "database-missing-value"],
  ["40", "database-busy"],
  ["55P03", "database-busy"],
  ["53100", "database-disk-full"],
  ["08", "database-unreachable"],
  ["57P", "database-unreachable"],
  ["25P03", "database-unreachable"], // it stood still in a transaction for too long, and the server hung up
  ["GP001", "database-role-missing"],
];

/** The error for what an engine said about a statement. Values of rows are left out of the message: they may be personal. */
export function refusedStatement(report: EngineReport, cause: unknown): DatabaseError {
  const code = bySqlState.find(([prefix]) => report.sqlState?.startsWith(prefix))?.[1] ?? "database-statement-refused";
  const state = report.sqlState === undefined ? "" : ` (${report.sqlState})`;
  return new DatabaseError(code, `the database refused a statement: ${report.message}${state}`, cause, report);
}
