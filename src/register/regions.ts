/** The Office for National Statistics' code of one of the nine regions of England. */
export type RegionCode =
  | "E12000001"
  | "E12000002"
  | "E12000003"
  | "E12000004"
  | "E12000005"
  | "E12000006"
  | "E12000007"
  | "E12000008"
  | "E12000009";

/** One of the nine regions of England. */
export interface Region {
  readonly code: RegionCode;
  readonly name: string;
  /** The letter that the register of schools gives it (its GOR code). */
  readonly letter: string;
}

/** The nine regions in order of code. Source: Department for Education, Pupil attendance in schools 2025/26; letters: GIAS. */
export const regions: readonly Region[] = [
  { code: "E12000001", name: "North East", letter: "A" },
  { code: "E12000002", name: "North West", letter: "B" },
  { code: "E12000003", name: "Yorkshire and The Humber", letter: "D" },
  { code: "E12000004", name: "East Midlands", letter: "E" },
  { code: "E12000005", name: "West Midlands", letter: "F" },
  { code: "E12000006", name: "East of England", letter: "G" },
  { code: "E12000007", name: "London", letter: "H" },
  { code: "E12000008", name: "South East", letter: "J" },
  { code: "E12000009", name: "South West", letter: "K" },
];

/** The region with this code, or null where there is none. */
export function findRegion(code: string): Region | null {
  return regions.find((region) => region.code === code) ?? null;
}
