// Made by scripts/reference/england-targets.mjs; don't edit.
import type { Capacity, CohortShares, SchoolContext, SpecialSchools } from "./types.js";

/** State special schools and alternative provision, January 2023 census. */
export const specialSchools: SpecialSchools = {
  special: {
    schools: 1026,
    pupils: 148508,
    size: [
      8, 26, 36, 48, 60, 70, 80, 89, 97, 104, 112, 120, 129, 138, 150, 161, 170, 184, 201, 220, 244, 293, 336, 412, 793,
    ],
    fsm: [
      0, 19.8, 26.4, 29.8, 33.3, 36.2, 38.5, 40.5, 42.5, 43.9, 46.5, 48.2, 50, 52.1, 54.3, 56.3, 59.6, 62.3, 65.6, 70,
      74.5, 80.2, 84.2, 88.3, 96,
    ],
    eal: [
      0, 0, 0, 0, 0, 1.1, 1.6, 2.3, 3, 3.7, 4.8, 6.1, 7.1, 8.7, 10.3, 12.5, 15.3, 18.7, 23, 28.6, 36.7, 47.6, 58.4,
      66.4, 100,
    ],
  },
  alternative: {
    schools: 335,
    pupils: 13191,
    size: [1, 1, 2, 2, 4, 6, 9, 14, 16, 20, 25, 30, 35, 39, 44, 49, 55, 59, 67, 77, 92, 123, 143, 199, 351],
    fsm: [
      0, 0, 0, 28.8, 48.3, 50, 55, 59.3, 61.4, 64.4, 66.7, 67.3, 69.2, 71.1, 72.5, 74.3, 76, 78.3, 80.9, 83.3, 86.7,
      100, 100, 100, 100,
    ],
    eal: [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1.8, 2.6, 3.4, 4.2, 5.6, 6.6, 8.3, 10.9, 14.4, 20.5, 33.3, 40.3, 56.1, 75],
    plan: 28.1,
  },
};

/** Context of 1,393 secondary schools in the department's service of similar schools (2026): IDACI, stability, disadvantage. */
export const schoolContext: SchoolContext = {
  schools: 1393,
  idaci: [
    0.034, 0.056, 0.065, 0.074, 0.089, 0.104, 0.117, 0.132, 0.145, 0.158, 0.172, 0.186, 0.2, 0.215, 0.229, 0.244, 0.26,
    0.271, 0.282, 0.297, 0.316, 0.348, 0.37, 0.397, 0.499,
  ],
  stability: [
    47.4, 63, 69.3, 73.8, 78.7, 81.3, 83.5, 85.1, 86.4, 87.5, 88.3, 89.1, 90, 90.6, 91.4, 91.9, 92.5, 93.1, 93.8, 94.3,
    95.1, 95.9, 96.5, 97.6, 99.4,
  ],
  disadvantaged: [
    3.3, 7.9, 9.4, 11, 13.6, 16, 17.9, 19.9, 21.8, 24, 26.9, 29.4, 32.3, 35.4, 37.9, 40.4, 43.4, 46.3, 48.9, 51.5, 54.7,
    59.2, 62.4, 65.5, 73.5,
  ],
  idaciWithDisadvantaged: 0.877,
  stabilityWithDisadvantaged: -0.492,
  intakeWithDisadvantaged: -0.727,
};

/** Pupils on roll for each place, establishments in the same service. */
export const capacity: Capacity = {
  schools: 1906,
  filled: [
    0.267, 0.509, 0.568, 0.641, 0.733, 0.786, 0.824, 0.853, 0.878, 0.903, 0.922, 0.938, 0.953, 0.965, 0.977, 0.986,
    0.997, 1.01, 1.027, 1.05, 1.083, 1.139, 1.189, 1.321, 1.693,
  ],
};

/** Pupils of one cohort (key stage 2 in 2018, key stage 4 in 2019) for each pupil on roll in January 2022. */
export const cohortShares: CohortShares = {
  primary: 0.1301,
  junior: 0.2468,
  secondary: 0.1712,
  secondaryWithSixthForm: 0.147,
  specialAt11: 0.0762,
  specialAt16: 0.0926,
};
