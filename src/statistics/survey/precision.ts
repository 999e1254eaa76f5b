import { normalQuantile } from "../distributions/index.js";

/** A stratum of the population that a sample is planned for. */
export interface PlannedStratum {
  readonly name: string;
  readonly units: number;
  readonly persons: number;
  /** Share of its persons who belong to the subgroup, 0–1. */
  readonly subgroup: number;
}

/** What is to be measured: a score, or a share (then the standard deviation is √(p(1 − p))). */
export interface PlannedOutcome {
  /** Of everybody, of the subgroup and of the others, in the outcome's unit. */
  readonly sd: { readonly all: number; readonly subgroup: number; readonly others: number };
  /** Share of the variance that lies between units of a stratum: what is left of the intraclass correlation after stratification, 0–1. */
  readonly icc: number;
  /** Correlation of the two groups' unit effects: 1 when a good unit is as good for both, and then it leaves the gap; 0 when they are unrelated. */
  readonly groupCorrelation: number;
  /** What measurement multiplies the sampling variance by, 1 ÷ (1 − λ), ≥ 1. */
  readonly inflation: number;
}

/** A share at a standard as an outcome. @param shares 0–1 */
export function shareOutcome(
  shares: { readonly all: number; readonly subgroup: number; readonly others: number },
  rest: Omit<PlannedOutcome, "sd">,
): PlannedOutcome {
  const sd = (p: number) => Math.sqrt(p * (1 - p));
  return { ...rest, sd: { all: sd(shares.all), subgroup: sd(shares.subgroup), others: sd(shares.others) } };
}

/** A sample that is thought of. */
export interface PlannedDesign {
  readonly strata: readonly PlannedStratum[];
  /** Units drawn in each stratum. */
  readonly unitsDrawn: readonly number[];
  /** Persons drawn in a unit, as far as it has them. */
  readonly personsPerUnit: number;
  /** Shares that take part, 0–1: of units after replacement, of persons in them. */
  readonly unitResponse: number;
  readonly personResponse: number;
  /** Standard deviation of the subgroup's share between units of a stratum; `even` for the same number of its persons in every unit. */
  readonly subgroupSpread: number | "even";
}

/** Two cycles with the same design. */
export interface PlannedTrend {
  /** Share of the units that are in both cycles. */
  readonly overlap: number;
  /** Correlation of a unit's effect between the cycles. */
  readonly unitCorrelation: number;
  /** Variance of the link as it moves the mean, and as it moves the gap; in the outcome's squared unit. */
  readonly linkingVariance: number;
  readonly linkingVarianceOfGap: number;
  /** Two-sided, and the chance to find a change of the smallest detectable size. */
  readonly alpha: number;
  readonly power: number;
}

/** A planned figure. */
export interface PlannedFigure {
  readonly standardError: number;
  /** Of the 95 % interval. */
  readonly halfWidth: number;
  /** Standard error of its change between two cycles, and the smallest change that is found with the power. */
  readonly changeError: number;
  readonly smallestDetectable: number;
}

/** What a design gives. */
export interface PlannedPrecision {
  /** Expected, after non-response. */
  readonly units: number;
  readonly persons: number;
  readonly subgroupPersons: number;
  /** Kish's effect of unequal weights between strata, ≥ 1. */
  readonly weightingEffect: number;
  readonly all: PlannedFigure;
  /** Null where nobody (or everybody) is in the subgroup. */
  readonly subgroup: PlannedFigure | null;
  readonly others: PlannedFigure | null;
  /** Subgroup less others. */
  readonly gap: PlannedFigure | null;
}

/** A variance in its two components. */
interface Components {
  readonly between: number;
  readonly within: number;
}

/** Numbers of one group taken in a unit: mean, and mean square over squared mean. */
function takeOf(m: number, share: number, spread: number | "even") {
  const mean = m * share;
  if (spread === "even") return { mean, square: 1 };
  // Binomial about a share that varies between units.
  return { mean, square: 1 / mean + ((m - 1) / m) * (1 + (spread / share) ** 2) };
}

function figureOf({ between, within }: Components, trend: PlannedTrend, linking: number): PlannedFigure {
  const variance = between + within;
  const change = 2 * variance - 2 * trend.overlap * trend.unitCorrelation * between + linking;
  const standardError = Math.sqrt(variance);
  const changeError = Math.sqrt(change);
  return {
    standardError,
    halfWidth: normalQuantile(0.975) * standardError,
    changeError,
    smallestDetectable: (normalQuantile(1 - trend.alpha / 2) + normalQuantile(trend.power)) * changeError,
  };
}

function faultOf(
  { icc, groupCorrelation, inflation }: PlannedOutcome,
  design: PlannedDesign,
  trend: PlannedTrend,
): string | null {
  const within = (x: number, low: number, high: number) => x >= low && x <= high;
  if (!within(icc, 0, 1) || !within(groupCorrelation, -1, 1) || !(inflation >= 1))
    return `icc ${icc}, group correlation ${groupCorrelation} or inflation ${inflation}`;
  if (design.unitsDrawn.length !== design.strata.length)
    return `${design.unitsDrawn.length} numbers of units for ${design.strata.length} strata`;
  if (!(within(design.unitResponse, 1e-6, 1) && within(design.personResponse, 1e-6, 1) && design.personsPerUnit >= 1))
    return `responses ${design.unitResponse}, ${design.personResponse} or persons ${design.personsPerUnit}`;
  if (
    !(
      within(trend.overlap, 0, 1) &&
      within(trend.unitCorrelation, -1, 1) &&
      trend.linkingVariance >= 0 &&
      trend.linkingVarianceOfGap >= 0
    )
  )
    return `overlap ${trend.overlap}, correlation ${trend.unitCorrelation} or the link`;
  if (!(trend.alpha > 0 && trend.alpha < 1 && trend.power > 0 && trend.power < 1))
    return `alpha ${trend.alpha} or power ${trend.power}`;
  return null;
}

/** A stratum with its units and the persons taken in each, after non-response. */
interface PlannedRow extends PlannedStratum {
  readonly n: number;
  readonly m: number;
}

/** The gap's components: both groups' less twice what their shared units have in common. */
function gapOf(
  rows: readonly PlannedRow[],
  members: number,
  rest: number,
  subgroup: Components,
  others: Components,
  { icc, groupCorrelation, inflation, sd }: PlannedOutcome,
  spread: number | "even",
): Components {
  let common = 0;
  for (const { persons, subgroup: s, n, m } of rows) {
    if (s <= 0 || s >= 1) continue;
    const weights = ((persons * s) / members) * ((persons * (1 - s)) / rest);
    const together = spread === "even" ? 1 : ((m - 1) / m) * (1 - spread ** 2 / (s * (1 - s)));
    common += (inflation * weights * groupCorrelation * icc * sd.subgroup * sd.others * together) / n;
  }
  return {
    between: Math.max(0, subgroup.between + others.between - 2 * common),
    within: subgroup.within + others.within,
  };
}

/**
 * Precision of a mean (or share), of a subgroup's, of the gap between the subgroup and the others, and of their changes between two cycles,
 * before anything is drawn. Units with equal takes m of a stratum: Var = Σ_h W_h²·σ²·(1 + (m_h − 1)ρ) ÷ (n_h·m_h) (Kish 1965, 5.4 and 8.2);
 * subgroup takes vary binomially about a share that varies between units; unit effects of both groups may go together. As if units were drawn
 * with replacement, so a little careful where many are drawn of few. Strata without drawn units are left out of the population.
 *
 * @throws {RangeError} when a parameter is outside its range.
 */
export function planPrecision(design: PlannedDesign, outcome: PlannedOutcome, trend: PlannedTrend): PlannedPrecision {
  const wrong = faultOf(outcome, design, trend);
  if (wrong) throw new RangeError(`planning parameters out of range: ${wrong}`);
  const { icc, inflation, sd } = outcome;
  const rows: PlannedRow[] = design.strata
    .map((stratum, h) => ({
      ...stratum,
      n: design.unitsDrawn[h]! * design.unitResponse,
      m: Math.max(
        1,
        Math.min(design.personsPerUnit, stratum.persons / Math.max(1, stratum.units)) * design.personResponse,
      ),
    }))
    .filter(({ n, persons }) => n > 0 && persons > 0);
  const persons = rows.reduce((sum, row) => sum + row.persons, 0);
  if (persons === 0) throw new RangeError("no stratum with persons has units drawn");
  const members = rows.reduce((sum, row) => sum + row.persons * row.subgroup, 0);

  const groupOf = (share: (row: PlannedRow) => number, total: number, deviation: number): Components | null => {
    if (total <= 0) return null;
    let [between, within] = [0, 0];
    for (const row of rows) {
      const s = share(row);
      if (s <= 0) continue;
      const weight = (row.persons * s) / total;
      const { mean, square } = s === 1 ? { mean: row.m, square: 1 } : takeOf(row.m, s, design.subgroupSpread);
      const variance = (inflation * weight ** 2 * deviation ** 2) / row.n;
      between += variance * icc * square;
      within += (variance * (1 - icc)) / mean;
    }
    return { between, within };
  };
  const all = groupOf(() => 1, persons, sd.all)!;
  const subgroup = groupOf((row) => row.subgroup, members, sd.subgroup);
  const others = groupOf((row) => 1 - row.subgroup, persons - members, sd.others);
  const gap =
    subgroup && others && gapOf(rows, members, persons - members, subgroup, others, outcome, design.subgroupSpread);
  const drawn = rows.map(({ n, m }) => n * m);
  const sample = drawn.reduce((a, b) => a + b, 0);
  const squares = rows.reduce((sum, row, h) => sum + (row.persons / persons) ** 2 / drawn[h]!, 0);
  return {
    units: rows.reduce((sum, { n }) => sum + n, 0),
    persons: sample,
    subgroupPersons: rows.reduce((sum, row, h) => sum + drawn[h]! * row.subgroup, 0),
    weightingEffect: sample * squares,
    all: figureOf(all, trend, trend.linkingVariance),
    subgroup: subgroup && figureOf(subgroup, trend, trend.linkingVariance),
    others: others && figureOf(others, trend, trend.linkingVariance),
    gap: gap && figureOf(gap, trend, trend.linkingVarianceOfGap),
  };
}
