/** Standard deviations that the made-up pupils are drawn with: schools' lasting effects, their years', authorities', and the residual. */
export const trueDeviations = { school: 0.28, cohort: 0.12, authority: 0.1, residual: 0.68 };
