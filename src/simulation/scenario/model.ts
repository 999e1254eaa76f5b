import type { Horizon } from "../parameters/compile.js";

/**
 * The version of the model: a whole number that rises with every change that moves a result. A scenario made with another is run with this
 * one, and says so.
 */
export const modelVersion = "3";

/** The years of a scenario's run: 2025/26, the first after the last published census, and the eleven that follow. */
export const modelHorizon: Horizon = { first: 2025, years: 12 };

/** The first academic year in which levers act unless a scenario says otherwise. */
export const reformFrom = 2027;
