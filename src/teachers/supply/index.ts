export { supplyParameters } from "./parameters.js";
export { latestStatement, type ShortageList, shortageListOn } from "./store.js";

/** The tables of teacher supply. */
export const supplyMigrations = { schema: "teacher_supply", folder: new URL("./", import.meta.url) };
