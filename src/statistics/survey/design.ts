import type { Outcome, SurveyFault } from "./fault.js";

/** The ways to make replicates. */
export type ReplicateMethod = "JK1" | "JK2" | "JKn" | "BRR" | "Fay" | "bootstrap";

/** Replicate weights and how their deviations add up: variance = scale · Σ rscale·(replicate − centre)². */
export interface Replicates {
  readonly method: ReplicateMethod;
  readonly count: number;
  /** `count` columns of as many weights as there are persons. */
  readonly weights: readonly Float64Array[];
  readonly scale: number;
  /** One a replicate. */
  readonly rscales: Float64Array;
  readonly fay?: number;
}

/** One design object for every estimate. */
export interface SurveyDesign {
  /** One a person. */
  readonly weights: Float64Array;
  readonly replicates: Replicates;
  /** Of the sampling variance, as Student's t needs them. */
  readonly degreesOfFreedom: number;
  /** What deviations are taken from: the estimate of the whole sample (IEA, OECD), or the mean of the replicates (R's survey, by default). */
  readonly centre: "full" | "replicates";
  /** In words: zones joined, units counted as certain, replicates that do nothing. */
  readonly cautions: readonly string[];
}

/** What is wrong with the weights, by the number of the person (from 1). */
export function faultsOfWeights(weights: Float64Array, place: string): SurveyFault[] {
  let sum = 0;
  for (let i = 0; i < weights.length; i++) {
    const weight = weights[i]!;
    if (!(weight >= 0 && weight < Number.POSITIVE_INFINITY))
      return [
        {
          code: "survey-weight-invalid",
          place,
          message: `person ${i + 1} has the weight ${weight}`,
          remedy: "Give every person a finite weight of 0 or more",
        },
      ];
    sum += weight;
  }
  if (sum > 0) return [];
  return [
    {
      code: "survey-weight-invalid",
      place,
      message: weights.length === 0 ? "there are no persons" : "every weight is 0",
      remedy: "Give the persons who count a weight above 0",
    },
  ];
}

/** What {@link givenReplicates} needs: the columns as a survey publishes them. */
export interface GivenReplicates {
  readonly weights: Float64Array;
  readonly replicates: readonly Float64Array[];
  readonly method: ReplicateMethod;
  /** Left out: (R − 1)/R for JK1, 1 for JK2 and JKn, 1/R for BRR and bootstrap, 1/(R(1 − k)²) for Fay. */
  readonly scale?: number;
  /** Left out: all 1, but JKn has to have them. */
  readonly rscales?: ArrayLike<number>;
  /** Fay's factor k, 0 ≤ k < 1, as 0.5 in PISA. */
  readonly fay?: number;
  readonly centre?: "full" | "replicates";
  /** Left out: replicates that differ from the weights, less one but for JK2. */
  readonly degreesOfFreedom?: number;
  /** The number of replicates that the survey's documentation states; checked where given. */
  readonly expected?: number;
}

function scaleOf({ method, scale, fay }: GivenReplicates, count: number): number {
  if (scale !== undefined) return scale;
  if (method === "JK1") return (count - 1) / count;
  if (method === "JK2" || method === "JKn") return 1;
  return method === "Fay" ? 1 / (count * (1 - (fay ?? 0)) ** 2) : 1 / count;
}

function faultsOfOptions(given: GivenReplicates): SurveyFault[] {
  const { method, fay, scale, rscales, replicates, expected } = given;
  const faults: SurveyFault[] = [];
  const place = "replicate weights";
  if (replicates.length < 2)
    faults.push({
      code: "survey-replicates-differ",
      place,
      message: `there are ${replicates.length} columns`,
      remedy: "Bring at least two",
    });
  if (expected !== undefined && expected !== replicates.length)
    faults.push({
      code: "survey-replicates-differ",
      place,
      message: `${expected} replicates are stated and there are ${replicates.length} columns`,
      remedy: "State the number that the file has (surveys may use fewer than the most), or bring the missing columns",
    });
  if (method === "Fay" && scale === undefined && !(fay !== undefined && fay >= 0 && fay < 1))
    faults.push({
      code: "survey-scale-needed",
      place,
      message: `Fay's factor is ${fay ?? "missing"}`,
      remedy: "Give the factor of the survey's documentation, from 0 to below 1 (0.5 in PISA)",
    });
  if (method === "JKn" && rscales === undefined)
    faults.push({
      code: "survey-scale-needed",
      place,
      message: "JKn needs a factor for every replicate, (units − 1) ÷ units of its stratum",
      remedy: "Give the factors, or the strata and clusters themselves",
    });
  if (rscales !== undefined && rscales.length !== replicates.length)
    faults.push({
      code: "survey-replicates-differ",
      place,
      message: `${rscales.length} factors stand beside ${replicates.length} replicates`,
      remedy: "Give one factor a replicate",
    });
  return faults;
}

/** What is wrong with one replicate column, and whether it is the weights again. */
function readReplicate(weights: Float64Array, replicate: Float64Array, r: number): SurveyFault | "same" | "differs" {
  const place = `replicate ${r + 1}`;
  if (replicate.length !== weights.length)
    return {
      code: "survey-lengths-differ",
      place,
      message: `it has ${replicate.length} weights for ${weights.length} persons`,
      remedy: "Bring every column for the same persons in the same order",
    };
  let [sum, same] = [0, true];
  for (let i = 0; i < weights.length; i++) {
    const weight = replicate[i]!;
    if (!Number.isFinite(weight)) {
      const empty = replicate.every((w) => !Number.isFinite(w));
      return {
        code: "survey-replicate-invalid",
        place,
        message: empty ? "the whole column is empty" : `person ${i + 1} has the weight ${weight}`,
        remedy: empty
          ? "Leave the column out: the survey uses fewer replicates than the file has columns"
          : "Correct it in the file",
      };
    }
    sum += weight;
    if (Math.abs(weight - weights[i]!) > 1e-9 * Math.abs(weights[i]!)) same = false;
  }
  if (sum > 0) return same ? "same" : "differs";
  return {
    code: "survey-replicate-invalid",
    place,
    message: `its weights sum to ${sum}`,
    remedy: "Leave the column out or correct it",
  };
}

/** The least share of a weight that the first replicates leave anybody, of those who have one. */
function leastShare({ weights, replicates }: GivenReplicates): number {
  let least = Number.POSITIVE_INFINITY;
  for (const replicate of replicates.slice(0, 4))
    replicate.forEach((weight, i) => {
      if (weights[i]! > 0) least = Math.min(least, weight / weights[i]!);
    });
  return Number.isFinite(least) ? least : 0;
}

/** A design from replicate weights that exist already. Any number of them; what can't be used is named. */
export function givenReplicates(given: GivenReplicates): Outcome<SurveyDesign> {
  const { weights, replicates, method, fay, centre = "full" } = given;
  const faults = [...faultsOfWeights(weights, "weights"), ...faultsOfOptions(given)];
  const idle: number[] = [];
  const least = method === "BRR" && given.scale === undefined ? leastShare(given) : 0;
  replicates.forEach((replicate, r) => {
    const read = readReplicate(weights, replicate, r);
    if (read === "same") idle.push(r + 1);
    else if (read !== "differs") faults.push(read);
  });
  if (faults.length > 0) return { ok: false, error: faults };
  const count = replicates.length;
  const differing = count - idle.length;
  return {
    ok: true,
    value: {
      weights,
      replicates: {
        method,
        count,
        weights: replicates,
        scale: scaleOf(given, count),
        rscales: given.rscales ? Float64Array.from(given.rscales) : new Float64Array(count).fill(1),
        ...(fay === undefined ? {} : { fay }),
      },
      degreesOfFreedom: given.degreesOfFreedom ?? Math.max(1, method === "JK2" ? differing : differing - 1),
      centre,
      cautions: [
        ...(idle.length === 0
          ? []
          : [`replicates ${idle.slice(0, 8).join(", ")}${idle.length > 8 ? " …" : ""} are the weights themselves`]),
        ...(least > 0.1
          ? [
              `the replicates leave nobody out (each keeps at least ${least.toFixed(2)} of a weight): that is Fay's method, by which errors are larger; say so with its factor`,
            ]
          : []),
      ],
    },
  };
}
