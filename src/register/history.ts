import type { CivilDate, Urn } from "../kernel/index.js";
import type { RegisterStatus, SchoolLink } from "./types.js";

/** A school that came directly before or after another. */
export interface Relative {
  readonly urn: Urn;
  /** Null where neither the register nor the link has a name. */
  readonly name: string | null;
  readonly on: CivilDate | null;
  /** As "merged" or "split"; null where one school simply followed another. */
  readonly kind: string | null;
  /** Null where the register doesn't describe the school. */
  readonly status: RegisterStatus | null;
}

/** What the register says of a neighbour. */
export interface KnownNeighbour {
  readonly name: string;
  readonly status: RegisterStatus;
}

/** Whether the linked school comes before or after the school whose link it is; null where the link says nothing of order. */
function direction({ linkType }: SchoolLink): "after" | "before" | null {
  if (linkType.startsWith("Successor")) return "after";
  return linkType.startsWith("Predecessor") ? "before" : null;
}

/** "merged" of "Successor - merged". */
function kindOf({ linkType }: SchoolLink): string | null {
  return (
    linkType
      .match(/- (.+)$/)?.[1]
      ?.trim()
      .toLowerCase() ?? null
  );
}

/**
 * The schools directly before and after one, from the links of either side: often only one of two schools has the link.
 * @param links those of the school and those to it
 * @param knownOf what the register says of a school
 */
export function relativesOf(
  urn: Urn,
  links: readonly SchoolLink[],
  knownOf: (urn: Urn) => KnownNeighbour | undefined,
): { readonly predecessors: readonly Relative[]; readonly successors: readonly Relative[] } {
  const found = { before: new Map<Urn, Relative>(), after: new Map<Urn, Relative>() };
  for (const link of links) {
    const way = direction(link);
    if (way === null) continue;
    const own = link.urn === urn;
    const other = own ? link.linkUrn : link.urn;
    const side = found[own ? way : way === "after" ? "before" : "after"];
    const earlier = side.get(other);
    const known = knownOf(other);
    side.set(other, {
      urn: other,
      name: known?.name ?? (own ? link.linkName : null) ?? earlier?.name ?? null,
      on: link.established ?? earlier?.on ?? null,
      kind: kindOf(link) ?? earlier?.kind ?? null,
      status: known?.status ?? null,
    });
  }
  const inOrder = (side: Map<Urn, Relative>) =>
    [...side.values()].sort((a, b) =>
      (a.on ?? "") < (b.on ?? "") ? -1 : (a.on ?? "") > (b.on ?? "") ? 1 : a.urn < b.urn ? -1 : 1,
    );
  return { predecessors: inOrder(found.before), successors: inOrder(found.after) };
}
