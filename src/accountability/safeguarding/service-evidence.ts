import { randomBytes } from "node:crypto";
import { dateInWords, err, ok, type Problem, type Result, valueOn } from "../../kernel/index.js";
import type { Database } from "../../platform/database/index.js";
import { dayInEngland, type UploadedFile } from "../../platform/http/index.js";
import type { Actor } from "../../platform/identity/index.js";
import type { Audit } from "./audit.js";
import { mostEvidenceFiles } from "./parameters.js";
import { problem } from "./problems.js";
import { acting, ownAuditIn, recordAudit, requirementFault } from "./service-audits.js";
import { dropEvidence, type EvidenceFile, evidenceOf, findEvidence, putEvidence } from "./store-evidence.js";

/** A file as it was sent, within the limits of `evidence-files.ts`. */
export type SentEvidence = Pick<UploadedFile, "name" | "type" | "bytes" | "sha256">;

/** A file with its bytes. */
export type ReadEvidence = EvidenceFile & { readonly bytes: Buffer };

/**
 * Keeps files of evidence with a requirement of a begun audit: rows and event together. One that the requirement has already is not
 * kept twice. The log has the hash, size and type; the name, which may say whom a file is about, stays out of it.
 */
export function addEvidence(
  database: Database,
  actor: Actor,
  id: string,
  sent: { readonly requirement: string; readonly files: readonly SentEvidence[] },
  now: Date,
): Promise<Result<Audit, readonly Problem[]>> {
  return acting(database, actor, async (queries) => {
    const own = await ownAuditIn(queries, actor, id, "begun", "adding evidence");
    if (!own.ok) return own;
    const { audit, officer } = own.value;
    const { requirement } = sent;
    const fault = requirementFault(audit, requirement);
    if (fault) return err([fault]);
    const before = await evidenceOf(queries, id);
    const known = new Set(before.flatMap((one) => (one.requirement === requirement ? [one.sha256] : [])));
    const fresh = [...new Map(sent.files.map((file) => [file.sha256, file])).values()].filter(
      ({ sha256 }) => !known.has(sha256),
    );
    if (fresh.length === 0) return ok(audit);
    const most = valueOn(mostEvidenceFiles, dayInEngland(now)).value;
    if (before.length + fresh.length > most)
      return err([problem("evidence-files-too-many", `audit ${id}`, `an audit keeps at most ${most} files`)]);
    const rows = fresh.map(
      ({ name, type, sha256, bytes }): EvidenceFile => ({
        ...{
          id: randomBytes(8).toString("hex"),
          audit: id,
          requirement,
          name,
          type,
          sha256,
          size: bytes.length,
          bytes,
        },
        ...{ addedAt: now.toISOString(), addedBy: officer.charter, erasedAt: null },
      }),
    );
    await putEvidence(queries, rows);
    const files = rows.map((row) => ({ id: row.id, sha256: row.sha256, type: row.type, size: row.size }));
    const body = { requirement, files };
    return ok(await recordAudit(queries, audit, {}, { actor, at: now, kind: "evidence-added", body }));
  });
}

/** Takes a file out of a begun audit, as one that shows a child's name. That it was there, and its hash, stay in the log. */
export function removeEvidence(
  database: Database,
  actor: Actor,
  id: string,
  file: string,
  now: Date,
): Promise<Result<Audit, readonly Problem[]>> {
  return acting(database, actor, async (queries) => {
    const own = await ownAuditIn(queries, actor, id, "begun", "taking evidence out");
    if (!own.ok) return own;
    const { audit } = own.value;
    const found = (await evidenceOf(queries, id)).find((one) => one.id === file);
    if (!found) return err([problem("evidence-file-unknown", `audit ${id}`, `it has no file ${file}`)]);
    await dropEvidence(queries, id, file);
    const body = { requirement: found.requirement, id: file, sha256: found.sha256 };
    return ok(await recordAudit(queries, audit, {}, { actor, at: now, kind: "evidence-removed", body }));
  });
}

/** A file for whoever may read the answers of its audit: its officers, and once it is signed the school, its trust and the region. */
export function readEvidence(
  database: Database,
  actor: Actor,
  id: string,
): Promise<Result<ReadEvidence, readonly Problem[]>> {
  return acting(database, actor, async (queries) => {
    const found = await findEvidence(queries, id);
    if (!found) return err([problem("evidence-file-unknown", `file ${id}`, "there is none that you may read")]);
    const { bytes, erasedAt } = found;
    if (bytes !== null) return ok({ ...found, bytes: Buffer.from(bytes) });
    const day = dateInWords(dayInEngland(new Date(erasedAt!)));
    return err([problem("evidence-erased", `file ${id}`, `"${found.name}" was erased on ${day}`)]);
  });
}
