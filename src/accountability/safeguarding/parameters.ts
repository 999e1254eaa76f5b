import { civilDate, type Parameter } from "../../kernel/index.js";

/** The academic year in which the paper came out: its rule has no earlier value. */
const paper = civilDate("2016-09-01");

function assumed(id: string, label: string, unit: string, value: number, why: string): Parameter<number> {
  return {
    id: `accountability.safeguarding.${id}`,
    label,
    unit,
    values: [{ from: paper, value, source: { kind: "assumption", why } }],
  };
}

/** How long a charter lasts before it has to be renewed. */
export const charterYears = assumed(
  "charter-years",
  "Length of a charter",
  "years",
  3,
  "The paper founds the charter and sets no term. Guidance changes every September, so a charter for life would outlive what it was given for; a yearly one would take officers out of schools to renew it.",
);

/** How long after leaving a school (or its trust) an officer may not audit it. */
export const yearsAfterWorking = assumed(
  "years-after-working",
  "Years after leaving a school before its former staff may audit it",
  "years",
  5,
  "Auditors of companies wait for one or two years; a safeguarding audit judges colleagues and records of the years before, and five years is most of a pupil's time in a school.",
);

/** How long after leaving a governing body or board an officer may not audit its schools. */
export const yearsAfterGoverning = assumed(
  "years-after-governing",
  "Years after leaving a governing body before its former member may audit the school",
  "years",
  4,
  "A governor's term is four years: after one full term the board that the officer sat on has been appointed anew.",
);

/** How many years running one officer may audit the same school. */
export const yearsRunning = assumed(
  "years-running",
  "Most years running that one officer audits the same school",
  "years",
  3,
  "A second and third visit see whether what was promised was done; after that a fresh pair of eyes sees more, as with the rotation of the partner who signs a company's audit.",
);

/** How many open serious actions a secure school may have. */
export const openSeriousActions = assumed(
  "open-serious-actions",
  "Most open serious actions of a school that is secure",
  "actions",
  2,
  "One or two serious gaps with a date each can be mended in a term; three or more are a pattern, and say that the school doesn't see its own gaps.",
);

/** How long a school has for an action, by how serious it is. */
export const actionDays = {
  immediate: assumed(
    "action-days-immediate",
    "Days for an immediate action",
    "days",
    3,
    "An unchecked adult or an untrained lead is a danger on every school day; three days allow a suspension of duties and an urgent check.",
  ),
  serious: assumed(
    "action-days-serious",
    "Days for a serious action",
    "days",
    28,
    "Four weeks allow a course for the staff concerned or a governors' meeting, and end within half a term.",
  ),
  ordinary: assumed(
    "action-days-ordinary",
    "Days for an ordinary action",
    "days",
    90,
    "About a term: what isn't urgent waits for the next governors' meeting, and no longer.",
  ),
} as const;

/** How many days after its deadline an action may stand before the region is told and before a re-audit is due. */
export const overdueDays = {
  region: assumed(
    "overdue-days-region",
    "Days after the deadline from which the regional officer is told",
    "days",
    7,
    "A week leaves room for a holiday or a form sent late.",
  ),
  reAudit: assumed(
    "overdue-days-re-audit",
    "Days after the deadline from which a school is audited again",
    "days",
    28,
    "A school that has let a serious action lie for four weeks after its date has shown that it can't be taken at its word.",
  ),
} as const;

/** The share of secure audits that a second officer reads before they are signed. */
export const secondReadingRate = assumed(
  "second-reading-rate",
  "Share of secure audits read by a second officer",
  "rate, 0–1",
  0.1,
  "Enough that every officer with fifty audits is read about five times a year, which shows an officer who sees less than others. Audits that are not secure are all read: they cost a school its mark.",
);

/** Within how many minutes a named person has to say that an escalation has been taken up. */
export const acknowledgementMinutes = assumed(
  "acknowledgement-minutes",
  "Minutes within which an escalation is to be acknowledged",
  "minutes",
  60,
  "Statutory guidance asks for an immediate referral and sets no clock. An hour is what a duty desk can keep day and night; the officer has telephoned before.",
);

/** How many files of evidence an audit keeps. */
export const mostEvidenceFiles = assumed(
  "evidence-files",
  "Most files of evidence of an audit",
  "files",
  60,
  "Documents are better left in the school and named: a file or two a section show what words can't. Sixty of five megabytes are all that a dump of a country's audits can carry.",
);

/** How long after the signature files of evidence are kept. */
export const evidenceMonths = assumed(
  "evidence-months",
  "Months after the signature for which files of evidence are kept",
  "months",
  12,
  "No law or guidance sets a term for an auditor's copies: personal data may be kept no longer than their purpose needs (UK GDPR, article 5(1)(e)). The purpose is to answer for the outcome, and that counts for twelve months; whatever is still in dispute then is kept until it is settled. The originals stay in the school, under the school's own terms (a child protection file until the age of 25). For copies of DBS certificates the statutory guidance allows six months at most, so they are not to be added.",
);

/** How long an audit's outcome counts. */
export const outcomeMonths = assumed(
  "outcome-months",
  "Months for which an outcome counts",
  "months",
  12,
  "The paper asks for an annual audit.",
);

/** How long after a school says that it has mended what failed a re-audit is due. */
export const reAuditDays = assumed(
  "re-audit-days",
  "Days within which a re-audit follows the school's word that it is ready",
  "days",
  28,
  "A school without its mark should not wait longer for the visit than it was given for a serious action.",
);

/** How far an officer's load may be from an equal share of the region's work. */
export const loadTolerance = assumed(
  "load-tolerance",
  "How far a load may lie from the even share",
  "rate, 0–1",
  0.05,
  "Two or three days in fifty: officers feel no difference, and the plan may avoid long journeys with it.",
);

/** What moving a school to another officer weighs in a re-plan, in kilometres. */
export const changeKilometres = assumed(
  "change-kilometres",
  "Kilometres that one change of officer is worth in a re-plan",
  "kilometres",
  60,
  "A change costs the new officer about an hour of reading and the school a new date; an hour on the road is about 60 kilometres.",
);

/** The longest day on the road for which a plan gives no warning. */
export const longDayKilometres = assumed(
  "long-day-kilometres",
  "A day's journey from which the plan warns",
  "kilometres, in a straight line",
  160,
  "About 200 kilometres of road, three to four hours of driving on a day in a school.",
);

/** Every dated number of the proposal, in the order in which pages list them. */
export const safeguardingParameters: readonly Parameter<number>[] = [
  charterYears,
  yearsAfterWorking,
  yearsAfterGoverning,
  yearsRunning,
  openSeriousActions,
  actionDays.immediate,
  actionDays.serious,
  actionDays.ordinary,
  overdueDays.region,
  overdueDays.reAudit,
  secondReadingRate,
  acknowledgementMinutes,
  mostEvidenceFiles,
  evidenceMonths,
  outcomeMonths,
  reAuditDays,
  loadTolerance,
  changeKilometres,
  longDayKilometres,
];
