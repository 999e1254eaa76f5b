import type { CivilDate } from "../../kernel/index.js";
import { workInThread } from "../../platform/threads/index.js";
import { reviewToFolder } from "./review-service.js";

/** What the thread is given. */
export interface ReviewOrder {
  readonly path: string;
  readonly folder: string;
  readonly today: CivilDate;
  readonly version: string;
}

workInThread<ReviewOrder>(({ path, folder, today, version }, progress) =>
  reviewToFolder(path, folder, today, version, progress),
);
