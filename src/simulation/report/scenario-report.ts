import {
  type CostPerTeacherYear,
  costPerTeacherYear,
  type NoRatio,
  orderedBars,
  type RankRegression,
  type RunKind,
  type RunPlan,
  rankRegression,
  sortedQuantile,
  type TornadoBar,
} from "../uncertainty/index.js";
import { hypercubeDimension } from "../uncertainty/latin-hypercube.js";
import { proposalCosts } from "./costs.js";
import { headlineFigures } from "./figures.js";

/** What one planned pair of runs came to. */
export interface RunFigures {
  /** Position in the plan. */
  readonly run: number;
  /** figure × year, without and with the scenario */
  readonly baseline: Float64Array;
  readonly scenario: Float64Array;
  /** cost × year, pounds */
  readonly costs: Float64Array;
}

/** Where a figure lies. */
export interface Band {
  readonly low: number;
  readonly high: number;
}

/** Bands by what is uncertain; null for what wasn't looked at. */
export interface Bands {
  /** Central 90% over the draws of the parameters. */
  readonly parameters: Band | null;
  /** Central 90% over other luck. */
  readonly chance: Band | null;
  /** From the least to the greatest over the forms of responses. */
  readonly structure: Band | null;
}

/** One figure in one year. */
export interface FigureYear {
  readonly figure: string;
  readonly year: number;
  /** At the declared parameters. */
  readonly baseline: number;
  readonly scenario: number;
  readonly difference: number;
  readonly level: Bands;
  readonly effect: Bands;
}

/** What drives the effect on one figure. */
export interface Tornado {
  readonly figure: string;
  readonly year: number;
  /** Whether the bars are of the scenario's effect, or of the figure itself where the scenario changes nothing. */
  readonly of: "effect" | "level";
  readonly bars: readonly TornadoBar[];
  readonly regression: RankRegression | null;
}

/** Everything that is shown of a scenario's runs. */
export interface ScenarioReport {
  readonly figures: readonly FigureYear[];
  /** By proposal, pounds a year, at the declared parameters; those that cost nothing in any year left out. */
  readonly costs: readonly { readonly proposal: string; readonly label: string; readonly pounds: readonly number[] }[];
  readonly perTeacherYear: CostPerTeacherYear | NoRatio;
  readonly tornado: Tornado | null;
}

type Read = (figures: RunFigures) => number;

const extremes = (values: readonly number[]): Band => ({ low: Math.min(...values), high: Math.max(...values) });
const central = (values: readonly number[]): Band => {
  const sorted = [...values].sort((a, b) => a - b);
  return { low: sortedQuantile(sorted, 0.05), high: sortedQuantile(sorted, 0.95) };
};

/** The figures of each kind of run; the declared one counts among the structures, since it is one. */
function byKind(plan: RunPlan, runs: readonly RunFigures[]): ReadonlyMap<RunKind, readonly RunFigures[]> {
  const kinds = new Map<RunKind, RunFigures[]>();
  for (const figures of runs) {
    const { kind } = plan.runs[figures.run]!;
    kinds.set(kind, [...(kinds.get(kind) ?? []), figures]);
  }
  return kinds;
}

function bandsOf(kinds: ReadonlyMap<RunKind, readonly RunFigures[]>, pick: Read): Bands {
  const band = (kind: RunKind, of: (values: readonly number[]) => Band): Band | null => {
    const values = (kinds.get(kind) ?? []).map(pick).filter(Number.isFinite);
    return values.length < 2 ? null : of(values);
  };
  return {
    parameters: band("parameters", central),
    chance: band("chance", central),
    structure: band("structure", extremes),
  };
}

const effectAt =
  (at: number): Read =>
  ({ baseline, scenario }) =>
    scenario[at]! - baseline[at]!;
const levelAt =
  (at: number): Read =>
  ({ scenario }) =>
    scenario[at]!;

/**
 * The total cost of a pair of runs over its years, and the extra teacher-years. Costs of a part that a draw didn't run (schools' money) are
 * those of the declared run, which the draws of teachers don't move.
 */
function totals(
  { baseline, scenario, costs }: RunFigures,
  declared: RunFigures,
  years: number,
): { pounds: number; teacherYears: number } {
  const teachers = headlineFigures.findIndex(({ id }) => id === "teachers") * years;
  let [pounds, teacherYears] = [0, 0];
  costs.forEach((cost, c) => {
    pounds += Number.isNaN(cost) ? declared.costs[c]! : cost;
  });
  for (let t = 0; t < years; t++) teacherYears += scenario[teachers + t]! - baseline[teachers + t]!;
  return { pounds, teacherYears };
}

/** What moves a figure: one dimension at a time, and by rank regression over the draws. */
function tornadoOf(
  plan: RunPlan,
  kinds: ReadonlyMap<RunKind, readonly RunFigures[]>,
  { figure, at, year, changes, seed }: { figure: string; at: number; year: number; changes: boolean; seed: number },
): Tornado | null {
  const ends = kinds.get("tornado");
  if (!ends || ends.length < 2 * plan.dimensions.length) return null;
  const pick = changes ? effectAt(at) : levelAt(at);
  const numbered = new Map(ends.map((figures) => [plan.runs[figures.run]!.number, pick(figures)]));
  const bars = plan.dimensions.map(({ name }, d) => ({
    dimension: name,
    low: numbered.get(2 * d)!,
    high: numbered.get(2 * d + 1)!,
  }));
  const drawn = kinds.get("parameters") ?? [];
  const draws = plan.runs.filter(({ kind }) => kind === "parameters").length;
  const placesOf = (name: string) => {
    const all = hypercubeDimension(seed, name, draws);
    return drawn.map(({ run }) => all[plan.runs[run]!.number]!); // of those that have come in
  };
  const regression = rankRegression(
    plan.dimensions.map(({ name }) => placesOf(name)),
    drawn.map(pick),
  );
  return { figure, year, of: changes ? "effect" : "level", bars: orderedBars(bars), regression };
}

/**
 * The report of a scenario from the figures of its runs, whichever have come in: the declared one has to be among them.
 * @param about the first year of the runs, how many there are, the scenario's seed, and whether it changes anything
 * @throws {RangeError} when the declared run is missing
 */
export function scenarioReport(
  plan: RunPlan,
  runs: readonly RunFigures[],
  about: { readonly first: number; readonly years: number; readonly seed: number; readonly changes: boolean },
): ScenarioReport {
  const { first, years, seed, changes } = about;
  const kinds = byKind(plan, runs);
  const declared = kinds.get("declared")?.[0];
  if (!declared) throw new RangeError("the run at the declared parameters is missing");
  const figures = headlineFigures.flatMap(({ id }, f) =>
    Array.from({ length: years }, (_, t): FigureYear => {
      const at = f * years + t;
      const [baseline, scenario] = [declared.baseline[at]!, declared.scenario[at]!];
      const [level, effect] = [levelAt(at), effectAt(at)].map((pick) => bandsOf(kinds, pick));
      return {
        figure: id,
        year: first + t,
        baseline,
        scenario,
        difference: scenario - baseline,
        level: level!,
        effect: effect!,
      };
    }),
  );
  const drawn = kinds.get("parameters") ?? [declared];
  const sums = drawn.map((one) => totals(one, declared, years));
  const costNames = [...proposalCosts, { proposal: "pay", label: "Pay above its path" }];
  return {
    figures,
    costs: costNames
      .map(({ proposal, label }, c) => ({
        ...{ proposal, label },
        pounds: Array.from(declared.costs.subarray(c * years, (c + 1) * years)),
      }))
      .filter(({ pounds }) => pounds.some((sum) => Number.isFinite(sum) && sum !== 0)),
    perTeacherYear: costPerTeacherYear(
      sums.map(({ pounds }) => pounds),
      sums.map(({ teacherYears }) => teacherYears),
    ),
    tornado: tornadoOf(plan, kinds, { figure: "teachers", at: years - 1, year: first + years - 1, changes, seed }),
  };
}
