export { type ComparedSchool, type Pair, pairsOf, toldApart } from "./compare.js";
export { dutiesFor, type PublishingDuty, publishingDuties } from "./duties.js";
export { schoolInformationParameters } from "./parameters.js";

/** What schools add to their pages; it refers to the register's tables. */
export const schoolInformationMigrations = { schema: "school_information", folder: new URL("./", import.meta.url) };
