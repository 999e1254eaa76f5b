import type { CivilDate } from "../../kernel/index.js";
import { workInThread } from "../../platform/threads/index.js";
import { correctFromFile } from "./service-correct.js";

/** What the thread is given. */
export interface CorrectOrder {
  readonly path: string;
  readonly corrections: string;
  /** Null where nothing is written. */
  readonly folder: string | null;
  readonly refit: boolean;
  readonly today: CivilDate;
}

workInThread<CorrectOrder>((order, progress) => correctFromFile(order, progress));
