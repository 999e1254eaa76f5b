import type { Country } from "../country/country.js";
import type { CompiledParameters, RunOptions, RunResult } from "../engine.js";
import { type Answer, raiseAnswer, Shard, sumAnswers } from "./crew.js";
import { beginningOf, everyOf, runYears } from "./years.js";

/**
 * Runs a country for some years.
 * @param shards in how many parts people are divided; the result is the same for every number
 * @throws {RangeError} when an option or parameter is missing or out of bounds, with its name and what is allowed
 * @throws {CalibrationError} when the published flows can't be met: which, and by how much
 * @throws {RunCancelled} when `onYear` answered false
 */
export function simulate(country: Country, parameters: CompiledParameters, options: RunOptions, shards = 1): RunResult {
  const steps = runYears(country, parameters, options);
  const every = everyOf(options.share);
  let step = steps.next();
  if (step.done) return step.value;
  const crew = Array.from(
    { length: shards },
    (_, shard) => new Shard(country, beginningOf(parameters, options, shard, shards)),
  );
  while (!step.done) {
    const { value: command } = step;
    const answer: Answer = sumAnswers(crew.map((shard) => shard.do(command)));
    step = steps.next(raiseAnswer(answer, every));
  }
  return step.value;
}
