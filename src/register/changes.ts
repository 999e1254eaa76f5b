import type { CivilDate } from "../kernel/index.js";
import type { GroupMembership, RegisterStatus, School, SchoolLink } from "./types.js";

/** What an import brings for one kind of row. */
export interface Changes<Row> {
  readonly added: readonly Row[];
  readonly changed: readonly Row[];
  readonly counts: ChangeCounts;
}

/** How many rows of an import were new, changed, the same; and of the changed, how many closed by it. */
export interface ChangeCounts {
  readonly added: number;
  readonly changed: number;
  readonly unchanged: number;
  readonly closed: number;
}

/**
 * Compares the rows of an import with those that are known.
 *
 * @param merge the row to keep, from the known one and the one that came
 * @param isClosed whether a row has come to its end
 */
export function compareRows<Row extends object>(
  known: readonly Row[],
  incoming: readonly Row[],
  rule: {
    keyOf(row: Row): string;
    merge(known: Row, incoming: Row): Row;
    isClosed(row: Row): boolean;
    /** A field that is no change by itself. */
    aside?: keyof Row;
  },
): Changes<Row> {
  const byKey = new Map(known.map((row) => [rule.keyOf(row), row]));
  const added: Row[] = [];
  const changed: Row[] = [];
  let closed = 0;
  for (const row of incoming) {
    const before = byKey.get(rule.keyOf(row));
    if (!before) {
      added.push(row);
      continue;
    }
    const after = rule.merge(before, row);
    if (sameFields(before, after, rule.aside)) continue;
    changed.push(after);
    if (rule.isClosed(after) && !rule.isClosed(before)) closed += 1;
  }
  const unchanged = incoming.length - added.length - changed.length;
  return { added, changed, counts: { added: added.length, changed: changed.length, unchanged, closed } };
}

function sameFields(a: object, b: object, aside?: PropertyKey): boolean {
  return Object.entries(a).every(([key, value]) => key === aside || same((b as Record<string, unknown>)[key], value));
}

/** Whether two values are the same; the reasons of counts are small objects, whose entries may come in any order. */
function same(a: unknown, b: unknown): boolean {
  if (typeof a !== "object" || typeof b !== "object" || a === null || b === null) return a === b;
  return Object.keys(a).length === Object.keys(b).length && sameFields(a, b);
}

/**
 * The newer description of a school or group over the older one. A file that is silent (null) erases nothing, since extracts
 * differ in their columns; but a closing date goes when the school is open again.
 */
export function newerDescription<Row extends { status: RegisterStatus; closed: CivilDate | null }>(
  known: Row,
  incoming: Row,
): Row {
  const merged = { ...known };
  for (const key of Object.keys(known) as (keyof Row)[]) merged[key] = incoming[key] ?? known[key];
  if (incoming.status === "open" || incoming.status === "proposed-to-open") merged.closed = incoming.closed;
  return merged;
}

/** The other way round: an older extract fills gaps and changes nothing that is known. */
export const olderDescription = <Row extends { status: RegisterStatus; closed: CivilDate | null }>(
  known: Row,
  incoming: Row,
): Row => ({ ...newerDescription(incoming, known), closed: known.closed });

/** A school's description, newer or older: an older extract fills gaps and changes nothing that is known. */
export function mergeSchools(known: School, incoming: School): School {
  if (known.describedOn === null || incoming.describedOn === null || incoming.describedOn >= known.describedOn)
    return newerDescription(known, incoming);
  return { ...olderDescription(known, incoming), describedOn: known.describedOn };
}

/**
 * The memberships that have ended because a newer extract no longer has them. The extract doesn't say when: they end on its day.
 *
 * @param covers whether the extract is about this membership's kind of group at all
 */
export function endedMemberships(
  known: readonly GroupMembership[],
  incoming: readonly GroupMembership[],
  covers: (membership: GroupMembership) => boolean,
  asOf: CivilDate,
): GroupMembership[] {
  const present = new Set(incoming.map(membershipKey));
  return known
    .filter((m) => m.left === null && m.joined < asOf && covers(m) && !present.has(membershipKey(m)))
    .map((m) => ({ ...m, left: asOf }));
}

/** A membership that still runs ends with its group, where the group closed after the school had joined. */
export function endedWithGroup(membership: GroupMembership, groupClosed: CivilDate | null): GroupMembership {
  const ends = membership.left === null && groupClosed !== null && groupClosed > membership.joined;
  return ends ? { ...membership, left: groupClosed } : membership;
}

/** A membership's own key: a school may join, leave and join the same group again. */
export function membershipKey({ urn, groupUid, joined }: GroupMembership): string {
  return `${urn} ${groupUid} ${joined}`;
}

/** A link's own key: the same link with another date is the same link. */
export function linkKey({ urn, linkUrn, linkType }: Pick<SchoolLink, "urn" | "linkUrn" | "linkType">): string {
  return `${urn} ${linkUrn} ${linkType}`;
}

/** The later of two days, either of which may not be known. */
export function later(a: CivilDate | null, b: CivilDate | null): CivilDate | null {
  return b === null || (a !== null && a >= b) ? a : b;
}
