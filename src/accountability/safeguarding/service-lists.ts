import type { Urn } from "../../kernel/index.js";
import type { Database } from "../../platform/database/index.js";
import { HttpError } from "../../platform/http/index.js";
import type { Actor } from "../../platform/identity/index.js";
import { findSchool } from "../../register/index.js";
import { acting } from "./service-audits.js";
import { escalationsFor } from "./service-escalations.js";
import { type PendingAction, pendingActions } from "./service-follow-up.js";
import { countAudits, type ListedAudit, listAudits } from "./store-audits.js";
import { listOfficers } from "./store-officers.js";
import { findPlan, type KeptPlan, type ListedVisit, listPlans, visitsOf } from "./store-plans.js";

/** An officer's audits of a year, those to read, and the actions to follow up. */
export async function auditLists(database: Database, actor: Actor, charter: string | null, year: number, now: Date) {
  if (charter === null) return { own: [], reading: [], pending: [] };
  const lists = await acting(database, actor, async (queries) => ({
    own: await listAudits(queries, { officer: charter, year, limit: 1000 }),
    reading: await listAudits(queries, { secondReader: charter, state: "reading" }),
  }));
  return { ...lists, pending: await pendingActions(database, actor, { officer: charter }, now) };
}

/** A school's audits and open actions. @throws {HttpError} 404 where the register has no such school. */
export async function schoolAudits(
  database: Database,
  actor: Actor,
  urn: string,
  now: Date,
): Promise<{
  readonly name: string;
  readonly audits: readonly ListedAudit[];
  readonly pending: readonly PendingAction[];
}> {
  const school = await findSchool(database.queries, urn as Urn);
  if (!school) throw new HttpError(404, "school-unknown", `The register has no school "${urn}".`);
  const audits = await acting(database, actor, (queries) => listAudits(queries, { urn }));
  return { name: school.name, audits, pending: await pendingActions(database, actor, { urn }, now) };
}

/** All that a region's page shows. */
export async function regionOverview(database: Database, actor: Actor, region: string, year: number, now: Date) {
  const own = await acting(database, actor, async (queries) => ({
    counts: await countAudits(queries, { region, year }),
    officers: await listOfficers(queries, region),
    plans: await listPlans(queries, region),
  }));
  return {
    ...own,
    pending: await pendingActions(database, actor, { region }, now),
    escalations: await escalationsFor(database, actor, { region, open: true }),
  };
}

/** A plan of a region with its visits, or null where there is none within reach. */
export function regionPlan(
  database: Database,
  actor: Actor,
  region: string,
  id: number,
): Promise<{
  readonly plan: KeptPlan;
  readonly visits: readonly ListedVisit[];
  readonly officers: Awaited<ReturnType<typeof listOfficers>>;
} | null> {
  return acting(database, actor, async (queries) => {
    const plan = await findPlan(queries, id);
    if (plan?.region !== region) return null;
    return { plan, visits: await visitsOf(queries, id), officers: await listOfficers(queries, region) };
  });
}
