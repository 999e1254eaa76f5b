import type { ReviewReader } from "../accountability/quality-mark/index.js";
import type { Database } from "../platform/database/index.js";
import { dayInEngland } from "../platform/http/index.js";
import { readHead } from "../platform/log/index.js";
import { directoryInUse, lastImport } from "../register/index.js";

/**
 * A text that changes with everything that public pages show: the published review, the register, whatever the log has (marks,
 * audits, accounts, duties, measures), and the day, because marks and offices end by date.
 */
export async function versionShown(
  { queries }: Database,
  reader: Pick<ReviewReader, "review">,
  clock: () => Date,
): Promise<string> {
  const [review, register, head] = await Promise.all([reader.review(), lastImport(queries), readHead(queries)]);
  const directory = directoryInUse(queries); // it follows an import some seconds later
  return [review?.id, register?.importedAt, directory, head.number, dayInEngland(clock())].join(" ");
}
