import type { England, EnglandSchool } from "../england/index.js";
import { civilDate, type GroupUid } from "../kernel/index.js";
import { type RegisterContents, schoolWith } from "../register/index.js";

/** The invented schools and trusts as the register holds them. */
export function registerOf(england: England): RegisterContents {
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
  };
}
