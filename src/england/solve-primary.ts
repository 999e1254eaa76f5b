import { columnOf } from "../kernel/index.js";
import { normalQuantile } from "../statistics/distributions/index.js";
import type { England } from "./england.js";
import { addUpSchools, correlationOf, expectedByPrior, inSchools, type PupilView, spreadOf } from "./moments.js";
import type { Parameters, PhaseParameters, SubjectParameters } from "./parameters.js";
import { bandEnds, knotOf, knotsOf, probitOfTransition } from "./scales.js";
import { shownIn } from "./school-moments.js";
import { keyStage2Progress, keyStage4Transition } from "./targets/index.js";

/** The curves of reading and mathematics, their relation, and the tail below 100. */
export function solvePrimaryScales(
  view: PupilView,
  england: England,
  old: Parameters,
): { curves: Pick<PhaseParameters, "base" | "spread">; subjects: SubjectParameters } {
  const pupils = england.phases.find((phase) => phase.phase === "primary")!.pupils;
  const scores = [columnOf(pupils, "ks2_reading", "number").values, columnOf(pupils, "ks2_maths", "number").values];
  const base: number[][] = [];
  const spread: number[][] = [];
  for (const [k, subject] of (["reading", "maths"] as const).entries()) {
    const shares = sharesByGroup(scores[k]!, view.prior);
    const wanted = probitOfTransition(subject);
    base.push(
      wanted.map(({ shares: w }, g) => old.primary.base[k]![g]! + shift(w, shares[g]!, old.primary.spread[k]![g]!)),
    );
    spread.push(wanted.map(({ shares: w }, g) => old.primary.spread[k]![g]! * stretch(w, shares[g]!)));
  }
  return { curves: { base, spread }, subjects: solveSubjects(view, england, scores, old.subjects) };
}

/** Shares at 100 and over and at 110 and over of each attainment group at seven. */
export function sharesByGroup(scores: Float64Array, prior: Float64Array): [number, number][] {
  const counts = knotsOf("primary").map(() => [0, 0, 0]);
  const place = new Map(knotsOf("primary").map((score) => [score, knotOf("primary", score)]));
  for (let row = 0; row < scores.length; row++) {
    const group = counts[place.get(prior[row]!) ?? -1];
    if (!group) continue;
    group[0]!++;
    if (scores[row]! >= 99.5) group[1]!++;
    if (scores[row]! >= 109.5) group[2]!++;
  }
  return counts.map(([all, expected, high]) => [expected! / all!, high! / all!]);
}

const probit = (share: number) => normalQuantile(Math.min(0.9995, Math.max(0.0005, share)));
const middling = (share: number) => share > 0.01 && share < 0.99;

/** Moves a group's mean by the difference of the probits of its share at 100 (or at 110, where that says more). */
function shift(wanted: readonly [number, number], found: readonly [number, number], spread: number): number {
  const k = Math.abs(wanted[0] - 0.5) <= Math.abs(wanted[1] - 0.5) ? 0 : 1;
  const step = 0.8 * spread * (probit(wanted[k]!) - probit(found[k]!));
  return Math.max(-3, Math.min(3, step));
}

/** Stretches a group's spread where both shares say something. */
function stretch(wanted: readonly [number, number], found: readonly [number, number]): number {
  if (![...wanted, ...found].every(middling)) return 1;
  const apart = ([a, b]: readonly [number, number]) => probit(a) - probit(b);
  return Math.max(0.85, Math.min(1.15, (apart(found) / apart(wanted)) ** 0.7));
}

function solveSubjects(
  view: PupilView,
  england: England,
  scores: readonly Float64Array[],
  old: SubjectParameters,
): SubjectParameters {
  const bands = keyStage4Transition.total.slice(0, 11).map(([pupils]) => pupils!);
  const all = bands.reduce((a, b) => a + b, 0);
  const below = (band: number) => bands.slice(0, band + 1).reduce((a, b) => a + b, 0) / all;
  const sorted = Float64Array.from(view.outcome).sort();
  const at = (p: number) => sorted[Math.round(p * (sorted.length - 1))]!;
  const shareAbove = sorted.filter((score) => score > bandEnds[7]!).length / sorted.length;
  const tail = old.tail.map((point, k) => {
    const band = k < 3 ? k : k + 5;
    return point + 0.7 * (at(below(band)) - bandEnds[band]!);
  }) as unknown as SubjectParameters["tail"];
  const { half, variance } = subjectMoments(view, england, scores);
  const r = keyStage2Progress.readingWithMaths;
  const wantedHalf = (variance * (1 - r)) / (1 + r);
  return {
    contrast: Math.sqrt(Math.max(0.01, old.contrast ** 2 + 0.9 * (wantedHalf - half))),
    correlation: Math.max(0, Math.min(0.9, old.correlation + 1.2 * (probit(1 - below(7)) - probit(shareAbove)))),
    tail: inOrder(tail),
  };
}

/** Keeps the points of the tails apart and on their sides of 100 and 110. */
function inOrder([a, b, c, d, e]: SubjectParameters["tail"]): SubjectParameters["tail"] {
  const third = Math.min(c, 99.5);
  const second = Math.min(b, third - 0.5);
  const fourth = Math.max(d, 110.5);
  return [Math.min(a, second - 0.5), second, third, fourth, Math.max(e, fourth + 0.5)];
}

/** Between schools in the last year: variance of the mean of reading and mathematics progress, and of half their difference. */
export function subjectMoments(
  view: PupilView,
  england: England,
  scores: readonly Float64Array[],
): { variance: number; half: number; correlation: number } {
  const counts = inSchools(england.phases.find((phase) => phase.phase === "primary")!.pupils);
  const [reading, maths] = scores.map((values) => {
    const expected = expectedByPrior("primary", values, view.prior, counts);
    return addUpSchools(
      view,
      england.schools.length,
      values.map((value, row) => value - expected[row]!),
    );
  });
  const last = (view.years - 1) * england.schools.length;
  const shown = shownIn(reading!, view.years - 1).filter((s) => england.schools[s]!.kind === "mainstream");
  const of = (sums: typeof reading) => shown.map((s) => sums!.progress[last + s]! / sums!.count[last + s]!);
  const [a, b] = [of(reading), of(maths)];
  return {
    variance: spreadOf(a.map((value, i) => (value + b[i]!) / 2)).deviation ** 2,
    half: spreadOf(a.map((value, i) => (value - b[i]!) / 2)).deviation ** 2,
    correlation: correlationOf(a, b),
  };
}
