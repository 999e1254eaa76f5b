import { placeCount, subjects } from "../classes.js";
import type { Country } from "../country/country.js";
import { portableExp, portableLog } from "../exponential.js";
import type { Reader } from "../run/reader.js";
import { ageClasses, ageClassOf, placeEffects, serviceEffects, serviceEffectsOf } from "../run/teacher-year.js";

/** A published figure and what the model gives for it. */
export interface CalibrationTarget {
  /** As `leaving.under-55.physics`. */
  readonly name: string;
  /** Share of all teachers of the subject. */
  readonly target: number;
  readonly reached: number;
}

/** Intercepts for which the targets are met. */
export interface Calibration {
  /** Subject × (under 55, 55 and over): log-odds. */
  readonly intercepts: Float64Array;
  readonly targets: readonly CalibrationTarget[];
  /** Steps of Newton's method, the most that any target took. */
  readonly iterations: number;
}

/** Targets that cannot be met: the run has no result. */
export class CalibrationError extends Error {
  readonly code = "simulation-not-calibrated";
  readonly missed: readonly CalibrationTarget[];

  constructor(missed: readonly CalibrationTarget[]) {
    const words = missed.map(
      ({ name, target, reached }) =>
        `${name}: ${(100 * target).toFixed(3)}% is asked for and ${(100 * reached).toFixed(3)}% can be reached`,
    );
    super(
      `the model can't be calibrated to ${words.join("; ")}. Change that target, or what the age and service effects ask for.`,
    );
    this.name = "CalibrationError";
    this.missed = missed;
  }
}

/** How far a target may be missed, as a share of all teachers of the subject: a teacher in a hundred million. */
export const tolerance = 1e-8;

/** Bins of teachers with the same log-odds but for the intercept: weights are full-time equivalents. */
interface Bins {
  /** Age class × service × part-time × place. */
  readonly keys: Uint32Array;
  readonly weights: Float64Array;
  readonly total: number;
}

const binsOf = new WeakMap<Country, readonly Bins[]>();

/** By subject, once a country: how many teachers will be of an age class, service, working time and place in the first year. */
function binTeachers(country: Country): readonly Bins[] {
  const known = binsOf.get(country);
  if (known) return known;
  const { teachers, schools } = country;
  const size = ageClasses.length * serviceEffects * 2 * placeCount;
  const counts = subjects.map(() => new Float64Array(size));
  for (let i = 0; i < teachers.length; i++) {
    const year = teachers.service[i]! + 1;
    const age = ageClassOf[teachers.age[i]! + 1]!;
    const early = year < serviceEffects ? year : 0;
    const part = teachers.fte[i]! < 100 ? 1 : 0;
    const bin = ((age * serviceEffects + early) * 2 + part) * placeCount + schools.place[teachers.school[i]!]!;
    counts[teachers.subject[i]!]![bin]! += teachers.fte[i]!;
  }
  const bins = counts.map((row) => {
    const keys = Uint32Array.from([...row.keys()].filter((k) => row[k]! > 0));
    return { keys, weights: Float64Array.from(keys, (k) => row[k]!), total: row.reduce((a, b) => a + b, 0) };
  });
  binsOf.set(country, bins);
  return bins;
}

/** Log-odds of every bin but for the intercept. */
function offsetsOf(reader: Reader): Float64Array {
  const [service, place] = [serviceEffectsOf(reader, 0), placeEffects(reader, 0)];
  const part = reader.value("leaving.part-time", 0);
  const offsets = new Float64Array(ageClasses.length * serviceEffects * 2 * placeCount);
  for (let k = 0; k < offsets.length; k++) {
    const rest = Math.floor(k / placeCount);
    const age = Math.floor(rest / (2 * serviceEffects));
    const effect = age === 2 ? 0 : reader.value(`leaving.age-${ageClasses[age]!}`, 0);
    offsets[k] = effect + service[Math.floor(rest / 2) % serviceEffects]! + (rest % 2) * part + place[k % placeCount]!;
  }
  return offsets;
}

interface Solved {
  readonly intercept: number;
  readonly reached: number;
  readonly iterations: number;
}

/** Newton's method with halving on the intercept for which the expected leavers are a share of all. */
function solveIntercept(bins: Bins, offsets: Float64Array, under: boolean, target: number): Solved {
  const boundary = 3 * serviceEffects * 2 * placeCount;
  let [low, high, intercept, reached] = [-40, 40, portableLog(target / (1 - target)), 0];
  for (let iterations = 1; iterations <= 200; iterations++) {
    let [sum, slope] = [0, 0];
    for (let b = 0; b < bins.keys.length; b++) {
      const key = bins.keys[b]!;
      if (key < boundary !== under) continue;
      const p = 1 / (1 + portableExp(-(intercept + offsets[key]!)));
      sum += bins.weights[b]! * p;
      slope += bins.weights[b]! * p * (1 - p);
    }
    reached = bins.total > 0 ? sum / bins.total : 0;
    const miss = reached - target;
    if (Math.abs(miss) <= tolerance / 100) return { intercept, reached, iterations };
    if (miss > 0) high = intercept;
    else low = intercept;
    const next = intercept - (miss * bins.total) / slope;
    const inside = next > low && next < high;
    if (high - low < 1e-13 * Math.abs(high)) return { intercept, reached, iterations };
    intercept = inside ? next : (low + high) / 2;
  }
  return { intercept, reached, iterations: 200 };
}

const kept = new WeakMap<Country, Map<string, Calibration>>();

/**
 * Solves the intercepts of leaving, so that in the first year, without any proposal, as many are expected to leave of every subject, under 55
 * and over, as the targets say.
 * @throws {CalibrationError} naming every target that can't be reached
 */
export function calibrate(country: Country, reader: Reader): Calibration {
  const offsets = offsetsOf(reader);
  const targets = subjects.flatMap((name) => [`leaving.under-55.${name}`, `leaving.over-55.${name}`]);
  const wanted = targets.map((name) => reader.value(name, 0));
  const key = `${wanted.join()}|${offsets.join()}`;
  const known = kept.get(country) ?? new Map<string, Calibration>();
  kept.set(country, known);
  const before = known.get(key);
  if (before) return before;
  const bins = binTeachers(country);
  const solved = wanted.map((target, k) => solveIntercept(bins[k >> 1]!, offsets, k % 2 === 0, target));
  const report = solved.map(({ reached }, k) => ({ name: targets[k]!, target: wanted[k]!, reached }));
  const missed = report.filter(({ target, reached }) => !(Math.abs(target - reached) <= tolerance));
  if (missed.length > 0) throw new CalibrationError(missed);
  const calibration = {
    intercepts: Float64Array.from(solved, ({ intercept }) => intercept),
    targets: report,
    iterations: Math.max(...solved.map(({ iterations }) => iterations)),
  };
  known.clear(); // the last is kept: a lever moves no target, and draws of parameters don't come back
  known.set(key, calibration);
  return calibration;
}
