import { asc, eq, sql } from "drizzle-orm";
import { publishJob } from "../../src/accountability/quality-mark/cases/jobs.js";
import {
  caseOfRow,
  type PreparedChange,
  prepareChange,
  writeChanges,
} from "../../src/accountability/quality-mark/cases/store-case.js";
import { beginPublication } from "../../src/accountability/quality-mark/cases/store-publish.js";
import { caseTable } from "../../src/accountability/quality-mark/cases/tables.js";
import { migrationSets } from "../../src/main/parts.js";
import { type Database, migrate } from "../../src/platform/database/index.js";
import { type JobId, startJob } from "../../src/platform/jobs/index.js";
import { caseYear, personOf, withCases } from "../sample-cases.js";

const officer = personOf("officer", "regional-director", null);
const at = new Date("2026-12-01T10:00:00Z");

/** Decides every open case as it is proposed, many in one transaction. @returns how many could be decided */
async function decideAll({ queries }: Database): Promise<number> {
  let decided = 0;
  for (let after = ""; ; ) {
    const rows = await queries
      .select()
      .from(caseTable)
      .where(sql`${caseTable.urn} > ${after} and ${eq(caseTable.state, "open")}`)
      .orderBy(asc(caseTable.urn))
      .limit(1000);
    if (rows.length === 0) return decided;
    after = rows.at(-1)!.urn;
    const changes = rows.map(caseOfRow).flatMap((found): PreparedChange[] => {
      const decision = found.proposal.decision;
      const made = prepareChange(found, { command: { kind: "decide", decision, words: null }, actor: officer, at });
      return made.ok && made.value.after.state === "decided" ? [made.value] : [];
    });
    await queries.transaction((inner) => writeChanges(inner, changes, officer, at));
    decided += changes.length;
  }
}

/** Fills an empty database with so many schools and their decided cases, and starts the job that publishes them. */
export async function decidedCases(database: Database, schools: number): Promise<{ job: JobId; decided: number }> {
  await migrate(database, migrationSets);
  await withCases(database, schools, 0);
  const decided = await decideAll(database);
  const job = await database.queries.transaction(async (queries) => {
    const marksFrom = at.toISOString().slice(0, 10);
    const scope = { academicYear: caseYear, region: null };
    const publication = await beginPublication(
      queries,
      scope,
      marksFrom as Parameters<typeof beginPublication>[2],
      [],
      officer,
      at,
    );
    return startJob(queries, publishJob, { ...scope, publication, marksFrom, cases: decided }, officer);
  });
  return { job, decided };
}
