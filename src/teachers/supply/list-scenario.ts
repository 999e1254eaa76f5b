import { subjects } from "../../simulation/classes.js";
import { type Override, simulationParameters, valueInYear } from "../../simulation/parameters/index.js";
import { modelHorizon } from "../../simulation/scenario/index.js";
import type { ShortageList } from "./store.js";

/** The first academic year of the simulation on whose first day, 1 September, a list holds. */
function firstYearOf({ from }: Pick<ShortageList, "from">): number {
  const year = Number(from.slice(0, 4));
  return Math.max(modelHorizon.first, from <= `${year}-09-01` ? year : year + 1);
}

/**
 * Adopted lists as changes of the simulation's numbers: which subjects its levers treat as those of shortage (fees, acceleration, bursaries),
 * from each list's first academic year to the next list's. What the simulation takes anyway is left out.
 *
 * @param lists in any order; of two with the same first year the later day counts
 */
export function listOverrides(lists: readonly Pick<ShortageList, "from" | "subjects">[]): readonly Override[] {
  const end = modelHorizon.first + modelHorizon.years;
  const ordered = [...lists].sort((a, b) => (a.from < b.from ? -1 : 1));
  return ordered.flatMap((list, k) => {
    const from = firstYearOf(list);
    const next = ordered[k + 1];
    const to = Math.min(end, next ? firstYearOf(next) : end);
    if (from >= to) return [];
    return subjects.slice(1).flatMap((subject): readonly Override[] => {
      const path = `shortage.${subject}`;
      const parameter = simulationParameters.find((one) => one.path === path);
      const value = list.subjects.includes(subject) ? 1 : 0;
      if (!parameter || valueInYear(parameter, from).value === value) return [];
      return [{ path, from, to: to === end ? null : to, value }];
    });
  });
}
