import type { RegisterStatus } from "../types.js";
import { plainWords } from "./plain-words.js";
import type { Sliced } from "./slices.js";
import { beginningWith, wordIndex } from "./word-index.js";
import type { WeightedText } from "./word-postings.js";

/** A school as the search knows it. */
export interface ListedSchool {
  readonly urn: string;
  readonly name: string;
  readonly formerNames: readonly string[];
  readonly status: RegisterStatus;
  readonly closed: string | null;
  readonly phase: string | null;
  readonly type: string;
  readonly authorityCode: string;
  readonly authority: string;
  readonly regionCode: string;
  readonly region: string;
  readonly locality: string | null;
  readonly town: string | null;
  readonly postcode: string | null;
  readonly laestab: string | null;
  readonly ukprn: string | null;
  /** The groups that it is in: trusts, federations, sponsors. */
  readonly groups: readonly string[];
  readonly easting: number | null;
  readonly northing: number | null;
}

/** A trust, federation or sponsor with schools in it. */
export interface ListedGroup {
  readonly uid: string;
  readonly name: string;
  readonly type: string;
  /** URNs of its schools. */
  readonly schools: readonly string[];
}

/** A school that a search found. */
export interface SchoolHit {
  readonly school: ListedSchool;
  /** The former name that was meant, where the present one has none of the words. */
  readonly formerName: string | null;
}

/** Every school and group of the register, to be found by name, place or number. */
export interface SchoolDirectory {
  /** In order of name. */
  readonly schools: readonly ListedSchool[];
  /** Those that have not closed, in order of name. */
  readonly open: readonly ListedSchool[];
  /** The phases that schools have, in order of the alphabet. */
  readonly phases: readonly string[];
  readonly groups: readonly ListedGroup[];
  school(urn: string): ListedSchool | null;
  group(uid: string): ListedGroup | null;
  /**
   * The best of the schools that have the words, the best first; open schools before closed ones that answer as well.
   * @param most how many are wanted
   */
  find(
    text: string,
    most: number,
    isWanted?: (school: ListedSchool) => boolean,
  ): { readonly total: number; readonly hits: readonly SchoolHit[] };
  findGroups(text: string, most: number): readonly ListedGroup[];
  /** What became of a closed school: the open ones that follow it. */
  successors(urn: string): readonly ListedSchool[];
}

/** How much a hit counts, by where it is. */
const weight = { number: 4, name: 3, postcode: 2.5, formerName: 2, town: 1.6, group: 1, authority: 0.8 } as const;

/** A closed school comes after an open one that answers nearly as well. */
const closedCounts = 0.6;

/** A name that begins with everything that was typed is probably meant. */
const beginningCounts = 1.5;

function textsOf(school: ListedSchool, groupName: (uid: string) => string): WeightedText[] {
  const { postcode, laestab } = school;
  const texts: [string | null, number][] = [
    [school.urn, weight.number],
    [laestab, weight.number],
    [laestab && `${laestab.slice(0, 3)} ${laestab.slice(3)}`, weight.town],
    [school.ukprn, weight.number],
    [school.name, weight.name],
    [postcode, weight.postcode],
    [postcode?.replaceAll(" ", "") ?? null, weight.postcode],
    [school.town, weight.town],
    [school.locality, weight.town],
    [school.authority, weight.authority],
    ...school.formerNames.map((name): [string, number] => [name, weight.formerName]),
    ...school.groups.map((uid): [string, number] => [groupName(uid), weight.group]),
  ];
  return texts.flatMap(([text, own]) => (text === null ? [] : [{ text, weight: own }]));
}

/** The former name with the most of the words, where it has more of them than the present one. */
function formerNameMeant({ name, formerNames }: ListedSchool, typed: readonly string[]): string | null {
  const count = (text: string) => {
    const words = plainWords(text).split(" ");
    return typed.filter((word) => words.some((own) => own.startsWith(word))).length;
  };
  let [most, meant] = [count(name), null as string | null];
  for (const former of formerNames) {
    const own = count(former);
    if (own > most) [most, meant] = [own, former];
  }
  return meant;
}

/** In order of name, with the names as they are compared. */
function* sortedByName(listed: readonly ListedSchool[]): Sliced<{ schools: ListedSchool[]; names: string[] }> {
  const named: { readonly name: string; readonly school: ListedSchool }[] = [];
  for (const [i, school] of listed.entries()) {
    if (i % 500 === 0) yield;
    named.push({ name: `${plainWords(school.name)} ${school.urn}`, school });
  }
  named.sort((a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : 0));
  yield;
  return { schools: named.map(({ school }) => school), names: named.map(({ name }) => name) };
}

/**
 * Makes the directory, in slices.
 * @param followed what became of a school
 */
export function* schoolDirectory(
  listed: readonly ListedSchool[],
  groups: readonly ListedGroup[],
  followed: (urn: string) => readonly string[],
): Sliced<SchoolDirectory> {
  const { schools, names } = yield* sortedByName(listed);
  const schoolOf = new Map(schools.map((school) => [school.urn, school]));
  const groupOf = new Map(groups.map((group) => [group.uid, group]));
  const index = yield* wordIndex(schools, (school) => textsOf(school, (uid) => groupOf.get(uid)?.name ?? ""));
  const groupIndex = yield* wordIndex(groups, ({ name, uid }) => [
    { text: name, weight: weight.name },
    { text: uid, weight: weight.number },
  ]);
  const ofStatus = Float32Array.from(schools, (school) => (school.status === "closed" ? closedCounts : 1));
  return {
    schools,
    open: schools.filter(({ status }) => status !== "closed"),
    phases: [...new Set(schools.flatMap(({ phase }) => phase ?? []))].sort(),
    groups,
    school: (urn) => schoolOf.get(urn) ?? null,
    group: (uid) => groupOf.get(uid) ?? null,
    find(text, most, isWanted) {
      const typed = plainWords(text);
      const [from, to] = beginningWith(names, typed);
      const { total, best } = index.search(text, {
        most,
        isWanted: isWanted && ((entry) => isWanted(schools[entry]!)),
        factor: (entry) => ofStatus[entry]! * (entry >= from && entry < to ? beginningCounts : 1),
      });
      const words = typed.split(" ");
      const hits = best.map((entry) => ({
        school: schools[entry]!,
        formerName: formerNameMeant(schools[entry]!, words),
      }));
      return { total, hits };
    },
    findGroups: (text, most) => groupIndex.search(text, { most }).best.map((entry) => groups[entry]!),
    successors: (urn) => followed(urn).flatMap((next) => schoolOf.get(next) ?? []),
  };
}
