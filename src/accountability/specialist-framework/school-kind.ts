import type { SpecialistKind } from "./framework.js";

/** Which kind of specialist school a type of the register of schools is; null for every other. */
export function specialistKindOf(type: string): SpecialistKind | null {
  if (/special/i.test(type)) return "special";
  if (/pupil referral/i.test(type)) return "pupil-referral-unit";
  return /alternative provision/i.test(type) ? "alternative-provision" : null;
}
