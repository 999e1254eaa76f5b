import { workInThread } from "../../platform/threads/index.js";
import { runStudyFile, type StudyOrder } from "./service.js";

workInThread<StudyOrder>(runStudyFile);
