// Made by scripts/reference/england-targets.mjs; don't edit.
import type { ValueAdded2010 } from "./types.js";

/** Contextual value added of mainstream schools, performance tables 2010, less 1000; the variances are read off the published limits. */
export const valueAdded2010: ValueAdded2010 = {
  schools: 3056,
  quantiles: [
    -92.9, -46.4, -36.6, -28.9, -21.6, -17.6, -14.2, -10.7, -8, -6, -3.9, -1.7, 0.8, 2.8, 4.8, 7.2, 9.6, 12.6, 16.1,
    20.1, 26, 34.4, 42.3, 53.5, 91.5,
  ],
  deviation: 19.54,
  varianceBetween: 414,
  varianceWithin: 4429,
  fit: 0.9998,
  share: 0.0855,
};
