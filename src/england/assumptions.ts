import type { Source } from "../kernel/index.js";

/** A number that no published file of ours gives, with the reason for choosing it. */
export interface Assumption<T> {
  readonly label: string;
  readonly unit: string;
  readonly value: T;
  readonly source: Source;
}

const assume = <const T>(label: string, unit: string, value: T, why: string): Assumption<T> => ({
  label,
  unit,
  value,
  source: { kind: "assumption", why },
});
const published = <const T>(label: string, unit: string, value: T, citation: string): Assumption<T> => ({
  label,
  unit,
  value,
  source: { kind: "published", citation },
});

/** The six major ethnic groups, in the order of every table of them here. */
export const ethnicGroups = ["white", "mixed", "asian", "black", "chinese", "other"] as const;

/** What the synthetic England takes from single published figures and, where there is none, assumes. */
export const assumptions = {
  leaverRate: published(
    "Median over mainstream secondary schools of the pupils ever on roll in Years 7 to 11 who finished elsewhere",
    "percent",
    13.5,
    "FFT Education Datalab, Who's Left; the counting rule is our reading of it",
  ),
  ethnicShares: published(
    "Pupils by major ethnic group, of those classified (Chinese apart from Asian)",
    "share, 0–1",
    [0.7345, 0.065, 0.1169, 0.0578, 0.0046, 0.0211],
    "Department for Education, Schools, pupils and their characteristics 2020/21, permanent table 79acb3fd-ee6c-4d04-9f5e-c5179b901702 (6,030,076; 533,617; 959,774; 474,732; 37,943; 173,423)",
  ),
  ethnicSharesOtherLanguage: assume(
    "The same among pupils whose first language is not English",
    "share, 0–1",
    [0.3, 0.05, 0.42, 0.13, 0.015, 0.085],
    "no cross-table of language and ethnic group is at hand; of the order of the department's, where Asian and White other are the largest groups",
  ),
  girls: assume(
    "Girls in mainstream schools",
    "share, 0–1",
    0.492,
    "49.1% of primary and 49.7% of secondary pupils in the January 2023 census",
  ),
  girlsSpecial: assume(
    "Girls in special schools and alternative provision",
    "share, 0–1",
    0.274,
    "27.4% of pupils of special schools in the January 2023 census",
  ),
  needByBoys: assume(
    "SEN support and plans of boys against the school's rate",
    "ratio",
    { support: 1.22, plan: 1.4 },
    "boys are nearly two thirds of pupils with SEN support and over two thirds of those with plans; the sex split is in no file of ours",
  ),
  needByFsm: assume(
    "SEN support and plans of pupils with FSM6 against others",
    "ratio",
    1.7,
    "pupils eligible for free meals are about twice as often identified; less, because part of the difference is between schools",
  ),
  idaciSpread: assume(
    "Spread of pupils' IDACI within a school",
    "standard deviation of the logarithm",
    0.42,
    "no pupil-level distribution is at hand; wide enough for neighbourhoods of one catchment to differ by a factor of two",
  ),
  idaciOfFsm: assume(
    "IDACI of pupils with FSM6 against others of the same school",
    "ratio",
    1.25,
    "pupils with free meals live in poorer streets of the same catchment",
  ),
  priorByMonth: assume(
    "Attainment at seven for each month younger",
    "standard deviations",
    -0.035,
    "the youngest are about four tenths of a standard deviation behind the oldest at seven",
  ),
  priorByMonthAt11: assume(
    "Attainment at eleven for each month younger",
    "standard deviations",
    -0.02,
    "half of the difference at seven is left at eleven",
  ),
  priorOfOtherLanguage: assume(
    "Attainment at seven of pupils with another first language, within a school",
    "standard deviations",
    -0.15,
    "behind at seven, ahead at sixteen; the published key stage 2 bands then set their progress",
  ),
  priorOfGirls: assume(
    "Attainment at seven of girls against boys",
    "standard deviations",
    0.15,
    "girls are ahead in reading and writing at seven; the published key stage 2 bands then set their progress",
  ),
  progressByMonth: assume(
    "Progress for each month younger",
    "points of the outcome",
    { primary: 0.07, secondary: 0.1 },
    "part of the birthday gap in prior attainment closes; the size is in no file of ours",
  ),
  progressByIdaci: assume(
    "Progress by IDACI from 0 to 1, beside FSM6",
    "points of the outcome",
    { primary: -1.2, secondary: -8 },
    "the contextual value added of 2006–2010 had a coefficient for IDACI beside free meals; its table is in no file of ours",
  ),
  otherEthnicProgress: assume(
    "Progress 8 of the other ethnic groups less White",
    "points of Progress 8",
    0.5,
    "the tool's table leaves this group out; between Black and Asian",
  ),
  alternativeProgress: assume(
    "Attainment 8 of pupils who finish in alternative provision, given everything else",
    "points",
    -17,
    "their published Progress 8 is near −3; most of it is not explained by prior attainment or context",
  ),
  alternativeAt11: assume(
    "Pupils of alternative provision who leave Year 6",
    "share of pupils on roll",
    0.03,
    "few are younger than eleven",
  ),
  alternativeAt16: assume(
    "Pupils of alternative provision who leave Year 11",
    "share of pupils on roll",
    0.35,
    "most are in Years 10 and 11, and a good half of those in Year 11",
  ),
  alternativeProgressPrimary: assume(
    "Key stage 2 score of pupils who finish in alternative provision, given everything else",
    "points",
    -4,
    "as far below as pupils of special schools",
  ),
  plansInSpecial: assume(
    "Pupils of special schools with a plan",
    "share, 0–1",
    0.992,
    "99.2% in the January 2023 census",
  ),
  referralUnits: assume(
    "Alternative provision that is a pupil referral unit",
    "share of schools",
    0.516,
    "162 of 335 were academies or free schools in the register of groups of March 2024",
  ),
  missingPrior: published(
    "Pupils without key stage 2 score: other first language, English",
    "share, 0–1",
    [24057 / 142483, 17699 / 523960],
    "Department for Education, Key stage 2 to 4 transition matrices 2023/24, rows without scaled score",
  ),
  arrivedInWindow: assume(
    "Pupils without prior attainment who came during the key stage: other first language, English",
    "share, 0–1",
    [0.7, 0.35],
    "most with another language came from abroad; many others came from independent schools or Wales at the usual age, or missed the tests",
  ),
  farMoves: assume(
    "Moves to a school beyond the twelve nearest",
    "share, 0–1",
    0.15,
    "most moves are local; the same as in the project's benchmark of multiple membership",
  ),
  secondMove: assume("Movers who moved twice", "share, 0–1", 0.15, "no file of ours has it"),
  gapShare: assume(
    "Movers with a time out of state schools between two schools",
    "share, 0–1",
    0.12,
    "home education, waiting for a place, abroad; no file of ours has it",
  ),
  alternativeSpell: assume(
    "Pupils who return from a time in alternative provision",
    "share of a cohort, 0–1",
    { primary: 0.001, secondary: 0.008 },
    "of the order of the alternative provision census against the cohort; half of them dual registered",
  ),
  safeguardingNotSecure: assume(
    "Safeguarding audits: not secure",
    "share, 0–1",
    0.025,
    "the audit does not exist yet; inspections find safeguarding ineffective in a few of a hundred schools",
  ),
  safeguardingMissing: assume(
    "Safeguarding audits that have not come",
    "share, 0–1",
    0.02,
    "so that the review meets missing evidence",
  ),
  accountsNotUnqualified: assume(
    "Accounts qualified, adverse, disclaimed",
    "share, 0–1",
    [0.018, 0.001, 0.001],
    "a few of a hundred trusts; so that the review meets each opinion",
  ),
  accountsMissing: assume(
    "Accounts that have not come",
    "share, 0–1",
    0.015,
    "so that the review meets missing evidence",
  ),
} as const;
