import { canonicalJson, type Json } from "../../kernel/index.js";
import type { Override } from "../parameters/compile.js";

/** The newest shape of a scenario document that this program reads. */
export const scenarioSchema = 1;

/** A whole run as a document: what is changed, on which model and country, with which luck. */
export interface Scenario {
  /** The version of the document's shape. */
  readonly schema: number;
  /** The version of the model that it was made with. */
  readonly model: string;
  /** Hash of the country's columns that it was made on. */
  readonly dataHash: string;
  /** Changes of declared values; of two on the same year the later holds. */
  readonly overrides: readonly Override[];
  /** Whole number from 0 to 2³² − 1. */
  readonly seed: number;
  /** Draws of the uncertain parameters; 1 is the run with every parameter at its declared value. */
  readonly draws: number;
  /** The keyed share of everybody who is simulated: 1 ∕ n for a whole n. */
  readonly share: number;
}

/** What a run may ask for: the range of seed and draws, and the most parts of which a share may be one. */
export const scenarioLimits = { seed: [0, 0xffff_ffff], draws: [1, 2000], parts: 100 } as const;

/** The one text of a scenario, the same on every machine: canonical JSON (RFC 8785). */
export function scenarioText(scenario: Scenario): string {
  const { schema, model, dataHash, overrides, seed, draws, share } = scenario;
  const plain: Json = {
    ...{ schema, model, dataHash, seed, draws, share },
    overrides: overrides.map(({ path, from, to, value }) => ({ path, from, to, value })),
  };
  return canonicalJson(plain);
}
