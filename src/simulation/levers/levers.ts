import { subjects } from "../classes.js";
import type { Control, Lever } from "./lever.js";

type Given = Omit<Control, "shape" | "widget"> & Partial<Pick<Control, "shape" | "widget">>;

const control = (given: Given): Control => ({ shape: "level", widget: "range", ...given });

/** A share of something, set from 0 to 1 in tenths. */
const share = (id: string, label: string, path: string, suggested = 1): Control =>
  control({ id, label, unit: "share, 0–1", paths: [path], low: 0, high: 1, step: 0.1, neutral: 0, suggested });

const serviceBenefit: Lever = {
  id: "service-benefit",
  proposal: "R4",
  label: "National Service Benefit",
  changes:
    "Teachers' student loans are paid off with length of service, faster in shortage subjects; or the state reimburses what they repay each year.",
  controls: [
    control({
      ...{ id: "service-benefit-form", label: "What is paid", unit: "choice", widget: "select" },
      ...{ paths: ["service-benefit.form"], low: 0, high: 2, step: 1, neutral: 0, suggested: 1 },
    }),
    control({
      ...{ id: "service-benefit-term", label: "Years of service until the loan is paid off", unit: "years" },
      ...{ paths: ["service-benefit.term"], low: 3, high: 30, step: 1, neutral: 10, suggested: 10 },
    }),
    control({
      ...{ id: "service-benefit-last-year", label: "Last year of service that counts", unit: "years" },
      ...{ paths: ["service-benefit.last-year"], low: 1, high: 40, step: 1, neutral: 10, suggested: 10 },
    }),
    control({
      ...{ id: "service-benefit-acceleration", label: "How many times faster in shortage subjects", unit: "times" },
      ...{ paths: ["service-benefit.acceleration"], low: 1, high: 4, step: 0.5, neutral: 1, suggested: 2 },
    }),
    control({
      ...{ id: "service-benefit-shortage-only", label: "Who is paid", unit: "choice", widget: "select" },
      ...{ paths: ["service-benefit.shortage-only"], low: 0, high: 1, step: 1, neutral: 0, suggested: 0 },
    }),
  ],
};

const sabbaticals: Lever = {
  id: "sabbaticals",
  proposal: "R8",
  label: "Funded sabbaticals",
  changes:
    "Teachers in their 10th, 20th or 30th year of service may take a sabbatical on pay, with cover paid for and service owed afterwards.",
  controls: [
    share("sabbatical-10", "Funded in the 10th year", "sabbatical.year-10"),
    share("sabbatical-20", "Funded in the 20th year", "sabbatical.year-20"),
    share("sabbatical-30", "Funded in the 30th year", "sabbatical.year-30"),
    control({
      ...{ id: "sabbatical-length", label: "Length", unit: "share of a year" },
      ...{ paths: ["sabbatical.length"], low: 0.1, high: 1, step: 0.1, neutral: 1 / 3, suggested: 1 / 3 },
    }),
  ],
};

const training: Lever = {
  id: "fee-remission",
  proposal: "R2",
  label: "No training fees in shortage subjects",
  changes: "Trainees of shortage subjects pay no fee, or a part of it; a bursary can be added for comparison.",
  controls: [
    share("fees-remission", "Share of the fee remitted", "fees.remission"),
    control({
      ...{ id: "fees-bursary", label: "More bursary than today", unit: "£ a trainee", widget: "number" },
      ...{ paths: ["fees.bursary"], low: 0, high: 30_000, step: 1000, neutral: 0, suggested: 0 },
    }),
  ],
};

const places: Lever = {
  id: "training-places",
  proposal: "R3",
  label: "Training places with a three-year guarantee",
  changes:
    "Providers' places are funded three years ahead, so that they can plan; and there can be more or fewer places.",
  controls: [
    share("training-guarantee", "Share of places with the guarantee", "training.guarantee"),
    control({
      ...{ id: "training-places", label: "Places against today's", unit: "times", shape: "factor" },
      paths: subjects.map((subject) => `training.places.${subject}`),
      ...{ low: 0.5, high: 2, step: 0.05, neutral: 1, suggested: 1 },
    }),
  ],
};

const fund: Lever = {
  id: "recruitment-fund",
  proposal: "R5",
  label: "National Recruitment Fund",
  changes: "Heads and teachers of English and mathematics are paid more where schools serve the most deprived areas.",
  controls: [
    control({
      ...{ id: "recruitment-fund-budget", label: "Budget", unit: "£ a year", widget: "number" },
      ...{ paths: ["recruitment-fund.budget"], low: 0, high: 1_000_000_000, step: 10_000_000, neutral: 0 },
      suggested: 100_000_000,
    }),
    control({
      ...{ id: "recruitment-fund-payment", label: "Payment for a post", unit: "£ a year", widget: "number" },
      ...{ paths: ["recruitment-fund.payment"], low: 1000, high: 20_000, step: 500, neutral: 5000, suggested: 5000 },
    }),
    control({
      ...{ id: "recruitment-fund-years", label: "Years that a post is paid for", unit: "years" },
      ...{ paths: ["recruitment-fund.years"], low: 1, high: 10, step: 1, neutral: 3, suggested: 3 },
    }),
    control({
      ...{ id: "recruitment-fund-fifths", label: "Most deprived fifths of schools", unit: "fifths" },
      ...{ paths: ["recruitment-fund.fifths"], low: 1, high: 5, step: 1, neutral: 1, suggested: 1 },
    }),
  ],
};

const development: Lever = {
  id: "development",
  proposal: "R7",
  label: "Entitlement to development",
  changes:
    "Teachers in their first five years get time and a funded programme that leads to a Masters-level qualification.",
  controls: [
    share("development-entitlement", "Share of early-career teachers with it", "development.entitlement"),
    control({
      ...{ id: "development-time", label: "Time off for it", unit: "share of the timetable" },
      ...{ paths: ["development.time"], low: 0, high: 0.2, step: 0.01, neutral: 0.05, suggested: 0.05 },
    }),
    control({
      ...{ id: "development-cost", label: "Cost of the programme", unit: "£ a teacher a year", widget: "number" },
      ...{ paths: ["development.cost"], low: 0, high: 5000, step: 100, neutral: 1500, suggested: 1500 },
    }),
  ],
};

const premium: Lever = {
  id: "pupil-premium",
  proposal: "A9",
  label: "Pupil Premium in real terms",
  changes:
    "The Pupil Premium rises every year by as much as is set here, instead of following its path without the proposal.",
  controls: [
    control({
      ...{ id: "premium-growth", label: "Yearly rise", unit: "share a year", shape: "growth" },
      ...{ paths: ["premium.primary", "premium.secondary"], low: -0.05, high: 0.1, step: 0.005, neutral: 0 },
      suggested: 0.02,
    }),
  ],
};

const funding: Lever = {
  id: "fair-funding",
  proposal: "F2",
  label: "Fairer funding over ten years",
  changes: "Every school moves in equal yearly steps from what it gets today to what the formula gives it.",
  controls: [
    control({
      ...{ id: "funding-years", label: "Years until every school is on the formula", unit: "years" },
      ...{
        shape: "years-to-full",
        paths: ["funding.transition"],
        low: 1,
        high: 20,
        step: 1,
        neutral: 0,
        suggested: 10,
      },
    }),
  ],
};

const pay: Lever = {
  id: "pay",
  proposal: "pay",
  label: "Pay, as a plain comparison",
  changes:
    "All teachers are paid more than without the proposals. It is no proposal of the paper; it shows what the same money would do as pay.",
  controls: [
    control({
      ...{ id: "pay-uplift", label: "Pay above the path", unit: "share of pay" },
      ...{ paths: ["pay.uplift"], low: -0.1, high: 0.3, step: 0.01, neutral: 0, suggested: 0.05 },
    }),
  ],
};

/** Every lever of the simulator, in the order in which it shows them. */
export const levers: readonly Lever[] = [
  ...[serviceBenefit, sabbaticals, training, places, fund, development, premium, funding, pay],
];
