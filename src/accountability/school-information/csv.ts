import { formatSheet } from "../../ingest/index.js";
import type { Side } from "./sides.js";

/** A comparison as CSV. */
export function comparisonCsv(sides: readonly Side[]): string {
  const header = [
    "school",
    "name",
    "authority",
    "phase",
    "value_added",
    "lower",
    "upper",
    "prediction_error",
    "because",
  ];
  return formatSheet(
    header,
    sides.map(({ school, measured, because }) => [
      ...[school.urn, school.name, school.authority, measured?.phase ?? school.phase, measured?.valueAdded ?? null],
      ...[measured?.lower ?? null, measured?.upper ?? null, measured?.predictionError ?? null, because ?? "chosen"],
    ]),
  );
}
