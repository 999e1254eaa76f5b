import { createRequire } from "node:module";
import type { Highs } from "highs";
import { err, ok, type Problem, type Progress, type Result } from "../../kernel/index.js";
import {
  type Assignment,
  type AssignmentInput,
  assignmentCost,
  loadLimits,
  type Outing,
  outingsOf,
  pairKey,
  pairKilometres,
  visitCost,
} from "./plan.js";
import { problem } from "./problems.js";
import { distance } from "./sites.js";

// Its types describe the CommonJS build, which an import in an ES module would not get.
const loadHighs: typeof import("highs")["default"] = createRequire(import.meta.url)("highs");

/** Cheapest officers with which the search for each school begins; others come in where the prices say that they could help. */
const firstOfficers = 8;
/** Pairs are brought in until none could make the plan cheaper by more than this. */
const priceTolerance = 1e-7;
/** The integer search stops within this share of its own bound. */
const searchGap = 2e-4;
/** Seconds after which the integer search hands over the best that it has, with its gap. */
const searchSeconds = 120;
/** Values that HiGHS calls optimal (7) or stopped at a limit with something found (13: time; 14: iterations). */
const solved = 7;

/** An assignment with the proof of how good it is. */
export interface SolvedAssignment {
  readonly assignment: Assignment;
  readonly cost: number;
  /** No assignment within the loads and bars costs less: the optimum of the linear relaxation over all pairs. */
  readonly bound: number;
  /** Schools that the relaxation would split between officers. */
  readonly split: number;
  /** Pairs that the relaxation and the integer search looked at, of all. */
  readonly pairs: { readonly priced: number; readonly searched: number; readonly all: number };
}

/** One possible pair of school and officer, by their places. */
interface Pair {
  readonly school: number;
  readonly officer: number;
  readonly cost: number;
}

/** The model of some pairs: each school once, each officer's load within limits. */
function modelOf(input: AssignmentInput, pairs: readonly Pair[], whole: boolean) {
  const { schools, officers } = input;
  const limits = loadLimits(input);
  const [numCols, numRows] = [pairs.length, schools.length + officers.length];
  const row = (of: (limit: (typeof limits)[number]) => number) =>
    Float64Array.from({ length: numRows }, (_, k) => (k < schools.length ? 1 : of(limits[k - schools.length]!)));
  const indices = new Int32Array(2 * numCols);
  const values = new Float64Array(2 * numCols);
  pairs.forEach(({ school, officer }, k) => {
    indices[2 * k] = school;
    values[2 * k] = 1;
    indices[2 * k + 1] = schools.length + officer;
    values[2 * k + 1] = schools[school]!.days;
  });
  return {
    numCols,
    numRows,
    colCost: Float64Array.from(pairs, ({ cost }) => cost),
    colLower: new Float64Array(numCols),
    colUpper: new Float64Array(numCols).fill(1),
    rowLower: row(({ least }) => least),
    rowUpper: row(({ most }) => most),
    matrix: {
      format: "csc" as const,
      numRows,
      numCols,
      starts: Int32Array.from({ length: numCols + 1 }, (_, k) => 2 * k),
      indices,
      values,
    },
    ...(whole && { integrality: new Int32Array(numCols).fill(1) }),
  };
}

interface Prices {
  readonly bound: number;
  readonly x: Float64Array;
  readonly ofRow: Float64Array;
}

function relax(highs: Highs, input: AssignmentInput, pairs: readonly Pair[]): Prices | null {
  return highs.withModel(modelOf(input, pairs, false), (model) => {
    model.options.set({ output_flag: false, random_seed: 0 });
    model.run();
    if (model.getModelStatus() !== solved) return null;
    const { colValue, rowDual } = model.getSolution();
    return { bound: model.getObjectiveValue(), x: colValue, ofRow: rowDual };
  });
}

/** What a pair would cost beyond the prices of its school and its officer's days; below nought it could make the plan cheaper. */
function reducedCost(input: AssignmentInput, { school, officer, cost }: Pair, prices: Prices): number {
  const { days } = input.schools[school]!;
  return cost - prices.ofRow[school]! - days * prices.ofRow[input.schools.length + officer]!;
}

/** Every allowed pair; a school with none is a problem. */
function allowedPairs(input: AssignmentInput): Result<readonly (readonly Pair[])[], readonly Problem[]> {
  const problems: Problem[] = [];
  const pairs = input.schools.map((school, j) => {
    const own = input.officers.flatMap((officer, i): Pair[] =>
      input.barred.has(pairKey(officer.charter, school.urn))
        ? []
        : [{ school: j, officer: i, cost: visitCost(input, officer, school) }],
    );
    if (own.length === 0)
      problems.push(
        problem("assignment-nobody", `school ${school.urn}`, "every officer of the region is barred from it"),
      );
    return own.sort((a, b) => a.cost - b.cost || a.officer - b.officer);
  });
  return problems.length > 0 ? err(problems) : ok(pairs);
}

function impossible(input: AssignmentInput): Problem {
  const work = input.schools.reduce((sum, { days }) => sum + days, 0);
  const capacity = input.officers.reduce((sum, { days }) => sum + days, 0);
  return problem(
    "assignment-impossible",
    "the plan",
    `no assignment keeps within the loads and the bars: ${work} days of work, ${capacity} days of ${input.officers.length} officers, loads within ${100 * input.tolerance}% of the even share`,
  );
}

/** Pairs that are taken up to a reduced cost: those that an integer assignment near the bound can use. */
function within(input: AssignmentInput, all: readonly (readonly Pair[])[], prices: Prices, slack: number): Pair[] {
  return all.flat().filter((pair) => reducedCost(input, pair, prices) <= slack);
}

/** The relaxation over all pairs, by bringing in pairs that could help until none does. */
function relaxAll(highs: Highs, input: AssignmentInput, all: readonly (readonly Pair[])[], progress: Progress) {
  let near = firstOfficers;
  let pairs = all.flatMap((own) => own.slice(0, near));
  let taken = new Set(pairs);
  for (;;) {
    const prices = relax(highs, input, pairs);
    if (prices === null) {
      if (pairs.length === all.reduce((sum, own) => sum + own.length, 0)) return null;
      near *= 2; // the loads can't be met with the nearest officers: let more of them in
      pairs = all.flatMap((own) => own.slice(0, near));
      taken = new Set(pairs);
      continue;
    }
    const better = all.flat().filter((pair) => !taken.has(pair) && reducedCost(input, pair, prices) < -priceTolerance);
    progress.note(
      `${pairs.length} pairs, bound ${prices.bound.toFixed(1)} km, ${better.length} pairs could make it less`,
    );
    if (better.length === 0) return { prices, pairs };
    for (const pair of better) taken.add(pair);
    pairs = [...pairs, ...better];
  }
}

/** The best integer assignment among some pairs, or null where HiGHS found none. */
function search(highs: Highs, input: AssignmentInput, pairs: readonly Pair[]): Assignment | null {
  return highs.withModel(modelOf(input, pairs, true), (model) => {
    model.options.set({ output_flag: false, random_seed: 0, mip_rel_gap: searchGap, time_limit: searchSeconds });
    model.run();
    const { colValue } = model.getSolution();
    const assignment = new Int32Array(input.schools.length).fill(-1);
    pairs.forEach(({ school, officer }, k) => {
      if (colValue[k]! > 0.5) assignment[school] = officer;
    });
    return assignment.includes(-1) ? null : assignment;
  });
}

/**
 * Searches among pairs of small reduced cost, and further out where that found nothing or left too wide a gap. With a cost found, no
 * better assignment has a pair whose reduced cost is above the gap, so that the second search loses nothing.
 */
function searchFor(highs: Highs, input: AssignmentInput, all: readonly (readonly Pair[])[], prices: Prices) {
  let slack = (0.2 * prices.bound) / input.schools.length;
  for (;;) {
    const pairs = within(input, all, prices, slack);
    const assignment = search(highs, input, pairs);
    const cost = assignment === null ? Number.POSITIVE_INFINITY : assignmentCost(input, assignment);
    const gap = cost - prices.bound;
    const isFinal = slack === Number.POSITIVE_INFINITY || gap <= Math.max(slack, searchGap * prices.bound);
    if (isFinal) return assignment === null ? null : { assignment, cost, pairs: pairs.length };
    slack = assignment === null ? Number.POSITIVE_INFINITY : gap * (1 + 1e-9);
  }
}

/**
 * Assigns a year's audits: least travel, even loads, nobody where an interest bars.
 *
 * The relaxation in which a school may be split has a basic solution with at most as many split schools as officers, so it is both a
 * sharp bound and nearly an assignment. It is solved over all pairs by bringing pairs in as their prices call for them; the integer
 * search then runs among the pairs of small reduced cost, which is where every assignment near the bound lies. The gap is against
 * the relaxation over all pairs, whatever the search left out.
 */
export async function assignAudits(
  input: AssignmentInput,
  progress: Progress,
): Promise<Result<SolvedAssignment, readonly Problem[]>> {
  const all = allowedPairs(input);
  if (!all.ok) return all;
  if (input.officers.length === 0) return err([impossible(input)]);
  const highs = await loadHighs();
  progress.stage("bounding the journeys");
  const relaxed = relaxAll(highs, input, all.value, progress);
  if (relaxed === null) return err([impossible(input)]);
  const { prices, pairs } = relaxed;
  const split = new Set(
    pairs.filter((_, k) => prices.x[k]! > 1e-6 && prices.x[k]! < 1 - 1e-6).map(({ school }) => school),
  );
  progress.stage("assigning whole schools");
  const searched = searchFor(highs, input, all.value, prices);
  if (searched === null) return err([impossible(input)]);
  const counts = {
    priced: pairs.length,
    searched: searched.pairs,
    all: all.value.reduce((sum, own) => sum + own.length, 0),
  };
  const { assignment, cost } = searched;
  return ok({ assignment, cost, bound: prices.bound, split: split.size, pairs: counts });
}

/** The half days of an officer, two by two so that most kilometres are saved: a matching of largest weight, solved exactly. */
function matchHalfDays(
  highs: Highs,
  input: AssignmentInput,
  officer: number,
  halves: readonly number[],
): readonly (readonly [number, number])[] {
  const { base } = input.officers[officer]!;
  const edges = halves.flatMap((a, x) =>
    halves.slice(x + 1).flatMap((b) => {
      const [from, to] = [input.schools[a]!.at, input.schools[b]!.at];
      const saved = 2 * distance(base, from) + 2 * distance(base, to) - pairKilometres(base, from, to);
      return saved > 1e-9 ? [{ a, b, saved }] : [];
    }),
  );
  if (edges.length === 0) return [];
  const place = new Map(halves.map((j, k) => [j, k]));
  const [numCols, numRows] = [edges.length, halves.length];
  const model = {
    numCols,
    numRows,
    colCost: Float64Array.from(edges, ({ saved }) => -saved),
    colLower: new Float64Array(numCols),
    colUpper: new Float64Array(numCols).fill(1),
    rowLower: new Float64Array(numRows),
    rowUpper: new Float64Array(numRows).fill(1),
    matrix: {
      format: "csc" as const,
      numRows,
      numCols,
      starts: Int32Array.from({ length: numCols + 1 }, (_, k) => 2 * k),
      indices: Int32Array.from(edges.flatMap(({ a, b }) => [place.get(a)!, place.get(b)!])),
      values: new Float64Array(2 * numCols).fill(1),
    },
    integrality: new Int32Array(numCols).fill(1),
  };
  return highs.withModel(model, (solver) => {
    solver.options.set({ output_flag: false, random_seed: 0, time_limit: 10, mip_rel_gap: 1e-6 });
    solver.run();
    const { colValue } = solver.getSolution();
    return edges.filter((_, k) => colValue[k]! > 0.5).map(({ a, b }) => [a, b] as const);
  });
}

/** Every officer's outings under an assignment, half days paired. */
export async function routeAudits(
  input: AssignmentInput,
  assignment: Assignment,
): Promise<readonly (readonly Outing[])[]> {
  const highs = await loadHighs();
  return input.officers.map((officer, i) => {
    const own = input.schools.map((_, j) => j).filter((j) => assignment[j] === i);
    const halves = own.filter((j) => input.schools[j]!.days % 1 !== 0);
    return outingsOf(officer.base, input.schools, own, matchHalfDays(highs, input, i, halves));
  });
}
