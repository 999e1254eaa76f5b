import { type Command, InvalidArgumentError } from "commander";
import { wholeNumber } from "../platform/terminal/index.js";
import { type RegionCode, regions } from "../register/index.js";

/** Options of every command that makes a synthetic England, as commander reads them. */
export interface WhichEngland {
  readonly country?: boolean;
  readonly regions?: readonly RegionCode[];
  readonly seed: number;
  readonly cohorts: number;
}

function regionCodes(text: string): RegionCode[] {
  return text.split(",").map((word) => {
    const wanted = word.trim().toLowerCase();
    const region = regions.find(({ code, name }) => code.toLowerCase() === wanted || name.toLowerCase() === wanted);
    if (!region)
      throw new InvalidArgumentError(
        `There is no region "${word.trim()}". They are: ${regions.map(({ name }) => name).join(", ")}.`,
      );
    return region.code;
  });
}

/** Which England is made where nobody asks for another. */
export interface UsualEngland {
  readonly regions: readonly RegionCode[] | "all";
  readonly cohorts: number;
}

/** Adds the options that say which synthetic England. */
export function addEnglandOptions(command: Command, usual: UsualEngland): Command {
  if (usual.regions !== "all") command.option("--country", "the whole country instead of two regions");
  return command
    .option("--regions <names>", "regions by name or code, separated by commas", regionCodes)
    .option("--seed <number>", "which of the countries that could be", wholeNumber(0, 2 ** 32 - 1), 1)
    .option("--cohorts <number>", "cohorts of leavers, 1 to 6", wholeNumber(1, 6), usual.cohorts);
}

/** The regions that the options ask for. */
export function regionsAsked(
  { country, regions: named }: WhichEngland,
  usual: UsualEngland,
): readonly RegionCode[] | "all" {
  return country ? "all" : (named ?? usual.regions);
}
