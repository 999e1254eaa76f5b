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

const pay: readonly EngineInput[] = [
  input(
    "assumption",
    "pay.since-2020",
    "factor",
    [0.8, 2],
    1.23,
    "From the published mean pay of November 2020 to that of the first year, before `pay.growth`.",
    "awards of 2021 to 2025 multiplied (0, 5.4, 6.5, 5.5 and 4.0%)",
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
      ["main-start", 0.665],
      ["main-step", 0.05],
      ["upper", 1.0],
      ["leader", 1.32],
      ["head", 1.75],
    ] as const
  ).map(([grade, value]) =>
    input(
      "assumption",
      `pay.${grade}`,
      "share of mean pay",
      [0.01, 5],
      value,
      grade === "main-step"
        ? "Rise for each of the first six years on the main scale."
        : `Pay of the grade (${grade}).`,
      "the national pay points of 2025 over mean pay, rounded; levels are rescaled so that the published mean holds in the first year",
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
      "basic unit of the national formula of 2025, from memory of its table; to be checked against it",
    ),
  ),
  input(
    "assumption",
    "funding.disadvantaged.primary",
    rate,
    [0, 20_000],
    1210,
    "For each disadvantaged pupil.",
    "factor for free meals in six years, of the national formula; to be checked against it",
  ),
  input(
    "assumption",
    "funding.disadvantaged.secondary",
    rate,
    [0, 20_000],
    1745,
    "For each disadvantaged pupil.",
    "factor for free meals in six years, of the national formula; to be checked against it",
  ),
  input(
    "assumption",
    "funding.support",
    rate,
    [0, 50_000],
    1200,
    "For each pupil with support or a plan.",
    "stands for the factor of low prior attainment",
  ),
  input(
    "assumption",
    "funding.lump-sum",
    "£ a school a year",
    [0, 2_000_000],
    145_100,
    "For each school.",
    "lump sum of the national formula of 2025; to be checked against it",
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
    "minimum funding guarantee of 2024: 0.5%",
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
    "rate of 2025",
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
    "rate of 2025",
  ),
];

/** What the engine reads about pay and funding. */
export const moneyInputs: readonly EngineInput[] = [...pay, ...funding];
