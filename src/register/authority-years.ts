import { type CivilDate, civilDate, dateOfDay, dayNumber } from "../kernel/index.js";
import { type Authority, authorities, findAuthority } from "./authorities.js";

/** The first day of each authority that took over from others and has a code of its own since. */
const began: ReadonlyMap<string, CivilDate> = new Map(
  authorities.flatMap(({ abolished, successors }) =>
    abolished === null ? [] : successors.map((code) => [code as string, abolished] as const),
  ),
);

/** Whether an authority existed on a day, under this code. */
export function authorityExisted(code: string, on: CivilDate): boolean {
  const authority = findAuthority(code);
  if (!authority) return false;
  const first = began.get(code);
  return (first === undefined || on >= first) && (authority.abolished === null || on < authority.abolished);
}

/** The authorities in England that existed on a day, in order of code: 152 in January 2022, 153 from April 2023. */
export function authoritiesOn(on: CivilDate): readonly Authority[] {
  return authorities
    .filter(({ code, region }) => region !== null && authorityExisted(code, on))
    .toSorted((a, b) => (a.code < b.code ? -1 : 1));
}

/**
 * The authorities that answer today for what one had: itself, or those that took over its area. Which of several a school fell
 * to only a later extract says.
 */
export function authoritiesNow(code: string): readonly Authority[] {
  const authority = findAuthority(code);
  if (!authority) return [];
  return authority.abolished === null ? [authority] : authority.successors.flatMap(authoritiesNow);
}

/** The day of the January census: the third Thursday. Source: School census 2022 to 2023, guide for schools. */
export function censusDay(year: number): CivilDate {
  const first = dayNumber(civilDate(`${year}-01-01`)); // day 0, 1 January 1970, was a Thursday
  return dateOfDay(first + ((7 - (((first % 7) + 7) % 7)) % 7) + 14);
}
