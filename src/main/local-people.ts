import { type CivilDate, parseGroupUid, parseUrn } from "../kernel/index.js";
import type { Database } from "../platform/database/index.js";
import { type Role, roleWords, type Scope } from "../platform/identity/index.js";
import type { LocalPeople, LocalPerson } from "../platform/identity/local-people.js";
import type { KnowsScope } from "../platform/identity/people.js";
import { exampleSchools, findGroup, findRegion, findSchool, regions, trustsOfSchools } from "../register/index.js";

const firstNames = [
  ...[
    "Abel",
    "Bettina",
    "Cosmo",
    "Dorothea",
    "Emeka",
    "Fenella",
    "Gulshan",
    "Hester",
    "Idris",
    "Jemima",
    "Kofi",
    "Lavinia",
  ],
  ...[
    "Magnus",
    "Nerys",
    "Obadiah",
    "Parveen",
    "Quentin",
    "Rosalba",
    "Seraphina",
    "Tobias",
    "Ursula",
    "Vikram",
    "Winifred",
  ],
  ...["Xanthe", "Yusuf", "Zenobia"],
];
const lastNames = ["Invented", "Madeup", "Imaginary", "Fictional", "Pretend", "Nobody", "Example"];

/** A name that looks made up, the same for the same subject. */
export function inventedName(subject: string): string {
  let number = 0;
  for (const character of subject) number = (number * 31 + character.charCodeAt(0)) >>> 0;
  return `${firstNames[number % firstNames.length]} ${lastNames[Math.floor(number / 64) % lastNames.length]}`;
}

function invented(
  subject: string,
  role: Role,
  scope: Scope,
  where: string,
  title = roleWords[role].title,
): LocalPerson {
  return { subject, name: inventedName(subject), about: `${title}, ${where}`, grants: [{ role, scope }] };
}

/** With the chair nine, the fewest whose ratings can agree on anything (A4). */
const othersOfGroup = Array.from(
  { length: 8 },
  (_, i) => [`working-group-${i + 2}`, "working-group", "member"] as const,
);

const countrywide: readonly (readonly [subject: string, role: Role, where: string])[] = [
  ["policy-official", "policy-official", "Department"],
  ["working-group-1", "working-group", "chair"],
  ...othersOfGroup,
  ["agency", "agency", "one that inspects schools"],
  ["statistician", "statistician", "Department"],
  ["administrator", "administrator", "whole service"],
];

const regional: readonly (readonly [prefix: string, role: Role, suffixes: readonly string[]])[] = [
  ["regional-officer", "regional-officer", ["", "-2"]],
  ["regional-director", "regional-director", [""]],
  ["safeguarding-officer", "safeguarding-officer", ["", "-2"]],
];

const officersOf = (code: string, name: string): LocalPerson[] =>
  regional.flatMap(([prefix, role, suffixes]) =>
    suffixes.map((suffix) => invented(`${prefix}-${code}${suffix}`, role, { kind: "region", code }, name)),
  );

/** One for every role, of the regions, schools and trusts that the register holds. */
export function localPeopleOf(database: Database, today: () => CivilDate): LocalPeople {
  const { queries } = database;
  const country = countrywide.map(([subject, role, where]) => invented(subject, role, { kind: "country" }, where));
  const nobodyYet: LocalPerson = {
    subject: "newcomer",
    name: inventedName("newcomer"),
    about: "Somebody who has no role yet",
    grants: [],
  };
  async function ofSchool(kind: "school" | "teacher", code: string): Promise<LocalPerson | null> {
    const urn = parseUrn(code);
    const school = urn.ok ? await findSchool(queries, urn.value) : null;
    const title = kind === "school" ? "Head" : roleWords.teacher.title;
    return (
      school &&
      invented(`${kind}-${code}`, kind, { kind: "school", urn: school.urn }, `${school.name} (${code})`, title)
    );
  }
  async function ofTrust(code: string): Promise<LocalPerson | null> {
    const uid = parseGroupUid(code);
    const group = uid.ok ? await findGroup(queries, uid.value) : null;
    return (
      group &&
      invented(
        `trust-${code}`,
        "trust",
        { kind: "trust", uid: group.uid },
        `${group.name} (${code})`,
        "Finance officer",
      )
    );
  }
  return {
    async list() {
      const schools = await exampleSchools(queries);
      const urns = schools.map(({ urn }) => urn);
      const trusts = [...new Set([...(await trustsOfSchools(queries, urns, today())).values()].map(({ uid }) => uid))];
      const held = new Set(schools.map(({ region }) => region));
      const shown = held.size === 0 ? regions : regions.filter(({ code }) => held.has(code));
      const present = (people: readonly (LocalPerson | null)[]) => people.filter((person) => person !== null);
      return [
        ...shown.map(({ code, name }) => ({ heading: name, people: officersOf(code, name) })),
        { heading: "Heads", people: present(await Promise.all(urns.map((urn) => ofSchool("school", urn)))) },
        { heading: "Trusts", people: present(await Promise.all(trusts.slice(0, 9).map(ofTrust))) },
        {
          heading: "Teachers",
          people: present(await Promise.all(urns.slice(0, 1).map((urn) => ofSchool("teacher", urn)))),
        },
        { heading: "The whole country", people: [...country, nobodyYet] },
      ].filter(({ people }) => people.length > 0);
    },
    async find(subject) {
      const [, kind, code] = /^(school|teacher|trust)-(\d{1,6})$/.exec(subject) ?? [];
      if (kind === "trust") return ofTrust(code!);
      if (kind === "school" || kind === "teacher") return ofSchool(kind, code!);
      const region = findRegion(/-(E\d{8})(-2)?$/.exec(subject)?.[1] ?? "");
      const people = region ? officersOf(region.code, region.name) : [...country, nobodyYet];
      return people.find((person) => person.subject === subject) ?? null;
    },
  };
}

/** Whether the register holds the school, trust or region for which a role would be given. */
export function knownScopes(database: Database): KnowsScope {
  return async (scope) => {
    switch (scope.kind) {
      case "country":
        return true;
      case "region":
        return findRegion(scope.code) !== null;
      case "school":
        return (await findSchool(database.queries, scope.urn)) !== null;
      case "trust":
        return (await findGroup(database.queries, scope.uid)) !== null;
    }
  };
}
