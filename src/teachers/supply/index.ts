export { listOverrides } from "./list-scenario.js";
export { supplyParameters } from "./parameters.js";
export { latestStatement, type ShortageList, shortageListOn, shortageLists } from "./store.js";

/** The tables of teacher supply. */
export const supplyMigrations = { schema: "teacher_supply", folder: new URL("./", import.meta.url) };
