import { workInThread } from "../platform/threads/index.js";
import { type FitOrder, fitFormula } from "./fit-model.js";

workInThread<FitOrder>(fitFormula);
