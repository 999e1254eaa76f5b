import type { Problem } from "../../kernel/index.js";
import { type Actor, holdsRole, type Place } from "./actor.js";
import { problemCodes } from "./problem-codes.js";
import { type Role, roleWords } from "./roles.js";

/** A problem with the remedy of its code. */
export function identityProblem(code: keyof typeof problemCodes, place: string, message: string): Problem {
  return { code, place, message, remedy: problemCodes[code].remedy };
}

const placeWords = ({ urn, trusts, region }: Place): string => {
  if (urn !== undefined) return `school ${urn}`;
  if (trusts !== undefined && trusts.length > 0) return `trust ${trusts.join(", ")}`;
  return region === undefined ? "the whole country" : `region ${region}`;
};

/**
 * Why the actor may not do something, or null where they may: what a service asks before anything else.
 * @param what in words, as "decide the case"
 */
export function whyNot(actor: Actor, roles: readonly Role[], place: Place | undefined, what: string): Problem | null {
  if (holdsRole(actor, roles, place)) return null;
  const needed = roles.map((role) => roleWords[role].title.toLowerCase()).join(" or ");
  if (place !== undefined && holdsRole(actor, roles))
    return identityProblem(
      "out-of-scope",
      placeWords(place),
      `the role of ${needed} is not held here, so as to ${what}`,
    );
  return identityProblem(
    "role-missing",
    place ? placeWords(place) : "account",
    `to ${what} needs the role of ${needed}`,
  );
}
