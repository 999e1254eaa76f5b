import { parseUrn } from "../kernel/index.js";
import type { Database } from "../platform/database/index.js";
import { type AccessPorts, dayInEngland } from "../platform/http/index.js";
import { findAuthority, findSchool, groupsOfSchool } from "../register/index.js";

/** Where schools lie, by the register: what a person's scope is held against when an address names a school. */
export function placesOf({ queries }: Database, clock: () => Date): NonNullable<AccessPorts["places"]> {
  return {
    async school(text) {
      const urn = parseUrn(text);
      const school = urn.ok ? await findSchool(queries, urn.value) : null;
      if (!school) return null;
      const groups = await groupsOfSchool(queries, school.urn, dayInEngland(clock()));
      const region = findAuthority(school.authority)?.region;
      return { urn: school.urn, trusts: groups.map(({ uid }) => uid), ...(region && { region }) };
    },
    trust: async () => null, // a trust's schools may lie in several regions: only its own people reach it by its number
  };
}
