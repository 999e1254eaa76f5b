// Trusts by region and size, and how many schools of every phase, region and fifth are in trusts of each size: the register's links of academies
// of 29 March 2024 beside the schools of January 2023.
import { readRows } from "../england/reading.mjs";

/** The least schools of each size: as src/simulation/classes.ts has them. */
const leastSchools = [1, 2, 6, 12, 30];
const sizeOf = (schools) => leastSchools.findLastIndex((least) => schools >= least);
const trustTypes = ["Multi-academy trust", "Single-academy trust"];

/**
 * @param groups phase × region × fifth: the URNs of its schools
 * @returns `trusts` region × size: trusts by the region with most of their schools; `schools` phase × region × fifth × size
 */
export function trustTotals(folder, groups) {
  const links = readRows(folder, "gias_grouplinks_academies_2024-03-29").filter(
    (row) => trustTypes.includes(row["Group Type"]) && row["Group Status"] === "Open",
  );
  const count = (rows, key) => {
    const counts = new Map();
    for (const row of rows) counts.set(key(row), (counts.get(key(row)) ?? 0) + 1);
    return counts;
  };
  const schoolsOf = count(links, (row) => row["Linked UID"]);
  const trustOf = new Map(links.map((row) => [row.URN, row["Linked UID"]]));
  const schools = groups.map((phase) =>
    phase.map((region) =>
      region.map((urns) => {
        const bands = leastSchools.map(() => 0);
        for (const urn of urns) if (trustOf.has(urn)) bands[sizeOf(schoolsOf.get(trustOf.get(urn)))] += 1;
        return bands;
      }),
    ),
  );
  const regions = groups[0].map((_, region) => groups.flatMap((phase) => phase[region].flat()));
  const held = new Map();
  regions.forEach((urns, region) => {
    for (const urn of urns) {
      const trust = trustOf.get(urn);
      if (trust === undefined) continue;
      const row = held.get(trust) ?? regions.map(() => 0);
      row[region] += 1;
      held.set(trust, row);
    }
  });
  const trusts = regions.map(() => leastSchools.map(() => 0));
  for (const [trust, row] of held) trusts[row.indexOf(Math.max(...row))][sizeOf(schoolsOf.get(trust))] += 1;
  return { trusts, schools };
}
