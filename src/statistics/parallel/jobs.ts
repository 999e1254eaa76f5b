import { solveShare } from "../mixed-model/conjugate-gradients.js";
import { sumRows } from "../mixed-model/cross-products.js";
import { sumPowers } from "../mixed-model/powers.js";
import { moments } from "../mixed-model/standardise.js";
import type { Job } from "./crew.js";

/** Every job of the statistics by its name: what a crew's other threads need to know. */
export const jobs: ReadonlyMap<string, Job<never>> = new Map(
  [moments, sumRows, sumPowers, solveShare].map((job) => [job.name, job as Job<never>]),
);
