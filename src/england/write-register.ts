import type { England } from "./england.js";

/** A value of a file that is written. */
export type Field = string | number | null;

/** A file of the invented register, in the columns of the department's own. */
export interface RegisterFile {
  readonly name: string;
  readonly header: readonly string[];
  rows(): Iterable<readonly Field[]>;
}

const joined = "2016-09-01";

/** The invented schools, trusts and who is in which, as `greenpaper import-register --synthetic` reads them. */
export function registerFiles(england: England): readonly RegisterFile[] {
  return [
    {
      name: "register-schools.csv",
      header: [
        ...["URN", "LA (code)", "EstablishmentName", "TypeOfEstablishment (name)", "EstablishmentStatus (name)"],
        ...["PhaseOfEducation (name)", "StatutoryLowAge", "StatutoryHighAge", "AdmissionsPolicy (name)"],
        ...["SchoolCapacity", "NumberOfPupils", "PercentageFSM", "Town"],
      ],
      rows: () =>
        england.schools.map((s) => [
          ...[s.urn, s.authority, s.name, typeOf(s.kind, s.trust !== null), "Open"],
          ...[phaseWords[s.phase], s.lowAge, s.highAge, s.admissions === "selective" ? "Selective" : "Non-selective"],
          ...[s.capacity, s.pupils, s.fsm6Percent, s.town],
        ]),
    },
    {
      name: "register-groups.csv",
      header: ["Group UID", "Group Name", "Group Type", "Group Status"],
      rows: () =>
        england.trusts.map(({ uid, name, kind }) => [
          ...[uid, name, kind === "multi-academy" ? "Multi-academy trust" : "Single-academy trust", "Open"],
        ]),
    },
    {
      name: "register-group-links.csv",
      header: ["URN", "Linked UID", "Joined date"],
      rows: () => england.schools.flatMap(({ urn, trust }) => (trust === null ? [] : [[urn, trust, joined]])),
    },
  ];
}

const phaseWords = { primary: "Primary", secondary: "Secondary", "all-through": "All-through" } as const;

function typeOf(kind: England["schools"][number]["kind"], academy: boolean): string {
  if (kind === "special") return academy ? "Academy special converter" : "Community special school";
  if (kind === "pupil-referral-unit") return "Pupil referral unit";
  if (kind === "alternative-provision") return "Academy alternative provision converter";
  return academy ? "Academy converter" : "Community school";
}
