import type { Problem, Progress, Table } from "../../../kernel/index.js";
import {
  type CorrectableMeasure,
  type CorrectedMeasure,
  type CorrectedSchool,
  type Correction,
  type CorrectionAction,
  correctMeasure,
  type SchoolMeasure,
} from "../../value-added/index.js";
import { largestElsewhere } from "../corrected-schools.js";
import type { StatedShare } from "./correction-check.js";

/** A pupil to be counted otherwise, known only by a keyed hash of the reference in the pupil files. */
export interface HashedCorrection {
  readonly pupil: string;
  readonly action: CorrectionAction;
  readonly shares: readonly StatedShare[];
}

/** Corrections of one school whose joint effect is asked for. */
export interface EffectSet {
  readonly key: string;
  readonly urn: string;
  readonly corrections: readonly HashedCorrection[];
}

/** A school's figure as it is shown. Units: those of the outcome. */
export type ShownFigure = Pick<
  SchoolMeasure,
  "valueAdded" | "standardError" | "predictionError" | "lower" | "upper" | "pupils" | "pupilEquivalents" | "reliability"
>;

/** What a set of corrections would change. */
export interface SetEffect {
  readonly key: string;
  readonly urn: string;
  /** Hashes of which no pupil counts for the school: they change nothing. */
  readonly notCounted: readonly string[];
  /** Null where the school is not in the measure. */
  readonly before: ShownFigure | null;
  readonly after: ShownFigure | null;
  /** What each step of the explanation adds to the difference. */
  readonly steps: readonly { readonly code: string; readonly label: string; readonly difference: number }[];
  /** Other schools at which one of the pupils has time, before or after. */
  readonly others: readonly { readonly urn: string; readonly before: number; readonly after: number }[];
  /** The largest change of any further school, in its own prediction errors. */
  readonly largestElsewhere: number;
  /** Whether the ratios of the variances were held as published; false where all was measured anew because the corrections need it. */
  readonly held: boolean;
  /** Why there is no effect; empty where there is one. */
  readonly problems: readonly Problem[];
}

/** The reference of a pupil as it is written in the pupil files. */
export function referenceOf(pupils: Table, column: string): (row: number) => string {
  const found = pupils.columns.get(column);
  if (!found || found.kind === "date") throw new TypeError(`${pupils.name} has no references in column "${column}"`);
  return found.kind === "number"
    ? (row) => String(found.values[row])
    : (row) => (found.codes[row]! < 0 ? "" : found.levels[found.codes[row]!]!);
}

/** The row of each pupil who counts for a school, by the hash of the reference. */
function pupilsOf(
  { fitted, pupils, specification }: CorrectableMeasure,
  urn: string,
  hash: (reference: string) => string,
): Map<string, number> {
  const { membership, used } = fitted.design;
  const place = membership.schools.indexOf(urn);
  const found = new Map<string, number>();
  if (place < 0) return found;
  const reference = referenceOf(pupils, specification.pupil);
  const { start, school, share } = membership;
  for (let i = 0; i < used.rows.length; i++)
    for (let e = start ? start[i]! : i, end = start ? start[i + 1]! : i + 1; e < end; e++)
      if (school[e] === place && (share ? share[e]! : 1) > 0) found.set(hash(reference(used.rows[i]!)), used.rows[i]!);
  return found;
}

const shown = (m: SchoolMeasure): ShownFigure => ({
  ...{ valueAdded: m.valueAdded, standardError: m.standardError, predictionError: m.predictionError },
  ...{
    lower: m.lower,
    upper: m.upper,
    pupils: m.pupils,
    pupilEquivalents: m.pupilEquivalents,
    reliability: m.reliability,
  },
});

const nothing = ({ key, urn }: EffectSet) => ({
  ...{ key, urn, notCounted: [], before: null, after: null, steps: [], others: [] },
  ...{ largestElsewhere: 0, held: true, problems: [] as readonly Problem[] },
});

function effectFrom(set: EffectSet, own: CorrectedSchool, corrected: CorrectedMeasure): SetEffect {
  return {
    ...nothing(set),
    before: shown(own.before),
    after: shown(own.after),
    steps: own.steps.map(({ code, label, difference }) => ({ code, label, difference })),
    others: corrected.schools
      .filter((one) => one !== own && one.leftOut + one.reweighted > 0)
      .map(({ before, after }) => ({ urn: before.school, before: before.valueAdded, after: after.valueAdded })),
    largestElsewhere: largestElsewhere(corrected),
  };
}

/**
 * What each set of corrections would change, by the measure's own engine: exact for the published ratios of the variances, and measured anew
 * where a correction makes a school or year that the published fit doesn't know.
 * @param hash the keyed hash of a reference
 */
export function effectsOfSets(
  measure: CorrectableMeasure,
  sets: readonly EffectSet[],
  hash: (reference: string) => string,
  progress: Progress,
): SetEffect[] {
  const places = new Map<string, Map<string, number>>();
  const school = new Map(measure.schools.map((one) => [one.school, one]));
  return sets.map((set) => {
    const published = school.get(set.urn);
    if (!published) return nothing(set);
    const rows = places.get(set.urn) ?? pupilsOf(measure, set.urn, hash);
    places.set(set.urn, rows);
    const notCounted = set.corrections.filter(({ pupil }) => !rows.has(pupil)).map(({ pupil }) => pupil);
    const corrections = set.corrections.flatMap(({ pupil, action, shares }): Correction[] => {
      const row = rows.get(pupil);
      if (row === undefined) return [];
      return [
        { row, action, shares: shares.map(({ urn, share }) => ({ school: urn, share })), place: "the correction" },
      ];
    });
    if (corrections.length === 0)
      return { ...nothing(set), notCounted, before: shown(published), after: shown(published) };
    const held = correctMeasure(measure, corrections, false, progress);
    const refit = !held.ok && held.error.every(({ code }) => code === "correction-needs-refit");
    const corrected = refit ? correctMeasure(measure, corrections, true, progress) : held;
    if (!corrected.ok) return { ...nothing(set), notCounted, before: shown(published), problems: corrected.error };
    const own = corrected.value.schools.find(({ before }) => before.school === set.urn)!;
    return { ...effectFrom(set, own, corrected.value), notCounted, held: !refit };
  });
}
