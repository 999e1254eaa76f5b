import { and, desc, eq, inArray, ne, or } from "drizzle-orm";
import type { CivilDate, Urn } from "../kernel/index.js";
import type { Queries } from "../platform/database/index.js";
import { type Relative, relativesOf } from "./history.js";
import { formerNameTable, linkTable, schoolTable } from "./tables.js";

/** Where a school comes from and what became of it. */
export interface SchoolHistory {
  readonly predecessors: readonly Relative[];
  readonly successors: readonly Relative[];
  /** The latest first. */
  readonly formerNames: readonly { readonly name: string; readonly until: CivilDate }[];
  /** Other schools that are open under the same LAESTAB: probably one school under two URNs. */
  readonly sameNumber: readonly Urn[];
}

/** A school's history as the register has it; empty where it knows nothing. */
export async function schoolHistory(queries: Queries, urn: Urn): Promise<SchoolHistory> {
  const links = await queries
    .select()
    .from(linkTable)
    .where(or(eq(linkTable.urn, urn), eq(linkTable.linkUrn, urn)));
  const others = [...new Set(links.map((link) => (link.urn === urn ? link.linkUrn : link.urn)))];
  const { name, status, laestab } = schoolTable;
  const known = others.length
    ? await queries
        .select({ urn: schoolTable.urn, name, status })
        .from(schoolTable)
        .where(inArray(schoolTable.urn, others))
    : [];
  const knownOf = new Map(known.map((school) => [school.urn, school]));
  const formerNames = await queries
    .select({ name: formerNameTable.name, until: formerNameTable.until })
    .from(formerNameTable)
    .where(eq(formerNameTable.urn, urn))
    .orderBy(desc(formerNameTable.until));
  const [own] = await queries.select({ laestab, status }).from(schoolTable).where(eq(schoolTable.urn, urn));
  const twins =
    own?.laestab && own.status !== "closed"
      ? await queries
          .select({ urn: schoolTable.urn })
          .from(schoolTable)
          .where(and(eq(laestab, own.laestab), ne(schoolTable.urn, urn), ne(status, "closed")))
      : [];
  return {
    ...relativesOf(urn, links, (other) => knownOf.get(other)),
    formerNames,
    sameNumber: twins.map((twin) => twin.urn),
  };
}
