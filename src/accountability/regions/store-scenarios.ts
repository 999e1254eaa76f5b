import { desc, eq, sql } from "drizzle-orm";
import type { Queries } from "../../platform/database/index.js";
import { schoolTable } from "../../register/index.js";
import type { Counts } from "./drawing/england.js";
import type { Scenario, ScenarioResult } from "./scenario.js";
import { boundaryFileTable, scenarioTable } from "./store-tables.js";

/** Open schools and their pupils by authority, as the register counts them; a school whose pupils nobody knows counts none. */
export async function countSchools(queries: Queries): Promise<ReadonlyMap<string, Counts>> {
  const rows = await queries
    .select({
      authority: schoolTable.authority,
      schools: sql<number>`count(*)::integer`,
      pupils: sql<number>`coalesce(sum(${schoolTable.pupils}), 0)::integer`,
    })
    .from(schoolTable)
    .where(sql`${schoolTable.status} in ('open', 'open-proposed-to-close')`)
    .groupBy(schoolTable.authority);
  return new Map(rows.map(({ authority, schools, pupils }) => [authority as string, { schools, pupils }]));
}

/** Saves a question; answers its number. */
export async function insertScenario(
  queries: Queries,
  scenario: Pick<Scenario, "title" | "settings" | "country" | "state" | "result" | "madeBy">,
  now: Date,
): Promise<number> {
  const [row] = await queries
    .insert(scenarioTable)
    .values({ ...scenario, madeAt: now.toISOString() })
    .returning({ id: scenarioTable.id });
  return row!.id;
}

/** Changes a question that still has this version; false where it has moved on. */
export async function changeScenario(
  queries: Queries,
  { id, version }: { readonly id: number; readonly version: number },
  change: { readonly state?: Scenario["state"]; readonly result?: ScenarioResult },
): Promise<boolean> {
  const rows = await queries
    .update(scenarioTable)
    .set({ ...change, version: version + 1 })
    .where(sql`${scenarioTable.id} = ${id} and ${scenarioTable.version} = ${version}`)
    .returning({ id: scenarioTable.id });
  return rows.length === 1;
}

/** Says which job draws a question; its version stays. */
export async function linkJob(queries: Queries, id: number, job: string): Promise<void> {
  await queries.update(scenarioTable).set({ job }).where(eq(scenarioTable.id, id));
}

/** A question by its number, or null. */
export async function findScenario(queries: Queries, id: number): Promise<Scenario | null> {
  if (!Number.isSafeInteger(id) || id < 1 || id > 2_147_483_647) return null;
  const [row] = await queries.select().from(scenarioTable).where(eq(scenarioTable.id, id));
  return row ?? null;
}

/** The newest questions first. */
export function listScenarios(queries: Queries): Promise<readonly Omit<Scenario, "country" | "job">[]> {
  const { id, title, version, settings, state, result, madeBy, madeAt } = scenarioTable;
  return queries
    .select({ id, title, version, settings, state, result, madeBy, madeAt })
    .from(scenarioTable)
    .orderBy(desc(id))
    .limit(200);
}

/** Keeps a file of boundaries; the newest is used. */
export async function saveBoundaries(queries: Queries, file: typeof boundaryFileTable.$inferInsert): Promise<void> {
  await queries.insert(boundaryFileTable).values(file);
}

type BoundaryFile = typeof boundaryFileTable.$inferSelect;

/** Files never change, and are megabytes: the newest is read once a database. */
const keptBoundaries = new WeakMap<Queries, BoundaryFile>();

/** The newest file of boundaries, or null where none was brought. */
export async function newestBoundaries(queries: Queries): Promise<BoundaryFile | null> {
  const byAge = desc(boundaryFileTable.id);
  const [newest] = await queries.select({ id: boundaryFileTable.id }).from(boundaryFileTable).orderBy(byAge).limit(1);
  if (!newest) return null;
  const known = keptBoundaries.get(queries);
  if (known?.id === newest.id) return known;
  const [row] = await queries.select().from(boundaryFileTable).where(eq(boundaryFileTable.id, newest.id));
  keptBoundaries.set(queries, row!);
  return row!;
}
