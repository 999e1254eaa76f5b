import { ok, type Problem, type Progress, type Result, silent } from "../../kernel/index.js";
import { FormulaError } from "../../statistics/formula/index.js";
import { DesignError } from "../../statistics/mixed-model/index.js";
import type { Crew } from "../../statistics/parallel/index.js";
import {
  type AlternativeCode,
  type AlternativeFigure,
  type AlternativeMeasure,
  type AlternativesWanted,
  alternativeWords,
  chosenAlternatives,
} from "./alternative.js";
import { cohortsOf } from "./cohorts.js";
import { designFor, type ValueAddedDesign } from "./design.js";
import { designProblems, fitDesign, type MeasureTables } from "./fit-design.js";
import { type LastSchools, lastSchoolsOf } from "./last-school.js";
import type { ValueAddedMeasure } from "./measure.js";
import { lastTwoYears, type OtherTime, otherUnit } from "./mobility-window.js";
import {
  type MethodFigures,
  progress8Of,
  progressByTime,
  progressOfPupils,
  residualDeviation,
  unshrunkenMeans,
} from "./published-methods.js";
import type { PupilsUsed } from "./pupils-used.js";
import { membershipOf, type SchoolMembership } from "./school-membership.js";
import { partsBySchool, publishedParts } from "./school-years.js";
import type { MeasureSpecification } from "./specification.js";
import { type Stability, stabilityOf } from "./stability.js";
import { type FittedValueAdded, fitValueAdded } from "./value-added.js";
import {
  contextualShape,
  latestYearOnly,
  membershipAt,
  otherIntake,
  type Variant,
  type VariantOrReason,
  withoutContext,
} from "./variants.js";

/** A measure with the same schools measured in other ways, and how far its years agree. */
export interface ComparedMeasure {
  readonly measure: ValueAddedMeasure;
  readonly alternatives: readonly AlternativeMeasure[];
  /** Null where schools have no years of their own. */
  readonly stability: Stability | null;
}

/** What refits need of the measure in force; its design and fit are let go before they begin. */
interface Kept {
  readonly specification: MeasureSpecification;
  readonly tables: MeasureTables;
  readonly used: PupilsUsed;
  readonly membership: SchoolMembership;
  readonly response: Float64Array;
  /** The last schools, found once and only if some alternative asks. */
  readonly lastSchools: () => Result<LastSchools, readonly Problem[]>;
  /** Who fits. */
  readonly crew: Crew | undefined;
}

type Made = MethodFigures | string;

const inWords = (problems: readonly Problem[]) =>
  `It can't be computed: ${problems.map(({ message }) => message).join("; ")}.`;

/** Figures of every school with pupils, from a model fitted anew; or why not. */
function refit(variant: Variant, kept: Kept, membership: SchoolMembership, how: string): Made {
  const { places, specification, pupils } = variant;
  const rows = places ? Int32Array.from(places, (i) => kept.used.rows[i]!) : kept.used.rows;
  const own = places ? membershipAt(membership, places) : membership;
  let made: ValueAddedDesign;
  try {
    made = designFor(specification, pupils, { rows, leftOut: [] }, own, cohortsOf(specification, pupils));
  } catch (error) {
    if (!(error instanceof FormulaError)) throw error;
    return `It can't be fitted: ${error.reason}.`;
  }
  const values = places ? Float64Array.from(places, (i) => kept.response[i]!) : kept.response;
  const chosen: ValueAddedDesign = { ...made, model: { ...made.model, response: { ...made.model.response, values } } };
  const faults = designProblems(specification, chosen, pupils);
  if (faults.length > 0) return `It can't be fitted: ${faults.map(({ message }) => message).join("; ")}.`;
  try {
    const { design, fit } = fitDesign(specification, chosen, pupils, silent, kept.crew);
    if (!fit.convergence.converged) return `The fit did not converge: ${fit.convergence.reason}.`;
    const cohorts = partsBySchool(design);
    const lasting = fit.randomEffects[0]!;
    const time = timeAt(design.membership, rows.length);
    const figures = design.membership.schools.flatMap((school, s): AlternativeFigure[] => {
      if (!(time[s]! > 0)) return [];
      const effects = publishedParts(specification, design, s, cohorts[s]!);
      const { estimate, predictionError } =
        effects.length > 1
          ? fit.combine(effects)
          : { estimate: lasting.estimate[s]!, predictionError: lasting.predictionError[s]! };
      return [{ school, valueAdded: estimate, predictionError, pupilEquivalents: time[s]! }];
    });
    return { figures, pupils: rows.length, how };
  } catch (error) {
    if (error instanceof DesignError) return `It can't be fitted: ${error.message}`;
    throw error;
  }
}

/** The sum of shares at each school. */
function timeAt({ schools, start, school, share }: SchoolMembership, pupils: number): Float64Array {
  const time = new Float64Array(schools.length);
  for (let e = 0; e < (start ? start[pupils]! : pupils); e++)
    if (school[e]! >= 0) time[school[e]!]! += share ? share[e]! : 1;
  return time;
}

function refitOf(code: AlternativeCode, kept: Kept): Made {
  const { specification, tables, used, membership } = kept;
  const { pupils } = tables;
  const byLastSchool = (variant: VariantOrReason): Made => {
    if (typeof variant === "string") return variant;
    const last = kept.lastSchools();
    if (!last.ok) return inWords(last.error);
    return refit(variant, kept, last.value.membership, `${variant.how} Each pupil counts wholly ${last.value.words}.`);
  };
  if (code === "last-school") {
    if (!membership.start) return "Each pupil counts wholly at one school already.";
    return byLastSchool({ specification, pupils, places: null, how: "The same model, fitted anew." });
  }
  const byOtherTime = (time: OtherTime): Made => {
    if (typeof time === "string") return time;
    const other = membershipOf({ ...specification, membership: time.membership }, pupils, tables.membership, used.rows);
    if (!other.ok) return inWords(other.error);
    return refit({ specification, pupils, places: null, how: time.how }, kept, other.value, time.how);
  };
  if (code === "last-two-years") return byOtherTime(lastTwoYears(specification));
  if (code === "other-unit") return byOtherTime(otherUnit(specification));
  if (code === "contextual-2010") return byLastSchool(contextualShape(specification, pupils));
  const variant =
    code === "no-context"
      ? withoutContext(specification, pupils)
      : code === "one-year"
        ? latestYearOnly(specification, pupils, used)
        : otherIntake(specification, pupils);
  return typeof variant === "string" ? variant : refit(variant, kept, membership, variant.how);
}

/** Those alternatives that need no new fit; the pupils' progress is worked out once for the two that average it. */
function withoutRefit(codes: readonly AlternativeCode[], { design, parts, fit }: FittedValueAdded, kept: Kept): Made[] {
  const { specification, tables, used, response } = kept;
  const { membership } = design;
  const averaged = codes.some((code) => code !== "unshrunken");
  const progress = averaged
    ? progressOfPupils(design.cohorts, specification, tables.pupils, used.rows, response)
    : null;
  return codes.map((code) => {
    if (code === "unshrunken")
      return unshrunkenMeans(response, parts, membership, residualDeviation(fit.sigma, design.model.weights));
    if (progress === null) return "There is no prior attainment by which to group the pupils.";
    if (code === "progress-8-by-time")
      return membership.start
        ? progressByTime(progress, membership)
        : "Each pupil counts wholly at one school: it is the same as Progress 8's method.";
    const last = kept.lastSchools();
    return last.ok ? progress8Of(progress, last.value.membership, last.value.words) : inWords(last.error);
  });
}

function labelOf(code: AlternativeCode, { intake, membership }: MeasureSpecification): string {
  if (code === "other-unit" && membership.kind === "spells")
    return membership.unit === "days" ? "Time in terms instead of days" : "Time in days instead of terms";
  if (code === "intake")
    return intake.length > 0 ? "Without the school intake" : "With the means of the school's intake";
  return alternativeWords[code].label;
}

function record(code: AlternativeCode, specification: MeasureSpecification, made: Made): AlternativeMeasure {
  const label = labelOf(code, specification);
  return typeof made === "string"
    ? { code, label, how: "", pupils: 0, figures: [], notComputed: made }
    : { code, label, ...made, notComputed: null };
}

/** Finds the last schools at the first call. A function of its own, so that what it keeps does not hold the fit. */
function foundOnce(
  specification: MeasureSpecification,
  { pupils, membership: table }: MeasureTables,
  { rows }: PupilsUsed,
  membership: SchoolMembership,
): Kept["lastSchools"] {
  let found: Result<LastSchools, readonly Problem[]> | null = null;
  return () => {
    found ??= lastSchoolsOf(specification, pupils, table, rows, membership);
    return found;
  };
}

/** The measure in force and all that is made from its fit; the fit itself is let go with this function. */
function inForce(
  specification: MeasureSpecification,
  tables: MeasureTables,
  wanted: AlternativesWanted,
  progress: Progress,
  crew: Crew | undefined,
): Result<ComparedMeasure & { readonly kept: Kept; readonly codes: readonly AlternativeCode[] }, readonly Problem[]> {
  const fitted = fitValueAdded(specification, tables, progress, crew);
  if (!fitted.ok) return fitted;
  const { design, measure } = fitted.value;
  const { used, membership } = design;
  const kept: Kept = {
    specification,
    tables,
    used,
    membership,
    response: design.model.response.values,
    lastSchools: foundOnce(specification, tables, used, membership),
    crew,
  };
  const codes = chosenAlternatives(wanted, used.rows.length);
  const cheap = codes.filter((code) => !alternativeWords[code].refits);
  progress.stage("measuring in other ways");
  const made = withoutRefit(cheap, fitted.value, kept);
  const alternatives = cheap.map((code, k) => record(code, specification, made[k]!));
  return ok({ measure, alternatives, stability: stabilityOf(specification, fitted.value), kept, codes });
}

/**
 * Measures as `measureValueAdded` does, and the same schools in other ways on the same pupils.
 *
 * An alternative that can't be made (no context to leave out, one year only) is in the answer with the reason. Each refit costs about as much as the
 * measure itself; {@link chosenAlternatives} says which are made.
 *
 * @param crew who fits the models; the figures don't depend on it
 * @returns every problem of the pupils' tables where the measure in force can't be made
 */
export function measureWithAlternatives(
  specification: MeasureSpecification,
  tables: MeasureTables,
  wanted: AlternativesWanted,
  progress: Progress,
  crew?: Crew,
): Result<ComparedMeasure, readonly Problem[]> {
  const first = inForce(specification, tables, wanted, progress, crew);
  if (!first.ok) return first;
  const { kept, codes, ...compared } = first.value;
  const refits = codes
    .filter((code) => alternativeWords[code].refits)
    .map((code) => {
      progress.stage(`measuring the other way: ${labelOf(code, specification)}`);
      return record(code, specification, refitOf(code, kept));
    });
  return ok({ ...compared, alternatives: [...compared.alternatives, ...refits] });
}
