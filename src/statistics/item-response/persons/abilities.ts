import type { ItemParameters } from "../items.js";
import type { Outcome } from "../outcome.js";
import { notAdministered, type Responses } from "../responses.js";
import { spacings } from "./grid.js";
import { itemAt } from "./information.js";
import { PersonLikelihoods } from "./likelihood.js";
import { checkScorable, gridOf, type Population, priorsOf } from "./population.js";
import { Posterior } from "./posterior.js";

/** One estimate a person. */
export interface Abilities {
  readonly kind: "eap" | "wle" | "ml";
  /** Of each person, in logits. `NaN` for who is in `unscored`, so that no sum can use it unseen; ±Infinity for who is in `unbounded`. */
  readonly estimate: Float64Array;
  /** EAP: standard deviation of the posterior. WLE and ML: 1 ÷ √information at the estimate. `NaN` and Infinity as above. */
  readonly standardError: Float64Array;
  /** EAP: var(EAP) ÷ (var(EAP) + mean posterior variance). WLE, ML: 1 − mean squared error ÷ variance of the estimates. Weighted. Null where fewer than two persons have an estimate. */
  readonly reliability: number | null;
  /** Persons without any response, whom WLE and ML can't place. EAP places them at their prior. */
  readonly unscored: Uint32Array;
  /** Persons whose likelihood rises without end: lowest or highest score. ML only. */
  readonly unbounded: Uint32Array;
}

/**
 * Abilities of persons given the items.
 *
 * - `eap`: mean of the posterior under the population (Bock & Mislevy 1982). Shrunken; right for no single group's mean or spread.
 * - `wle`: Warm's (1989) weighted likelihood, which removes the first-order bias of ML and is finite at the lowest and highest score.
 * - `ml`: maximum likelihood, infinite at the lowest and highest score.
 *
 * None of them is for estimating a population's spread, percentiles or gaps: plausible values are.
 *
 * @param population needed for `eap`, not read otherwise
 */
export function abilities(
  responses: Responses,
  items: ItemParameters,
  population: Population | null,
  options: { readonly kind: "eap" | "wle" | "ml" },
): Outcome<Abilities> {
  const faults = checkScorable(responses, items);
  if (faults.length > 0) return { ok: false, error: faults };
  if (options.kind !== "eap") return { ok: true, value: likelihoodAbilities(responses, items, options.kind) };
  if (population === null) throw new TypeError("an EAP needs the population that persons come from");
  return { ok: true, value: posteriorMeans(responses, items, population) };
}

function posteriorMeans(responses: Responses, items: ItemParameters, population: Population): Abilities {
  const n = responses.booklet.length;
  const priors = priorsOf(responses, population);
  const posterior = new Posterior(
    new PersonLikelihoods(responses, items, gridOf(responses, items, population, spacings.moments)),
  );
  const estimate = new Float64Array(n);
  const standardError = new Float64Array(n);
  for (let i = 0; i < n; i++) {
    const mean = priors.mean(i);
    posterior.take(i, mean, priors.sd(i));
    estimate[i] = mean + posterior.m1;
    standardError[i] = Math.sqrt(posterior.m2 - posterior.m1 ** 2);
  }
  const [between, within] = spreads(estimate, standardError, responses.weights);
  const reliability = between > 0 ? between / (between + within) : null;
  return { kind: "eap", estimate, standardError, reliability, unscored: none, unbounded: none };
}

const none = new Uint32Array(0);

/** Weighted variance of finite estimates and the mean of their squared errors. */
function spreads(estimate: Float64Array, error: Float64Array, weights: Float64Array | null): [number, number] {
  let [w, mean] = [0, 0];
  for (let i = 0; i < estimate.length; i++) {
    if (!Number.isFinite(estimate[i]!)) continue;
    const weight = weights?.[i] ?? 1;
    w += weight;
    mean += weight * estimate[i]!;
  }
  if (!(w > 0)) return [0, 0];
  mean /= w;
  let [between, within] = [0, 0];
  for (let i = 0; i < estimate.length; i++) {
    if (!Number.isFinite(estimate[i]!)) continue;
    const weight = weights?.[i] ?? 1;
    between += weight * (estimate[i]! - mean) ** 2;
    within += weight * error[i]! ** 2;
  }
  return [between / w, within / w];
}

function likelihoodAbilities(responses: Responses, items: ItemParameters, kind: "wle" | "ml"): Abilities {
  const { booklets, booklet, starts, scores } = responses;
  const n = booklet.length;
  const estimate = new Float64Array(n);
  const standardError = new Float64Array(n);
  const unscored: number[] = [];
  const unbounded: number[] = [];
  // With one slope and no guessing the sum of scores of a booklet's items tells everything.
  const one = items.slope.every((slope) => slope === items.slope[0]) && items.guessing.every((g) => g === 0);
  const known = new Map<number, readonly [number, number]>();
  const answers: Answers = { items: [], scores: [] };
  for (let i = 0; i < n; i++) {
    const list = booklets[booklet[i]!]!;
    answers.items.length = 0;
    answers.scores.length = 0;
    let sum = 0;
    for (let at = 0, from = starts[i]!; at < list.length; at++) {
      const score = scores[from + at]!;
      if (score === notAdministered) continue;
      answers.items.push(list[at]!);
      answers.scores.push(score);
      sum += score;
    }
    if (answers.items.length === 0) {
      unscored.push(i);
      estimate[i] = Number.NaN;
      standardError[i] = Number.NaN;
      continue;
    }
    const cell = one && answers.items.length === list.length ? booklet[i]! * 1e6 + sum : -1;
    const found = known.get(cell) ?? solve(items, answers, kind);
    if (cell >= 0) known.set(cell, found);
    estimate[i] = found[0];
    standardError[i] = found[1];
    if (!Number.isFinite(found[0])) unbounded.push(i);
  }
  const [variance, within] = spreads(estimate, standardError, responses.weights);
  return {
    kind,
    estimate,
    standardError,
    reliability: variance > 0 ? 1 - within / variance : null,
    unscored: Uint32Array.from(unscored),
    unbounded: Uint32Array.from(unbounded),
  };
}

interface Answers {
  readonly items: number[];
  readonly scores: number[];
}

/** The estimating function at θ, and the information there. */
function scoreAt(items: ItemParameters, answers: Answers, kind: "wle" | "ml", theta: number): [number, number] {
  let [slope, information, skew] = [0, 0, 0];
  for (let k = 0; k < answers.items.length; k++) {
    const j = answers.items[k]!;
    const c = items.intercepts[j]!;
    if (c.length === 2 && items.guessing[j] === 0) {
      // The usual item, without the general one's arrays: five times as quick.
      const a = items.slope[j]!;
      const p = 1 / (1 + Math.exp(c[0]! - c[1]! - a * theta));
      const w = a * a * p * (1 - p);
      slope += a * (answers.scores[k]! - p);
      information += w;
      skew += a * w * (1 - 2 * p);
      continue;
    }
    const at = itemAt(items, j, theta, answers.scores[k]!);
    slope += at.slope;
    information += at.information;
    skew += at.skew;
  }
  return [kind === "wle" && information > 0 ? slope + skew / (2 * information) : slope, information];
}

/** Beyond this many units of the flattest item's slope an estimate is without bound. */
const farOff = 60;

/** Newton's method within a bracket; the estimate and its error. */
function solve(items: ItemParameters, answers: Answers, kind: "wle" | "ml"): readonly [number, number] {
  let flattest = Number.POSITIVE_INFINITY;
  for (const j of answers.items) flattest = Math.min(flattest, Math.abs(items.slope[j]!));
  const bound = farOff / Math.max(flattest, 0.01);
  let theta = answers.items.some((j) => items.guessing[j]! > 0) ? bestOfMany(items, answers, kind) : 0;
  let [low, high] = [-bound, bound];
  for (let step = 0; step < 200; step++) {
    const [f, information] = scoreAt(items, answers, kind, theta);
    if (f > 0) low = theta;
    else high = theta;
    let next = theta + Math.max(-2, Math.min(2, information > 0 ? f / information : Math.sign(f) * 2));
    if (next <= low || next >= high) next = (low + high) / 2;
    const moved = Math.abs(next - theta);
    theta = next;
    if (moved < 1e-11 * Math.max(1, Math.abs(theta))) break;
  }
  const { 1: information } = scoreAt(items, answers, kind, theta);
  // Far out nothing is left of the information, and the estimating function is rounded to nought.
  if (Math.abs(theta) > bound - 1e-6 || information < 1e-14)
    return [Math.sign(theta) * Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY];
  return [theta, 1 / Math.sqrt(information)];
}

/** With guessing the likelihood can have several maxima: the highest of a scan, by adding up the estimating function. */
function bestOfMany(items: ItemParameters, answers: Answers, kind: "wle" | "ml"): number {
  const step = 0.1;
  let [sum, most, best] = [0, Number.NEGATIVE_INFINITY, 0];
  for (let theta = -8; theta <= 8; theta += step) {
    sum += scoreAt(items, answers, kind, theta)[0] * step;
    if (sum > most) [most, best] = [sum, theta];
  }
  return best;
}
