import { caseJobs, reviewReader } from "../accountability/quality-mark/index.js";
import { reviewBand, reviewSite } from "../accountability/quality-mark/web.js";
import type { CalibrationRow } from "../england/index.js";
import { ok, type Problem, type Result } from "../kernel/index.js";
import type { Database } from "../platform/database/index.js";
import {
  answersIn,
  buildServer,
  dayInEngland,
  KeptPages,
  type ListenAddress,
  listen,
  type RouteGroup,
  type Server,
  type ServerOptions,
  stopOnSignals,
} from "../platform/http/index.js";
import type { SignInSettings } from "../platform/identity/index.js";
import { accountLinks, identityParts } from "../platform/identity/parts.js";
import { runJobs, watchDays } from "../platform/jobs/index.js";
import type { Site } from "../platform/pages/index.js";
import { knownScopes, localPeopleOf } from "./local-people.js";
import { dayWork, jobKinds, type PartsContext, routeGroups, workEntries } from "./parts.js";
import { placesOf } from "./places.js";
import type { ServerSettings } from "./server-settings.js";
import { versionShown } from "./version-shown.js";

/** What a server may be told beside where its register is; tests say who asks. */
export interface ServeOptions
  extends Partial<ServerSettings>,
    Pick<ServerOptions, "identify" | "onFailure" | "onRefusal"> {
  readonly clock?: () => Date;
  /** Added before the product's own routes: tests see every route go by. */
  readonly watch?: RouteGroup;
  /** What is still being made of made-up data, for the band of every page; null when nothing is. */
  readonly stillMaking?: () => string | null;
}

const nobodySignsIn: SignInSettings = { kind: "none", missing: [], why: "it was started without a way to sign in" };

/** The site of the review with the way to every other service. */
function productSite(version: string): Site {
  const site = reviewSite(version);
  const services = { text: "Services", href: "/services" };
  return {
    ...{ ...site, account: accountLinks },
    ...{
      navigation: [...site.navigation, { text: "Simulate", href: "/simulate" }, services],
      footer: [services, ...site.footer],
    },
  };
}

/** The server of the whole product over a register, not yet listening. */
export async function productServer(
  database: Database,
  version: string,
  calibration: readonly CalibrationRow[],
  { clock = () => new Date(), signIn = nobodySignsIn, watch = () => {}, stillMaking, ...options }: ServeOptions = {},
): Promise<Server> {
  const reader = reviewReader(database.queries, () => dayInEngland(clock()));
  const making = stillMaking ?? (() => null);
  const shown = versionShown(database, reader, clock);
  const kept = new KeptPages(async () => `${await shown()} ${making()}`);
  const context: PartsContext = {
    database,
    site: productSite(version),
    band: async () => [await reviewBand(reader), making()].filter((text) => text !== null).join(". ") || null,
    clock,
    kept,
    answers: answersIn(database),
    reader,
    calibration,
  };
  const localPeople = localPeopleOf(database, () => dayInEngland(clock()));
  const { routes, ...ports } = identityParts({
    ...context,
    settings: signIn,
    localPeople,
    work: workEntries,
    knows: knownScopes(database),
  });
  return buildServer({
    ...{ version, site: context.site, band: context.band, routes: [watch, ...routes, ...routeGroups(context)] },
    places: placesOf(database, clock),
    kept,
    ...ports,
    ...options,
  });
}

/** Work that begins with serving and goes on beside it. */
export interface Meanwhile {
  /** What is still being made, for the band of every page; null when nothing is. */
  words(): string | null;
  /** Works until it is done or told to stop; it takes the jobs of the cases by its own clock, so the server's worker leaves them alone. */
  work(stopping: AbortSignal): Promise<void>;
}

/** The register's jobs, those of the cases only once other work with them is done. @returns what stops all of it */
function workThrough(database: Database, meanwhile: Meanwhile | null): () => Promise<void> {
  if (!meanwhile) return runJobs(database, jobKinds).stop;
  const stopping = new AbortController();
  const workers = [
    runJobs(
      database,
      jobKinds.filter((kind) => !caseJobs.includes(kind)),
    ),
  ];
  const work = meanwhile.work(stopping.signal).then(() => {
    if (!stopping.signal.aborted) workers.push(runJobs(database, caseJobs));
  });
  return async () => {
    stopping.abort();
    await work;
    for (const { stop } of workers) await stop();
  };
}

/**
 * Serves the register and works through its jobs until Ctrl-C, which then closes the database too.
 * @param calibration how a synthetic England compares with the real one; empty where there is no report
 * @param meanwhile what is still to be made
 * @returns the sentence that says where
 */
export async function serveReview(
  database: Database,
  version: string,
  calibration: readonly CalibrationRow[],
  address: ListenAddress,
  settings: ServerSettings,
  meanwhile: Meanwhile | null = null,
): Promise<Result<string, Problem>> {
  const stillMaking = meanwhile && { stillMaking: () => meanwhile.words() };
  const server = await productServer(database, version, calibration, { ...settings, ...stillMaking });
  const listening = await listen(server, address);
  if (!listening.ok) return listening;
  const stopWork = workThrough(database, meanwhile);
  const days = watchDays(database, dayWork);
  stopOnSignals(server, async () => {
    await days.stop();
    await stopWork();
    await database.close();
  });
  return ok(`Greenpaper is at ${listening.value}  (Ctrl-C stops it)`);
}
