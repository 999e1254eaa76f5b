import type { Random } from "../kernel/index.js";
import { normalCdf } from "../statistics/distributions/index.js";
import { assumptions } from "./assumptions.js";
import { quantileAt } from "./distribution.js";
import type { Phase } from "./england.js";
import { neighboursOf } from "./neighbours.js";
import type { Parameters, PhaseParameters } from "./parameters.js";
import type { DraftSchool } from "./schools.js";
import {
  cohortShares,
  grid,
  keyStage2Progress,
  primaryRegions,
  progress8,
  type Quantiles,
  schoolContext,
  secondaryRegions,
} from "./targets/index.js";

/** Kinds of school as the pupils' loop knows them. */
export const placeKind = { mainstream: 0, special: 1, alternative: 2 } as const;

/** The schools of one region that have pupils of one phase, as columns; `school` is the place in the region's list. */
export interface Roll {
  readonly phase: Phase;
  readonly school: Int32Array;
  readonly kind: Uint8Array;
  /** Pupils that leave: cohorts in order, then schools. */
  readonly cohort: Int32Array;
  readonly fsm: Float64Array;
  readonly eal: Float64Array;
  readonly support: Float64Array;
  readonly plan: Float64Array;
  readonly idaci: Float64Array;
  /** Mean prior attainment in raw normal scores. */
  readonly prior: Float64Array;
  /** Pupils come here at the beginning of the window, not before. */
  readonly startsHere: Uint8Array;
  /** Probability that a leaver joined during the window. */
  readonly joining: Float64Array;
  readonly persistent: Float64Array;
  readonly ofYear: Float64Array;
  readonly authority: Float64Array;
  readonly contrast: Float64Array;
  readonly nearest: Int32Array;
  /** Running sums of the weights of the nearest schools, ending in 1. */
  readonly nearestWeight: Float64Array;
  /** Mainstream schools with pupils: where a far move comes from. */
  readonly mainstream: Int32Array;
  /** Alternative provision. */
  readonly alternative: Int32Array;
}

/** Mean and spread over the country's schools of the FSM6 rate, so that a region alone knows where it stands. */
const nationalFsm = {
  primary: pooledMoments(Object.values(primaryRegions)),
  secondary: pooledMoments(Object.values(secondaryRegions)),
};

function pooledMoments(regions: readonly { readonly schools: number; readonly fsm: Quantiles }[]) {
  let [n, sum, square] = [0, 0, 0];
  for (const { schools, fsm } of regions)
    for (let i = 1; i < grid.length; i++) {
      const weight = schools * (grid[i]! - grid[i - 1]!);
      const middle = (fsm[i]! + fsm[i - 1]!) / 200;
      n += weight;
      sum += weight * middle;
      square += weight * middle * middle;
    }
  return { mean: sum / n, deviation: Math.sqrt(square / n - (sum / n) ** 2) };
}

/** The published distribution of schools' intakes, standardised, so that its shape (a few selective schools) stays. */
const intakeShape = (phase: Phase) => {
  const { mean, deviation, quantiles } = (phase === "primary" ? keyStage2Progress : progress8).intake;
  return quantiles.map((value) => (value - mean) / deviation);
};

/**
 * Draws a phase's schools: cohorts, intake and true effects.
 * @param effects one effect for each authority of the region
 */
export function rollOf(
  phase: Phase,
  drafts: readonly DraftSchool[],
  cohorts: number,
  parameters: Parameters,
  effects: ReadonlyMap<string, number>,
  random: Random,
): Roll {
  const own = parameters[phase];
  const members = drafts.map((draft, i) => ({ draft, i })).filter(({ draft }) => servesPhase(draft, phase));
  const n = members.length;
  const numbers = () => new Float64Array(n);
  const roll: Omit<Roll, "nearest" | "nearestWeight" | "mainstream" | "alternative"> = {
    phase,
    school: Int32Array.from(members, ({ i }) => i),
    kind: Uint8Array.from(members, ({ draft }) => kindOf(draft)),
    cohort: new Int32Array(n * cohorts),
    fsm: Float64Array.from(members, ({ draft }) => draft.fsm),
    eal: Float64Array.from(members, ({ draft }) => draft.eal),
    support: Float64Array.from(members, ({ draft }) => draft.senSupport),
    plan: Float64Array.from(members, ({ draft }) => draft.plan),
    idaci: numbers(),
    prior: numbers(),
    startsHere: Uint8Array.from(members, ({ draft }) => (phase === "secondary" || draft.ages === "junior" ? 1 : 0)),
    joining: numbers(),
    persistent: numbers(),
    ofYear: new Float64Array(n * cohorts),
    authority: Float64Array.from(members, ({ draft }) => effects.get(draft.authority) ?? 0),
    contrast: numbers(),
  };
  const shape = intakeShape(phase);
  const churn = numbers();
  members.forEach(({ draft, i }, s) => {
    const draw = random.fork(`school ${i}`);
    const deprivation = (draft.fsm - nationalFsm[phase].mean) / nationalFsm[phase].deviation;
    drawIntake(roll, s, draft, deprivation, own, shape, draw);
    churn[s] = drawChurn(roll, s, deprivation, own, draw);
    drawEffects(roll, s, deprivation, own, parameters.subjects.contrast, cohorts, draw);
    const size = meanCohort(draft, phase) * (roll.kind[s] === placeKind.mainstream ? own.cohortScale : 1);
    const spread = Math.sqrt(keyStage2Progress.cohort.dispersion * size);
    for (let t = 0; t < cohorts; t++) roll.cohort[t * n + s] = Math.max(0, Math.round(size + spread * draw.normal()));
  });
  const mainstream = Int32Array.from(members.keys()).filter((s) => roll.kind[s] === placeKind.mainstream);
  const weight = Float64Array.from(churn, (c, s) => c * roll.cohort[s]!);
  return {
    ...roll,
    ...neighboursOf(
      members.map(({ draft }) => draft.site),
      mainstream,
      weight,
    ),
    mainstream,
    alternative: Int32Array.from(members.keys()).filter((s) => roll.kind[s] === placeKind.alternative),
  };
}

function servesPhase(draft: DraftSchool, phase: Phase): boolean {
  return draft.phase === "all-through" || (draft.phase === phase && draft.ages !== "infant");
}

function kindOf(draft: DraftSchool): number {
  if (draft.kind === "mainstream") return placeKind.mainstream;
  return draft.kind === "special" ? placeKind.special : placeKind.alternative;
}

function meanCohort(draft: DraftSchool, phase: Phase): number {
  if (draft.kind === "special")
    return draft.size * (phase === "primary" ? cohortShares.specialAt11 : cohortShares.specialAt16);
  if (draft.kind !== "mainstream")
    return draft.size * (phase === "primary" ? assumptions.alternativeAt11.value : assumptions.alternativeAt16.value);
  if (phase === "primary") return draft.size * (draft.ages === "junior" ? cohortShares.junior : cohortShares.primary);
  return draft.size * (draft.ages === "sixth-form" ? cohortShares.secondaryWithSixthForm : cohortShares.secondary);
}

type Drawn = Pick<Roll, "kind" | "prior" | "idaci" | "joining" | "persistent" | "ofYear" | "contrast">;

function drawIntake(
  roll: Drawn,
  s: number,
  draft: DraftSchool,
  deprivation: number,
  own: PhaseParameters,
  shape: Quantiles,
  draw: Random,
): void {
  const noise = draw.normal();
  roll.prior[s] =
    roll.kind[s] === placeKind.mainstream
      ? own.intakeDeviation * quantileAt(shape, normalCdf(draft.intake))
      : roll.kind[s] === placeKind.special
        ? own.specialPrior + 0.25 * noise
        : -0.8 + 0.25 * noise;
  const with_ = schoolContext.idaciWithDisadvantaged;
  const poverty = with_ * deprivation + Math.sqrt(1 - with_ * with_) * draw.normal();
  roll.idaci[s] = quantileAt(schoolContext.idaci, normalCdf(poverty));
}

/** Sets the school's joiners and answers how much it is left and joined: mean about 1. */
function drawChurn(roll: Drawn, s: number, deprivation: number, own: PhaseParameters, draw: Random): number {
  const with_ = -schoolContext.stabilityWithDisadvantaged;
  const noise = with_ * deprivation + Math.sqrt(1 - with_ * with_) * draw.normal();
  const churn = Math.exp(own.churn * noise - own.churn ** 2 / 2);
  roll.joining[s] = Math.min(0.6, own.joining * churn);
  return churn;
}

function drawEffects(
  roll: Drawn,
  s: number,
  deprivation: number,
  own: PhaseParameters,
  contrast: number,
  cohorts: number,
  draw: Random,
): void {
  const isMainstream = roll.kind[s] === placeKind.mainstream;
  const with_ = isMainstream ? own.withFsm : 0;
  const noise = draw.normal();
  roll.persistent[s] = own.persistent * (with_ * deprivation + Math.sqrt(1 - with_ * with_) * noise);
  for (let t = 0; t < cohorts; t++) roll.ofYear[t * roll.kind.length + s] = own.ofYear * draw.normal();
  roll.contrast[s] = contrast * draw.normal();
}
