import { assumed, documents, ranging, scaling, studies } from "../sources.js";
import type { Details } from "./detail.js";

/** The forms in which a response can be put. */
const responseForms = [
  { value: 0, label: "no response" },
  { value: 1, label: "constant elasticity" },
  { value: 2, label: "log-odds" },
] as const;

const form = (label: string) => ({ label, forms: responseForms });

/** All answers of leaving to money are one behaviour seen in several schemes: they are drawn together. */
const toMoney = (mode: number) =>
  ranging(
    -4.3,
    mode,
    0,
    `the elasticities that studies imply: −3 (${studies.elasticity}); −1.3 to −4.3 where the loan study's 900 to 3,000 is read in the same terms (${studies.loans}); none can't be ruled out (${studies.payments})`,
    "answer of leaving to money",
  );

const interestRange = scaling(
  0.7,
  1.3,
  "rates follow the retail prices index, which moved by more than this in every decade",
  "interest on loans",
);

/** What stands behind the inputs that proposals set, and the responses to them. */
export const leverDetails: Details = {
  "loans.threshold.*": { label: "Pay above which a loan is repaid: {}", source: documents.loanThresholds },
  "loans.interest.plan-2": {
    label: "Interest on a loan: plan 2",
    source: assumed(
      "from the retail prices index (4.3% in 2024/25, 3.2% in 2025/26, as published) to 3% more as pay rises from £28,470 to £51,245: one rate for all, that of a teacher on £42,000",
    ),
    range: interestRange,
  },
  "loans.interest.*": { label: "Interest on a loan: {}", source: documents.loanInterest, range: interestRange },
  "loans.rate": { label: "Share of pay above the threshold that is repaid", source: documents.loanTerms },
  "loans.entrant-balance": {
    label: "Loan of a new teacher",
    range: scaling(
      0.85,
      1.2,
      "£53,010 was the average on entry to repayment in 2025 (Student Loans Company, in the press); part of teachers trained elsewhere or have paid some off",
    ),
  },
  "loans.holders": {
    label: "Teachers under 40 with a loan",
    range: ranging(0.8, 0.88, 0.95, "take-up of fee loans is above nine in ten; not all teachers studied in England"),
  },
  "service-benefit.form": {
    label: "National Service Benefit",
    proposal: "R4",
    forms: [
      { value: 0, label: "none" },
      { value: 1, label: "pays off the loan" },
      { value: 2, label: "reimburses the year's repayments" },
    ],
  },
  "service-benefit.term": { label: "Years of service until the loan is paid off", proposal: "R4" },
  "service-benefit.first-year": { label: "First year of service that counts", proposal: "R4" },
  "service-benefit.last-year": { label: "Last year of service that counts", proposal: "R4" },
  "service-benefit.acceleration": { label: "Acceleration in shortage subjects", proposal: "R4" },
  "service-benefit.shortage-only": {
    label: "Benefit in shortage subjects alone",
    proposal: "R4",
    forms: [
      { value: 0, label: "all subjects" },
      { value: 1, label: "shortage subjects alone" },
    ],
  },
  "service-benefit.value": {
    label: "What a pound off the loan is worth to a teacher",
    range: ranging(0.1, 0.5, 1, "from little (most of a balance is written off anyway in the end) to as much as cash"),
  },
  "service-benefit.response-form": form("How leaving answers to the service benefit"),
  "service-benefit.response": { label: "Answer of leaving to the service benefit", range: toMoney(-3) },
  "sabbatical.year-10": { label: "Sabbaticals funded in the 10th year", proposal: "R8" },
  "sabbatical.year-20": { label: "Sabbaticals funded in the 20th year", proposal: "R8" },
  "sabbatical.year-30": { label: "Sabbaticals funded in the 30th year", proposal: "R8" },
  "sabbatical.take-up": {
    label: "Take-up of sabbaticals",
    range: ranging(0.3, 0.6, 0.9, "no scheme of this size was tried; a term away is easier to take than a year"),
  },
  "sabbatical.length": { label: "Length of a sabbatical", proposal: "R8" },
  "sabbatical.pay": { label: "Pay during a sabbatical", proposal: "R8" },
  "sabbatical.cover": {
    label: "Cost of cover",
    range: ranging(0.7, 0.85, 1.15, "from teachers at the start of their career to supply at an agency's rate"),
  },
  "sabbatical.duty": { label: "Service owed after a sabbatical", proposal: "R8" },
  "sabbatical.response-form": form("How leaving answers to sabbaticals"),
  "sabbatical.prospect": {
    label: "Answer of leaving to the prospect of a sabbatical",
    range: ranging(-0.4, -0.2, 0, "no study measures it; from none to twice the assumed answer"),
  },
  "sabbatical.duty-response": {
    label: "Answer of leaving to service owed",
    range: ranging(-2.5, -1.5, -0.5, "few leave under a bond with repayment; how few depends on how it is enforced"),
  },
  "fees.fee": { label: "Fee of a training year", source: documents.feeLimits },
  "fees.remission": { label: "Fees remitted in shortage subjects", proposal: "R2" },
  "fees.bursary": { label: "More bursary in shortage subjects", proposal: "R2" },
  "fees.response-form": form("How recruits answer to fees and bursaries"),
  "fees.response": {
    label: "More recruits for each £1,000",
    range: ranging(
      0.005,
      0.03,
      0.045,
      `${studies.bursaries}, which is 2.9 in 100 for each £1,000 of cash; a fee that a loan would have carried is worth less`,
    ),
  },
  "training.guarantee": { label: "Places with a three-year guarantee", proposal: "R3" },
  "training.guarantee-form": form("How recruits answer to the guarantee"),
  "training.guarantee-response": {
    label: "More recruits by the guarantee",
    range: ranging(0, 0.04, 0.08, "no study measures it; from none to twice the assumed answer"),
  },
  "training.unfilled-cut": {
    label: "Unfilled places that providers give up",
    range: ranging(0, 0.25, 0.5, "from keeping every course open to halving what stayed empty; no study gives a size"),
  },
  "training.growth": {
    label: "Places that full providers add",
    range: ranging(0.05, 0.15, 0.3, "from a few places to a third more in a year; no study gives a size"),
  },
  "training.elsewhere": {
    label: "Applicants who would train in another region",
    range: ranging(0.2, 0.5, 0.8, "trainees live near their provider; how many would move isn't published"),
  },
  "training.staying": {
    label: "Newly qualified who look first where they trained",
    range: ranging(0.5, 0.7, 0.9, "most first posts are near the provider; the share by region isn't at hand"),
  },
  "recruitment-fund.budget": { label: "National Recruitment Fund", proposal: "R5" },
  "recruitment-fund.payment": { label: "Payment for a funded post", proposal: "R5" },
  "recruitment-fund.years": { label: "Years that a funded post is paid for", proposal: "R5" },
  "recruitment-fund.attraction": {
    label: "Pull of a funded post",
    range: ranging(
      0,
      0.3,
      0.8,
      "payments of this size raise applications to hard-to-fill schools; no study gives a size for England",
    ),
  },
  "recruitment-fund.fifths": { label: "Fifths of schools that the fund reaches", proposal: "R5" },
  "recruitment-fund.response-form": form("How leaving answers to the fund"),
  "recruitment-fund.response": { label: "Answer of leaving to the fund", range: toMoney(-3) },
  "recruitment-fund.additional": {
    label: "Teachers that a funded post adds to the country",
    range: ranging(0, 0.05, 0.2, "most of one school's gain is another's loss; no study of England separates them"),
  },
  "development.entitlement": { label: "Early-career teachers with the entitlement", proposal: "R7" },
  "development.cost": { label: "Cost of the development programme", proposal: "R7" },
  "development.time": { label: "Time off for development", proposal: "R7" },
  "development.response-form": form("How leaving answers to development"),
  "development.response": {
    label: "Answer of leaving to development",
    range: ranging(-0.25, -0.08, 0, `${studies.earlyCareer}; smaller trials found some`),
  },
  "pay.response-form": form("How leaving answers to pay"),
  "pay.response": { label: "Answer of leaving to pay", range: toMoney(-2) },
  "pay.entry-response": {
    label: "Answer of recruits and returners to pay",
    range: ranging(
      0,
      1,
      2,
      "studies lie between a half and two; more pay for all draws on outside options that rise too",
    ),
  },
};
