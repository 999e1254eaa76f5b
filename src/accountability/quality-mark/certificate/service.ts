import { createHash } from "node:crypto";
import { type CivilDate, canonicalJson, err, ok, type Problem, type Result } from "../../../kernel/index.js";
import type { Database, Queries } from "../../../platform/database/index.js";
import { dayInEngland } from "../../../platform/day/index.js";
import { readStream, type StoredEvent } from "../../../platform/log/index.js";
import { findAuthority, lastImport } from "../../../register/index.js";
import { asJson, loadCase, streamOf } from "../cases/index.js";
import { type Mark, markOf, marksOfSchool } from "../marks/index.js";
import { type Certificate, type CodeFinding, codeFrom, judgeCode, readCode } from "./certificate.js";
import { problemCodes } from "./problem-codes.js";

/** A certificate with its code, and the mark as it stands. */
export interface Issued {
  readonly certificate: Certificate;
  readonly code: string;
  readonly mark: Mark;
}

/** The event by which an award was made: the publication, or the appeal that changed the decision. */
const awarding = ({ kind, body }: StoredEvent) =>
  (kind === "decision-published" || kind === "appeal-decided") &&
  (body as { decision?: string }).decision === "awarded";

/** The certificate of an award, made of what was published and of its event in the log; null where the log knows no award. */
async function issue(queries: Queries, mark: Mark): Promise<Issued | null> {
  const key = { urn: mark.urn, academicYear: mark.academicYear };
  const found = await loadCase(queries, key);
  const event = (await readStream(queries, streamOf(key))).findLast(awarding);
  if (!found || !event || mark.awardedOn === null || mark.until === null) return null;
  const certificate: Certificate = {
    ...{ urn: mark.urn, name: found.school.name, academicYear: mark.academicYear },
    authority: findAuthority(found.school.authorityCode)?.name ?? found.school.authorityCode,
    ...{ awardedOn: mark.awardedOn, until: mark.until, reasons: mark.reasons, event: event.number },
    synthetic: (await lastImport(queries))?.synthetic ?? false,
  };
  const said = canonicalJson(asJson({ certificate, at: event.at, kind: event.kind, body: event.body }));
  const digest = createHash("sha256").update(said).digest();
  return { certificate, code: codeFrom(mark.urn, mark.academicYear, digest), mark };
}

/** The certificate of a school that holds the mark, or why there is none. */
export async function currentCertificate(database: Database, urn: string, now: Date): Promise<Result<Issued, Problem>> {
  const mark = await markOf(database.queries, urn, dayInEngland(now));
  const issued = mark?.state === "awarded" ? await issue(database.queries, mark) : null;
  if (issued) return ok(issued);
  const why = mark === null ? "nothing has been published of the school" : `its mark is ${mark.state}`;
  return err({
    code: "certificate-none",
    place: `school ${urn}`,
    message: why,
    remedy: problemCodes["certificate-none"].remedy,
  });
}

/** What a check of a code found. */
export interface CodeCheck {
  readonly finding: CodeFinding;
  /** The certificate that the register knows for the code's school and year; null where there is none. */
  readonly issued: Issued | null;
  /** The school's mark as it stands; null where nothing was published of it. */
  readonly now: Mark | null;
  readonly on: CivilDate;
}

/** Checks the code of a certificate against the published decision and its event in the log. */
export async function checkCode(database: Database, text: string, now: Date): Promise<CodeCheck> {
  const on = dayInEngland(now);
  const typed = readCode(text);
  if (typed === null) return { finding: "unreadable", issued: null, now: null, on };
  const marks = await marksOfSchool(database.queries, typed.urn, on);
  const ofYear = marks.find(({ academicYear }) => academicYear === typed.academicYear);
  const issued = ofYear ? await issue(database.queries, ofYear) : null;
  const standing = await markOf(database.queries, typed.urn, on);
  const finding = judgeCode(typed, issued?.code ?? null, standing);
  // Of a code that is not the certificate's own nothing is told but that: it would help whoever tries codes.
  const told = finding === "different" || finding === "unknown" ? null : issued;
  return { finding, issued: told, now: standing, on };
}
