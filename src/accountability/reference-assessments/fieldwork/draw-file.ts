import { Compile } from "typebox/compile";
import { formatCsv, parseCsv } from "../../../ingest/index.js";
import { err, ok, type Problem, type Result } from "../../../kernel/index.js";
import { DrawSchema } from "./api-schemas.js";
import type { DrawFile } from "./draw-check.js";
import type { DrawnFrame } from "./frame.js";
import { problem } from "./problem.js";

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

/** The record of a draw as a file has it; what doesn't fit is named. */
export function readDrawFile(bytes: Uint8Array, shown: string): Result<DrawFile, readonly Problem[]> {
  const refused = (place: string, message: string) =>
    problem("fieldwork-sample-invalid", place, message, "Take the draw.json that was written by draw-record.");
  let read: unknown;
  try {
    read = JSON.parse(new TextDecoder().decode(bytes));
  } catch (error) {
    return err([refused(shown, `it is no JSON (${error instanceof Error ? error.message : error})`)]);
  }
  const schema = Compile(DrawSchema);
  if (schema.Check(read)) return ok(read);
  return err(schema.Errors(read).map(({ instancePath, message }) => refused(`${shown}${instancePath}`, message)));
}
