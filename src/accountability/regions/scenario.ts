import type { Country } from "./drawing/country.js";
import type { DrawingOutcome, DrawingRecord } from "./drawing/draw.js";
import type { Impossible } from "./drawing/impossible.js";
import type { DrawingSettings } from "./drawing/settings.js";

/** What came of a question, as it is stored: what is measured can be measured again. */
export interface ScenarioResult {
  readonly kind: DrawingOutcome["kind"] | "by-hand";
  readonly slotOf: readonly number[];
  readonly bound: number | null;
  readonly impossible: Impossible | null;
  /** Null for a drawing that was adjusted by hand. */
  readonly record: DrawingRecord | null;
  /** The drawing that it was adjusted from. */
  readonly from: number | null;
}

/** A question put to the drawing of regions. */
export interface Scenario {
  readonly id: number;
  readonly title: string;
  readonly version: number;
  readonly settings: DrawingSettings;
  readonly country: Country;
  readonly state: "waiting" | "drawn" | "impossible" | "adopted";
  readonly job: string | null;
  readonly result: ScenarioResult | null;
  readonly madeBy: string;
  readonly madeAt: string;
}
