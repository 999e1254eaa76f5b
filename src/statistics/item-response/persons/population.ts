import type { ItemParameters } from "../items.js";
import { listed, type Refusal } from "../outcome.js";
import { notAdministered, type Responses } from "../responses.js";
import { gridFor } from "./grid.js";

/** A normal distribution of ability, as a calibration's `LatentGroup` has one. */
export interface NormalGroup {
  readonly mean: number;
  readonly sd: number;
}

/** Persons' own means, and the standard deviation about them by group: what a latent regression gives. */
export interface ConditionalMeans {
  /** Of each person. */
  readonly fitted: Float64Array;
  /** One, or one a group. */
  readonly residualSd: Float64Array;
}

/** Where persons are taken to come from: one distribution, one a group of the responses, or a latent regression. */
export type Population = readonly NormalGroup[] | ConditionalMeans;

/** Each person's prior, by position. */
export interface Priors {
  readonly mean: (person: number) => number;
  readonly sd: (person: number) => number;
}

export function isConditional(population: Population): population is ConditionalMeans {
  return "fitted" in population;
}

/** @throws {RangeError} when the population has neither one distribution nor one a group, or a standard deviation is not above 0. */
export function priorsOf(responses: Responses, population: Population): Priors {
  const sds = isConditional(population) ? population.residualSd : population.map((group) => group.sd);
  if (sds.length !== 1 && sds.length !== responses.groups.length)
    throw new RangeError(`a population of ${sds.length} groups for responses of ${responses.groups.length}`);
  if (!sds.every((sd) => sd > 0)) throw new RangeError(`a population's standard deviation must be above 0`);
  const groupOf = (person: number) => (sds.length === 1 ? 0 : responses.group![person]!);
  return {
    mean: isConditional(population)
      ? (person) => population.fitted[person]!
      : (person) => population[groupOf(person)]!.mean,
    sd: (person) => sds[groupOf(person)]!,
  };
}

/** A grid that holds every person's posterior under a population. */
export function gridOf(
  responses: Responses,
  items: ItemParameters,
  population: Population,
  spacing: number,
): Float64Array {
  const sds = isConditional(population) ? population.residualSd : population.map((group) => group.sd);
  const means = isConditional(population) ? population.fitted : population.map((group) => group.mean);
  let [lowest, highest] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (const mean of means) {
    lowest = Math.min(lowest, mean);
    highest = Math.max(highest, mean);
  }
  const spread = { lowest, highest, leastSd: Math.min(...sds), mostSd: Math.max(...sds) };
  return gridFor(responses, items, spread, spacing);
}

/** Why these items can't score these responses; empty where they can. */
export function checkScorable(responses: Responses, items: ItemParameters): readonly Refusal[] {
  const faults: Refusal[] = [];
  if (items.slope.length !== responses.items.length)
    return [
      {
        code: "item-parameters-size",
        place: "items",
        message: `there are parameters of ${items.slope.length} items for ${responses.items.length} items`,
        remedy: "Give the parameters of all items, in the order of the responses",
      },
    ];
  const impossible = new Map<string, number>();
  const { booklets, booklet, starts, scores } = responses;
  for (let i = 0; i < booklet.length; i++) {
    const list = booklets[booklet[i]!]!;
    for (let at = 0, from = starts[i]!; at < list.length; at++) {
      const score = scores[from + at]!;
      if (score === notAdministered) continue;
      const c = items.intercepts[list[at]!]![score];
      if (c === undefined || c === Number.NEGATIVE_INFINITY) {
        const name = `${responses.items[list[at]!]!.name} (score ${score})`;
        impossible.set(name, (impossible.get(name) ?? 0) + 1);
      }
    }
  }
  if (impossible.size > 0)
    faults.push({
      code: "response-category-impossible",
      place: `items ${listed([...impossible.keys()])}`,
      message: "persons have scores to which the items' parameters give no chance",
      remedy:
        "Take the parameters from a calibration in which these scores occurred, or join the score to its neighbour",
    });
  return faults;
}
