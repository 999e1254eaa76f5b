import { sql } from "drizzle-orm";
import type { Queries } from "../../../platform/database/index.js";
import type { Actor } from "../../../platform/identity/index.js";
import { appendEvents, readStream } from "../../../platform/log/index.js";
import type { CaseState } from "./case.js";
import { asJson, lockCases, type PreparedChange, prepareChange, writeChanges } from "./store-case.js";
import { streamOfYear } from "./store-open.js";
import type { PublicationScope } from "./store-publish.js";
import type { SampleOfKind } from "./tables.js";

/** The second readings of one kind of decision in one region, as far as they have come. */
export interface SampleProgress extends SampleOfKind {
  /** Drawn and not yet with a second reader. */
  readonly toDraw: readonly string[];
  /** Drawn and not yet agreed to. */
  readonly unread: number;
}

interface DrawnRow extends Record<string, unknown> {
  readonly region_code: string;
  readonly decision: SampleOfKind["decision"];
  readonly of_decisions: number;
  readonly urn: string;
  readonly state: CaseState;
  readonly agreed: boolean;
}

/**
 * The second readings that a scope's decisions need, by region and decision. A region is left out while one of its decisions has not been
 * taken. The seed stays where it is; the answer is the database's.
 */
export async function sampleOf(
  queries: Queries,
  { academicYear, region }: PublicationScope,
): Promise<readonly SampleProgress[]> {
  const rows = await queries.execute<DrawnRow>(
    sql`select * from quality_mark.sample_of(${academicYear}, ${region}::text)`,
  );
  const kinds = new Map<string, DrawnRow[]>();
  for (const row of rows) {
    const key = `${row.region_code} ${row.decision}`;
    kinds.set(key, [...(kinds.get(key) ?? []), row]);
  }
  return [...kinds.values()].map((drawn) => ({
    ...{ region: drawn[0]!.region_code, decision: drawn[0]!.decision, of: drawn[0]!.of_decisions },
    taken: drawn.length,
    toDraw: drawn.filter(({ state, agreed }) => state === "decided" && !agreed).map(({ urn }) => urn),
    unread: drawn.filter(({ agreed }) => !agreed).length,
  }));
}

/** The sample without how far it has come. */
export const countsOf = (sample: readonly SampleProgress[]): SampleOfKind[] =>
  sample.map(({ region, decision, of, taken }) => ({ region, decision, of, taken }));

/** Gives the drawn decisions of a scope to a second reader and says so in the year's stream. @returns how many */
export async function drawSample(queries: Queries, scope: PublicationScope, actor: Actor, at: Date): Promise<number> {
  const sample = await sampleOf(queries, scope);
  const urns = sample.flatMap(({ toDraw }) => toDraw);
  const changes: PreparedChange[] = [];
  for (const found of await lockCases(queries, scope.academicYear, urns)) {
    const made = prepareChange(found, { command: { kind: "draw" }, actor, at });
    if (made.ok) changes.push(made.value);
  }
  if (changes.length === 0) return 0;
  await writeChanges(queries, changes, actor, at);
  const stream = streamOfYear(scope.academicYear);
  const expected = (await readStream(queries, stream)).length;
  const body = asJson({ region: scope.region, drawn: changes.length, sample: countsOf(sample) });
  await appendEvents(queries, { stream, expected, actor, at, events: [{ kind: "second-readings-drawn", body }] });
  return changes.length;
}
