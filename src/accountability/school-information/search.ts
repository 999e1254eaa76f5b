import type { ListedSchool, SchoolDirectory, SchoolHit } from "../../register/index.js";
import type { SchoolLine } from "../quality-mark/index.js";

/** Schools on one page of a list. */
export const schoolsPerPage = 50;

/** What a reader asked for, as typed; empty texts mean no narrowing. */
export interface SchoolSearch {
  readonly text: string;
  readonly phase: string;
  readonly region: string;
  readonly authority: string;
  readonly decision: string;
  /** UID of a trust, federation or sponsor. */
  readonly group: string;
  /** "yes" to see schools that have closed where nothing was typed; with words they are always found. */
  readonly closed: string;
  readonly page: number;
}

/** A school on the list, with its line of the review where there is one. */
export interface FoundSchool extends SchoolHit {
  readonly line: SchoolLine | null;
  /** What became of a closed school. */
  readonly successors: readonly ListedSchool[];
}

/** The phase of a school in the review's words, or in the register's. */
export function phaseOf(school: ListedSchool, line: SchoolLine | undefined): string | null {
  return line?.phase ?? school.phase;
}

/** Reads an address's query; what it holds is checked by the page. */
export function readSearch(query: Readonly<Record<string, unknown>>): SchoolSearch {
  const text = (key: string) => (typeof query[key] === "string" ? query[key].trim().slice(0, 100) : "");
  return {
    ...{ text: text("text"), phase: text("phase"), region: text("region"), authority: text("authority") },
    ...{ decision: text("decision"), group: text("group"), closed: text("closed"), page: Number(text("page") || "1") },
  };
}

/** The address of a search, without what is empty. */
export function searchAddress(search: Partial<SchoolSearch>): string {
  const entries = Object.entries(search)
    .map(([key, value]) => [key, String(value)] as const)
    .filter(([key, value]) => value !== "" && !(key === "page" && value === "1"));
  const query = new URLSearchParams(Object.fromEntries(entries)).toString();
  return query === "" ? "/schools" : `/schools?${query}`;
}

type Wish = (school: ListedSchool, line: SchoolLine | undefined) => boolean;

/** Whether a school is what the choices beside the words ask for; undefined where nothing was chosen. */
function wishOf(
  directory: SchoolDirectory,
  { phase, region, authority, decision, group }: SchoolSearch,
): Wish | undefined {
  const inGroup = new Set(directory.group(group)?.schools ?? []);
  const wishes: readonly (readonly [chosen: string, Wish])[] = [
    [phase, (school, line) => phaseOf(school, line) === phase],
    [region, (school) => school.regionCode === region],
    [authority, (school) => school.authorityCode === authority],
    [decision, (_school, line) => line?.decision === decision],
    [group, ({ urn }) => inGroup.has(urn)],
  ];
  const chosen = wishes.filter(([choice]) => choice !== "").map(([, wish]) => wish);
  return chosen.length === 0 ? undefined : (school, line) => chosen.every((wish) => wish(school, line));
}

type Lines = ReadonlyMap<string, SchoolLine>;

/** The lines of schools in their order, found once a publication: to look each up anew takes a reader's patience. */
const linesBeside = new WeakMap<Lines, WeakMap<readonly ListedSchool[], readonly (SchoolLine | undefined)[]>>();

function linesOf(schools: readonly ListedSchool[], lines: Lines): readonly (SchoolLine | undefined)[] {
  const known = linesBeside.get(lines) ?? new WeakMap<readonly ListedSchool[], readonly (SchoolLine | undefined)[]>();
  linesBeside.set(lines, known);
  const found = known.get(schools) ?? schools.map(({ urn }) => lines.get(urn));
  known.set(schools, found);
  return found;
}

/** The schools that a search finds: in order of how well they answer the words, or of name where there are none. */
export function findSchools(
  directory: SchoolDirectory,
  lines: Lines,
  search: SchoolSearch,
): { readonly total: number; readonly found: readonly FoundSchool[] } {
  const { closed, page } = search;
  const isWanted = wishOf(directory, search);
  const offset = (page - 1) * schoolsPerPage;
  const withLine = (hit: SchoolHit): FoundSchool => ({
    ...hit,
    line: lines.get(hit.school.urn) ?? null,
    successors: hit.school.status === "closed" ? directory.successors(hit.school.urn) : [],
  });
  if (search.text !== "") {
    const { total, hits } = directory.find(
      search.text,
      offset + schoolsPerPage,
      isWanted && ((school) => isWanted(school, lines.get(school.urn))),
    );
    return { total, found: hits.slice(offset).map(withLine) };
  }
  const asked = closed === "yes" ? directory.schools : directory.open;
  const beside = isWanted && linesOf(asked, lines);
  const all = isWanted ? asked.filter((school, i) => isWanted(school, beside?.[i])) : asked;
  const shown = all.slice(offset, offset + schoolsPerPage);
  return { total: all.length, found: shown.map((school) => withLine({ school, formerName: null })) };
}

/** One line of what is suggested while somebody types. */
export interface Suggestion {
  readonly text: string;
  /** Where it is, or that it closed. */
  readonly detail: string;
  readonly href: string;
}

/** Suggestions at a time. */
const mostSuggestions = 8;

/** What is suggested for unfinished words: schools, and a trust or two where the words are of their names. */
export function suggestionsFor(directory: SchoolDirectory, text: string): readonly Suggestion[] {
  if (text.trim().length < 2) return [];
  const groups = directory.findGroups(text, 2).map(
    ({ uid, name, type, schools }): Suggestion => ({
      text: name,
      detail: `${type}, ${schools.length} ${schools.length === 1 ? "school" : "schools"}`,
      href: searchAddress({ group: uid }),
    }),
  );
  const { hits } = directory.find(text, mostSuggestions);
  const schools = hits.map(({ school, formerName }): Suggestion => {
    const place = [school.town, school.postcode].filter((part) => part !== null).join(", ") || school.authority;
    const closed = school.status === "closed" ? " (closed)" : "";
    const former = formerName === null ? "" : `, was ${formerName}`;
    return { text: school.name, detail: `${place}${former}${closed}`, href: `/schools/${school.urn}` };
  });
  const room = Math.min(groups.length, Math.max(0, mostSuggestions - Math.min(schools.length, mostSuggestions - 2)));
  return [...schools.slice(0, mostSuggestions - room), ...groups.slice(0, room)];
}
