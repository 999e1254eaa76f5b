import { providerKinds, regions, subjects } from "../classes.js";
import type { Country, ProviderColumns } from "../country/country.js";
import { recruitsOf } from "./entry-plan.js";
import type { Reader } from "./reader.js";
import { trainingSeries } from "./series.js";
import { offerPlaces, recruit, rollGuarantee, type TrainingState } from "./training-places.js";

const kinds = providerKinds.length;
const size = subjects.length * regions.length * kinds;

/** A year of training: what providers offer, who begins, and what is counted by subject, region and kind of provider. */
export interface TrainingYear {
  readonly state: TrainingState;
  /** Series of `trainingSeries` × subject × region × kind. */
  readonly fine: Float64Array;
}

/** Trainees by subject. */
export function bySubject({ count }: ProviderColumns, rows: Float64Array): Float64Array {
  return Float64Array.from(subjects, (_, s) => rows.subarray(s * count, (s + 1) * count).reduce((a, b) => a + b, 0));
}

/** Subject × region: of a subject's trainees, those of a provider that trains for its region; the national programme trains for all. */
export function trainedForRegion(providers: ProviderColumns, trainees: Float64Array): Float64Array {
  const shares = new Float64Array(subjects.length * regions.length);
  const all = bySubject(providers, trainees);
  for (let k = 0; k < trainees.length; k++) {
    const [s, p] = [Math.floor(k / providers.count), k % providers.count];
    if (providers.kind[p] !== 2 && all[s]! > 0)
      shares[s * regions.length + providers.region[p]!]! += trainees[k]! / all[s]!;
  }
  return shares;
}

/** Trainees begin; those of the year before have ended and entered. */
export function trainYear(
  { providers, trainees: first }: Country,
  reader: Reader,
  year: number,
  before: TrainingState,
): TrainingYear {
  const value = (name: string) => reader.value(`training.${name}`, year);
  const rule = {
    places: reader.bySubject("training.places", year),
    cut: value("unfilled-cut"),
    growth: value("growth"),
  };
  const offered = offerPlaces(providers, before, rule, first);
  const recruits = recruitsOf(reader, year);
  const trainees = new Float64Array(offered.length);
  for (let s = 0; s < subjects.length; s++) {
    const [from, to] = [s * providers.count, (s + 1) * providers.count];
    const [shares, places] = [providers.applicants.subarray(from, to), offered.subarray(from, to)];
    trainees.set(recruit(providers, shares, places, recruits[s]!, value("elsewhere")), from);
  }
  const guaranteed = rollGuarantee(before, offered, value("guarantee"));
  const state = { offered, guaranteed, trainees };
  return { state, fine: countTraining(providers, reader, year, before, state) };
}

/** Whole places of a cell: sums of providers' rounded. */
function roundFrom(fine: Float64Array, series: number): void {
  for (let k = series * size; k < (series + 1) * size; k++) fine[k] = Math.round(fine[k]!);
}

function countTraining(
  providers: ProviderColumns,
  reader: Reader,
  year: number,
  before: TrainingState,
  now: TrainingState,
): Float64Array {
  const fine = new Float64Array(trainingSeries.length * size);
  const value = (name: string) => reader.value(name, year);
  const remitted = Math.round(value("fees.fee") * value("fees.remission") * 100);
  const bursary = Math.round(value("fees.bursary") * 100);
  const shortage = reader.bySubject("shortage", year);
  for (let k = 0; k < now.trainees.length; k++) {
    const [s, p] = [Math.floor(k / providers.count), k % providers.count];
    const cell = (s * regions.length + providers.region[p]!) * kinds + providers.kind[p]!;
    const [began, short] = [now.trainees[k]!, shortage[s]! >= 0.5 ? 1 : 0];
    fine[cell]! += before.trainees[k]!;
    fine[size + cell]! += before.trainees[k]!;
    fine[2 * size + cell]! += began;
    fine[3 * size + cell]! += began * short * remitted;
    fine[4 * size + cell]! += began * short * bursary;
    fine[5 * size + cell]! += now.offered![k]!;
    fine[6 * size + cell]! += before.guaranteed[0][k]!;
  }
  roundFrom(fine, 5);
  roundFrom(fine, 6);
  return fine;
}
