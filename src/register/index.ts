export * from "./authorities.js";
export * from "./import.js";
export * from "./regions.js";
export * from "./school-links.js";
export * from "./service.js";
export { describeSchools, findSchool, groupsOfSchool, lastImport, type SchoolDescription } from "./store.js";
export { schoolTable } from "./tables.js";
export * from "./types.js";

/** The register's own tables; they come before those of every proposal. */
export const registerMigrations = { schema: "register", folder: new URL("./", import.meta.url) };
