import { chiSquareUpper } from "../distributions/index.js";
import { type ConditionalFit, conditionalRasch } from "./conditional.js";
import { informative } from "./conditional-scores.js";
import { listed, type Outcome, type Refusal } from "./outcome.js";
import { notAdministered, type Responses } from "./responses.js";
import { responsesToItems } from "./subset.js";

/** Whether items are as difficult for one level of persons as for another. */
export interface AndersenTest {
  /** With the persons who tell something, and the level's own log-likelihood. */
  readonly levels: readonly { readonly name: string; readonly informative: number; readonly logLikelihood: number }[];
  /** Of all persons together, by the items that were kept. */
  readonly logLikelihood: number;
  /** 2 (Σ log-likelihood of the levels − that of all). */
  readonly chiSquare: number;
  readonly degreesOfFreedom: number;
  readonly p: number;
  readonly items: number;
  /** Items of which some level that was given them lacks a category that others have: they have no estimate there. */
  readonly leftOut: readonly string[];
}

/** Weighted persons in each category of each item, by level: levels × items × 256. */
function countsByLevel({ items, booklets, booklet, starts, scores, weights, group, groups }: Responses): Float64Array {
  const wide = notAdministered + 1;
  const counts = new Float64Array(groups.length * items.length * wide);
  booklet.forEach((one, person) => {
    const from = (group?.[person] ?? 0) * items.length;
    booklets[one]!.forEach((item, at) => {
      counts[(from + item) * wide + scores[starts[person]! + at]!]! += weights![person]!;
    });
  });
  return counts;
}

/** Items whose categories a level that was given them doesn't all have. */
function unlike({ items, groups }: Responses, counts: Float64Array): readonly number[] {
  const wide = notAdministered + 1;
  return items.flatMap(({ maximum }, i) => {
    const of = (g: number, k: number) => counts[(g * items.length + i) * wide + k]!;
    const levels = groups.map((_, g) => Array.from({ length: maximum + 1 }, (__, k) => of(g, k) > 0));
    const given = levels.filter((has) => has.includes(true));
    const all = Array.from({ length: maximum + 1 }, (_, k) => given.some((has) => has[k]));
    const alike = given.every((has) => has.every((one, k) => one === all[k]));
    return alike && all.filter(Boolean).length > 1 ? [] : [i];
  });
}

const withoutItems = (responses: Responses, gone: readonly number[]): Responses =>
  responsesToItems(
    responses,
    responses.items.map((_, i) => i).filter((i) => !gone.includes(i)),
  );

const few = (levels: readonly string[]): Refusal => ({
  code: "levels-too-few",
  place: `levels ${listed(levels)}`,
  message: "fewer than two levels have persons with neither the lowest nor the highest score of their items",
  remedy: "Compare levels that more persons are in",
});

const weightAbove = ({ weights }: Responses, person: number) => weights === null || weights[person]! > 0;

/** Levels without persons are left out. */
function inhabited(responses: Responses): Responses {
  const { group, groups } = responses;
  const used = groups.map((_, g) => (group ?? []).some((one, person) => one === g && weightAbove(responses, person)));
  const position = groups.map((_, g) => used.slice(0, g).filter(Boolean).length);
  return {
    ...responses,
    group: group && Uint16Array.from(group, (one) => (used[one] ? position[one]! : 0)),
    groups: groups.filter((_, g) => used[g]),
  };
}

/**
 * Andersen's (1973) likelihood ratio test of the Rasch and the partial credit model: the items are calibrated by conditional likelihood in all persons and in
 * each level by itself. Under the model difficulties are the same, whatever the levels, and twice the gain in log-likelihood is χ². Given their total scores, persons tell
 * nothing of whom the sample favours or of who sits beside whom, so that neither sampling weights nor clusters belong into it: leave weights null unless they count persons.
 *
 * @param responses whose groups are the levels; a level may have been given some of the items only
 * @returns the test; or why there is none, with the level in which the items have no estimate
 */
export function andersenTest(responses: Responses): Outcome<AndersenTest> {
  const leftOut: string[] = [];
  let kept = inhabited(informative(responses));
  for (;;) {
    if (kept.groups.length < 2) return { ok: false, error: [few(responses.groups)] };
    const gone = unlike(kept, countsByLevel(kept));
    if (gone.length === 0) break;
    leftOut.push(...gone.map((i) => kept.items[i]!.name));
    if (kept.items.length - gone.length < 2) return { ok: false, error: [noItems(responses.groups, leftOut)] };
    kept = inhabited(informative(withoutItems(kept, gone)));
  }
  const all = conditionalRasch(kept);
  if (!all.ok) return all;
  const levels: { readonly name: string; readonly fit: ConditionalFit }[] = [];
  for (const [g, name] of kept.groups.entries()) {
    const weights = kept.weights!.map((weight, person) => (kept.group![person] === g ? weight : 0));
    const own = { ...kept, weights };
    const counts = countsByLevel({ ...own, group: null, groups: [name] });
    const wide = notAdministered + 1;
    const taken = (i: number) => counts.subarray(i * wide, i * wide + wide - 1).some((n) => n > 0);
    const notGiven = kept.items.map((_, i) => i).filter((i) => !taken(i));
    const fit = conditionalRasch(withoutItems({ ...own, group: null, groups: [name] }, notGiven));
    if (!fit.ok) return { ok: false, error: fit.error.map((one) => ({ ...one, place: `${name}: ${one.place}` })) };
    levels.push({ name, fit: fit.value });
  }
  const stuck = [{ name: "all", fit: all.value }, ...levels].filter(({ fit }) => !fit.converged);
  if (stuck.length > 0) return { ok: false, error: stuck.map(({ name, fit }) => notConverged(name, fit)) };
  const logLikelihood = all.value.logLikelihood;
  const chiSquare = Math.max(0, 2 * levels.reduce((sum, { fit }) => sum + fit.logLikelihood, -logLikelihood));
  const degreesOfFreedom = levels.reduce((sum, { fit }) => sum + fit.parameters, -all.value.parameters);
  return {
    ok: true,
    value: {
      levels: levels.map(({ name, fit }) => ({
        name,
        informative: fit.informative,
        logLikelihood: fit.logLikelihood,
      })),
      ...{ logLikelihood, chiSquare, degreesOfFreedom },
      p: degreesOfFreedom > 0 ? chiSquareUpper(chiSquare, degreesOfFreedom) : 1,
      items: kept.items.length,
      leftOut,
    },
  };
}

const noItems = (levels: readonly string[], leftOut: readonly string[]): Refusal => ({
  code: "levels-without-items",
  place: `levels ${listed(levels)}`,
  message: `fewer than two items have the same categories in every level; ${listed(leftOut)} have not`,
  remedy: "Compare fewer or larger levels",
});

const notConverged = (name: string, { reason }: ConditionalFit): Refusal => ({
  code: "conditional-not-converged",
  place: name,
  message: `the conditional likelihood's maximum was not found: ${reason}`,
  remedy: "Leave out items that nearly everybody or hardly anybody solved",
});

/**
 * Persons by whether they have more than the middle score of their booklet: the levels of Andersen's test that need no background. Where something is missing within a
 * booklet, by the share of the points that could be had.
 * @returns the responses with the groups `low` and `high`
 */
export function lowAndHigh(responses: Responses): Responses {
  const { items, booklets, booklet, starts, scores } = responses;
  const shares = Float64Array.from(booklet, (one, person) => {
    let [points, most] = [0, 0];
    booklets[one]!.forEach((item, at) => {
      const score = scores[starts[person]! + at]!;
      if (score === notAdministered) return;
      points += score;
      most += items[item]!.maximum;
    });
    return most > 0 ? points / most : Number.NaN;
  });
  const own: number[][] = booklets.map(() => []);
  shares.forEach((share, person) => {
    if (!Number.isNaN(share)) own[booklet[person]!]!.push(share);
  });
  const middle = own.map((list) => {
    list.sort((a, b) => a - b);
    return (list[(list.length - 1) >> 1]! + list[list.length >> 1]!) / 2;
  });
  const group = Uint16Array.from(booklet, (one, person) => Number(shares[person]! > middle[one]! + 1e-12));
  return { ...responses, group, groups: ["low", "high"] };
}
