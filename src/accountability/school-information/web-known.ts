import type { Database } from "../../platform/database/index.js";
import { dayInEngland } from "../../platform/http/index.js";
import { directoryReader } from "../../register/index.js";
import type { ReviewReader } from "../quality-mark/index.js";
import { compareSchools, readComparison } from "./comparison.js";
import { alikeReader } from "./store-intakes.js";

/** What pages and interface ask of the register again and again: kept while nothing is imported, and shared by both. */
export type KnownSchools = ReturnType<typeof knownSchools>;

/** The directory of schools, and schools side by side. */
export function knownSchools({
  database,
  clock,
  reader,
}: {
  readonly database: Database;
  readonly clock: () => Date;
  readonly reader: ReviewReader;
}) {
  const directory = directoryReader(database.queries, () => dayInEngland(clock()));
  const alike = alikeReader(database.queries);
  return {
    directory,
    /** The phases of the register's schools, and those that the review has measures of. */
    async phases(measured: readonly string[]) {
      const { phases } = await directory();
      return [...new Set([...measured, ...phases])].sort();
    },
    async comparison(query: Readonly<Record<string, unknown>>) {
      const schools = await directory();
      const asked = readComparison(query);
      // Intakes are only needed where they are asked for.
      const near = asked.others === "alike" ? await alike(schools) : { nearest: () => [] };
      return { asked, ...(await compareSchools(asked, { directory: schools, alike: near, reader })) };
    },
  };
}
