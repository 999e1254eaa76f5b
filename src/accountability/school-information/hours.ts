import type { Fate, PublishingDuty } from "./duties.js";

/** Hours a year: the fewest and the most that are thought likely, and a value between. */
export interface Hours {
  readonly fewest: number;
  readonly likely: number;
  readonly most: number;
}

/** Hours that one duty takes, by its id. */
export type HoursByDuty = Readonly<Record<string, Hours>>;

/** What the repeal does to a school's hours. */
export interface HoursSpared {
  /** Of duties that this page takes over. */
  readonly spared: Hours;
  /** Of duties that become the school's choice: spared only where it stops. */
  readonly optional: Hours;
  /** Of duties that another law keeps: not spared. */
  readonly kept: Hours;
}

const none: Hours = { fewest: 0, likely: 0, most: 0 };

/** Hours of several duties together. The most of all at once is unlikely, so the range is wide on purpose. */
export function addHours(all: readonly Hours[]): Hours {
  return all.reduce(
    (sum, one) => ({
      fewest: sum.fewest + one.fewest,
      likely: sum.likely + one.likely,
      most: sum.most + one.most,
    }),
    none,
  );
}

/**
 * The hours a year of a school's duties, by what becomes of them.
 * @throws {RangeError} for a duty without an estimate: nothing is counted as nought by silence.
 */
export function hoursSpared(duties: readonly PublishingDuty[], hours: HoursByDuty): HoursSpared {
  const of = (fate: Fate) =>
    addHours(
      duties
        .filter((duty) => duty.fate === fate)
        .map(({ id }) => {
          const own = hours[id];
          if (!own) throw new RangeError(`there is no estimate of the hours for "${id}"`);
          return own;
        }),
    );
  return { spared: of("shown-here"), optional: of("school-chooses"), kept: of("other-law") };
}

/** The same for many schools, by how many have each sum. */
export function hoursOfCountry(
  groups: readonly { readonly schools: number; readonly hours: HoursSpared }[],
): HoursSpared {
  const times = ({ fewest, likely, most }: Hours, n: number): Hours => ({
    fewest: fewest * n,
    likely: likely * n,
    most: most * n,
  });
  const sum = (key: keyof HoursSpared) => addHours(groups.map(({ schools, hours }) => times(hours[key], schools)));
  return { spared: sum("spared"), optional: sum("optional"), kept: sum("kept") };
}
