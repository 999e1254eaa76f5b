import { type CivilDate, dateInWords } from "../../../kernel/index.js";
import type { VisitPurpose } from "./parameters.js";

/** Where a mark stands on a day, as far as visits go. */
export interface HeldMark {
  readonly state:
    | "awarded"
    | "suspended"
    | "expired"
    | "refused"
    | "withdrawn"
    | "ended"
    | "not-decided"
    | "awaiting-framework";
  readonly awardedOn: CivilDate | null;
  /** The first day on which it no longer holds. */
  readonly until: CivilDate | null;
  readonly suspendedOn: CivilDate | null;
}

/** Why a visit may or may not take place. Codes are stable: programs act on them. */
export type ExemptionCode =
  | "mark-held"
  | "not-accountability"
  | "mark-suspended"
  | "mark-expired"
  | "mark-refused"
  | "mark-withdrawn"
  | "mark-ended"
  | "not-decided"
  | "awaiting-framework"
  | "no-mark"
  | "school-closed";

/** Whether another external accountability visit may take place. */
export interface Exemption {
  readonly mayVisit: boolean;
  readonly code: ExemptionCode;
  /** The answer in a sentence, as it is recorded and shown to the school. */
  readonly reason: string;
  /** The first day on which the exemption no longer holds; null where there is none. */
  readonly until: CivilDate | null;
}

const may = (code: ExemptionCode, reason: string): Exemption => ({ mayVisit: true, code, reason, until: null });

/** Why a school without a mark that holds may be visited. */
function withoutMark({ state, until, suspendedOn }: HeldMark): Exemption {
  switch (state) {
    case "suspended":
      return may(
        "mark-suspended",
        `Its Quality Mark is suspended${suspendedOn === null ? "" : ` since ${dateInWords(suspendedOn)}`}, and spares it nothing meanwhile.`,
      );
    case "refused":
      return may("mark-refused", "It was refused the Quality Mark.");
    case "withdrawn":
      return may("mark-withdrawn", "Its Quality Mark was withdrawn.");
    case "ended":
      return may("mark-ended", "Its Quality Mark ended when the school closed.");
    case "awaiting-framework":
      return may(
        "awaiting-framework",
        "No framework has been adopted for schools of its kind, so none of them can hold the Quality Mark yet.",
      );
    case "not-decided":
      return may("not-decided", "Its Quality Mark has not been decided: evidence is missing or too thin.");
    default:
      return may("mark-expired", `Its Quality Mark ran out${until === null ? "" : ` on ${dateInWords(until)}`}.`);
  }
}

/**
 * Whether a visit may take place at a school on a day: a holder of the mark is spared any other external accountability, and nothing else.
 * @param mark the school's newest mark; null where none was ever published
 * @param purpose what the visit is for
 */
export function decideExemption(mark: HeldMark | null, purpose: VisitPurpose, on: CivilDate): Exemption {
  if (!purpose.accountability)
    return may(
      "not-accountability",
      `${purpose.label} is not accountability, and no mark stands against it. ${purpose.why}`,
    );
  if (mark === null) return may("no-mark", "No Quality Mark of it has been published.");
  if (mark.state !== "awarded" || mark.until === null || on >= mark.until) return withoutMark(mark);
  return {
    mayVisit: false,
    code: "mark-held",
    reason: `It holds the Quality Mark until ${dateInWords(mark.until)}. Until then no other external accountability visit may take place.`,
    until: mark.until,
  };
}

/** A link of the register: to `urn`, the school `linkUrn` is what the type says. */
export interface SchoolTie {
  readonly urn: string;
  readonly linkUrn: string;
  /** As "Predecessor" or "Successor - merged". */
  readonly linkType: string;
}

type Way = "Successor" | "Predecessor";
const opposite = (way: Way): Way => (way === "Successor" ? "Predecessor" : "Successor");

/** The schools one step on that way, and whether every link says that the school went on as the same. */
function neighbours(urn: string, ties: readonly SchoolTie[], way: Way, same: readonly string[]): Map<string, boolean> {
  const found = new Map<string, boolean>();
  for (const tie of ties) {
    const forward = tie.urn === urn && tie.linkType.startsWith(way);
    const backward = tie.linkUrn === urn && tie.linkType.startsWith(opposite(way));
    if (!forward && !backward) continue;
    const other = forward ? tie.linkUrn : tie.urn;
    found.set(other, (found.get(other) ?? true) && same.includes(tie.linkType));
  }
  return found;
}

/** The one school on that way that is the same school under another URN; null where there is none. */
function sameSchool(urn: string, ties: readonly SchoolTie[], way: Way, same: readonly string[]): string | null {
  const [only, ...others] = neighbours(urn, ties, way, same);
  if (!only?.[1] || others.length > 0) return null;
  return neighbours(only[0], ties, opposite(way), same).size === 1 ? only[0] : null;
}

/** A school under all its URNs, and what came after it. */
export interface SchoolIdentity {
  /** Every URN of the same school, from the first to the newest; where the register goes in circles, each once. */
  readonly urns: readonly string[];
  /** Other schools that followed the newest by merger, amalgamation or split. In order of URN. */
  readonly successors: readonly string[];
}

/**
 * Every URN under which a school was the same school: one predecessor with one successor. A school that came from a merger, an
 * amalgamation or a split is another school.
 * @param same types of link by which a school goes on
 */
export function identityOf(urn: string, ties: readonly SchoolTie[], same: readonly string[]): SchoolIdentity {
  const walk = (way: Way): string[] => {
    const path: string[] = [];
    for (let at: string | null = urn; at !== null; ) {
      const next: string | null = sameSchool(at, ties, way, same);
      at = next === null || next === urn || path.includes(next) ? null : next;
      if (at !== null) path.push(at);
    }
    return path;
  };
  const [later, earlier] = [walk("Successor"), walk("Predecessor")];
  const urns = [...new Set([...earlier.reverse(), urn, ...later])];
  const after = neighbours(urns.at(-1)!, ties, "Successor", same);
  return { urns, successors: [...after.keys()].filter((one) => !urns.includes(one)).sort() };
}

/** The answer about a school that the register says is closed and that no other URN goes on. */
export function closedSchool(closedOn: CivilDate | null, successors: readonly string[]): Exemption {
  const day = closedOn === null ? "" : ` on ${dateInWords(closedOn)}`;
  const after =
    successors.length === 0
      ? "No school followed it."
      : `What followed it is another school, which has to be asked about by its own URN: ${successors.join(", ")}.`;
  return may("school-closed", `The school closed${day}, and its Quality Mark ended with it. ${after}`);
}

/**
 * The mark that counts of those that stand under a school's URNs: the newest. Of a school that goes on under a further URN, the mark that
 * ended with the old one holds until its own date.
 * @param marks by URN, in the order of the URNs
 */
export function markThatCounts(
  marks: readonly { readonly urn: string; readonly mark: HeldMark }[],
  newest: string,
): HeldMark | null {
  const last = marks.at(-1);
  if (!last) return null;
  const { urn, mark } = last;
  if (mark.state !== "ended" || urn === newest || mark.until === null) return mark;
  return { ...mark, state: mark.suspendedOn === null ? "awarded" : "suspended" };
}
