import { formatCsv } from "../../../ingest/index.js";
import type { NamedSchool } from "./store.js";

type ListedSchool = Pick<
  NamedSchool,
  "unit" | "choice" | "urn" | "name" | "region" | "stratum" | "size" | "probability" | "state" | "reason"
>;

/** A sample as a table, one row a school, in order of selection. */
export const sampleCsv = (schools: readonly ListedSchool[]): string =>
  formatCsv(
    ["unit", "choice", "urn", "name", "region", "stratum", "size", "probability", "state", "reason"],
    schools.map((s) => [
      s.unit,
      s.choice,
      s.urn,
      s.name,
      s.region,
      s.stratum,
      s.size,
      s.probability,
      s.state,
      s.reason,
    ]),
  );
