import type { England, EnglandSchool } from "../england/index.js";
import { civilDate, type GroupUid } from "../kernel/index.js";
import { type IncomingContents, type PupilCount, regions, schoolWith } from "../register/index.js";

/** The invented regions have a map each; side by side on one they don't overlap. */
function onOneMap({ region, east, north }: EnglandSchool): { easting: number; northing: number } {
  const place = regions.findIndex(({ code }) => code === region);
  const metres = (kilometres: number) => Math.round(Math.max(0, kilometres) * 1000);
  return { easting: (place % 3) * 250_000 + metres(east), northing: Math.floor(place / 3) * 300_000 + metres(north) };
}

const inventedYear = "2024/25";

/** What is known of an invented school's pupils; the rest was not invented. */
function countsOf({ urn, authority, phase, pupils, fsm6Percent }: EnglandSchool): PupilCount {
  const unknown = "not-published" as const;
  return {
    ...{ urn, academicYear: inventedYear, authority, laestab: null, kind: `Invented ${phase} school`, pupils },
    ...{ girls: null, boys: null, plans: null, support: null, otherLanguage: null, mealsNow: null },
    mealsSixYears: Math.round((pupils * fsm6Percent) / 100),
    mealsOf: pupils,
    missing: {
      girls: unknown,
      boys: unknown,
      plans: unknown,
      support: unknown,
      otherLanguage: unknown,
      mealsNow: unknown,
    },
  };
}

/** The invented schools and trusts as the register holds them. */
export function registerOf(england: England): IncomingContents {
  const joined = civilDate("2016-09-01");
  const nothing = {
    groupId: null,
    companyNumber: null,
    ukprn: null,
    opened: null,
    closed: null,
    town: null,
    postcode: null,
  };
  return {
    schools: england.schools.map((school) =>
      schoolWith({
        urn: school.urn,
        name: school.name,
        authority: school.authority,
        type: school.trust === null ? "Community school" : "Academy converter",
        status: "open",
        phase: school.phase,
        town: school.town,
        lowAge: school.lowAge,
        highAge: school.highAge,
        pupils: school.pupils,
        capacity: school.capacity,
        freeSchoolMealsPercent: school.fsm6Percent,
        admissions: school.admissions === "selective" ? "Selective" : "Non-selective",
        ...onOneMap(school),
      }),
    ),
    groups: england.trusts.map(({ uid, name, kind }) => ({
      ...nothing,
      uid,
      name,
      type: kind === "multi-academy" ? "Multi-academy trust" : "Single-academy trust",
      status: "open" as const,
    })),
    memberships: england.schools
      .filter((school): school is EnglandSchool & { trust: GroupUid } => school.trust !== null)
      .map((school) => ({ urn: school.urn, groupUid: school.trust, joined, left: null })),
    links: [],
    pupilCounts: england.schools.map(countsOf),
  };
}
