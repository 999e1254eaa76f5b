export { effectsOfSets, type SetEffect } from "./effects.js";
export { effectsJob } from "./jobs-effects.js";
export type { PupilSide } from "./pupil-side.js";
export type { PendingSet } from "./store.js";

/** The tables of what schools say to their cases. */
export const schoolSideMigrations = { schema: "school_side", folder: new URL("./", import.meta.url) };
