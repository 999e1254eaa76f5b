import type { SeriesName } from "../engine.js";

type Unit = SeriesName["unit"];
const everywhere = ["england", "phase", "subject", "region", "fifth", "subject-region", "phase-fifth"];
const noSubjects = ["england", "phase", "region", "fifth", "phase-fifth"];
const accounts = [...noSubjects, "trust-size"];
const training = ["england", "phase", "subject", "region", "subject-region", "provider-kind", "region-provider-kind"];

const row = <Name extends string>(
  name: Name,
  unit: Unit,
  meaning: string,
  breakdowns: readonly string[],
): SeriesName & { readonly name: Name } => ({ name, unit, meaning, breakdowns });

/** Counted by subject, region and fifth, among teachers. */
export const teacherSeries = [
  row("teachers-before", "people", "teachers at the census of the year before", everywhere),
  row("fte-before", "hundredths", "full-time equivalents at the census of the year before", everywhere),
  row("leavers", "people", "teachers who left between the censuses", everywhere),
  row("leavers-fte", "hundredths", "full-time equivalents of leavers", everywhere),
  row("leavers-under-55-fte", "hundredths", "full-time equivalents of leavers under 55", everywhere),
  row("hours-lost", "hundredths", "full-time equivalents lost as stayers work less", everywhere),
  row("promoted", "people", "teachers promoted to another grade", everywhere),
  row("moved-out", "people", "teachers who moved to another school, by the one they left", everywhere),
  row("moved-in", "people", "teachers who moved to another school, by the one they came to", everywhere),
  row("moved-out-fte", "hundredths", "full-time equivalents of those", everywhere),
  row("moved-in-fte", "hundredths", "full-time equivalents of those", everywhere),
  row("newly-qualified", "people", "entrants in their first year of service", everywhere),
  row("newly-qualified-fte", "hundredths", "full-time equivalents of those", everywhere),
  row("returners", "people", "entrants who had taught in the sector before", everywhere),
  row("returners-fte", "hundredths", "full-time equivalents of those", everywhere),
  row("new-to-sector", "people", "qualified entrants from elsewhere", everywhere),
  row("new-to-sector-fte", "hundredths", "full-time equivalents of those", everywhere),
  row("loans-before", "pence", "student loan balances at the census of the year before", everywhere),
  row("loans-of-leavers", "pence", "student loan balances of those who left", everywhere),
  row("loans-of-entrants", "pence", "student loan balances of those who entered", everywhere),
  row("loans-moved-out", "pence", "student loan balances of those who moved, by the school they left", everywhere),
  row("loans-moved-in", "pence", "student loan balances of those who moved, by the school they came to", everywhere),
  row("funded-posts", "people", "teachers whose post the recruitment fund pays for", everywhere),
  row("teachers", "people", "teachers at the census of the year", everywhere),
  row("fte", "hundredths", "full-time equivalents at the census of the year", everywhere),
  row("early-career", "people", "teachers in their first five years of service", everywhere),
  row("with-loan", "people", "teachers with a student loan outstanding", everywhere),
  row("sabbaticals", "people", "teachers on a funded sabbatical", everywhere),
  row("sabbatical-fte", "hundredths", "full-time equivalents away on sabbatical over the year", everywhere),
  row("pay", "pence", "pay of the year, without what employers add", everywhere),
  row("employer-costs", "pence", "what employers add to pay", everywhere),
  row("loan-interest", "pence", "interest put on student loans", everywhere),
  row("loan-repaid", "pence", "student loans repaid out of pay", everywhere),
  row("loan-paid-off", "pence", "student loan balances paid off by the service benefit", everywhere),
  row("benefit-paid", "pence", "service benefit, paid off balances or reimbursed", everywhere),
  row("benefit-receivers", "people", "teachers who were paid the service benefit", everywhere),
  row("loan-balance", "pence", "student loan balances outstanding at the end of the year", everywhere),
  row(
    "benefit-liability",
    "pence",
    "what the service benefit still owes those in post if they stay their term, at today's balances",
    everywhere,
  ),
  row("sabbatical-cost", "pence", "cover for teachers on sabbatical", everywhere),
  row("fund-paid", "pence", "payments of the recruitment fund", everywhere),
  row("development-cost", "pence", "the entitlement to development", everywhere),
] as const;

/** Computed by subject, region and fifth, from pupils and teachers. */
export const postSeries = [
  row("posts", "hundredths", "posts that pupils and timetable ask for", everywhere),
  row("unfilled", "hundredths", "posts without a teacher of the subject", everywhere),
  row("above-posts", "hundredths", "teachers beyond the posts of the subject", everywhere),
] as const;

/** Computed by subject, region and kind of provider. */
export const trainingSeries = [
  row("trainees-before", "people", "trainees who began the year before", training),
  row("trainees-ended", "people", "trainees whose course ended", training),
  row("trainees", "people", "trainees who began in the year", training),
  row("fees-remitted", "pence", "fees remitted", training),
  row("bursaries", "pence", "bursaries above those of today", training),
  row("training-places", "people", "places that providers offer", training),
  row("guaranteed-places", "people", "of those, guaranteed in years before", training),
] as const;

/** Counted by phase, region and fifth, among pupils. */
export const pupilSeries = [
  row("pupils-before", "pupils", "pupils at the census of the year before", noSubjects),
  row("pupils-entered", "pupils", "pupils who entered Reception", noSubjects),
  row("pupils-transferred-in", "pupils", "pupils who came to Year 7 from Year 6", noSubjects),
  row("pupils-transferred-out", "pupils", "pupils who went from Year 6 to Year 7", noSubjects),
  row("pupils-left", "pupils", "pupils who left state schools", noSubjects),
  row("pupils-moved-out", "pupils", "pupils who changed school, by the one they left", noSubjects),
  row("pupils-moved-in", "pupils", "pupils who changed school, by the one they came to", noSubjects),
  row("pupils", "pupils", "pupils at the census of the year", noSubjects),
  row("disadvantaged", "pupils", "disadvantaged pupils", noSubjects),
  row("supported", "pupils", "pupils with support or a plan for special needs", noSubjects),
] as const;

/** Computed by phase, region, fifth and size of trust, from schools' accounts. */
export const moneySeries = [
  row("funding", "pence", "core funding paid to schools", accounts),
  row("funding-formula", "pence", "what the formula alone would give", accounts),
  row("funding-protection", "pence", "core funding that is paid to keep the guaranteed growth", accounts),
  row("premium", "pence", "pupil premium", accounts),
  row("programmes", "pence", "what schools are paid for sabbaticals, development and the recruitment fund", accounts),
  row("teaching", "pence", "what schools spend on teachers: pay, employers' costs and the programmes", accounts),
  row("other-spending", "pence", "what schools spend on all else", accounts),
  row("balance-before", "pence", "balances of schools at the end of the year before", accounts),
  row("balance", "pence", "balances of schools at the end of the year", accounts),
] as const;

/** Every series of a run, in the order of its result. */
export const allSeries: readonly SeriesName[] = [
  ...teacherSeries,
  ...postSeries,
  ...trainingSeries,
  ...pupilSeries,
  ...moneySeries,
];

const positions = new Map(allSeries.map(({ name }, position) => [name, position]));

/**
 * The position of a series by name.
 * @throws {RangeError} when there is none of the name
 */
export function seriesAt(name: string): number {
  const position = positions.get(name);
  if (position === undefined) throw new RangeError(`there is no series "${name}"`);
  return position;
}
