import { formatCsv, parseCsv } from "../../../ingest/index.js";
import { ok, type Problem, type Result } from "../../../kernel/index.js";
import type { DrawnFrame } from "./frame.js";

const columns = ["urn", "size", "stratum", "region", "free_school_meals_percent"] as const;

/** A frame as a table, one row a school. */
export const frameCsv = (schools: readonly DrawnFrame[]): string =>
  formatCsv(
    columns,
    schools.map(({ urn, size, stratum, region, freeSchoolMealsPercent }) => [
      ...[urn, size, stratum, region, freeSchoolMealsPercent],
    ]),
  );

/** The frame of {@link frameCsv}; what was changed in it shows in its fingerprint. */
export function parseFrame(bytes: Uint8Array, shown: string): Result<readonly DrawnFrame[], readonly Problem[]> {
  const rows = parseCsv(bytes, shown, columns);
  if (!rows.ok) return rows;
  return ok(
    rows.value.map(({ fields }) => ({
      ...{ urn: fields.urn, size: Number(fields.size), stratum: fields.stratum },
      region: fields.region === "" ? null : fields.region,
      freeSchoolMealsPercent: fields.free_school_meals_percent === "" ? null : Number(fields.free_school_meals_percent),
    })),
  );
}
