import { workInThread } from "../../platform/threads/index.js";
import { makeBaseline } from "./make-baseline.js";

workInThread<null>(async () => makeBaseline());
