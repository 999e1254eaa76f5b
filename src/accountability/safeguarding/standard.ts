import type { CivilDate, Source } from "../../kernel/index.js";

/** How much a failure matters; see `outcome.ts`. */
export type Seriousness = "immediate" | "serious" | "ordinary";

/** What a school is, as far as the standard asks it different things. */
export interface AuditedSchool {
  readonly kind: "mainstream" | "special" | "pupil-referral-unit" | "alternative-provision";
  /** Youngest and oldest age of its pupils, or null where the register doesn't say. */
  readonly lowAge: number | null;
  readonly highAge: number | null;
  readonly boards: boolean;
}

/** Which schools a requirement is for. */
export type AppliesTo = "all" | "early-years" | "secondary-ages" | "boarding";

/** One thing that a school has to have in order. */
export interface Requirement {
  /** Stable within the standard, as `recruitment.record`. */
  readonly id: string;
  readonly text: string;
  /** What counts as having seen it. */
  readonly evidence: readonly string[];
  /** Who is asked. */
  readonly asked: readonly string[];
  /** What the designated lead is asked to have ready, or null where nothing is to be prepared. */
  readonly request: string | null;
  /** Whether the school is not secure while this is not met. */
  readonly decisive: boolean;
  /** How serious the action is where this is not met; partly met is one step less. */
  readonly seriousness: Seriousness;
  readonly appliesTo: AppliesTo;
  readonly source: Source;
}

/** A chapter of the standard: one task of the audit's list. */
export interface Section {
  readonly id: string;
  readonly title: string;
  readonly requirements: readonly Requirement[];
}

/** The audit standard of a time. An audit keeps the version it was begun on. */
export interface Standard {
  /** As `2025-09`. Never reused. */
  readonly version: string;
  /** First day on which audits are begun on it. */
  readonly from: CivilDate;
  /** What is new against the version before, in sentences. */
  readonly changes: readonly string[];
  readonly sections: readonly Section[];
}

/** Whether a requirement is put to a school. Where the register is silent about ages, it is: the officer can say that it doesn't apply. */
export function appliesTo(requirement: Requirement, school: AuditedSchool): boolean {
  switch (requirement.appliesTo) {
    case "all":
      return true;
    case "early-years":
      return school.lowAge === null || school.lowAge < 5;
    case "secondary-ages":
      return school.highAge === null || school.highAge > 11;
    case "boarding":
      return school.boards;
  }
}

/** The sections with the requirements that are put to a school; a section that asks nothing is left out. */
export function sectionsFor(standard: Standard, school: AuditedSchool): readonly Section[] {
  return standard.sections.flatMap((section) => {
    const requirements = section.requirements.filter((one) => appliesTo(one, school));
    return requirements.length > 0 ? [{ ...section, requirements }] : [];
  });
}

/** A requirement of a standard by its id, or null. */
export function findRequirement(standard: Standard, id: string): Requirement | null {
  for (const section of standard.sections) for (const one of section.requirements) if (one.id === id) return one;
  return null;
}
