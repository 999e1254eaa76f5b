import { keyedDraws, subjectKey } from "../random/index.js";

/** Purposes of draws in this folder, so that no two share numbers under one seed. */
const purposes = { permanent: 0x5a11_0001, stream: 0x5a11_0002 };

/**
 * A number in (0, 1) that belongs to a name for ever: the same seed and name give it whatever else is drawn.
 * It is what permanent random numbers are made of (Ohlsson 1995, "Coordination of samples using permanent random numbers").
 *
 * @throws {RangeError} when the seed is no whole number from 0 to 2⁵³ − 1.
 */
export function permanentNumber(seed: number, name: string): number {
  return keyedDraws(seed, purposes.permanent).uniform(subjectKey(name), 0);
}

/** A stream of reproducible draws, a function of its seed and name only. */
export interface Draws {
  /** Uniform in (0, 1). */
  uniform(): number;
  /** A whole number from 0 to `below` − 1. */
  below(below: number): number;
  /** Standard normal. */
  normal(): number;
}

/**
 * The draws of a seed for one named use, one after the other.
 * @throws {RangeError} when the seed is no whole number from 0 to 2⁵³ − 1.
 */
export function drawsOf(seed: number, name: string): Draws {
  const keyed = keyedDraws(seed, purposes.stream);
  const subject = subjectKey(name);
  let [uniforms, normals] = [0, 0];
  const uniform = () => keyed.uniform(subject, uniforms++);
  return {
    uniform,
    below: (below) => Math.floor(uniform() * below),
    // Counters from 2³¹ on, which the uniforms don't reach.
    normal: () => keyed.normal(subject, 0x8000_0000 + normals++),
  };
}

/** Puts the elements into random order, in place (Fisher and Yates). */
export function shuffle<T>(elements: T[], draws: Draws): T[] {
  for (let i = elements.length - 1; i > 0; i--) {
    const j = draws.below(i + 1);
    [elements[i], elements[j]] = [elements[j]!, elements[i]!];
  }
  return elements;
}
