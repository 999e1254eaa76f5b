import { type OpinionRow, readHandedOpinions, readOpinions } from "../../ingest/index.js";
import { type CivilDate, err, ok, type Problem, type Result } from "../../kernel/index.js";
import type { Database } from "../../platform/database/index.js";
import { dayInEngland } from "../../platform/day/index.js";
import { type Actor, actingAs } from "../../platform/identity/index.js";
import { appendMany } from "../../platform/log/index.js";
import { type AccountsBody, keyOfBody } from "./body.js";
import { checkFiling, type OpinionFiling } from "./opinion.js";
import { bodyDue, eventOf, logPlace, mayFile, nameOf, problemOf, streamOf } from "./service.js";
import { loadDue, saveFilings } from "./store.js";

/** What an import of opinions brought. */
export interface OpinionsImported {
  readonly filed: number;
  readonly trusts: number;
  readonly schools: number;
  /** Opinions that are not unqualified. */
  readonly notUnqualified: number;
}

/** An opinion of a table with whose it is. */
export interface OpinionToFile {
  readonly body: AccountsBody;
  readonly filing: OpinionFiling;
  readonly place: string;
}

const columnOf: Readonly<Record<keyof OpinionFiling, string>> = {
  ...{ yearEnd: "year_end", opinion: "opinion", grounds: "grounds", regularity: "regularity" },
  ...{ regularityGrounds: "regularity_grounds", signedOn: "signed_on", auditor: "auditor" },
  documentSha256: "document_sha256",
};

function bodyOf({ trustUid, urn, place }: OpinionRow): Result<AccountsBody, Problem> {
  if (trustUid !== null && urn === null) return ok({ kind: "trust", uid: trustUid });
  if (urn !== null && trustUid === null) return ok({ kind: "school", urn });
  const what = urn === null ? "neither a trust nor a school" : "both a trust and a school";
  return err(problemOf("accounts-body-unknown", place, `the line names ${what}`));
}

/** Judges the lines of a table for one year: all of them, or everything that is wrong with any. */
export function checkLines(
  rows: readonly OpinionRow[],
  asked: CivilDate,
  today: CivilDate,
): Result<readonly OpinionToFile[], readonly Problem[]> {
  const problems: Problem[] = [];
  const opinions: OpinionToFile[] = [];
  for (const row of rows) {
    const body = bodyOf(row);
    if (!body.ok) {
      problems.push(body.error);
      continue;
    }
    const typed = {
      ...{ yearEnd: row.yearEnd ?? "", opinion: row.opinion ?? "", grounds: row.grounds ?? "" },
      ...{ regularity: row.regularity ?? "", regularityGrounds: row.regularityGrounds ?? "" },
      ...{ signedOn: row.signedOn ?? "", auditor: row.auditor ?? "", documentSha256: row.documentSha256 ?? "" },
    };
    const checked = checkFiling(
      typed,
      body.value,
      asked,
      today,
      (field) => `${row.place}, column "${columnOf[field]}"`,
    );
    if (checked.ok) opinions.push({ body: body.value, filing: checked.value, place: row.place });
    else problems.push(...checked.error);
  }
  return problems.length > 0 ? err(problems) : ok(opinions);
}

/** Files opinions that were checked, all or nothing; one that is filed already refuses them all. */
export function fileMany(
  database: Database,
  actor: Actor,
  opinions: readonly OpinionToFile[],
  yearEnd: CivilDate,
  now: Date,
): Promise<Result<OpinionsImported, readonly Problem[]>> {
  return actingAs(database, actor, async (queries) => {
    const problems: Problem[] = [];
    for (const { body, place } of opinions)
      if (!mayFile(actor, body))
        problems.push(problemOf("accounts-not-yours", place, `the account may not file for ${keyOfBody(body)}`));
    const keys = opinions.map(({ body }) => keyOfBody(body));
    const due = new Map((await loadDue(queries, yearEnd, { bodies: keys })).map((one) => [one.body, one]));
    for (const { body, place } of opinions) {
      const known = due.get(keyOfBody(body));
      if (known?.filing) problems.push(problemOf("accounts-filed-already", place, `${known.filing} is filed`));
      if (known) continue;
      const found = await bodyDue(queries, body, yearEnd);
      if (!found.ok) problems.push({ ...found.error, place, message: `${keyOfBody(body)}: ${found.error.message}` });
    }
    if (problems.length > 0) return err(problems);
    await saveFilings(
      queries,
      opinions.map(({ body, filing }) => ({ body, filing, version: 1 })),
      { on: dayInEngland(now), at: now.toISOString(), name: nameOf(actor) },
    );
    await appendMany(
      queries,
      opinions.map(({ body, filing }) => ({
        ...{
          stream: streamOf(body, yearEnd),
          expected: 0,
          actor,
          at: now,
          place: logPlace(body),
          events: [eventOf(filing, 1)],
        },
      })),
    );
    return ok({
      filed: opinions.length,
      trusts: opinions.filter(({ body }) => body.kind === "trust").length,
      schools: opinions.filter(({ body }) => body.kind === "school").length,
      notUnqualified: opinions.filter(({ filing }) => filing.opinion !== "unqualified").length,
    });
  });
}

/** A table of opinions: its place on this machine, or what somebody handed in. */
export type OpinionTable = { readonly path: string } | { readonly name: string; readonly bytes: Uint8Array };

/** Files the opinions of a table for one year, all or nothing. */
export async function importOpinions(
  database: Database,
  actor: Actor,
  table: OpinionTable,
  yearEnd: CivilDate,
  now: Date,
): Promise<Result<OpinionsImported, readonly Problem[]>> {
  const read = "path" in table ? await readOpinions(table.path) : await readHandedOpinions(table.bytes, table.name);
  if (!read.ok) return read;
  const checked = checkLines(read.value, yearEnd, dayInEngland(now));
  return checked.ok ? fileMany(database, actor, checked.value, yearEnd, now) : checked;
}
