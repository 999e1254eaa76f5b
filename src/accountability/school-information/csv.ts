import type { Side } from "./sides.js";

/** A field of a CSV file by RFC 4180: quoted where it has to be. */
function csvField(value: string | number | null): string {
  if (value === null) return "";
  const text = String(value);
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/** Rows as CSV under a header; an empty field is a value that isn't there. */
export function csvOf(header: readonly string[], rows: readonly (readonly (string | number | null)[])[]): string {
  return `${[header, ...rows].map((row) => row.map(csvField).join(",")).join("\r\n")}\r\n`;
}

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
  return csvOf(
    header,
    sides.map(({ school, measured, because }) => [
      ...[school.urn, school.name, school.authority, measured?.phase ?? school.phase, measured?.valueAdded ?? null],
      ...[measured?.lower ?? null, measured?.upper ?? null, measured?.predictionError ?? null, because ?? "chosen"],
    ]),
  );
}
