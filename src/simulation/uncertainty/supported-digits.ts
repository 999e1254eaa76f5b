/** A figure with no more digits than its interval supports. */
export interface RoundedFigure {
  readonly value: number;
  readonly low: number;
  readonly high: number;
  /** What all three are rounded to, as 100; a power of ten. */
  readonly unit: number;
}

/** Ten to a whole power, exactly where a double can hold it. */
const powerOfTen = (power: number) => Number(`1e${power}`);

const roundTo = (value: number, unit: number) => Number((Math.round(value / unit) * unit).toFixed(decimalsOf(unit)));

/**
 * What a figure with an uncertainty may be rounded to: one significant digit of the uncertainty, or two where it begins with less than
 * 3.55 (the rule of the Particle Data Group, Review of Particle Physics 2022, section 5.3).
 *
 * @param halfWidth of the interval, above 0
 * @returns a power of ten
 */
export function supportedUnit(halfWidth: number): number {
  const power = Math.floor(Math.log10(halfWidth));
  const leading = Math.floor(halfWidth / powerOfTen(power - 2));
  return powerOfTen(leading < 355 ? power - 1 : power);
}

/**
 * A figure and the ends of its interval, all to the digits that the interval supports.
 * @returns null where a number isn't finite or the ends are not in order: such a figure isn't shown
 */
export function roundToInterval(value: number, low: number, high: number): RoundedFigure | null {
  if (![value, low, high].every(Number.isFinite) || low > high) return null;
  if (low === high) return { value, low, high, unit: 0 };
  const unit = supportedUnit((high - low) / 2);
  return { value: roundTo(value, unit), low: roundTo(low, unit), high: roundTo(high, unit), unit };
}

/** The digits after the point that a unit leaves. */
export function decimalsOf(unit: number): number {
  return unit >= 1 || unit === 0 ? 0 : -Math.round(Math.log10(unit));
}
