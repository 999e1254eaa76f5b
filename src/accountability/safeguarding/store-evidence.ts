import { and, asc, eq, getTableColumns, isNull, lt, sql } from "drizzle-orm";
import type { CivilDate } from "../../kernel/index.js";
import type { Queries } from "../../platform/database/index.js";
import type { Hold } from "./retention.js";
import { actionTable, auditTable, escalationTable, evidenceTable } from "./tables.js";

/** A file of evidence as it is kept; without its bytes once they are erased. */
export type EvidenceFile = typeof evidenceTable.$inferSelect;
/** A file as it is listed. */
export type ListedEvidence = Omit<EvidenceFile, "bytes">;

const { bytes: _bytes, ...listed } = getTableColumns(evidenceTable);

/** The files of an audit that whoever asks may read, oldest first. */
export function evidenceOf(queries: Queries, audit: string): Promise<ListedEvidence[]> {
  return queries
    .select(listed)
    .from(evidenceTable)
    .where(eq(evidenceTable.audit, audit))
    .orderBy(asc(evidenceTable.addedAt), asc(evidenceTable.name), asc(evidenceTable.id));
}

/** A file with its bytes, or null where there is none that whoever asks may read. */
export async function findEvidence(queries: Queries, id: string): Promise<EvidenceFile | null> {
  const [row] = await queries.select().from(evidenceTable).where(eq(evidenceTable.id, id));
  return row ?? null;
}

/** Keeps files. */
export async function putEvidence(queries: Queries, files: readonly EvidenceFile[]): Promise<void> {
  for (const file of files) await queries.insert(evidenceTable).values(file); // one by one: each may have megabytes
}

/** Takes a file of an audit out. */
export async function dropEvidence(queries: Queries, audit: string, id: string): Promise<void> {
  await queries.delete(evidenceTable).where(and(eq(evidenceTable.audit, audit), eq(evidenceTable.id, id)));
}

/** A signed audit whose files have come to their day, and what of the audits' own still holds them. */
export interface DueAudit {
  readonly id: string;
  readonly urn: string;
  readonly signedOn: CivilDate;
  readonly hold: Hold | null;
}

/** Audits with files that were signed before a day, in order of their ids. */
export async function dueAudits(queries: Queries, signedBefore: CivilDate): Promise<readonly DueAudit[]> {
  const { id, urn, signedOn } = auditTable;
  const kept = queries
    .select()
    .from(evidenceTable)
    .where(and(eq(evidenceTable.audit, id), isNull(evidenceTable.erasedAt)));
  const open = sql`exists (select from ${escalationTable} e where e.urn = ${urn} and e.closed_at is null)`;
  const toDo = sql`exists (select from ${actionTable} a where a.audit_id = ${id} and a.state <> 'closed')`;
  const hold = sql<Hold | null>`case when ${open} then 'escalation' when ${toDo} then 'action' end`;
  const rows = await queries
    .select({ id, urn, signedOn, hold })
    .from(auditTable)
    .where(and(eq(auditTable.state, "signed"), lt(signedOn, signedBefore), sql`exists ${kept}`))
    .orderBy(asc(id));
  return rows.map((row) => ({ ...row, signedOn: row.signedOn! }));
}

/** Erases the bytes of an audit's files; name, size, type and hash stay. @returns the files that were erased now */
export function eraseEvidence(
  queries: Queries,
  audit: string,
  at: Date,
): Promise<readonly { readonly id: string; readonly sha256: string }[]> {
  return queries
    .update(evidenceTable)
    .set({ bytes: null, erasedAt: at.toISOString() })
    .where(and(eq(evidenceTable.audit, audit), isNull(evidenceTable.erasedAt)))
    .returning({ id: evidenceTable.id, sha256: evidenceTable.sha256 });
}

/** A file of evidence that is not as the log has it. */
export interface EvidenceFault {
  readonly audit: string;
  readonly id: string;
  readonly what: "changed" | "not-in-log" | "missing" | "erased-unsaid" | "not-erased";
}

/** Kept files whose bytes or hash are not those of their event, files of events that are neither kept nor taken out, and erasures on one side only. */
export async function evidenceFaults(queries: Queries): Promise<readonly EvidenceFault[]> {
  const rows = await queries.execute<{ audit: string; id: string; what: EvidenceFault["what"] }>(
    sql`with said as (
        select substr(e.stream, length('safeguarding/audit/') + 1) as audit, e.kind, file ->> 'id' as id, file ->> 'sha256' as sha256
        from log.event e,
          jsonb_array_elements(case e.kind when 'evidence-removed' then jsonb_build_array(e.body) else e.body -> 'files' end) file
        where e.kind in ('evidence-added', 'evidence-removed', 'evidence-erased') and e.stream like 'safeguarding/audit/%'
      ),
      judged as (
        select f.audit_id as audit, f.id, case
          when encode(sha256(f.bytes), 'hex') <> f.sha256 then 'changed'
          when not exists (
            select from said s where s.kind = 'evidence-added' and s.audit = f.audit_id and s.id = f.id and s.sha256 = f.sha256)
            then 'not-in-log'
          when exists (select from said s where s.kind = 'evidence-erased' and s.id = f.id and s.sha256 = f.sha256) <> (f.bytes is null)
            then case when f.bytes is null then 'erased-unsaid' else 'not-erased' end
        end as what
        from ${evidenceTable} f
      )
      select * from judged where what is not null
      union all
      select s.audit, s.id, 'missing' from said s
      where s.kind = 'evidence-added'
        and not exists (select from ${evidenceTable} f where f.id = s.id)
        and not exists (select from said r where r.kind = 'evidence-removed' and r.id = s.id)
      order by 1, 2`,
  );
  return rows;
}
