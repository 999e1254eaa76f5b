export { insertMany, type OnConflict, updateMany } from "./bulk.js";
export { bytea } from "./bytea.js";
export { DatabaseError } from "./errors.js";
export { type Migration, type MigrationSet, migrate, migrationsOf } from "./migrations.js";
export { type Database, type DatabaseLocation, databaseLocation, homeFolder, openDatabase } from "./open.js";
export { personRole } from "./person-role.js";
export { type DatabaseProblemCode, problemCodes } from "./problem-codes.js";
export type { Queries } from "./session.js";
