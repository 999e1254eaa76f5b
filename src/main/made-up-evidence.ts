import { createHash } from "node:crypto";
import type { ReviewedEvidence } from "../accountability/quality-mark/index.js";
import { importOutcomes } from "../accountability/safeguarding/index.js";
import { evidenceOfRegion } from "../england/index.js";
import {
  addDays,
  type CivilDate,
  civilDate,
  dayNumber,
  ok,
  type Problem,
  type Result,
  seededRandom,
} from "../kernel/index.js";
import type { Database } from "../platform/database/index.js";
import { systemActor } from "../platform/identity/index.js";
import type { RegisterContents } from "../register/index.js";
import type { AccountsBody } from "../structures/accounts/body.js";
import { accountsOpinions, type OpinionFiling } from "../structures/accounts/index.js";
import { fileMany, type OpinionToFile } from "../structures/accounts/service-import.js";
import { idOfFiling } from "../structures/accounts/store.js";
import type { Making } from "./making.js";

const importer = systemActor("synthetic England");

/** The made-up audits and accounts of the year after the last measured one, the audits of the year before a day. */
export function evidenceUpTo(
  register: RegisterContents,
  seed: number,
  today: CivilDate,
  yearEnd: CivilDate,
): ReviewedEvidence {
  const trustOf = new Map(register.memberships.map(({ urn, groupUid }) => [urn, groupUid]));
  const schools = register.schools.map(({ urn }) => ({ urn, trust: trustOf.get(urn) ?? null }));
  const year = Number(yearEnd.slice(0, 4));
  const made = evidenceOfRegion(schools, year, seededRandom(seed).fork(`evidence of ${year}`));
  const first = dayNumber(civilDate(`${year}-09-10`));
  const safeguarding = made.safeguarding.map((audit) => ({
    ...audit,
    on: addDays(today, -45 - (dayNumber(audit.on) - first)),
  }));
  return { safeguarding, accounts: made.accounts };
}

/** Whose accounts each school's opinion is: its trust's, once for all its schools, or its own. */
function filingsOf(register: RegisterContents, evidence: ReviewedEvidence, yearEnd: CivilDate): OpinionToFile[] {
  const trustOf = new Map(register.memberships.map(({ urn, groupUid }) => [urn, groupUid]));
  const filings = new Map<string, OpinionToFile>();
  for (const { school, opinion, on } of evidence.accounts) {
    const uid = trustOf.get(school) ?? null;
    const body: AccountsBody = uid === null ? { kind: "school", urn: school } : { kind: "trust", uid };
    const filing: OpinionFiling = {
      ...{ yearEnd, opinion, grounds: opinion === "unqualified" ? null : "Made up with the synthetic England." },
      ...{ regularity: uid === null ? "not-applicable" : "clean", regularityGrounds: null, signedOn: on },
      auditor: "Made-up Auditors LLP",
      documentSha256: createHash("sha256")
        .update(`${uid ?? school} ${yearEnd}`)
        .digest("hex"),
    };
    filings.set(uid ?? school, { body, filing, place: `synthetic England, ${uid ?? school}` });
  }
  return [...filings.values()];
}

/** So many records at once: pages are served meanwhile. */
const recordsAtOnce = 2000;

/** A list in slices, with a rest after each. */
async function inSlices<T>(
  rows: readonly T[],
  making: Making,
  save: (slice: readonly T[]) => Promise<Result<unknown, readonly Problem[]>>,
): Promise<Result<unknown, readonly Problem[]>> {
  for (let k = 0; k < rows.length; k += recordsAtOnce) {
    const saved = await save(rows.slice(k, k + recordsAtOnce));
    if (!saved.ok) return saved;
    await making.breathe();
  }
  return ok(null);
}

/** Puts made-up evidence where the product reads audits and opinions from, as imported records; what is there already stays. */
export async function importEvidence(
  database: Database,
  register: RegisterContents,
  evidence: ReviewedEvidence,
  yearEnd: CivilDate,
  now: Date,
  making: Making,
): Promise<Result<unknown, readonly Problem[]>> {
  const lines = evidence.safeguarding.map(({ school, outcome, on }) => ({
    ...{ urn: school, outcome, on, place: `synthetic England, ${school}` },
  }));
  const audits = await inSlices(lines, making, (slice) =>
    importOutcomes(database, importer, slice, "synthetic England", now),
  );
  if (!audits.ok) return audits;
  const opinions = await accountsOpinions(database.queries, yearEnd);
  const filed = new Set([...opinions.values()].map(({ filing }) => filing));
  const missing = filingsOf(register, evidence, yearEnd).filter(({ body }) => !filed.has(idOfFiling(body, yearEnd, 1)));
  return inSlices(missing, making, (slice) => fileMany(database, importer, slice, yearEnd, now));
}
