export { runInThread } from "./command.js";
export { startCrew, type ThreadCrew } from "./crew.js";
export { startThreads, type ThreadOrder } from "./several.js";
export { startThread, type ThreadWork, workInThread } from "./thread.js";
