/** A straight map from figures to a share of the plot, 0 to 1, with round ticks. */
export interface Scale {
  readonly low: number;
  readonly high: number;
  readonly ticks: readonly number[];
  /** Decimals that tell neighbouring ticks apart. */
  readonly decimals: number;
  /** Where a figure lies between `low` (0) and `high` (1). */
  share(value: number): number;
}

/** Values closer to each other than this part of their size, or smaller than it, are drawn as equal: no step would be round. */
const tiny = 1e-9;

/** The round step (1, 2 or 5 times a power of ten) that cuts `span` into at most `pieces`. */
function roundStep(span: number, pieces: number): number {
  const rough = span / pieces;
  const power = 10 ** Math.floor(Math.log10(rough));
  const factor = [1, 2, 5, 10].find((f) => f * power >= rough * (1 - 1e-9)) ?? 10;
  return factor * power;
}

/**
 * A scale that holds every value, with its ends at or beyond them; `pieces` is the most spaces between ticks.
 * `snug` keeps the ends at the values instead of moving them out to the next tick.
 * @throws {RangeError} when there is no value or one is not finite.
 */
export function scaleOver(values: Iterable<number>, pieces: number, snug = false): Scale {
  let low = Infinity;
  let high = -Infinity;
  for (const value of values) {
    if (!Number.isFinite(value)) throw new RangeError(`a scale needs finite values, got ${value}`);
    low = Math.min(low, value);
    high = Math.max(high, value);
  }
  if (low > high) throw new RangeError("a scale needs at least one value");
  const size = Math.max(Math.abs(low), Math.abs(high));
  if (size < tiny || high - low < tiny * size) {
    const room = size < tiny ? 1 : size / 2;
    low -= room;
    high += room;
  }
  const step = roundStep(high - low, pieces);
  const first = snug ? Math.ceil(low / step - 1e-9) : Math.floor(low / step + 1e-9);
  const last = snug ? Math.floor(high / step + 1e-9) : Math.ceil(high / step - 1e-9);
  const ticks = Array.from({ length: last - first + 1 }, (_, i) => (first + i) * step);
  if (!snug) {
    low = ticks[0]!;
    high = ticks.at(-1)!;
  }
  const span = high - low;
  return {
    low,
    high,
    ticks,
    decimals: Math.max(0, -Math.floor(Math.log10(step) + 1e-9)),
    share: (value) => (value - low) / span,
  };
}
