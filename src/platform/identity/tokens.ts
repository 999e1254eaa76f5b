import { randomUUID } from "node:crypto";
import { err, ok, type Problem, type Result, valueOn } from "../../kernel/index.js";
import type { Database } from "../database/index.js";
import { dayInEngland } from "../day/index.js";
import type { Actor } from "./actor.js";
import { tokenLife } from "./parameters.js";
import { type Change, recordOfPerson, unknownPerson } from "./people.js";
import { actorName } from "./refusals.js";
import { identityProblem, whyNot } from "./refusing.js";
import { isRole, type Role } from "./roles.js";
import { newSecret, secretHash } from "./secrets.js";
import { lockPerson, rolesOf } from "./store-people.js";
import { type AccessToken, endTokenRow, insertToken, tokensOf } from "./store-tokens.js";

/** What a token may do, for how long, and what it is for. */
export interface TokenWish {
  readonly name: string;
  readonly days: number;
  /** Of the roles that the owner holds. */
  readonly roles: readonly string[];
}

/** Begins every token, so that one that leaks into a file or a log is recognised. */
export const tokenPrefix = "greenpaper_";

/** Whether the actor may see to the tokens of a person: their own, or as administrator those of anybody. */
function mayNot(actor: Actor, personId: string): Problem | null {
  if (actor.kind === "person" && actor.id === personId) return null;
  return whyNot(actor, ["administrator"], undefined, "see to the tokens of others");
}

function problemsOf(wish: TokenWish, held: readonly Role[], now: Date): readonly Problem[] {
  const most = valueOn(tokenLife, dayInEngland(now)).value;
  const problems: Problem[] = [];
  if (wish.name.trim() === "") problems.push(identityProblem("name-missing", "name", "the token has no name"));
  if (!Number.isInteger(wish.days) || wish.days < 1 || wish.days > most)
    problems.push(
      identityProblem("token-life-wrong", "days", `a token lasts from 1 to ${most} days, not ${wish.days}`),
    );
  const foreign = wish.roles.filter((role) => !isRole(role) || !held.includes(role));
  if (wish.roles.length === 0 || foreign.length > 0)
    problems.push(
      identityProblem(
        "token-roles-wrong",
        "roles",
        foreign.length > 0 ? `the owner does not hold ${foreign.join(", ")}` : "the token would have no role",
      ),
    );
  return problems;
}

/**
 * Makes an access token for programs: `Authorization: Bearer …` then stands for the owner, with the roles named here as far as the
 * owner still holds them.
 *
 * @returns the token, which is shown once and kept only as its hash
 */
export async function makeToken(
  database: Database,
  personId: string,
  wish: TokenWish,
  { actor, now }: Pick<Change, "actor" | "now">,
): Promise<Result<{ readonly token: string; readonly expires: string }, readonly Problem[]>> {
  const refused = mayNot(actor, personId);
  if (refused) return err([refused]);
  return database.queries.transaction(async (queries) => {
    const person = await lockPerson(queries, personId);
    if (!person) return err([unknownPerson(personId)]);
    const held = (await rolesOf(queries, [personId])).map(({ role }) => role);
    const problems = problemsOf(wish, held, now);
    if (problems.length > 0) return err(problems);
    const [token, id] = [`${tokenPrefix}${newSecret()}`, randomUUID()];
    const expires = new Date(now.getTime() + wish.days * 86_400_000).toISOString();
    const [name, roles] = [wish.name.trim(), [...new Set(wish.roles)].join(" ")];
    await insertToken(queries, {
      ...{ id, personId, name, roles, tokenHash: secretHash(token) },
      ...{ createdAt: now.toISOString(), createdBy: actorName(actor), expiresAt: expires },
    });
    await recordOfPerson(queries, person, { actor, now }, "token-made", {
      token: id,
      name,
      roles,
      expires,
    });
    return ok({ token, expires });
  });
}

/** Ends a token at once. */
export async function endToken(
  database: Database,
  personId: string,
  token: string,
  { actor, now }: Pick<Change, "actor" | "now">,
): Promise<Result<null, readonly Problem[]>> {
  const refused = mayNot(actor, personId);
  if (refused) return err([refused]);
  return database.queries.transaction(async (queries) => {
    const person = await lockPerson(queries, personId);
    if (!person) return err([unknownPerson(personId)]);
    if (!(await endTokenRow(queries, personId, token, { at: now.toISOString(), name: actorName(actor) })))
      return err([identityProblem("token-unknown", "token", "there is no such token that still counts")]);
    await recordOfPerson(queries, person, { actor, now }, "token-ended", { token });
    return ok(null);
  });
}

/** The tokens of a person or program that were not ended. */
export async function listTokens(
  database: Database,
  personId: string,
  actor: Actor,
): Promise<Result<readonly AccessToken[], readonly Problem[]>> {
  const refused = mayNot(actor, personId);
  return refused ? err([refused]) : ok(await tokensOf(database.queries, personId));
}
