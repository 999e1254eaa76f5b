/**
 * What can go wrong with a database: the code, and the remedy that ends its message.
 * Listed for people in `docs/problems.md`; codes are never reused.
 */
export const databaseProblems = {
  "database-address-unreadable":
    "Write DATABASE_URL as postgres://user:password@host:5432/database, or leave it out to use the embedded database.",
  "database-unreachable":
    "Start PostgreSQL or correct DATABASE_URL; leave DATABASE_URL out to use the embedded database.",
  "database-too-old": "Use PostgreSQL 15 or newer.",
  "database-folder-in-use":
    "Stop that process, or use another folder with GREENPAPER_HOME, or use PostgreSQL with DATABASE_URL for several processes.",
  "database-folder-unusable": "Make the folder writable, or name another one with GREENPAPER_HOME.",
  "database-stopped": "Start the program again; what was saved before is kept.",
  "database-closed": "This is a mistake in the program: it used a database that it had closed.",
  "database-outside-transaction":
    "This is a mistake in the program: inside a transaction use the queries that the transaction hands over.",
  "database-disk-full": "Free some disk space and try again; nothing was saved.",
  "database-busy": "Try again.",
  "database-unique": "Remove the row that stands there twice.",
  "database-reference": "Add the row it refers to first.",
  "database-check": "Correct the value.",
  "database-missing-value": "Give the value.",
  "database-statement-refused": "This is a mistake in the program: the statement and the tables do not fit.",
  "database-value-unreadable": "This is a mistake in the program: a stored value does not fit the type it is read as.",
  "migration-changed": "Put the file back as it was and write the change as a new file in migrations/.",
  "migration-missing": "Use the version of the program that made this database, or a newer one.",
  "migration-failed": "Nothing was changed. Correct the migration.",
} as const;

/** A stable code of {@link databaseProblems}. */
export type DatabaseProblemCode = keyof typeof databaseProblems;

/** What the engine itself said, in its own words and codes. */
export interface EngineReport {
  readonly message: string;
  /** Five characters, as `23505`; absent where the engine was never reached. */
  readonly sqlState?: string | undefined;
  readonly constraint?: string | undefined;
  readonly detail?: string | undefined;
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
    super(`${what}. ${databaseProblems[code]}`, cause === undefined ? undefined : { cause });
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
];

/** The error for what an engine said about a statement. Values of rows are left out of the message: they may be personal. */
export function refusedStatement(report: EngineReport, cause: unknown): DatabaseError {
  const code = bySqlState.find(([prefix]) => report.sqlState?.startsWith(prefix))?.[1] ?? "database-statement-refused";
  const state = report.sqlState === undefined ? "" : ` (${report.sqlState})`;
  return new DatabaseError(code, `the database refused a statement: ${report.message}${state}`, cause, report);
}
