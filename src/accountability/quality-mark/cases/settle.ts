// Settling a correction changes the evidence too; what a school says to its case is a folder of its own.
export { undoing } from "../school-side/service.js";
export { settleCorrection } from "../school-side/service-settle.js";
