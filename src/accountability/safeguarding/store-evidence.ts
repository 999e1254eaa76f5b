import { and, asc, eq, getTableColumns, sql } from "drizzle-orm";
import type { Queries } from "../../platform/database/index.js";
import { evidenceTable } from "./tables.js";

/** A file of evidence as it is kept. */
export type EvidenceFile = typeof evidenceTable.$inferSelect;
/** A file without its bytes. */
export type ListedEvidence = Omit<EvidenceFile, "bytes"> & { readonly size: number };

const { bytes: _bytes, ...columns } = getTableColumns(evidenceTable);
const listed = { ...columns, size: sql<number>`length(${evidenceTable.bytes})` };

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

/** A file of evidence that is not as the log has it. */
export interface EvidenceFault {
  readonly audit: string;
  readonly id: string;
  readonly what: "changed" | "not-in-log" | "missing";
}

/** Kept files whose bytes or hash are not those of their event, and files of events that are neither kept nor taken out. */
export async function evidenceFaults(queries: Queries): Promise<readonly EvidenceFault[]> {
  const rows = await queries.execute<{ audit: string; id: string; what: EvidenceFault["what"] }>(
    sql`with said as (
        select substr(e.stream, length('safeguarding/audit/') + 1) as audit, e.kind, file ->> 'id' as id, file ->> 'sha256' as sha256
        from log.event e,
          jsonb_array_elements(case e.kind when 'evidence-added' then e.body -> 'files' else jsonb_build_array(e.body) end) file
        where e.kind in ('evidence-added', 'evidence-removed') and e.stream like 'safeguarding/audit/%'
      )
      select f.audit_id as audit, f.id,
        case when encode(sha256(f.bytes), 'hex') <> f.sha256 then 'changed' else 'not-in-log' end as what
      from ${evidenceTable} f
      where encode(sha256(f.bytes), 'hex') <> f.sha256 or not exists (
        select from said s where s.kind = 'evidence-added' and s.audit = f.audit_id and s.id = f.id and s.sha256 = f.sha256)
      union all
      select s.audit, s.id, 'missing' from said s
      where s.kind = 'evidence-added'
        and not exists (select from ${evidenceTable} f where f.id = s.id)
        and not exists (select from said r where r.kind = 'evidence-removed' and r.id = s.id)
      order by 1, 2`,
  );
  return rows;
}
