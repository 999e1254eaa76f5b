import { seededRandom } from "../../kernel/index.js";
import type { Outcome } from "./outcome.js";

/** Why a second officer reads an audit, or null where none has to. */
export type SecondReading = "not-secure" | "sample" | "asked";

/** A draw that anybody can repeat: the year's seed and the audit's id make the number. */
export interface SampleDraw {
  readonly seed: number;
  /** From 0 (included) to 1 (not). */
  readonly drawn: number;
  readonly rate: number;
}

/**
 * Draws whether an audit is in the sample that a second officer reads.
 * @param seed the year's, published after the year's last audit so that nobody can tell beforehand
 */
export function drawSample(audit: string, seed: number, rate: number): SampleDraw {
  return { seed, drawn: seededRandom(seed).fork(audit).uniform(), rate };
}

/** Whether a second officer has to read an audit before it is signed, and why. */
export function secondReadingOf(outcome: Outcome, draw: SampleDraw, asked: boolean): SecondReading | null {
  if (outcome === "not-secure") return "not-secure";
  if (draw.drawn < draw.rate) return "sample";
  return asked ? "asked" : null;
}
