import { type EngineInput, formUnit, input, stepped } from "./input.js";

const policy = (
  name: string,
  unit: string,
  bounds: readonly [number, number],
  value: number | ((year: number) => number),
  meaning: string,
): EngineInput => input("policy", name, unit, bounds, value, meaning, "as it stands without the proposal");

const response = (
  name: string,
  unit: string,
  bounds: readonly [number, number],
  value: number,
  meaning: string,
  why: string,
): EngineInput => input("assumption", name, unit, bounds, value, meaning, why);

const form = (name: string, value: number, meaning: string) =>
  response(
    name,
    formUnit,
    [0, 2],
    value,
    meaning,
    "the form that the study reports, or the simplest; a structural choice",
  );

/** Interest by plan. Plan 2's rises with pay from the retail prices index to 3% more; its share is that of a teacher on £42,000. */
const interest = {
  "plan-1": stepped([
    [2024, 0.043],
    [2025, 0.032],
  ]),
  "plan-2": stepped([
    [2024, 0.061],
    [2025, 0.05],
  ]),
  "plan-5": stepped([
    [2024, 0.043],
    [2025, 0.032],
  ]),
} as const;

/** Thresholds that hold on 1 September of a year; the law moves them in April. */
const thresholds = {
  "plan-1": stepped([
    ...([
      [2010, 15_000],
      [2012, 15_795],
      [2013, 16_365],
      [2014, 16_910],
      [2015, 17_335],
      [2016, 17_495],
    ] as const),
    ...([
      [2017, 17_775],
      [2018, 18_330],
      [2019, 18_935],
      [2020, 19_390],
      [2021, 19_895],
      [2022, 20_195],
    ] as const),
    ...([
      [2023, 22_015],
      [2024, 24_990],
      [2025, 26_065],
      [2026, 26_900],
    ] as const),
  ]),
  "plan-2": stepped([
    ...([
      [2012, 21_000],
      [2018, 25_000],
      [2019, 25_725],
      [2020, 26_575],
      [2021, 27_295],
    ] as const),
    ...([
      [2025, 28_470],
      [2026, 29_385],
    ] as const),
  ]),
  "plan-5": stepped([[2023, 25_000]]),
} as const;

const loans: readonly EngineInput[] = [
  ...(["plan-1", "plan-2", "plan-5"] as const).flatMap((plan) => [
    policy(
      `loans.threshold.${plan}`,
      "£ a year",
      [0, 100_000],
      thresholds[plan],
      "Pay above which the loan is repaid.",
    ),
    policy(`loans.interest.${plan}`, "share a year", [0, 0.2], interest[plan], "Interest on the balance."),
  ]),
  policy("loans.rate", "share of pay", [0, 0.5], 0.09, "Share of pay above the threshold that is repaid."),
  response(
    "loans.entrant-balance",
    "£",
    [0, 200_000],
    48_000,
    "Mean balance with which a new graduate enters; balances spread evenly from half to one and a half times it.",
    "average balance on entry to repayment of recent cohorts, rounded",
  ),
  response(
    "loans.holders",
    "share, 0–1",
    [0, 1],
    0.88,
    "Share of teachers under 40 at the start, and of entrants under 40, with a loan.",
    "take-up of loans among English students, rounded",
  ),
];

const benefit: readonly EngineInput[] = [
  policy(
    "service-benefit.form",
    "0 none, 1 pays off the balance, 2 reimburses the year's repayments",
    [0, 2],
    0,
    "Which benefit is paid.",
  ),
  policy(
    "service-benefit.term",
    "years of service",
    [1, 40],
    10,
    "Form 1: the loan on entry is paid off in so many equal parts.",
  ),
  policy("service-benefit.first-year", "year of service", [1, 40], 1, "The first year of service that counts."),
  policy("service-benefit.last-year", "year of service", [1, 60], 10, "The last year of service that counts."),
  policy(
    "service-benefit.acceleration",
    "factor",
    [1, 10],
    1,
    "Form 1: parts are so many times greater in shortage subjects.",
  ),
  policy("service-benefit.shortage-only", "0 or 1", [0, 1], 0, "Whether only shortage subjects are paid."),
  response(
    "service-benefit.value",
    "share, 0–1",
    [0, 1],
    0.5,
    "Form 1: what a pound off the balance is worth to a teacher, in pounds of pay.",
    "a balance that may be written off later is worth less than cash; half is assumed, with the whole range open",
  ),
  form("service-benefit.response-form", 1, "How leaving answers to the benefit."),
  response(
    "service-benefit.response",
    "elasticity of leaving to pay; logit: log-odds for the whole of pay",
    [-10, 0],
    -3,
    "How leaving answers to the benefit as a share of pay.",
    "payments to teachers of shortage subjects: elasticity near −3 (Sims and Benhenda 2022); other schemes show none, so the range reaches 0",
  ),
];

const sabbaticals: readonly EngineInput[] = [
  ...[10, 20, 30].map((year) =>
    policy(
      `sabbatical.year-${year}`,
      "share of those entitled, 0–1",
      [0, 1],
      0,
      `Share of teachers in year ${year} of service whose sabbatical is funded.`,
    ),
  ),
  response(
    "sabbatical.take-up",
    "share, 0–1",
    [0, 1],
    0.6,
    "Share of those funded who take it.",
    "no scheme of this size was tried; the pilot of 2018 had far more applicants than places",
  ),
  policy("sabbatical.length", "share of a year", [0, 1], 1 / 3, "A term."),
  policy("sabbatical.pay", "share of pay", [0, 1], 1, "What the teacher is paid meanwhile."),
  response(
    "sabbatical.cover",
    "share of pay",
    [0, 2],
    0.85,
    "What cover costs, over the pay of who is away.",
    "covered by teachers earlier in their career",
  ),
  policy("sabbatical.duty", "years", [0, 5], 2, "Years of service owed afterwards."),
  form("sabbatical.response-form", 2, "How leaving answers to the prospect of a sabbatical and to the duty after it."),
  response(
    "sabbatical.prospect",
    "log-odds",
    [-3, 0],
    -0.2,
    "Added in the three years before an entitlement, times the share funded.",
    "no study; carried from none to twice this",
  ),
  response(
    "sabbatical.duty-response",
    "log-odds",
    [-5, 0],
    -1.5,
    "Added while service is owed.",
    "few leave under a bond with repayment",
  ),
];

const training: readonly EngineInput[] = [
  policy(
    "fees.fee",
    "£",
    [0, 50_000],
    stepped([
      [2010, 3290],
      [2011, 3375],
      [2012, 9000],
      [2017, 9250],
      [2025, 9535],
      [2026, 9790],
      [2027, 10_050],
    ]),
    "Fee of a training year.",
  ),
  policy("fees.remission", "share, 0–1", [0, 1], 0, "Share of the fee that is remitted in shortage subjects."),
  policy("fees.bursary", "£ a trainee", [0, 60_000], 0, "Bursary in shortage subjects above today's."),
  form("fees.response-form", 1, "How recruits answer to remission and bursary."),
  response(
    "fees.response",
    "share for £1,000",
    [0, 0.3],
    0.03,
    "More recruits for each £1,000 of fee remitted or bursary.",
    "three more in a hundred for each £1,000 of bursary (McLean, Tang and Worth 2023), read as the upper middle",
  ),
  policy(
    "training.guarantee",
    "share of places, 0–1",
    [0, 1],
    0,
    "Share of places whose funding is guaranteed for three years.",
  ),
  form("training.guarantee-form", 1, "How recruits answer to the guarantee."),
  response(
    "training.guarantee-response",
    "share",
    [0, 0.5],
    0.04,
    "More recruits in the third year of a guarantee of every place, in equal yearly steps.",
    "providers plan and keep partnerships; no study measures it",
  ),
  response(
    "training.unfilled-cut",
    "share a year",
    [0, 1],
    0.25,
    "Of the places that a provider didn't fill, those that it gives up for the next year, unless they are guaranteed.",
    "staff follow intakes with a lag of some years; no study gives a size",
  ),
  response(
    "training.growth",
    "share a year",
    [0, 1],
    0.15,
    "How many more places a full provider offers in the next year, as far as the country has places.",
    "placements in schools limit how fast a provider grows; no study gives a size",
  ),
  response(
    "training.elsewhere",
    "share, 0–1",
    [0, 1],
    0.5,
    "Of applicants whom no provider of their region has a place for, those who train in another region.",
    "most trainees live near their provider; no study gives a size",
  ),
  response(
    "training.staying",
    "share, 0–1",
    [0, 1],
    0.7,
    "Of the newly qualified, those who look for a post in the region where they trained before any other.",
    "most first posts are near the provider; no table by region is at hand, so the size is assumed",
  ),
];

const fundAndDevelopment: readonly EngineInput[] = [
  policy("recruitment-fund.budget", "£ a year", [0, 5_000_000_000], 0, "The most that is paid in a year."),
  policy("recruitment-fund.payment", "£ a post a year", [500, 50_000], 5000, "What a funded post is paid on top."),
  policy(
    "recruitment-fund.years",
    "years",
    [1, 10],
    3,
    "How many years a post is paid for after its teacher came or was promoted to it.",
  ),
  response(
    "recruitment-fund.attraction",
    "log-weight",
    [0, 3],
    0.3,
    "How much likelier entrants and movers choose a funded post.",
    "payments of this size raise applications to hard-to-fill schools; no study gives a size for England",
  ),
  policy("recruitment-fund.fifths", "fifths of schools", [1, 5], 1, "How many of the most deprived fifths are in."),
  form("recruitment-fund.response-form", 1, "How leaving answers to the payment."),
  response(
    "recruitment-fund.response",
    "elasticity of leaving to pay; logit: log-odds for the whole of pay",
    [-10, 0],
    -3,
    "How leaving answers to the payment as a share of pay.",
    "as the elasticity to pay",
  ),
  response(
    "recruitment-fund.additional",
    "teachers a funded post",
    [0, 1],
    0.05,
    "Entrants who would not have come to any school.",
    "most of a payment to one school is another's loss; no study",
  ),
  policy(
    "development.entitlement",
    "share, 0–1",
    [0, 1],
    0,
    "Share of teachers in their first five years with the entitlement.",
  ),
  policy("development.cost", "£ a teacher a year", [0, 20_000], 1500, "What the programme costs."),
  policy("development.time", "share of the timetable", [0, 0.3], 0.05, "Time off for it, which is taught by others."),
  form("development.response-form", 2, "How leaving in the first five years answers."),
  response(
    "development.response",
    "log-odds",
    [-2, 0],
    -0.08,
    "Added in the first five years with the entitlement.",
    "trials of early-career programmes show small effects on staying",
  ),
];

const payResponse: readonly EngineInput[] = [
  form("pay.response-form", 1, "How leaving answers to pay."),
  response(
    "pay.response",
    "elasticity; logit: log-odds for the whole of pay",
    [-10, 0],
    -2,
    "How leaving answers to a general rise of pay.",
    "from −3 for payments in shortage subjects (Sims and Benhenda 2022) to none in other schemes",
  ),
  response(
    "pay.entry-response",
    "elasticity",
    [0, 5],
    1,
    "How recruits and returners answer to a general rise of pay.",
    "between the studies' half and two",
  ),
];

/** What the engine reads about the levers and the responses to them. */
export const leverInputs: readonly EngineInput[] = [
  ...loans,
  ...benefit,
  ...sabbaticals,
  ...training,
  ...fundAndDevelopment,
  ...payResponse,
];
