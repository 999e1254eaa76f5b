import { madeOnce } from "../../kernel/index.js";
import type { ListedSchool, SchoolDirectory } from "../../register/index.js";
import type { ReviewReader } from "../quality-mark/index.js";
import type { AlikeSchools } from "./alike.js";
import { schoolsNear } from "./nearby.js";
import { mostCompared, type Side } from "./sides.js";

/** What a comparison was asked for. */
export interface Comparison {
  readonly urns: readonly string[];
  /** Empty, or one of "near", "authority", "alike". */
  readonly others: string;
}

/** Six-figure numbers in what was typed; anything else is answered with a note. */
export function readComparison(query: Readonly<Record<string, unknown>>): Comparison {
  const given = [query.urn].flat().filter((value) => typeof value === "string");
  const urns = given.flatMap((text) => text.split(/[\s,;]+/)).filter((text) => text !== "");
  return { urns: [...new Set(urns)], others: typeof query.with === "string" ? query.with : "" };
}

interface Chosen {
  readonly school: ListedSchool;
  readonly because: string | null;
}

const kilometres = (distance: number, about: boolean) =>
  `${about ? "about " : ""}${distance < 10 ? distance.toFixed(1) : Math.round(distance)} km away`;

const schoolsOfAuthorities = madeOnce((schools: readonly ListedSchool[]) => {
  const found = new Map<ListedSchool["authorityCode"], ListedSchool[]>();
  for (const school of schools) {
    const own = found.get(school.authorityCode);
    if (own) own.push(school);
    else found.set(school.authorityCode, [school]);
  }
  return found;
});

/** Other schools beside the first one. */
function othersOf(
  first: ListedSchool,
  way: string,
  directory: SchoolDirectory,
  alike: AlikeSchools,
  most: number,
): { readonly chosen: readonly Chosen[]; readonly notes: readonly string[] } {
  const isWanted = (school: ListedSchool) =>
    school.status !== "closed" && school.phase === first.phase && school.urn !== first.urn;
  const chosen = (urn: string, because: string): Chosen[] => {
    const school = directory.school(urn);
    return school ? [{ school, because }] : [];
  };
  if (way === "near") {
    const near = schoolsNear(first.urn, directory.schools, isWanted, most);
    const notes =
      near.length === 0 ? [`The register doesn't know where ${first.name} is, so no school is nearest to it.`] : [];
    return { chosen: near.flatMap((one) => chosen(one.urn, kilometres(one.kilometres, one.about))), notes };
  }
  if (way === "alike") {
    const near = alike.nearest(first.urn, most * 3).filter(({ urn }) => isWanted(directory.school(urn) ?? first));
    const notes =
      near.length === 0
        ? [
            `The intake of ${first.name} isn't known in full (roll, free meals, languages, special needs), so no school is alike.`,
          ]
        : [];
    return { chosen: near.slice(0, most).flatMap(({ urn }) => chosen(urn, "similar intake")), notes };
  }
  const own = (schoolsOfAuthorities(directory.schools).get(first.authorityCode) ?? []).filter(isWanted);
  const notes =
    own.length > most
      ? [`${first.authority} has ${own.length} more schools of the phase; the first by name are shown.`]
      : [];
  return { chosen: own.slice(0, most).map((school) => ({ school, because: "same authority" })), notes };
}

/** The schools of a comparison, each with its page of the review. */
export async function compareSchools(
  asked: Comparison,
  { directory, alike, reader }: { directory: SchoolDirectory; alike: AlikeSchools; reader: ReviewReader },
): Promise<{ readonly sides: readonly Side[]; readonly notes: readonly string[] }> {
  const notes: string[] = [];
  const known: Chosen[] = [];
  for (const urn of asked.urns.slice(0, mostCompared)) {
    const school = directory.school(urn);
    if (school) known.push({ school, because: null });
    else notes.push(`The register has no school with the URN "${urn.slice(0, 20)}".`);
  }
  if (asked.urns.length > mostCompared) notes.push(`Only the first ${mostCompared} schools are compared.`);
  const first = known[0]?.school;
  const room = mostCompared - known.length;
  if (first && ["near", "authority", "alike"].includes(asked.others) && room > 0) {
    const others = othersOf(first, asked.others, directory, alike, room);
    known.push(...others.chosen.filter(({ school }) => !known.some((one) => one.school.urn === school.urn)));
    notes.push(...others.notes);
  }
  // By distance where it was asked for, else by name: never by the figure.
  const ordered = asked.others === "near" ? known : known.toSorted((a, b) => (a.school.name < b.school.name ? -1 : 1));
  const sides: Side[] = [];
  for (const { school, because } of ordered) sides.push({ school, because, measured: await reader.school(school.urn) });
  return { sides, notes };
}
