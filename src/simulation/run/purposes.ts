/**
 * What a draw is for. A draw's number is its purpose plus `perYear` times the year's position plus one; purposes below `perYear` are a year's,
 * those of a life stand alone. A new purpose takes a new number, so that no old draw moves.
 */
export const purposes = {
  leave: 1,
  sabbatical: 2,
  promote: 3,
  hours: 4,
  move: 5,
  place: 6,
  school: 7,
  pupilEvent: 9,
  pupilOnward: 11,
  pupilMove: 13,
} as const;

/** Purposes of draws that are made once in a life. */
export const lifePurposes = {
  loanHolder: 1_000_001,
  loanSize: 1_000_002,
  age: 1_000_003,
  sex: 1_000_004,
  hours: 1_000_005,
  hoursSize: 1_000_006,
  service: 1_000_007,
  school: 1_000_008,
  need: 1_000_009,
  ageWithin: 1_000_010,
} as const;

const perYear = 64;

/** The number of a purpose in a year. */
export const inYear = (purpose: number, year: number): number => perYear * (year + 1) + purpose;
