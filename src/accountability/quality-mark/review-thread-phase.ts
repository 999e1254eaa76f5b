import type { CivilDate } from "../../kernel/index.js";
import { checkpointsIn } from "../../platform/checkpoints/index.js";
import { workInThread } from "../../platform/threads/index.js";
import { phaseFromFile } from "./review-service-phase.js";

/** What the thread is given. */
export interface PhaseOrder {
  readonly path: string;
  readonly today: CivilDate;
  /** Folder of the checkpoints, and what tells this build of the program from others. */
  readonly checkpoints: string;
  readonly program: string;
}

workInThread<PhaseOrder>(({ path, today, checkpoints, program }, progress) =>
  phaseFromFile(path, today, checkpointsIn(checkpoints, program), progress),
);
