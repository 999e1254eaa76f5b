import { formatCsv } from "./csv.js";
import type { ListedVisit } from "./store-plans.js";

/** A plan's visits as CSV. */
export function visitsCsv(visits: readonly ListedVisit[]): string {
  const header = [
    "URN",
    "School",
    "Town",
    "Charter",
    "Officer",
    "Planned for",
    "Days",
    "Same day as",
    "Kilometres",
    "Changed",
  ];
  return formatCsv([
    header,
    ...visits.map((visit) => [
      ...[visit.urn, visit.school, visit.town ?? "", visit.officer, visit.officerName, visit.plannedOn],
      ...[String(visit.days), visit.pairedWith ?? "", visit.kilometres.toFixed(1), visit.changed ? "yes" : "no"],
    ]),
  ]);
}
