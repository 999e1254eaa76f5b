import type { Ukprn, Urn } from "../../src/kernel/index.js";
import { type Authority, openAuthorities, type RegisterContents, schoolWith } from "../../src/register/index.js";

const first = [
  "Ash",
  "Birch",
  "Cold",
  "Dun",
  "Elm",
  "Fern",
  "Gorse",
  "Holl",
  "Iron",
  "Kings",
  "Larch",
  "Mill",
  "Nether",
  "Oak",
];
const second = [
  "bridge",
  "combe",
  "dale",
  "field",
  "grove",
  "hurst",
  "ley",
  "mere",
  "owell",
  "ridge",
  "stead",
  "thorpe",
  "worth",
];
const patrons = ["St Mary's", "St Paul's", "Holy Trinity", "Saint Œdipus", "All Saints'", "The Sandpiper"];
const kinds = [
  "Church of England Primary School",
  "Primary School",
  "Academy",
  "High School",
  "Infant and Nursery School",
];

const of = <T>(list: readonly T[], turn: number): T => list[turn % list.length]!;
const place = (turn: number) => `${of(first, turn)}${of(second, Math.floor(turn / first.length))}`;

/** The made-up school of a number: 182 places, six patrons, five kinds, and a former name for every third one. */
export function invented(i: number) {
  const turn = (i * 7919) % 100_003; // scatters neighbours
  const [town, patron] = [place(turn), i % 3 === 0 ? `${of(patrons, turn)} ` : ""];
  const letters = (k: number) => String.fromCharCode(65 + (k % 24));
  return {
    urn: String(800_000 + i) as Urn,
    name: `${patron}${place(turn + i)} ${of(kinds, i)}`,
    town: `${town}-on-the-${of(second, i)}`,
    postcode: `${letters(i)}${letters(turn)}${1 + (i % 20)} ${turn % 10}${letters(i >> 3)}${letters(turn >> 2)}`,
    formerName: `${place(turn + 5 * i)} ${i % 2 === 0 ? "Grammar" : "Secondary Modern"} School`,
  };
}

/** A register of that many made-up schools with places, numbers, and former names. */
export function searchableRegister(size: number, among: readonly Authority[] = openAuthorities): RegisterContents {
  const schools = Array.from({ length: size }, (_, i) => {
    const { urn, name, town, postcode } = invented(i);
    return schoolWith({
      ...{ urn, name, town, postcode, authority: of(among, i).code, type: "Community school", status: "open" },
      ...{ ukprn: String(10_000_000 + i) as Ukprn },
    });
  });
  // The register describes no predecessor, so its name is a former name of the school.
  const links = schools
    .filter((_, i) => i % 3 === 0)
    .map(({ urn }) => ({
      ...{ urn, linkUrn: String(Number(urn) - 400_000) as Urn, linkType: "Predecessor", established: null },
      linkName: invented(Number(urn) - 800_000).formerName,
    }));
  return { schools, groups: [], memberships: [], links };
}
