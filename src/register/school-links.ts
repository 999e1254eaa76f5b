import type { Urn } from "../kernel/index.js";
import type { RegisterStatus, SchoolLink } from "./types.js";

/** Which schools came after each school. */
export type Successors = ReadonlyMap<Urn, ReadonlySet<Urn>>;

/** What became of a school. */
export interface Succession {
  /** Open schools at the end of its chains: none, one, or several after a split. In order of URN. */
  readonly open: readonly Urn[];
  /** Schools where a chain ends without an open one: closed for good, or not in the register. In order of URN. */
  readonly ended: readonly Urn[];
  /** A school from which its own chain leads back to it: the register contradicts itself there. In order of URN. */
  readonly circular: readonly Urn[];
}

/**
 * Gathers who followed whom: a link of a type that begins with "Successor" points forward, one with "Predecessor" back. Both
 * directions count, since the register often records only one. Sixth form centres, amalgamation results and the like say
 * nothing about the order and are left out.
 */
export function successorsOf(links: readonly SchoolLink[]): Successors {
  const successors = new Map<Urn, Set<Urn>>();
  const add = (from: Urn, to: Urn) => {
    const known = successors.get(from);
    if (known) known.add(to);
    else successors.set(from, new Set([to]));
  };
  for (const { urn, linkUrn, linkType } of links) {
    if (linkType.startsWith("Successor")) add(urn, linkUrn);
    else if (linkType.startsWith("Predecessor")) add(linkUrn, urn);
  }
  return successors;
}

/** Whether a school teaches, even where it is proposed to close. */
export const isOpen = (status: RegisterStatus | undefined): boolean =>
  status === "open" || status === "open-proposed-to-close";

/**
 * Follows the successors of a school until they are open. An open school is its own answer, whatever came after it.
 *
 * @param statusOf the status of a school, or undefined where the register doesn't describe it
 */
export function followSuccessors(
  urn: Urn,
  successors: Successors,
  statusOf: (urn: Urn) => RegisterStatus | undefined,
): Succession {
  const open = new Set<Urn>();
  const ended = new Set<Urn>();
  const circular = new Set<Urn>();
  const done = new Set<Urn>();
  const path = new Set<Urn>();
  function visit(school: Urn): void {
    if (path.has(school)) circular.add(school);
    if (path.has(school) || done.has(school)) return;
    if (isOpen(statusOf(school))) open.add(school);
    else {
      path.add(school);
      const next = successors.get(school);
      if (next) for (const successor of next) visit(successor);
      else ended.add(school);
      path.delete(school);
    }
    done.add(school);
  }
  visit(urn);
  return { open: [...open].sort(), ended: [...ended].sort(), circular: [...circular].sort() };
}
