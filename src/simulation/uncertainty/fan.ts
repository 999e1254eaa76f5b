/** The probabilities of a fan: its outer and inner band and its middle. */
export const fanProbabilities = [0.05, 0.25, 0.5, 0.75, 0.95] as const;

/** Quantiles of many figures over draws that come in one after another. */
export interface Fan {
  /** How many draws have come in. */
  readonly draws: number;
  /**
   * One more draw: a value for each figure.
   * @throws {RangeError} when there are more or fewer values than figures
   */
  add(values: ArrayLike<number>): void;
  /**
   * Figure × probability, row-major; null before the first draw.
   * @param probabilities from 0 to 1, the fan's five where left out
   */
  quantiles(probabilities?: readonly number[]): Float64Array | null;
  /** The values of one figure in the order in which they came in. */
  valuesOf(figure: number): Float64Array;
}

/** The quantile of sorted values by linear interpolation of order statistics (Hyndman and Fan's type 7, R's default). */
export function sortedQuantile(sorted: ArrayLike<number>, probability: number): number {
  const place = (sorted.length - 1) * probability;
  const below = Math.floor(place);
  const above = Math.min(sorted.length - 1, below + 1);
  return sorted[below]! + (place - below) * (sorted[above]! - sorted[below]!);
}

/**
 * A fan over draws that stream in. All draws are kept, since the quantiles are exact: 8 bytes a figure and draw. The middle can be shown
 * after the first draw, and every further one only narrows it.
 * @param figures how many figures a draw has
 */
export function makeFan(figures: number): Fan {
  let kept = new Float64Array(figures * 16); // draw × figure
  let draws = 0;
  const valuesOf = (figure: number) => Float64Array.from({ length: draws }, (_, d) => kept[d * figures + figure]!);
  return {
    get draws() {
      return draws;
    },
    add(values) {
      if (values.length !== figures) throw new RangeError(`a draw has ${figures} figures, got ${values.length}`);
      if ((draws + 1) * figures > kept.length) {
        const wider = new Float64Array(kept.length * 2);
        wider.set(kept);
        kept = wider;
      }
      kept.set(values, draws * figures);
      draws++;
    },
    quantiles(probabilities = fanProbabilities) {
      if (draws === 0) return null;
      const found = new Float64Array(figures * probabilities.length);
      for (let figure = 0; figure < figures; figure++) {
        const sorted = valuesOf(figure).sort();
        probabilities.forEach((probability, p) => {
          found[figure * probabilities.length + p] = sortedQuantile(sorted, probability);
        });
      }
      return found;
    },
    valuesOf,
  };
}
