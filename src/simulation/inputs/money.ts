import { regions } from "../classes.js";
import { englandSchools } from "../published/england-schools.js";
import { type EngineInput, input, stepped } from "./input.js";

const rate = "£ a pupil a year";

/** A region's mean pay over England's, November 2020, teachers of the tables weighted by their time. */
function areaOfPay(region: number): number {
  const mean = (cells: readonly { readonly fte: number; readonly pay: number }[]) => {
    const paid = cells.filter((cell) => cell.pay > 0);
    return paid.reduce((a, c) => a + c.fte * c.pay, 0) / paid.reduce((a, c) => a + c.fte, 0);
  };
  const all = englandSchools.cells.map((phase) => phase.map((row) => [...row]));
  return mean(all.flatMap((phase) => phase[region]!)) / mean(all.flat(2));
}

/** Points of the national scale of September 2025 outside London, pounds a year: the first of the main range, and two of the upper. */
const scale2025 = { main1: 32_916, upper1: 47_472, upper2: 49_232 } as const;
const ofMiddle = (pounds: number) => pounds / scale2025.upper2;
/** Steps from the first point of the main range to the first of the upper. */
const mainSteps = 6;
/** Mean pay of a grade over that of all teachers in November 2019, times what the mean of all is over the middle of the upper range. */
const ofMean2019 = (pounds: number) => Number(((1.04 * pounds) / 40_537).toFixed(3));

const pay: readonly EngineInput[] = [
  input(
    "assumption",
    "pay.since-2020",
    "factor",
    [0.8, 2],
    1.23,
    "From the published mean pay of November 2020 to that of the first year, before `pay.growth`.",
    "awards of 2021 to 2025 multiplied (0, 5.4, 6.5, 5.5 and 4.0%); who comes and goes moves the mean too, which is left out",
  ),
  input(
    "assumption",
    "pay.growth",
    "share a year",
    [-0.1, 0.2],
    0.025,
    "Yearly rise of all pay after the first year, without proposals.",
    "as the rates of funding",
  ),
  input(
    "policy",
    "pay.uplift",
    "share of pay",
    [-0.3, 1],
    0,
    "Pay above the path without proposals, in the year.",
    "none",
  ),
  ...(
    [
      ["main-start", "published", ofMiddle(scale2025.main1)],
      ["main-step", "published", ofMiddle((scale2025.upper1 - scale2025.main1) / mainSteps)],
      ["upper", "published", 1],
      ["leader", "assumption", ofMean2019(54_911)],
      ["head", "assumption", ofMean2019(71_655)],
    ] as const
  ).map(([grade, basis, value]) =>
    input(
      basis,
      `pay.${grade}`,
      "share of the middle of the upper range",
      [0.01, 5],
      value,
      grade === "main-step"
        ? "Rise for each of the first six years on the main scale."
        : `Pay of the grade (${grade}).`,
      basis === "published"
        ? "points of the national scale of September 2025 outside London over its second upper point; levels are rescaled so that the published mean holds in the first year"
        : "mean pay of the grade over that of all (£54,911 and £71,655 over £40,537: School workforce in England, November 2019), times 1.04, which the mean of all is taken to be over the middle of the upper range",
    ),
  ),
  ...regions.map((region, r) =>
    input(
      "published",
      `pay.area.${region}`,
      "factor",
      [0.5, 2],
      areaOfPay(r),
      "Pay in the region over England's mean.",
      "School workforce census, November 2020: mean gross pay of schools in the region",
    ),
  ),
  input(
    "assumption",
    "pay.on-costs",
    "share of pay",
    [0, 1],
    0.44,
    "What an employer pays on top.",
    "employer's pension contribution of 28.68% and national insurance of 15% above its threshold",
  ),
];

const deprivationWhy =
  "stands for all factors of deprivation (free meals, free meals in six years, areas): the published formula of 2018/19 gave them £3,022 million beside £24,183 million of basic rates, shared here among disadvantaged pupils (25.9% primary, 27.1% secondary) at the basic rates of 2025";

const funding: readonly EngineInput[] = [
  ...(
    [
      ["primary", 3847],
      ["key-stage-3", 5422],
      ["key-stage-4", 6113],
      ["post-16", 5105],
    ] as const
  ).map(([stage, value]) =>
    input(
      "assumption",
      `funding.basic.${stage}`,
      rate,
      [0, 50_000],
      value,
      "Basic rate of the formula.",
      "basic unit of the national formula of 2025/26 as remembered, since its table was out of reach. Key Stages 3 and 4 have 1.41 and 1.59 times the primary unit; in the published table of 2018/19 (£2,747, £3,863, £4,386) 1.41 and 1.60",
    ),
  ),
  input(
    "assumption",
    "funding.disadvantaged.primary",
    rate,
    [0, 20_000],
    1860,
    "For each disadvantaged pupil.",
    deprivationWhy,
  ),
  input(
    "assumption",
    "funding.disadvantaged.secondary",
    rate,
    [0, 20_000],
    2630,
    "For each disadvantaged pupil.",
    deprivationWhy,
  ),
  input(
    "assumption",
    "funding.support",
    rate,
    [0, 50_000],
    3500,
    "For each pupil with support or a plan.",
    "stands for the factors of low attainment, English and mobility: the published formula of 2018/19 gave them £2,884 million beside £24,183 million of basic rates, shared here among the 16% of pupils with support or a plan at the basic rates of 2025",
  ),
  input(
    "assumption",
    "funding.lump-sum",
    "£ a school a year",
    [0, 2_000_000],
    145_100,
    "For each school.",
    "lump sum of the national formula of 2025/26 as remembered, since its table was out of reach; £110,000 in the published table of 2018/19",
  ),
  input(
    "assumption",
    "funding.growth",
    "share a year",
    [-0.1, 0.2],
    0.025,
    "Yearly rise of all rates.",
    "about the forecast of prices and pay",
  ),
  input(
    "policy",
    "funding.transition",
    "share, 0–1",
    [0, 1],
    0,
    "How much of the distance between a school's present funding and the formula is closed by the year.",
    "no proposal",
  ),
  input(
    "policy",
    "funding.floor",
    "share a year",
    [-0.5, 0.2],
    0.005,
    "The least growth per pupil on the year before that a school is guaranteed while funding moves.",
    "minimum funding guarantee of 2024/25",
  ),
  input(
    "policy",
    "premium.primary",
    rate,
    [0, 20_000],
    stepped([
      ...([
        [2010, 0],
        [2011, 488],
        [2012, 623],
        [2013, 953],
        [2014, 1300],
        [2015, 1320],
      ] as const),
      ...([
        [2020, 1345],
        [2022, 1385],
        [2023, 1455],
        [2024, 1480],
        [2025, 1515],
      ] as const),
    ]),
    "Pupil premium for each disadvantaged pupil.",
    "rates by financial year; that of 2025/26 is held in cash",
  ),
  input(
    "policy",
    "premium.secondary",
    rate,
    [0, 20_000],
    stepped([
      ...([
        [2010, 0],
        [2011, 488],
        [2012, 623],
        [2013, 900],
        [2014, 935],
      ] as const),
      ...([
        [2020, 955],
        [2022, 985],
        [2023, 1035],
        [2024, 1050],
        [2025, 1075],
      ] as const),
    ]),
    "Pupil premium for each disadvantaged pupil.",
    "rates by financial year; that of 2025/26 is held in cash",
  ),
];

/** What the engine reads about pay and funding. */
export const moneyInputs: readonly EngineInput[] = [...pay, ...funding];
