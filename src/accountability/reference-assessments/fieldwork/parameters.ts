import { type CivilDate, civilDate, type Parameter, valueOn } from "../../../kernel/index.js";

/** The academic year in which the paper came out: its rule has no earlier value. */
const paper = civilDate("2016-09-01");

function assumed(id: string, label: string, unit: string, value: number, why: string): Parameter<number> {
  return {
    id: `accountability.reference-assessments.fieldwork.${id}`,
    label,
    unit,
    values: [{ from: paper, value, source: { kind: "assumption", why } }],
  };
}

/** Days from the last session until what tells pupils apart must be erased. */
export const longestKept = assumed(
  "longest-kept",
  "Longest that codes and list numbers of pupils are kept after the last session",
  "days",
  180,
  "Marking, and questions from schools about a ticket, are over within two terms; nothing later needs to know which line of a list a pupil was.",
);

/** Cycles in which a question may be asked. */
export const mostCycles = assumed(
  "most-cycles",
  "Cycles in which a question is used at the most",
  "cycles",
  4,
  "A trend needs questions that are asked again; after twelve years, the school life of a pupil, what has been in so many hands is known.",
);

/** Share of pupils whose disadvantage is unknown up to which they count among the others. */
export const mostUnknown = assumed(
  "most-unknown",
  "Pupils of whom it isn't known whether they are disadvantaged, up to which they count among all others",
  "share, 0–1",
  0.1,
  "The department's tables count pupils whose eligibility is unclassified among all other pupils. A few in no group would let their own figure be found by subtraction; with more than one in ten the gap would be theirs too.",
);

/** The seed that every coordinated draw shares. */
export const coordinationSeed = assumed(
  "coordination-seed",
  "Seed of the schools' permanent random numbers",
  "whole number",
  20_160_317,
  "Any number will do as long as it stays: a school keeps its number from cycle to cycle. It is the day of the paper.",
);

/** Share of the variance of scores that lies between schools of one stratum. */
export const planningIcc = assumed(
  "planning-icc",
  "Share of the variance between schools of a stratum, for planning",
  "share, 0–1",
  0.1,
  "In the UK's PISA 2000 and 2003 it was .27 to .31, of which the school's intake explains about two thirds, leaving .11; TIMSS 2011 in Austria had .16 without strata.",
);

/** What measurement multiplies the sampling variance by. */
export const planningInflation = assumed(
  "planning-inflation",
  "What measurement multiplies the sampling variance by, for planning",
  "factor, ≥ 1",
  1.15,
  "With some 25 questions a pupil about an eighth of the variance of estimated means is that of measurement.",
);

/** How far a school that is good for one group is good for the other. */
export const planningGroupCorrelation = assumed(
  "planning-group-correlation",
  "Correlation of the school effects of both groups, for planning",
  "correlation",
  0.7,
  "Schools that do well by some pupils mostly do so by others; full agreement would hide that gaps differ between schools.",
);

/** Money that a sample costs. */
export const planningCosts = {
  fixed: assumed(
    "cost-fixed",
    "Cost of an assessment whatever its size",
    "pounds",
    400_000,
    "Items, programs and analysis: the order of size of two small teams for a year.",
  ),
  perSchool: assumed(
    "cost-school",
    "Cost of a school",
    "pounds",
    900,
    "A visit of a day by a trained administrator, with preparation and travel.",
  ),
  perPupil: assumed(
    "cost-pupil",
    "Cost of a pupil",
    "pounds",
    18,
    "Tablet, ticket and marking of what machines don't mark.",
  ),
};

/** Share of drawn schools that take part after replacement, and of pupils in them. */
export const planningResponse = {
  schools: assumed(
    "response-schools",
    "Schools that take part after replacement, for planning",
    "share, 0–1",
    0.85,
    "TIMSS asks for 85% after replacement; PISA 2018 in England had 72% before.",
  ),
  pupils: assumed(
    "response-pupils",
    "Pupils who take part in such a school, for planning",
    "share, 0–1",
    0.88,
    "PISA 2018 in England had 83%; younger pupils are absent less.",
  ),
};

/** What a plan assumes on a day. */
export function planningOn(date: CivilDate) {
  const on = (parameter: Parameter<number>) => valueOn(parameter, date).value;
  return {
    ...{ icc: on(planningIcc), inflation: on(planningInflation), groupCorrelation: on(planningGroupCorrelation) },
    cost: {
      fixed: on(planningCosts.fixed),
      perUnit: on(planningCosts.perSchool),
      perPerson: on(planningCosts.perPupil),
    },
    ...{ unitResponse: on(planningResponse.schools), personResponse: on(planningResponse.pupils) },
  };
}

/** All of them, for the pages. */
export const fieldworkParameters: readonly Parameter<number>[] = [
  ...[longestKept, mostCycles, mostUnknown, coordinationSeed, planningIcc, planningInflation, planningGroupCorrelation],
  ...Object.values(planningCosts),
  ...Object.values(planningResponse),
];
