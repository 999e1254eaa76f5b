import { type CivilDate, civilDate, type Parameter, valueOn } from "../../kernel/index.js";

/** The academic year in which the paper came out. */
const paper = civilDate("2016-09-01");

/** A figure of fewer pupils is not published. */
export const fewestPupils: Parameter<number> = {
  id: "accountability.reference-assessments.fewest-pupils",
  label: "Fewest pupils behind a published figure",
  unit: "pupils of the sample",
  values: [
    {
      from: paper,
      value: 30,
      source: {
        kind: "published",
        citation:
          "OECD, PISA 2012 Results, vol. I, Reader's guide: estimates from fewer than 30 students, or from fewer than five schools, are not shown (symbol c)",
      },
    },
  ],
};

/** A figure of fewer schools is not published: it would speak of them. */
export const fewestSchools: Parameter<number> = {
  id: "accountability.reference-assessments.fewest-schools",
  label: "Fewest schools behind a published figure",
  unit: "schools of the sample",
  values: [
    {
      from: paper,
      value: 5,
      source: {
        kind: "published",
        citation:
          "OECD, PISA 2012 Results, vol. I, Reader's guide; NAEP holds to five primary sampling units as well (NCES, Statistical Standards Program, rule of 62 students and five units)",
      },
    },
  ],
};

/** With fewer pupils on one side of a standard, a proportion could tell of single pupils. */
export const fewestOnASide: Parameter<number> = {
  id: "accountability.reference-assessments.fewest-on-a-side",
  label: "Fewest pupils on either side of a standard or percentile",
  unit: "pupils of the sample",
  values: [
    {
      from: paper,
      value: 3,
      source: {
        kind: "assumption",
        why:
          "With one or two pupils on a side, one of them learns of the other. Three is the least number at which a member of a group can't " +
          "subtract to a single other; the threshold of pupils does the rest.",
      },
    },
  ],
};

/** How sure a published interval is, and the probability below which a change is called distinguishable from none. */
export const confidenceLevel: Parameter<number> = {
  id: "accountability.reference-assessments.confidence",
  label: "Coverage of published intervals",
  unit: "probability, 0–1",
  values: [
    {
      from: paper,
      value: 0.95,
      source: {
        kind: "published",
        citation:
          "NFER for Ofqual, Key findings from the 2019 National Reference Test: 95% intervals, corrected for several comparisons",
      },
    },
  ],
};

/** What disclosure control asks of every figure. */
export interface DisclosureRule {
  readonly fewestPupils: number;
  readonly fewestSchools: number;
  readonly fewestOnASide: number;
}

/** The rule that holds on a day. */
export function disclosureRuleOn(date: CivilDate): DisclosureRule {
  return {
    fewestPupils: valueOn(fewestPupils, date).value,
    fewestSchools: valueOn(fewestSchools, date).value,
    fewestOnASide: valueOn(fewestOnASide, date).value,
  };
}
