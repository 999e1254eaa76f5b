import { civilDate, type Parameter } from "../../kernel/index.js";

/** How many months of progress a standard deviation of attainment is counted as. */
export const monthsPerDeviation: Parameter<number> = {
  id: "accountability.disadvantage.months-per-deviation",
  label: "Months of progress in a standard deviation of attainment",
  unit: "months",
  values: [
    {
      from: civilDate("2016-09-01"),
      value: 12,
      source: {
        kind: "published",
        citation:
          "Education Endowment Foundation, Teaching and Learning Toolkit: an effect of about one standard deviation is counted as a year's progress. Pupils " +
          "really gain more than that a year in Reception and much less in Year 12, so months of different ages don't compare",
      },
    },
  ],
};
