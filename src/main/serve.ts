import { reviewApi } from "../accountability/quality-mark/api.js";
import { reviewReader } from "../accountability/quality-mark/index.js";
import { reviewBand, reviewPages, reviewSite } from "../accountability/quality-mark/web.js";
import type { CalibrationRow } from "../england/index.js";
import { ok, type Problem, type Result } from "../kernel/index.js";
import type { Database } from "../platform/database/index.js";
import { buildServer, type ListenAddress, listen, stopOnSignals } from "../platform/http/index.js";
import { proposals } from "./proposals.js";

/**
 * Serves the newest review of the register until Ctrl-C, which then closes the database too.
 * @param calibration how a synthetic England compares with the real one; empty where there is no report
 * @returns the sentence that says where
 */
export async function serveReview(
  database: Database,
  version: string,
  calibration: readonly CalibrationRow[],
  address: ListenAddress,
): Promise<Result<string, Problem>> {
  const reader = reviewReader(database.queries);
  const site = reviewSite(version);
  const server = await buildServer({
    version,
    site,
    band: () => reviewBand(reader),
    routes: [reviewPages({ reader, site, proposals, calibration }), reviewApi({ reader })],
  });
  const listening = await listen(server, address);
  if (!listening.ok) return listening;
  stopOnSignals(server, () => database.close());
  return ok(`Greenpaper is at ${listening.value}  (Ctrl-C stops it)`);
}
