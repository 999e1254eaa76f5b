import type { Figures } from "../../line.js";
import { meanOf } from "../tally.js";
import type { Recovered, RecoveredSeed } from "./recover.js";

/** How one figure and its 95% intervals did over the seeds. Spreads are those of the error, estimate less truth. */
export interface RecoveredFigure extends Figures {
  readonly name: string;
  /** Mean over the seeds: each has a population of its own. */
  readonly truth: number;
  readonly bias: number;
  readonly biasError: number;
  /** Root mean square of the standard errors ÷ standard deviation of the error: 1 where they are right. */
  readonly errorToDeviation: number;
  readonly errorToDeviationError: number;
  readonly coverage: number;
  readonly coverageError: number;
  /** What drawing and losing pupils does: published part, and standard deviation of what those who took part differ by from the population. */
  readonly sampling: number;
  readonly samplingDeviation: number;
  /** What measuring and linking do: the other published parts, and standard deviation of the estimate about what those who took part would have had. */
  readonly rest: number;
  readonly restDeviation: number;
}

/** What the seeds of one shape say. */
export interface AssessmentRecovery {
  readonly seeds: number;
  /** Seeds whose study the chain refused; they are in none of the figures. */
  readonly refused: number;
  readonly pupils: number;
  readonly schoolsResponding: number;
  readonly pupilsResponding: number;
  readonly reliability: number;
  readonly figures: readonly RecoveredFigure[];
}

const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
const rootMean = (squares: readonly number[]) => Math.sqrt(mean(squares));
const deviation = (values: readonly number[]) => meanOf(values).error * Math.sqrt(values.length);

function figureOf(name: string, seeds: readonly Recovered[]): RecoveredFigure {
  const over = (of: (one: Recovered) => number) => seeds.map(of);
  const errors = over(({ estimate, truth }) => estimate - truth);
  const bias = meanOf(errors);
  const held = meanOf(over(({ low, high, truth }) => (low <= truth && truth <= high ? 1 : 0)));
  const errorToDeviation = rootMean(over(({ standardError }) => standardError ** 2)) / deviation(errors);
  return {
    ...{ name, truth: mean(over(({ truth }) => truth)), bias: bias.mean, biasError: bias.error },
    errorToDeviation,
    // Of a standard deviation estimated from so many normal errors.
    errorToDeviationError: errorToDeviation / Math.sqrt(2 * (seeds.length - 1)),
    // By the binomial distribution of a coverage of 0.95, so that it isn't nought where every interval held.
    ...{ coverage: held.mean, coverageError: Math.sqrt((0.95 * 0.05) / seeds.length) },
    sampling: rootMean(over(({ parts }) => parts.sampling)),
    samplingDeviation: deviation(over(({ sample, truth }) => sample - truth)),
    rest: rootMean(over(({ parts }) => parts.measurement + parts.linking + parts.items)),
    restDeviation: deviation(over(({ estimate, sample }) => estimate - sample)),
  };
}

/** Puts the seeds of one shape together, figure by figure. @throws {RangeError} where none was recovered */
export function recoveryOf(all: readonly (RecoveredSeed | null)[]): AssessmentRecovery {
  const seeds = all.filter((seed) => seed !== null);
  const [first] = seeds;
  if (!first) throw new RangeError("no seed was recovered");
  const over = (of: (one: RecoveredSeed) => number) => mean(seeds.map(of));
  return {
    seeds: all.length,
    refused: all.length - seeds.length,
    pupils: over(({ pupils }) => pupils),
    schoolsResponding: over(({ schoolsResponding }) => schoolsResponding),
    pupilsResponding: over(({ pupilsResponding }) => pupilsResponding),
    reliability: over(({ reliability }) => reliability),
    figures: first.figures.map(({ name }) => {
      const own = seeds.flatMap(({ figures }) => figures.filter((one) => one.name === name));
      return figureOf(name, own);
    }),
  };
}
