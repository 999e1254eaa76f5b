export { listOverrides } from "./list-scenario.js";
export { supplyParameters } from "./parameters.js";
export { supplyModel } from "./runs.js";
export { askForStatement, publishStatement } from "./service.js";
export {
  findStatement,
  latestStatement,
  listStatements,
  type ShortageList,
  type StoredStatement,
  shortageListOn,
  shortageLists,
} from "./store.js";

/** The tables of teacher supply. */
export const supplyMigrations = { schema: "teacher_supply", folder: new URL("./", import.meta.url) };
