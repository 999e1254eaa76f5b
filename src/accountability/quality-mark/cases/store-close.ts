import { and, asc, eq, inArray, not, notInArray, or, sql } from "drizzle-orm";
import { type CivilDate, dateInWords, parseUrn, valueOn } from "../../../kernel/index.js";
import type { Queries } from "../../../platform/database/index.js";
import { dayInEngland } from "../../../platform/day/index.js";
import { type Actor, systemActor } from "../../../platform/identity/index.js";
import { isOpen, loadFamily, type School, schoolTable } from "../../../register/index.js";
import { identityOf } from "../exemption/exemption.js";
import { sameSchoolLinks } from "../exemption/parameters.js";
import type { CaseCommand } from "./case.js";
import { caseOfRow, type PreparedChange, prepareChange, type StoredCase, writeChanges } from "./store-case.js";
import { caseTable } from "./tables.js";

/** What the register's closures did to the cases. */
export interface Closures {
  /** Cases that ended before a decision was public. */
  readonly closed: number;
  /** Marks that ended with their schools. */
  readonly ended: number;
  /** Cases and marks of schools that the register has open after all. */
  readonly openAgain: number;
  /** Cases and marks left as they are: the school goes on under another URN. */
  readonly goingOn: number;
}

/** The register of schools, as the one that closes a case in its record. */
const registerActor: Actor = systemActor("register-of-schools");

/** Cases that their school's state in the register may ask something of, locked in order of URN. */
async function lockCasesToLookAt(queries: Queries): Promise<{ found: StoredCase; isClosed: boolean }[]> {
  const over = ["published", "appeal-decided"] as const;
  const unfinished = notInArray(caseTable.state, [...over, "closed"]);
  const holds = inArray(caseTable.markState, ["awarded", "suspended"]);
  const gone = or(
    eq(caseTable.state, "closed"),
    and(inArray(caseTable.state, [...over]), eq(caseTable.markState, "ended")),
  );
  const isClosed = sql<boolean>`${caseTable.urn} in (select s.urn from ${schoolTable} s where s.status = 'closed')`;
  const isKnown = sql`${caseTable.urn} in (select s.urn from ${schoolTable} s)`;
  const rows = await queries
    .select({ found: caseTable, isClosed })
    .from(caseTable)
    .where(or(and(isClosed, or(unfinished, holds)), and(not(isClosed), isKnown, gone)))
    .orderBy(asc(caseTable.urn), asc(caseTable.academicYear))
    .for("update");
  return rows.map((row) => ({ found: caseOfRow(row.found), isClosed: row.isClosed }));
}

/** Why a case ends, in a sentence that names who followed. */
function closingWords(closed: CivilDate | null, followers: readonly string[]): string {
  const began = `The school closed${closed === null ? "" : ` on ${dateInWords(closed)}`}.`;
  if (followers.length === 0) return `${began} No school followed it.`;
  return `${began} What followed is another school: ${followers.join(", ")}.`;
}

/** What the closure of a school asks of its cases; null where it goes on as the same school under a URN that is open. */
async function closingOf(queries: Queries, urn: string, on: CivilDate): Promise<CaseCommand | null> {
  const parsed = parseUrn(urn);
  if (!parsed.ok) throw new RangeError(`a case of no school: ${urn}`);
  const { links, schools } = await loadFamily(queries, parsed.value);
  const byUrn = new Map<string, School>(schools.map((school) => [school.urn, school]));
  const { urns, successors } = identityOf(urn, links, valueOn(sameSchoolLinks, on).value);
  const newest = byUrn.get(urns.at(-1)!);
  if (isOpen(newest?.status)) return null;
  const nameOf = (one: string) =>
    byUrn.get(one)?.name ?? links.find(({ linkUrn, linkName }) => linkUrn === one && linkName !== null)?.linkName;
  const followers = successors.map(
    (one) => `${nameOf(one) ?? "a school that the register doesn't describe"} (URN ${one})`,
  );
  return { kind: "close", words: closingWords((newest ?? byUrn.get(urn))?.closed ?? null, followers), successors };
}

const openAgain: CaseCommand = { kind: "open-again", words: "The register has the school open after all." };

/**
 * Ends the undecided cases and the marks of schools that the register has closed, whatever their year, naming who followed. A school
 * that goes on under another URN, as an academy does, keeps its case and its mark; one that merged does not. What ended with a school
 * that the register has open after all stands again. Doing it again changes nothing.
 */
export async function closeWithSchools(queries: Queries, at: Date): Promise<Closures> {
  const on = dayInEngland(at);
  const counts = { closed: 0, ended: 0, openAgain: 0, goingOn: 0 };
  const changes: PreparedChange[] = [];
  for (const { found, isClosed } of await lockCasesToLookAt(queries)) {
    const command = isClosed ? await closingOf(queries, found.urn, on) : openAgain;
    if (command === null) {
      counts.goingOn++;
      continue;
    }
    const made = prepareChange(found, { command, actor: registerActor, at });
    if (!made.ok) continue;
    changes.push(made.value);
    if (!isClosed) counts.openAgain++;
    else counts[made.value.after.mark?.state === "ended" ? "ended" : "closed"]++;
  }
  await writeChanges(queries, changes, registerActor, at);
  return counts;
}

/** What the closures did, in a sentence for people; null where they did nothing. */
export function closuresInWords({ closed, ended, openAgain: again }: Closures): string | null {
  if (closed + ended + again === 0) return null;
  return `Quality Mark: ${closed} open cases and ${ended} marks ended with their schools, ${again} stand again`;
}
