/** The number of a school in a year's draw, from 0 up to 1; handed in, so that this file needs no module of the platform. */
export type DrawNumber = (urn: string) => number;

/**
 * How many decisions of a kind a second person reads: the share, rounded up, so one at least where there is any.
 *
 * @param decisions how many were taken
 * @param share 0–1, as 0.1
 */
export function sampleSize(decisions: number, share: number): number {
  return Math.ceil(Math.round(share * decisions * 1e9) / 1e9); // 0.1 × 70 is more than 7 in binary
}

/**
 * The schools of a kind of decision that a second person reads: those with the smallest numbers. A number depends on the sealed seed and
 * the URN alone: neither the evidence, nor the officer, nor the order of work can move it. It is drawn when every decision has been
 * taken, so that nobody decides knowing who will look.
 *
 * @returns URNs in the order of their numbers
 */
export function drawSample(urns: readonly string[], share: number, numberOf: DrawNumber): readonly string[] {
  const numbers = new Map(urns.map((urn) => [urn, numberOf(urn)]));
  const inOrder = [...urns].sort((a, b) => numbers.get(a)! - numbers.get(b)! || (a < b ? -1 : 1));
  return inOrder.slice(0, sampleSize(urns.length, share));
}
