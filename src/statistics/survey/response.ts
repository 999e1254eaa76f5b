import type { Outcome, SurveyFault } from "./fault.js";
import type { Labels } from "./strata.js";
import { solveSymmetric } from "./taylor.js";

/** What became of a drawn unit: itself in, its first or second replacement in, or neither. Units found out of scope are `out`. */
export type UnitOutcome = "original" | "first-replacement" | "second-replacement" | "none" | "out";

/** Response rates, 0–1; null where nobody was asked. */
export interface ResponseRates {
  readonly unitsBefore: number | null;
  readonly unitsAfter: number | null;
  readonly persons: number | null;
  /** Products of the rates of units and persons. */
  readonly overallBefore: number | null;
  readonly overallAfter: number | null;
}

/** One drawn unit's part in the rates. */
export interface UnitResponse {
  readonly outcome: UnitOutcome;
  /** Inverse of the unit's selection probability. */
  readonly weight: number;
  /** Persons in it that belong to the population. */
  readonly size: number;
  /** Persons drawn in the unit that took part; those who had left or were excluded are counted in neither. */
  readonly personsDrawn: number;
  readonly personsResponding: number;
  /** Weight of each drawn person (unit's × within). */
  readonly personWeight: number;
}

const share = (part: number, whole: number) => (whole > 0 ? part / whole : null);
const times = (a: number | null, b: number | null) => (a === null || b === null ? null : a * b);

/**
 * Response rates before and after replacement as TIMSS, PIRLS and PISA report them (Methods and Procedures, ch. "Sampling"; PISA Technical
 * Report, ch. "Sampling outcomes"): replacements never count as originals; weighted by unit weight × persons for units, by person weight for persons.
 */
export function responseRates(units: readonly UnitResponse[], weighted: boolean): ResponseRates {
  let [before, after, asked, drawn, responding] = [0, 0, 0, 0, 0];
  for (const { outcome, weight, size, personsDrawn, personsResponding, personWeight } of units) {
    if (outcome === "out") continue;
    const w = weighted ? weight * size : 1;
    asked += w;
    if (outcome === "original") before += w;
    if (outcome === "none") continue;
    after += w;
    drawn += personsDrawn * (weighted ? personWeight : 1);
    responding += personsResponding * (weighted ? personWeight : 1);
  }
  const [unitsBefore, unitsAfter, persons] = [share(before, asked), share(after, asked), share(responding, drawn)];
  return {
    unitsBefore,
    unitsAfter,
    persons,
    overallBefore: times(unitsBefore, persons),
    overallAfter: times(unitsAfter, persons),
  };
}

/** A cell of the adjustment, made of one or more of the cells that were given. */
export interface ResponseCell {
  readonly cells: readonly string[];
  readonly drawn: number;
  readonly responding: number;
  /** Weight of all over weight of respondents, in the whole sample. */
  readonly factor: number;
}

/** What {@link nonResponseCells} needs. */
export interface NonResponseOptions {
  readonly weights: Float64Array;
  /** 1 for respondents. Persons out of scope must be left out before. */
  readonly responded: ArrayLike<number>;
  /** Cells in the order in which neighbours may be joined: by name or number, ascending. */
  readonly cells: Labels;
  /** Cells are joined within these only. */
  readonly within?: Labels;
  /** Units that replicates drop: a cell then needs respondents in two of them at the least, so that no replicate leaves it empty. */
  readonly clusters?: Labels;
  /** Respondents a cell at the least; 5 when left out. */
  readonly least?: number;
  /** The largest factor; 2 when left out. */
  readonly most?: number;
}

/** The adjustment, to be run on the weights and on every replicate. */
export interface NonResponseAdjustment {
  readonly cells: readonly ResponseCell[];
  readonly cautions: readonly string[];
  /** Respondents' weights carry their cell; others get 0. Refuses where a replicate leaves a cell without respondents. */
  adjust(weights: Float64Array): Outcome<Float64Array>;
}

interface OpenCell {
  names: string[];
  members: number[];
}

function read(members: readonly number[], weights: Float64Array, responded: ArrayLike<number>) {
  let [all, some, responding] = [0, 0, 0];
  for (const i of members) {
    all += weights[i]!;
    if (responded[i] === 1) {
      some += weights[i]!;
      responding++;
    }
  }
  return { responding, factor: some > 0 ? all / some : Number.POSITIVE_INFINITY };
}

const byName = new Intl.Collator("en", { numeric: true }).compare;

/** Joins a parent's cells by the collapsing rule; says what it did. */
function joinCells(
  parent: string,
  home: ReadonlyMap<string, number[]>,
  { weights, responded, clusters, least = 5, most = 2 }: NonResponseOptions,
  cautions: string[],
): OpenCell[] {
  const unitsOf = (members: readonly number[]) =>
    clusters ? new Set(members.filter((i) => responded[i] === 1).map((i) => String(clusters[i]))).size : 2;
  const open: OpenCell[] = [...home]
    .sort(([a], [b]) => byName(a, b))
    .map(([name, members]) => ({ names: [name], members }));
  for (;;) {
    const states = open.map(({ members }) => ({ ...read(members, weights, responded), units: unitsOf(members) }));
    const failing = states
      .map((state, c) => ({ ...state, c }))
      .filter(({ responding, factor, units }) => responding < least || factor > most || units < 2)
      .sort((a, b) => a.responding - b.responding || b.factor - a.factor)[0];
    if (!failing) return open;
    if (open.length === 1) {
      cautions.push(
        `${parent === "" ? "all cells" : parent} joined have ${failing.responding} respondents and a factor of ${failing.factor.toPrecision(3)}, outside the rule (at least ${least}, at most ${most})`,
      );
      return open;
    }
    const distance = (c: number) =>
      open[c] ? Math.abs(Math.min(states[c]!.factor, 1e9) - Math.min(failing.factor, 1e9)) : Number.POSITIVE_INFINITY;
    const into = distance(failing.c - 1) <= distance(failing.c + 1) ? failing.c - 1 : failing.c + 1;
    const [a, b] = [Math.min(into, failing.c), Math.max(into, failing.c)];
    const [one, other] = [open[a]!, open[b]!];
    cautions.push(
      `cells ${one.names.join("+")} and ${other.names.join("+")}${parent === "" ? "" : ` of ${parent}`} are joined`,
    );
    open.splice(a, 2, { names: [...one.names, ...other.names], members: [...one.members, ...other.members] });
  }
}

/**
 * Adjustment for non-response in cells. The collapsing rule: within its parent, the cell that fails most (fewest respondents; then largest
 * factor) is joined with the neighbour in order whose factor is nearest, until every cell has enough respondents and no factor is too large,
 * or the parent is one cell. The joined cells are settled on the whole sample and kept in the replicates.
 */
export function nonResponseCells(options: NonResponseOptions): NonResponseAdjustment {
  const { weights, responded, cells, within } = options;
  const parents = new Map<string, Map<string, number[]>>();
  for (let i = 0; i < weights.length; i++) {
    const parent = within ? String(within[i]) : "";
    const home = parents.get(parent) ?? new Map<string, number[]>();
    parents.set(parent, home);
    const cell = home.get(String(cells[i]));
    if (cell) cell.push(i);
    else home.set(String(cells[i]), [i]);
  }
  const cautions: string[] = [];
  const settled = [...parents].flatMap(([parent, home]) => joinCells(parent, home, options, cautions));
  return {
    cautions,
    cells: settled.map(({ names, members }) => ({
      cells: names,
      drawn: members.length,
      ...read(members, weights, responded),
    })),
    adjust(column) {
      const adjusted = new Float64Array(column.length);
      const faults: SurveyFault[] = [];
      for (const { names, members } of settled) {
        const { factor } = read(members, column, responded);
        if (factor === Number.POSITIVE_INFINITY) {
          if (members.some((i) => column[i]! > 0))
            faults.push({
              code: "survey-cell-empty",
              place: `cell ${names.join("+")}`,
              message: "nobody with a weight responded",
              remedy: "Join it with a neighbour, or ask for more respondents a cell",
            });
          continue;
        }
        for (const i of members) if (responded[i] === 1) adjusted[i] = column[i]! * factor;
      }
      return faults.length > 0 ? { ok: false, error: faults } : { ok: true, value: adjusted };
    },
  };
}

/** A logistic regression of response. */
export interface ResponsePropensity {
  readonly coefficients: Float64Array;
  /** Of each person, 0–1. */
  readonly propensities: Float64Array;
  readonly converged: boolean;
}

/**
 * Response propensities by weighted logistic regression (Newton's method).
 * @param columns predictors without the constant, which is added
 * @returns `converged` false where respondents can be told apart perfectly or columns are collinear; then the propensities mean nothing
 */
export function responsePropensity(
  weights: Float64Array,
  responded: ArrayLike<number>,
  columns: readonly Float64Array[],
): ResponsePropensity {
  const rows = [weights.map(() => 1), ...columns];
  const p = rows.length;
  const beta = new Float64Array(p);
  const propensities = new Float64Array(weights.length);
  let converged = false;
  for (let iteration = 0; iteration < 50 && !converged; iteration++) {
    const [cross, score] = [new Float64Array(p * p), new Float64Array(p)];
    for (let i = 0; i < weights.length; i++) {
      const eta = rows.reduce((sum, row, a) => sum + beta[a]! * row[i]!, 0);
      const q = 1 / (1 + Math.exp(-eta));
      propensities[i] = q;
      for (let a = 0; a < p; a++) {
        score[a]! += weights[i]! * ((responded[i] === 1 ? 1 : 0) - q) * rows[a]![i]!;
        for (let b = 0; b < p; b++) cross[a * p + b]! += weights[i]! * q * (1 - q) * rows[a]![i]! * rows[b]![i]!;
      }
    }
    const step = solveSymmetric(cross, score);
    if (!step) break;
    for (let a = 0; a < p; a++) beta[a]! += step[a]!;
    const decrement = step.reduce((sum, s, a) => sum + s * score[a]!, 0);
    const total = weights.reduce((sum, w) => sum + w, 0);
    if (beta.some((b) => !Number.isFinite(b))) break;
    converged = Math.abs(decrement) < 1e-20 * total;
  }
  return { coefficients: beta, propensities, converged };
}

/**
 * Respondents' weights divided by their propensity, scaled so that the sum of all weights stays; run anew on every replicate.
 * @returns refused where the regression doesn't converge, or a propensity is below `least` (0.1 when left out)
 */
export function propensityAdjustment(
  responded: ArrayLike<number>,
  columns: readonly Float64Array[],
  least = 0.1,
): (weights: Float64Array) => Outcome<Float64Array> {
  return (weights) => {
    const { propensities, converged } = responsePropensity(weights, responded, columns);
    const lowest = propensities.reduce(
      (low, q, i) => (responded[i] === 1 && weights[i]! > 0 ? Math.min(low, q) : low),
      1,
    );
    if (!converged || lowest < least)
      return {
        ok: false,
        error: [
          {
            code: "survey-cell-empty",
            place: "response propensity",
            message: converged
              ? `a respondent's propensity is ${lowest.toPrecision(2)}`
              : "the regression doesn't converge",
            remedy: "Use fewer predictors, or cells",
          },
        ],
      };
    const raised = weights.map((w, i) => (responded[i] === 1 ? w / propensities[i]! : 0));
    const [all, sum] = [weights, raised].map((column) => column.reduce((a, b) => a + b, 0)) as [number, number];
    return { ok: true, value: raised.map((w) => (w * all) / sum) };
  };
}
