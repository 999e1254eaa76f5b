import type { Source } from "../../../kernel/index.js";

/** Where the list comes from. */
export const southEastSource: Source = {
  kind: "published",
  citation:
    "Department for Education, Regional Schools Commissioners, South-East England and South London, list of local authorities (gov.uk)",
};

/**
 * The authorities of the commissioner's region South-East England and South London, 2014 to 2022. Of the other seven the lists aren't at
 * hand, so nothing is said of them.
 */
export const southEastAndSouthLondon: readonly string[] =
  "303 846 305 306 845 203 850 921 886 314 208 209 887 315 851 318 852 210 936 319 212 938".split(" ");
