import { count, sql } from "drizzle-orm";
import type { Urn } from "../../kernel/index.js";
import type { Queries } from "../../platform/database/index.js";
import { findAuthority, findSchool, schoolTable } from "../../register/index.js";
import type { SpecialistKind } from "./framework.js";
import { specialistKindOf } from "./school-kind.js";

/** How many open schools of each specialist kind the register has. */
export async function countSpecialistSchools(
  queries: Queries,
): Promise<readonly { readonly kind: SpecialistKind; readonly schools: number }[]> {
  const rows = await queries
    .select({ type: schoolTable.type, schools: count() })
    .from(schoolTable)
    .where(sql`${schoolTable.status} like 'open%'`)
    .groupBy(schoolTable.type);
  const counts = new Map<SpecialistKind, number>();
  for (const { type, schools } of rows) {
    const kind = specialistKindOf(type);
    if (kind) counts.set(kind, (counts.get(kind) ?? 0) + schools);
  }
  return [...counts].map(([kind, schools]) => ({ kind, schools }));
}

/** A school that a framework may judge, with the region that answers for it; null where there is none. */
export async function findSpecialistSchool(
  queries: Queries,
  urn: Urn,
): Promise<{
  readonly urn: string;
  readonly name: string;
  readonly region: string;
  readonly kind: SpecialistKind;
} | null> {
  const school = await findSchool(queries, urn);
  const kind = school && specialistKindOf(school.type);
  const region = school && findAuthority(school.authority)?.region;
  return kind && region ? { urn, name: school.name, region, kind } : null;
}
