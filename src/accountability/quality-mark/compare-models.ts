import { correlation, rankCorrelation } from "../../statistics/association/index.js";
import type { AlternativeFigure, AlternativeMeasure } from "../value-added/index.js";
import { decideQualityMark, type QualityMarkInput } from "./award.js";
import type { MeasuredAlternative, SchoolMove } from "./comparison.js";
import type { Decision, DecisionParameters } from "./decision.js";

/** Most schools that are drawn of one alternative. */
const mostPoints = 200;

/** Figures that can be judged; a figure without a positive error is none. */
function usable(figure: AlternativeFigure | undefined): AlternativeFigure | null {
  return figure && figure.pupilEquivalents > 0 && figure.predictionError > 0 && Number.isFinite(figure.valueAdded)
    ? figure
    : null;
}

/** The mainstream schools with enough pupils both ways, in order of the figure in force. */
function movesOf(
  inputs: readonly QualityMarkInput[],
  figures: readonly (AlternativeFigure | null)[],
  { fewestPupilEquivalents }: DecisionParameters,
): SchoolMove[] {
  return inputs
    .flatMap(({ school, kind, measure }, i): SchoolMove[] => {
      const figure = figures[i];
      const enough = (of: { readonly pupilEquivalents: number } | null | undefined) =>
        of != null && of.pupilEquivalents >= fewestPupilEquivalents;
      return kind === "mainstream" && enough(measure) && enough(figure)
        ? [{ school, inForce: measure!.valueAdded, alternative: figure!.valueAdded }]
        : [];
    })
    .sort((a, b) => a.inForce - b.inForce || (a.school < b.school ? -1 : 1));
}

/** At most so many, evenly spaced, the first and the last among them. */
function evenly<T>(items: readonly T[], most: number): readonly T[] {
  if (items.length <= most) return items;
  return Array.from({ length: most }, (_, k) => items[Math.round((k * (items.length - 1)) / (most - 1))]!);
}

function largest(moves: readonly SchoolMove[]): SchoolMove | null {
  const size = ({ inForce, alternative }: SchoolMove) => Math.abs(alternative - inForce);
  return moves.reduce<SchoolMove | null>(
    (most, move) => (most === null || size(move) > size(most) ? move : most),
    null,
  );
}

/**
 * Decides the same schools on the figures of each alternative, everything else as it is, and compares with the rule in force.
 * A school without a figure has too few pupils by that way of measuring.
 *
 * @param inForce the decisions in force, in the order of the inputs
 * @throws {RangeError} as {@link decideQualityMark} does.
 */
export function compareModels(
  inputs: readonly QualityMarkInput[],
  inForce: readonly Decision[],
  parameters: DecisionParameters,
  alternatives: readonly AlternativeMeasure[],
): MeasuredAlternative[] {
  return alternatives.map(({ code, label, how, pupils, figures, notComputed }): MeasuredAlternative => {
    const nothing = { awarded: 0, refused: 0, other: 0, changed: 0, newlyRefused: 0, noLongerRefused: 0, compared: 0 };
    if (notComputed !== null) {
      const none = { correlation: null, rankCorrelation: null, largestMove: null, points: [] };
      return { code, label, how, notComputed, pupils, ...nothing, ...none };
    }
    const bySchool = new Map(figures.map((figure) => [figure.school, figure]));
    const own = inputs.map(({ school }) => usable(bySchool.get(school)));
    const counts = { ...nothing };
    inputs.forEach((input, i) => {
      const { decision } = decideQualityMark({ ...input, measure: own[i]! }, parameters);
      counts[decision === "awarded" || decision === "refused" ? decision : "other"]++;
      if (decision === inForce[i]) return;
      counts.changed++;
      if (decision === "refused") counts.newlyRefused++;
      if (inForce[i] === "refused") counts.noLongerRefused++;
    });
    const moves = movesOf(inputs, own, parameters);
    const [before, after] = [moves.map((move) => move.inForce), moves.map((move) => move.alternative)];
    return {
      ...{ code, label, how, notComputed, pupils },
      ...counts,
      compared: moves.length,
      correlation: correlation(before, after),
      rankCorrelation: rankCorrelation(before, after),
      largestMove: largest(moves),
      points: evenly(moves, mostPoints).map((move) => ({ inForce: move.inForce, alternative: move.alternative })),
    };
  });
}
