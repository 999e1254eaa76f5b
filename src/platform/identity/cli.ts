import { type Command, Option } from "commander";
import { describeProblem, type Problem, type Result } from "../../kernel/index.js";
import type { Database } from "../database/index.js";
import { type CommandContext, wholeNumber } from "../terminal/index.js";
import { type Actor, systemActor } from "./actor.js";
import {
  addProgram,
  endHeldRole,
  findPeople,
  grantRole,
  grantWords,
  type KnowsScope,
  type PersonWithRoles,
  parseGrant,
} from "./people.js";
import { listRefusals } from "./refusals.js";
import { identityProblem } from "./refusing.js";
import { roles, roleWords } from "./roles.js";
import { grantOf } from "./store-people.js";
import { makeToken } from "./tokens.js";

interface Where {
  readonly school?: string;
  readonly trust?: string;
  readonly region?: string;
}

const actor: Actor = systemActor("command line");

const help = `
Examples:
  $ ./greenpaper people list
  $ ./greenpaper people grant "Ada Lovelace" administrator --reason "runs the service"
  $ ./greenpaper people grant ada@region.example regional-officer --region E12000001 --reason "joined on 1 September"
  $ ./greenpaper people end ada@region.example regional-officer --region E12000001 --reason "moved to another region"
  $ ./greenpaper people add-program "Inspection diary"
  $ ./greenpaper people token "Inspection diary" --name nightly --days 90

Whoever should have a role must have signed in once. The first administrator is made here; the others on the page /people.`;

/** Runs work on the register and says what came of it. @returns the exit code */
function onRegister(
  context: CommandContext,
  work: (database: Database) => Promise<Result<string, readonly Problem[]>>,
): Promise<number> {
  return context.withRegister(async (database) => {
    const answer = await work(database);
    if (answer.ok) process.stdout.write(answer.value);
    else process.stderr.write(answer.error.map((problem) => `${describeProblem(problem)}\n`).join(""));
    return answer.ok ? 0 : 1;
  });
}

/** The one person whom a text names: by id, by the whole e-mail address or by the whole name. */
async function theOne(database: Database, who: string): Promise<Result<PersonWithRoles, readonly Problem[]>> {
  const found = await findPeople(database, actor, who);
  if (!found.ok) return found;
  const wanted = who.toLowerCase();
  const named = found.value.filter(({ person: { id, email, name } }) =>
    [id, email, name].some((text) => text?.toLowerCase() === wanted),
  );
  const [one, another] = named;
  if (one === undefined)
    return { ok: false, error: [identityProblem("person-unknown", "people", `nobody is called "${who}"`)] };
  if (another !== undefined)
    return {
      ok: false,
      error: [identityProblem("people-several", "people", `${named.length} people are called "${who}"`)],
    };
  return { ok: true, value: one };
}

function grantAsked(role: string, where: Where) {
  const [kind, code = ""] = Object.entries(where).find(([key]) => ["school", "trust", "region"].includes(key)) ?? [];
  return parseGrant(role, code, kind);
}

const listed = ({ person, roles: held }: PersonWithRoles) =>
  `${person.id}  ${person.name}${person.email ? ` <${person.email}>` : ""}${person.kind === "program" ? " (program)" : ""}: ` +
  `${held.length === 0 ? "no role" : held.map((role) => grantWords(grantOf(role))).join("; ")}\n`;

function addGranting(people: Command, context: CommandContext, knows: (database: Database) => KnowsScope): void {
  const located = (command: Command) =>
    command
      .argument("<who>", "the whole name or e-mail address, or the id that list shows")
      .addArgument(command.createArgument("<role>", "one of the roles").choices(roles))
      .option("--school <urn>", "the school where the role holds")
      .option("--trust <uid>", "the trust where the role holds")
      .option("--region <code>", "the region where the role holds, as E12000001")
      .requiredOption("--reason <words>", "why, for whoever looks later");
  located(people.command("grant").description("Give a role")).action(
    async (who: string, role: string, options: Where & { reason: string }) => {
      process.exitCode = await onRegister(context, async (database) => {
        const [one, grant] = [await theOne(database, who), grantAsked(role, options)];
        if (!one.ok) return one;
        if (!grant.ok) return { ok: false, error: [grant.error] };
        const change = { actor, reason: options.reason, seen: null, now: new Date() };
        const given = await grantRole(database, one.value.person.id, grant.value, change, knows(database));
        return given.ok ? { ok: true, value: `${given.value.name} is now ${grantWords(grant.value)}.\n` } : given;
      });
    },
  );
  located(people.command("end").description("End a role, and every session of whoever held it")).action(
    async (who: string, role: string, options: Where & { reason: string }) => {
      process.exitCode = await onRegister(context, async (database) => {
        const [one, grant] = [await theOne(database, who), grantAsked(role, options)];
        if (!one.ok) return one;
        if (!grant.ok) return { ok: false, error: [grant.error] };
        const words = grantWords(grant.value);
        const held = one.value.roles.find((row) => grantWords(grantOf(row)) === words);
        const change = { actor, reason: options.reason, seen: null, now: new Date() };
        const ended = await endHeldRole(database, one.value.person.id, held?.id ?? 0, change);
        return ended.ok ? { ok: true, value: `${ended.value.name} is no longer ${words}.\n` } : ended;
      });
    },
  );
}

function addPrograms(people: Command, context: CommandContext): void {
  people
    .command("add-program")
    .description("Add a program that calls with access tokens")
    .argument("<name>")
    .action(async (name: string) => {
      process.exitCode = await onRegister(context, async (database) => {
        const added = await addProgram(database, name, { actor, now: new Date() });
        return added.ok ? { ok: true, value: `${added.value.name} was added as ${added.value.id}.\n` } : added;
      });
    });
  people
    .command("token")
    .description("Make an access token of a person or program, with all roles held; it is printed once")
    .argument("<who>", "as for grant")
    .requiredOption("--name <words>", "what the token is for")
    .addOption(new Option("--days <number>", "how long it counts").default(90).argParser(wholeNumber(1, 3660)))
    .action(async (who: string, options: { name: string; days: number }) => {
      process.exitCode = await onRegister(context, async (database) => {
        const one = await theOne(database, who);
        if (!one.ok) return one;
        const held = one.value.roles.map(({ role }) => role);
        const wish = { name: options.name, days: options.days, roles: held };
        const made = await makeToken(database, one.value.person.id, wish, { actor, now: new Date() });
        return made.ok ? { ok: true, value: `${made.value.token}\n` } : made;
      });
    });
}

/** Adds `greenpaper people`. */
export function addPeopleCommand(
  program: Command,
  context: CommandContext,
  knows: (database: Database) => KnowsScope,
): void {
  const people = program.command("people").description("See and change who may do what").addHelpText("after", help);
  people
    .command("list")
    .description("List people and programs with their roles")
    .argument("[text]", "part of a name or e-mail address", "")
    .action(async (text: string) => {
      process.exitCode = await onRegister(context, async (database) => {
        const found = await findPeople(database, actor, text, 1000);
        return found.ok ? { ok: true, value: found.value.map(listed).join("") } : found;
      });
    });
  people
    .command("roles")
    .description("List the roles and where each is held")
    .action(() => {
      const lines = roles.map(
        (role) =>
          `${role}: ${roleWords[role].title}; ${roleWords[role].task}; held for a ${roleWords[role].scopes.join(" or ")}`,
      );
      process.stdout.write(`${lines.join("\n")}\n`);
    });
  people
    .command("refusals")
    .description("List who was refused what, the newest first")
    .addOption(new Option("--days <number>", "how far back").default(7).argParser(wholeNumber(1, 3660)))
    .action(async ({ days }: { days: number }) => {
      process.exitCode = await onRegister(context, async (database) => {
        const refusals = await listRefusals(database, new Date(Date.now() - days * 86_400_000), 1000);
        const lines = refusals.map(
          ({ at, actorName, route, place, why }) => `${at}  ${actorName}  ${route}  ${JSON.stringify(place)}  ${why}\n`,
        );
        return { ok: true, value: lines.join("") };
      });
    });
  addGranting(people, context, knows);
  addPrograms(people, context);
}
