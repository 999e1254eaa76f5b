export { type TerminalProgress, terminalProgress } from "./progress.js";
