import { providerKinds, regions, subjects } from "../classes.js";
import type { TeacherTotals } from "../published/totals.js";
import type { ProviderColumns } from "./country.js";
import { wholeParts } from "./spread.js";

/**
 * Providers of each kind: of the 179 accredited for 2024 by the department's list of September 2022, 59 are in higher education (Schools Week, 29
 * September 2022); the national programme is one, the rest are school-centred.
 */
const providersOf: readonly number[] = [59, 119, 1];

/** How the k-th provider of a region and kind compares with the largest: assumed, since no table by provider is at hand. */
const sizeOf = (k: number) => 1 / Math.sqrt(k + 1);

const sum = (values: ArrayLike<number>) => Array.from(values).reduce((a, b) => a + b, 0);
const sharesOf = (values: readonly number[]) => {
  const all = sum(values);
  return values.map((value) => (all > 0 ? value / all : 0));
};

/** Kind × region: how many providers there are, by trainees, at least one. */
function providersByRegion(kind: number, trainees: readonly number[]): readonly number[] {
  const left = providersOf[kind]! - regions.length;
  const more = wholeParts(sharesOf(trainees).map((share) => share * left));
  return Array.from(more, (n) => n + 1);
}

/** By kind: what each had in the last year (`now`), and in its best of the years (`peak`). */
function nowAndPeak(years: readonly (readonly number[])[]): { now: readonly number[]; peak: readonly number[] } {
  const now = years.at(-1)!;
  return { now, peak: now.map((_, k) => Math.max(...years.map((row) => row[k]!))) };
}

/** Kind × region: shares of the kind's trainees, and of the places that fell empty since its best year in each region. */
function regionShares(totals: TeacherTotals["training"], kind: number) {
  const { now, peak } = nowAndPeak(totals.byRegion.map((year) => year[kind]!));
  const fallen = now.map((n, r) => peak[r]! - n);
  return { recruits: sharesOf(now), spare: sharesOf(sum(fallen) > 0 ? fallen : now) };
}

interface Row {
  readonly kind: number;
  readonly region: number;
  /** Share of the kind's applicants and of its spare places. */
  readonly recruits: number;
  readonly spare: number;
}

const london = regions.indexOf("london");

function rowsOf(totals: TeacherTotals["training"]): readonly Row[] {
  const national: Row = { kind: 2, region: london, recruits: 1, spare: 1 };
  const others = [0, 1].flatMap((kind) => {
    const shares = regionShares(totals, kind);
    return providersByRegion(kind, totals.byRegion.at(-1)![kind]!).flatMap((count, region) => {
      const sizes = sharesOf(Array.from({ length: count }, (_, k) => sizeOf(k)));
      return sizes.map((size) => ({
        ...{ kind, region },
        recruits: shares.recruits[region]! * size,
        spare: shares.spare[region]! * size,
      }));
    });
  });
  return [...others, national];
}

/**
 * Training providers, of which trainees by kind and region and by kind and subject are published: a provider's share of a subject is its kind's
 * share times its own of the kind. Spare places stand where intakes have fallen since 2021, by kind, subject and region.
 */
export function makeProviders({ training }: TeacherTotals): ProviderColumns {
  const rows = rowsOf(training);
  const applicants = new Float64Array(subjects.length * rows.length);
  const spare = new Float64Array(subjects.length * rows.length);
  for (let s = 0; s < subjects.length; s++) {
    const kinds = providerKinds.map((_, kind) => nowAndPeak(training.bySubject.map((year) => [year[kind]![s]!])));
    const now = sharesOf(kinds.map((kind) => kind.now[0]!));
    const fallen = kinds.map((kind) => kind.peak[0]! - kind.now[0]!);
    const empty = sum(fallen) > 0 ? sharesOf(fallen) : now;
    for (const [p, row] of rows.entries()) {
      applicants[s * rows.length + p] = now[row.kind]! * row.recruits;
      spare[s * rows.length + p] = empty[row.kind]! * row.spare;
    }
  }
  return {
    count: rows.length,
    kind: Uint8Array.from(rows, ({ kind }) => kind),
    region: Uint8Array.from(rows, ({ region }) => region),
    ...{ applicants, spare },
  };
}
