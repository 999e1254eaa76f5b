import type { RunFigures } from "../../simulation/report/index.js";

/**
 * Figures of a sample brought to the whole country's level: what the declared parameters give for everybody, and what is otherwise in this
 * run of the sample than in the sample at the declared parameters. What is only a sample's luck falls out.
 *
 * @param sample the pair at the declared parameters, of the sample
 * @param whole the same pair, of everybody
 */
export function movedFigures(figures: RunFigures, sample: RunFigures, whole: RunFigures): RunFigures {
  const move = (name: "baseline" | "scenario" | "costs") =>
    figures[name].map((value, i) => value + (whole[name][i]! - sample[name][i]!));
  return { run: figures.run, baseline: move("baseline"), scenario: move("scenario"), costs: move("costs") };
}
