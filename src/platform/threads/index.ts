export { startThread, type ThreadWork, workInThread } from "./thread.js";
