import { columnOf, type Table } from "../../../kernel/index.js";
import type { StudyMaterial } from "../study/material.js";
import type { Study } from "../study/study.js";

/**
 * The school, or other sampled unit, of each pupil; null where the study names none. Where most labels stand in several strata or zones, units are
 * numbered within these, as PSU 1 and 2 of each stratum are: then a unit is the label within its stratum.
 */
export function sampledUnits({ study, persons }: StudyMaterial): Int32Array | null {
  return unitsIn(persons, study.design);
}

/** The same from a table and the columns of its design. */
export function unitsIn(
  persons: Table,
  { cluster, stratum, zone }: Pick<Study["design"], "cluster" | "stratum" | "zone">,
): Int32Array | null {
  if (cluster === null) return null;
  const { codes, levels } = columnOf(persons, cluster, "category");
  const within = stratum ?? zone;
  if (within === null) return codes;
  const strata = columnOf(persons, within, "category");
  const first = new Int32Array(levels.length).fill(-1);
  const repeated = new Uint8Array(levels.length);
  codes.forEach((code, row) => {
    const own = strata.codes[row]!;
    if (first[code] === -1) first[code] = own;
    else if (first[code] !== own) repeated[code] = 1;
  });
  const often = repeated.reduce((sum, one) => sum + one, 0);
  return 2 * often < levels.length || often === 0
    ? codes
    : codes.map((code, row) => strata.codes[row]! * levels.length + code);
}
