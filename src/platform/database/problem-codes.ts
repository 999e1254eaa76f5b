/** What can go wrong with a database, and the remedy that ends its message; listed in `docs/problems.md`. */
export const problemCodes = {
  "database-address-unreadable": {
    meaning: "DATABASE_URL is set and is not the address of a PostgreSQL database.",
    remedy:
      "Write DATABASE_URL as postgres://user:password@host:5432/database, or leave it out to use the embedded database.",
  },
  "database-unreachable": {
    meaning:
      "No PostgreSQL server answers at the address, or it refuses the user or the database's name, or the connection broke.",
    remedy: "Start PostgreSQL or correct DATABASE_URL; leave DATABASE_URL out to use the embedded database.",
  },
  "database-too-old": {
    meaning: "The PostgreSQL server is older than version 15.",
    remedy: "Use PostgreSQL 15 or newer.",
  },
  "database-role-missing": {
    meaning:
      "Row-level security needs the role greenpaper_person, which this login may neither make nor act as, or the role may do more than it should.",
    remedy:
      "Let an administrator of the server run, with the login of DATABASE_URL as LOGIN: create role greenpaper_person nologin; grant greenpaper_person to LOGIN; (and alter role greenpaper_person nosuperuser nobypassrls).",
  },
  "database-folder-in-use": {
    meaning: "Another process has the embedded database's folder open; two would lose rows.",
    remedy:
      "Stop that process, or use another folder with GREENPAPER_HOME, or use PostgreSQL with DATABASE_URL for several processes.",
  },
  "database-folder-unusable": {
    meaning: "The embedded database's folder can't be written or its files can't be opened.",
    remedy: "Make the folder writable, or name another one with GREENPAPER_HOME.",
  },
  "database-stopped": {
    meaning: "The thread of the embedded database ended unexpectedly.",
    remedy: "Start the program again; what was saved before is kept.",
  },
  "database-closed": {
    meaning: "A statement came after the database was closed.",
    remedy: "This is a mistake in the program: it used a database that it had closed.",
  },
  "database-outside-transaction": {
    meaning: "A statement ran beside the transaction it belongs to.",
    remedy: "This is a mistake in the program: inside a transaction use the queries that the transaction hands over.",
  },
  "database-disk-full": {
    meaning: "The disk of the database is full.",
    remedy: "Free some disk space and try again; nothing was saved.",
  },
  "database-busy": {
    meaning: "Two transactions were in each other's way, and this one was given up.",
    remedy: "Try again.",
  },
  "database-unique": {
    meaning: "A row stands there already that may stand there only once.",
    remedy: "Remove the row that stands there twice.",
  },
  "database-reference": {
    meaning: "A row refers to another that isn't there, or is still referred to.",
    remedy: "Add the row it refers to first.",
  },
  "database-check": { meaning: "A value breaks a rule of its table.", remedy: "Correct the value." },
  "database-missing-value": { meaning: "A value is missing that a table needs.", remedy: "Give the value." },
  "database-statement-refused": {
    meaning: "The database refused a statement for another reason, which it names.",
    remedy: "This is a mistake in the program: the statement and the tables do not fit.",
  },
  "database-value-unreadable": {
    meaning: "A stored value can't be read exactly as the type it should have.",
    remedy: "This is a mistake in the program: a stored value does not fit the type it is read as.",
  },
  "migration-changed": {
    meaning: "A migration that this database was made with has changed since.",
    remedy: "Put the file back as it was and write the change as a new file in migrations/.",
  },
  "migration-missing": {
    meaning: "The database was changed by a newer version of the program.",
    remedy: "Use the version of the program that made this database, or a newer one.",
  },
  "migration-failed": {
    meaning: "A migration failed; nothing of it was kept.",
    remedy: "Nothing was changed. Correct the migration.",
  },
} as const;

/** A stable code of {@link problemCodes}. */
export type DatabaseProblemCode = keyof typeof problemCodes;
