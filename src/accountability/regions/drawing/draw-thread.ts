import { workInThread } from "../../../platform/threads/index.js";
import { highsSolver } from "./assign-highs.js";
import type { Country } from "./country.js";
import { drawRegions } from "./draw.js";
import { type DrawingSettings, taskOf } from "./settings.js";

/** What the thread is given; it was checked before. */
export interface DrawOrder {
  readonly country: Country;
  readonly settings: DrawingSettings;
}

workInThread<DrawOrder>(async ({ country, settings }, progress) => {
  const task = taskOf(country, settings);
  if (!task.ok)
    throw new Error(`the settings were not checked: ${task.error.map(({ message }) => message).join("; ")}`);
  return drawRegions(task.value, await highsSolver(), progress);
});
