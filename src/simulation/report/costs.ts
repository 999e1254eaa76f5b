import type { CompiledParameters, RunResult } from "../engine.js";
import { seriesRow } from "./figures.js";

/** What a proposal costs the state in a year, or would save it. */
export interface ProposalCost {
  /** The proposal's id, or `pay`. */
  readonly proposal: string;
  readonly label: string;
  /** The series that hold the money. */
  readonly series: readonly string[];
  /** Whether the series exist without the proposal, so that only the difference is its cost. */
  readonly differenceOnly: boolean;
}

/** Where the money of each lever is counted. R3's guarantee pays for the same places, so it has no cost of its own. */
export const proposalCosts: readonly ProposalCost[] = [
  { proposal: "R4", label: "National Service Benefit", series: ["benefit-paid"], differenceOnly: false },
  { proposal: "R8", label: "Funded sabbaticals", series: ["sabbatical-cost"], differenceOnly: false },
  { proposal: "R2", label: "Fees and bursaries", series: ["fees-remitted", "bursaries"], differenceOnly: false },
  { proposal: "R5", label: "National Recruitment Fund", series: ["fund-paid"], differenceOnly: false },
  { proposal: "R7", label: "Entitlement to development", series: ["development-cost"], differenceOnly: false },
  { proposal: "A9", label: "Pupil Premium", series: ["premium"], differenceOnly: true },
  { proposal: "F2", label: "Core funding", series: ["funding"], differenceOnly: true },
];

const sumOf = (result: RunResult, series: readonly string[], year: number) =>
  series.reduce((sum, name) => sum + seriesRow(result, name, "england", "england")[year]!, 0);

/** Pounds in which all of pay above its path is counted: the uplift's share of pay and of what employers add to it. */
function payCost(result: RunResult, parameters: CompiledParameters, year: number): number {
  const row = parameters.names.indexOf("pay.uplift");
  if (row < 0) throw new RangeError('the parameters have no "pay.uplift"');
  const uplift = parameters.values[row * parameters.years + year]!;
  return (sumOf(result, ["pay", "employer-costs"], year) * uplift) / (1 + uplift) / 100;
}

/**
 * What each proposal costs by year, in pounds of the year: cost × year, row-major, in the order of {@link proposalCosts} and pay last.
 * Money that a proposal moves without spending it (the pay of teachers who stay because of it) isn't a cost of the proposal. NaN where
 * the part that counts it wasn't run.
 */
export function costsOf(scenario: RunResult, baseline: RunResult, parameters: CompiledParameters): Float64Array {
  const { years } = scenario;
  const costs = new Float64Array((proposalCosts.length + 1) * years);
  for (let year = 0; year < years; year++) {
    proposalCosts.forEach(({ series, differenceOnly }, c) => {
      const before = differenceOnly ? sumOf(baseline, series, year) : 0;
      costs[c * years + year] = (sumOf(scenario, series, year) - before) / 100;
    });
    costs[proposalCosts.length * years + year] = payCost(scenario, parameters, year);
  }
  return costs;
}
