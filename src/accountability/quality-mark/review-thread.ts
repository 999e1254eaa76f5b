import type { CivilDate } from "../../kernel/index.js";
import { startCrew, workInThread } from "../../platform/threads/index.js";
import { reviewToFolder } from "./review-service.js";

/** What the thread is given. */
export interface ReviewOrder {
  readonly path: string;
  readonly folder: string;
  readonly today: CivilDate;
  readonly version: string;
}

workInThread<ReviewOrder>(async ({ path, folder, today, version }, progress) => {
  const crew = startCrew();
  try {
    return await reviewToFolder(path, folder, today, version, progress, crew);
  } finally {
    await crew.end();
  }
});
