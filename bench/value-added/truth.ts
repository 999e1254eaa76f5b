/** Standard deviations that the made-up pupils are drawn with: schools' lasting effects, their years', and the residual. */
export const trueDeviations = { school: 0.28, cohort: 0.12, residual: 0.68 };
