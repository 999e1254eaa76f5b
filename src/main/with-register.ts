import { type Database, DatabaseError, databaseLocation, migrate, openDatabase } from "../platform/database/index.js";
import { projectFolder } from "./version.js";

/** Lends the register, with every part's tables, to a command; see `CommandContext`. */
export async function withRegister(work: (database: Database) => Promise<number>): Promise<number> {
  try {
    const database = await openDatabase(databaseLocation(process.env, projectFolder));
    try {
      // Read here, so that commands without a register start without the pages and the web server.
      await migrate(database, (await import("./parts.js")).migrationSets);
      return await work(database);
    } finally {
      await database.close();
    }
  } catch (error) {
    if (!(error instanceof DatabaseError)) throw error;
    process.stderr.write(`${error.message}\n`);
    return 1;
  }
}
