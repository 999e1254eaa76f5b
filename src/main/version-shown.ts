import { sql } from "drizzle-orm";
import type { ReviewReader } from "../accountability/quality-mark/index.js";
import type { Database } from "../platform/database/index.js";
import { dayInEngland } from "../platform/http/index.js";
import { readHead } from "../platform/log/index.js";
import { directoryInUse, lastImport } from "../register/index.js";

/**
 * Asks for a text that changes with everything that public pages show: the published review, the register, whatever the log has (marks,
 * audits, accounts, duties, measures), and the day, because marks and offices end by date. While the database's snapshot is the one
 * seen last, nobody has committed anything, and what was read last still holds.
 */
export function versionShown(
  { queries }: Database,
  reader: Pick<ReviewReader, "review">,
  clock: () => Date,
): () => Promise<string> {
  let seen: { readonly snapshot: string; readonly stored: string } | null = null;
  async function stored(): Promise<string> {
    const [row] = (await queries.execute(sql`select pg_current_snapshot()::text as snapshot`)) as {
      snapshot: string;
    }[];
    if (seen?.snapshot === row!.snapshot) return seen.stored;
    const [review, register, head] = await Promise.all([reader.review(), lastImport(queries), readHead(queries)]);
    seen = { snapshot: row!.snapshot, stored: [review?.id, register?.importedAt, head.number].join(" ") };
    return seen.stored;
  }
  return async () => {
    const now = await stored();
    return [now, directoryInUse(queries), dayInEngland(clock())].join(" "); // the directory follows an import some seconds later
  };
}
