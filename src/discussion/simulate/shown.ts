import type { Child } from "hono/jsx";
import type { RunResult } from "../../simulation/index.js";
import type { ScenarioReport } from "../../simulation/report/index.js";

/** A table as a file: raw values, missing ones null. */
export interface Sheet {
  /** Names the file: letters, digits and hyphens. */
  readonly id: string;
  readonly head: readonly string[];
  readonly rows: readonly (readonly (string | number | null)[])[];
}

/** A scenario's run beside the one without it. */
export interface PairOfResults {
  readonly baseline: RunResult;
  readonly scenario: RunResult;
}

/** A run as it is shown, on the server and in the browser alike. */
export interface ShownRun {
  /** The calendar year in which the first academic year begins. */
  readonly first: number;
  readonly years: number;
  readonly pair: PairOfResults;
  readonly report: ScenarioReport;
  /** Whether the scenario changes anything. */
  readonly changes: boolean;
  /** Draws of the uncertain numbers that have come in. */
  readonly draws: number;
  /** Where chance, forms and drivers can be asked for; null where they can't. */
  readonly further: Child;
  /** How a table is offered as a file. */
  readonly download: (sheet: Sheet) => Child;
}

/** A run without what is around it on the page. */
export type RunToShow = Omit<ShownRun, "download" | "further">;
