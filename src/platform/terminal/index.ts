export { type CommandContext, wholeNumber } from "./arguments.js";
export { type TerminalProgress, terminalProgress } from "./progress.js";
export { onStop } from "./stop.js";
export { type StageTime, type StageTimes, timedStages } from "./timed-stages.js";
