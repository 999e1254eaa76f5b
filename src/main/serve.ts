import { reviewReader } from "../accountability/quality-mark/index.js";
import { reviewBand, reviewSite } from "../accountability/quality-mark/web.js";
import type { CalibrationRow } from "../england/index.js";
import { ok, type Problem, type Result } from "../kernel/index.js";
import type { Database } from "../platform/database/index.js";
import {
  answersIn,
  buildServer,
  type ListenAddress,
  listen,
  type Server,
  type ServerOptions,
  stopOnSignals,
} from "../platform/http/index.js";
import { runJobs } from "../platform/jobs/index.js";
import { jobKinds, type PartsContext, routeGroups } from "./parts.js";

/** What a server may be told beside where its register is; tests say who asks. */
export interface ServeOptions extends Pick<ServerOptions, "identify" | "onFailure" | "onRefusal"> {
  readonly clock?: () => Date;
}

/** The server of the whole product over a register, not yet listening. */
export async function productServer(
  database: Database,
  version: string,
  calibration: readonly CalibrationRow[],
  { clock = () => new Date(), ...options }: ServeOptions = {},
): Promise<Server> {
  const reader = reviewReader(database.queries);
  const context: PartsContext = {
    database,
    site: reviewSite(version),
    band: () => reviewBand(reader),
    clock,
    answers: answersIn(database),
    reader,
    calibration,
  };
  return buildServer({ version, site: context.site, band: context.band, routes: routeGroups(context), ...options });
}

/**
 * Serves the register and works through its jobs until Ctrl-C, which then closes the database too.
 * @param calibration how a synthetic England compares with the real one; empty where there is no report
 * @returns the sentence that says where
 */
export async function serveReview(
  database: Database,
  version: string,
  calibration: readonly CalibrationRow[],
  address: ListenAddress,
): Promise<Result<string, Problem>> {
  const server = await productServer(database, version, calibration);
  const listening = await listen(server, address);
  if (!listening.ok) return listening;
  const jobs = runJobs(database, jobKinds);
  stopOnSignals(server, async () => {
    await jobs.stop();
    await database.close();
  });
  return ok(`Greenpaper is at ${listening.value}  (Ctrl-C stops it)`);
}
