import { type CivilDate, valueOn } from "../../../kernel/index.js";
import type { Queries } from "../../../platform/database/index.js";
import { linksOfFamilies } from "../../../register/index.js";
import { identityOf } from "./exemption.js";
import { sameSchoolLinks } from "./parameters.js";

/**
 * Every URN of those of the schools that the register knows as the same school under several, from the first to the newest, as of one that
 * became an academy. Schools with one URN are not in it.
 */
export async function urnsOfSameSchools(
  queries: Queries,
  urns: readonly string[],
  on: CivilDate,
): Promise<ReadonlyMap<string, readonly string[]>> {
  const links = await linksOfFamilies(queries, urns);
  const linked = new Set<string>(links.flatMap(({ urn, linkUrn }) => [urn, linkUrn]));
  const same = valueOn(sameSchoolLinks, on).value;
  return new Map(
    urns
      .filter((urn) => linked.has(urn))
      .map((urn) => [urn, identityOf(urn, links, same).urns] as const)
      .filter(([, all]) => all.length > 1),
  );
}
