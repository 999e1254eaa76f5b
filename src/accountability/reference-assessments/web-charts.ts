import { type SeriesPoint, seriesChart } from "../../platform/charts/index.js";
import type { FigureRow } from "./published/results.js";

/** A series of figures over cycles, as a chart. */
export interface CycleSeries {
  readonly id: string;
  readonly title: string;
  readonly description: string;
  readonly rows: readonly FigureRow[];
  readonly scaleName: string;
  /** The level of no change: the first cycle's figure. */
  readonly levelName: string;
  readonly decimals: number;
}

const points = (rows: readonly FigureRow[]): SeriesPoint[] =>
  rows.map(({ cycle, value, low, high }) => ({ label: cycle, value, lower: low, upper: high }));

/** Figures of the cycles in order with their intervals, joined, against the level of the first. */
export function cyclesChart({ id, title, description, rows, scaleName, levelName, decimals }: CycleSeries): string {
  return seriesChart({
    ...{ id, title, description, scaleName, decimals },
    points: points(rows),
    line: null,
    average: { at: rows[0]!.value, label: levelName },
    pointsName: "Cycle",
    joined: true,
  });
}
