export * from "./authorities.js";
export * from "./authority-years.js";
export type * from "./history.js";
export * from "./import.js";
export * from "./regions.js";
export * from "./school-links.js";
export {
  type ListedGroup,
  type ListedSchool,
  type SchoolDirectory,
  type SchoolHit,
  schoolDirectory,
} from "./search/directory.js";
export { plainWords } from "./search/plain-words.js";
export { directoryInUse, directoryReader } from "./search/store-directory.js";
export * from "./service.js";
export {
  describeSchools,
  findSchool,
  groupsOfSchool,
  lastImport,
  linksOfFamilies,
  loadFamily,
  loadRegister,
  type Membership,
  membershipsOfSchool,
  pupilCountsOf,
  type SchoolDescription,
  trustsOfSchools,
} from "./store.js";
export { type ExampleSchool, exampleSchools, findGroup } from "./store-examples.js";
export { type SchoolHistory, schoolHistory } from "./store-history.js";
export { groupTable, linkTable, membershipTable, pupilCountTable, schoolTable } from "./tables.js";
export * from "./types.js";

/** The register's own tables; they come before those of every proposal. */
export const registerMigrations = { schema: "register", folder: new URL("./", import.meta.url) };
