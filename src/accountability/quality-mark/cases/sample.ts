/** The number of a school in a year's draw, from 0 up to 1; handed in, so that this file needs no module of the platform. */
export type DrawNumber = (seed: string, urn: string) => number;

/**
 * Whether the year's draw takes a school for second reading. Every school has one number, which depends on the sealed seed and
 * its URN alone: neither the evidence, nor the officer, nor the order of work can move it, and it takes awards and refusals at
 * the same rate.
 *
 * @param share 0–1, as 0.1
 */
export function isSampled(seed: string, urn: string, share: number, drawNumber: DrawNumber): boolean {
  return drawNumber(seed, urn) < share;
}
