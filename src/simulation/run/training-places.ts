import { subjects } from "../classes.js";
import type { ProviderColumns } from "../country/country.js";
import { wholeParts } from "../country/spread.js";

/** What providers have from year to year; every row is subject × provider. */
export interface TrainingState {
  /** Places of the last year; null before the first. */
  readonly offered: Float64Array | null;
  /** Places of the next three years that are guaranteed: they can't be cut. */
  readonly guaranteed: readonly [Float64Array, Float64Array, Float64Array];
  /** Trainees who began in the last year, whole numbers. */
  readonly trainees: Float64Array;
}

/** How providers go on from a year to the next, as shares. */
export interface PlacesRule {
  /** By subject: places of the whole country. */
  readonly places: Float64Array;
  /** Of unfilled places, those that a provider gives up. */
  readonly cut: number;
  /** How much a full provider adds. */
  readonly growth: number;
}

/** Before the first year: the trainees of the first census at their providers, and no guarantee. */
export function firstTraining({ applicants, count }: ProviderColumns, trainees: Float64Array): TrainingState {
  const begun = new Float64Array(applicants.length);
  for (let s = 0; s < subjects.length; s++) {
    const from = s * count;
    const shares = applicants.subarray(from, from + count);
    begun.set(wholeParts(shares.map((share) => share * trainees[s]!)), from);
  }
  const none = () => new Float64Array(applicants.length);
  return { offered: null, guaranteed: [none(), none(), none()], trainees: begun };
}

/** A subject's places in the first year: what was filled in the census, and the rest where intakes have fallen. */
function firstOffer({ applicants, spare }: ProviderColumns, k: number, places: number, begun: number): number {
  return applicants[k]! * Math.min(places, begun) + spare[k]! * Math.max(0, places - begun);
}

/**
 * Places that every provider offers in a year: it gives up a part of those that stayed unfilled, adds some where it was full, and together they
 * are no more than the country's. What was guaranteed stands whatever happened since, even above the country's places.
 * @param before trainees of the first census by subject, for the first year's places
 * @returns subject × provider
 */
export function offerPlaces(
  providers: ProviderColumns,
  { offered, guaranteed, trainees }: TrainingState,
  rule: PlacesRule,
  before: Float64Array,
): Float64Array {
  const { count } = providers;
  const next = new Float64Array(trainees.length);
  for (let s = 0; s < subjects.length; s++) {
    let [kept, more] = [0, 0];
    for (let k = s * count; k < (s + 1) * count; k++) {
      const empty = offered ? offered[k]! - trainees[k]! : 0;
      if (!offered) next[k] = firstOffer(providers, k, rule.places[s]!, before[s]!);
      else next[k] = empty < 1 ? offered[k]! * (1 + rule.growth) : offered[k]! - rule.cut * empty;
      kept += guaranteed[0][k]!;
      more += Math.max(0, next[k]! - guaranteed[0][k]!);
    }
    const room = Math.max(0, rule.places[s]! - kept);
    const share = more > room ? room / more : 1;
    for (let k = s * count; k < (s + 1) * count; k++) {
      const sure = guaranteed[0][k]!;
      next[k] = sure + Math.max(0, next[k]! - sure) * share;
    }
  }
  return next;
}

/** Guarantees after a year: one more year is added and the two others stand. Where there was none, all three begin. */
export function rollGuarantee(
  { guaranteed }: TrainingState,
  offered: Float64Array,
  share: number,
): TrainingState["guaranteed"] {
  const [, second, third] = guaranteed;
  const added = offered.map((places) => share * places);
  const isNew = !third.some((places) => places > 0) && !second.some((places) => places > 0);
  return isNew ? [added, added, added] : [second, third, added];
}

/** Fills up to a sum, in proportion to the room that is left. */
function fillRoom(filled: Float64Array, room: Float64Array, isIn: (p: number) => boolean, amount: number): number {
  let all = 0;
  for (let p = 0; p < room.length; p++) if (isIn(p)) all += room[p]! - filled[p]!;
  const taken = Math.min(amount, all);
  if (taken <= 0) return 0;
  for (let p = 0; p < room.length; p++) if (isIn(p)) filled[p]! += ((room[p]! - filled[p]!) * taken) / all;
  return taken;
}

/**
 * Trainees who begin at each provider of a subject: applicants where there is a place, then at others of the region, and a share of those still
 * without one in another region; the rest don't train.
 * @param shares of applicants, by provider
 * @param offered places, by provider
 * @param elsewhere share of those whom no provider of their region takes who train in another
 * @returns whole numbers, none above its places rounded up
 */
export function recruit(
  { region }: ProviderColumns,
  shares: Float64Array,
  offered: Float64Array,
  recruits: number,
  elsewhere: number,
): Float64Array {
  const filled = offered.map((places, p) => Math.min(places, shares[p]! * recruits));
  const turnedAway = new Map<number, number>();
  for (let p = 0; p < filled.length; p++)
    turnedAway.set(region[p]!, (turnedAway.get(region[p]!) ?? 0) + shares[p]! * recruits - filled[p]!);
  let without = 0;
  for (const [where, applicants] of turnedAway)
    if (applicants > 0) without += applicants - fillRoom(filled, offered, (p) => region[p] === where, applicants);
  fillRoom(filled, offered, () => true, without * elsewhere);
  return wholeParts(filled);
}
