import type { Country } from "../country/country.js";
import type { Reader } from "./reader.js";

/** All that pupils need to live through a year: numbers alone. */
export interface PupilYear {
  readonly year: number;
  /** Pupils of the whole country who enter Reception. */
  readonly intake: number;
  readonly transfer: number;
  readonly stayingOn: number;
  readonly stayingOnSecond: number;
  readonly moving: number;
  readonly disadvantageTurnover: number;
  readonly supportTurnover: number;
}

/** What pupils need in a year, from the parameters. */
export function pupilYear(reader: Reader, year: number): PupilYear {
  const value = (name: string) => reader.value(`pupils.${name}`, year);
  return {
    year,
    intake: Math.round(value("reception-intake")),
    transfer: value("transfer"),
    stayingOn: value("staying-on"),
    stayingOnSecond: value("staying-on-second"),
    moving: value("moving"),
    disadvantageTurnover: value("disadvantage-turnover"),
    supportTurnover: value("support-turnover"),
  };
}

/** Stages of school for which funding differs. */
export const stages = ["primary", "key-stage-3", "key-stage-4", "post-16"] as const;

/** The stage of every year group, Reception to Year 13. */
export const stageOf: readonly number[] = [0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 2, 2, 3, 3];

/** Pupils of every year group as they would be without chance: for runs that leave pupils out, and for what posts are measured against. */
export function expectedYearGroups(country: Country, reader: Reader, years: number): number[][] {
  const all = [[...country.pupils.yearGroups]];
  for (let t = 0; t < years; t++) {
    const of = pupilYear(reader, t);
    const before = all[t]!;
    all.push(
      Array.from({ length: 14 }, (_, group) => {
        if (group === 0) return of.intake;
        const kept = group === 7 ? of.transfer : group === 12 ? of.stayingOn : group === 13 ? of.stayingOnSecond : 1;
        return before[group - 1]! * kept;
      }),
    );
  }
  return all;
}
