import { existsSync, readFileSync } from "node:fs";
import { gunzipSync } from "node:zlib";
import { type Counts, countryOf, givenBorders } from "../../src/accountability/regions/drawing/england.js";
import { parseCsv } from "../../src/ingest/index.js";

const file = new URL("../../../shared/data/england/attendance_ytd.csv.gz", import.meta.url);

/** Pupils of the one school of each of two authorities, suppressed in the file: from the school census of January 2023. */
const suppressed: Readonly<Record<string, number>> = { "201": 271, "420": 263 };

/**
 * England with the schools and pupils of 2025/26. Source: Department for Education, Pupil attendance in schools 2025/26, rows of local
 * authorities and all schools (Open Government Licence v3.0).
 * @returns null where the file isn't there
 */
export function englandOfToday(): ReturnType<typeof countryOf> | null {
  if (!existsSync(file)) return null;
  const columns = [
    "geographic_level",
    "old_la_code",
    "education_phase",
    "total_num_schools",
    "total_enrolments",
  ] as const;
  const rows = parseCsv(gunzipSync(readFileSync(file)), "attendance_ytd.csv.gz", columns);
  if (!rows.ok) throw new Error(rows.error[0]!.message);
  const counts = new Map<string, Counts>();
  for (const { fields } of rows.value) {
    if (fields.geographic_level !== "Local authority" || fields.education_phase !== "Total") continue;
    const code = fields.old_la_code;
    const pupils = fields.total_enrolments === "c" ? suppressed[code] : Number(fields.total_enrolments);
    if (pupils === undefined) throw new Error(`the pupils of ${code} are suppressed`);
    counts.set(code, { schools: Number(fields.total_num_schools), pupils });
  }
  return countryOf(givenBorders, counts);
}
