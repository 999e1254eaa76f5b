import type { Agreement } from "./delphi.js";
import type { SpecialistKind } from "./framework.js";

export const kindWords: Readonly<Record<SpecialistKind, string>> = {
  special: "Special schools",
  "pupil-referral-unit": "Pupil referral units",
  "alternative-provision": "Alternative provision",
};

export const agreementWords: Readonly<Record<Agreement, { readonly text: string; readonly colour: string }>> = {
  in: { text: "Agreed: in", colour: "green" },
  out: { text: "Agreed: out", colour: "red" },
  open: { text: "Open", colour: "yellow" },
};

/** A count with its noun, as "1 response" or "3 responses". */
export function counted(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? "" : "s"}`;
}
