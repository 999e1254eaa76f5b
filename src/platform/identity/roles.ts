/** What a person or a program may be. What each may do is said by the services. */
export const roles = [
  "school",
  "trust",
  "regional-officer",
  "regional-director",
  "safeguarding-officer",
  "policy-official",
  "working-group",
  "agency",
  "statistician",
  "teacher",
  "administrator",
] as const;

/** One of {@link roles}. */
export type Role = (typeof roles)[number];

/** Where a role may hold. */
export type ScopeKind = "school" | "trust" | "region" | "country";

/** A role in the reader's words, what it is for, and where it may be held. */
export interface RoleWords {
  readonly title: string;
  readonly task: string;
  readonly scopes: readonly ScopeKind[];
}

/** The words for each role, for pages, the command line and refusals. */
export const roleWords: Readonly<Record<Role, RoleWords>> = {
  school: {
    title: "Head or school office",
    task: "sees the own school's case, corrects, makes representations, appeals",
    scopes: ["school"],
  },
  trust: {
    title: "Trust or school finance",
    task: "files the auditor's opinion for a trust or a school",
    scopes: ["trust", "school"],
  },
  "regional-officer": {
    title: "Regional officer",
    task: "reviews the schools of a region and decides",
    scopes: ["region"],
  },
  "regional-director": {
    title: "Regional director",
    task: "draws regions, assigns officers and duties, reads second where a rule demands it",
    scopes: ["region", "country"],
  },
  "safeguarding-officer": {
    title: "Chartered safeguarding officer",
    task: "audits safeguarding in the schools of a region",
    scopes: ["region"],
  },
  "policy-official": { title: "Policy official", task: "registers measures", scopes: ["country"] },
  "working-group": {
    title: "Expert Working Group",
    task: "consults on special schools, pupil referral units and alternative provision",
    scopes: ["country"],
  },
  agency: {
    title: "Accountability agency",
    task: "asks whether a school is spared other visits",
    scopes: ["country"],
  },
  statistician: { title: "Statistician", task: "makes and checks the measures", scopes: ["country"] },
  teacher: { title: "Teacher", task: "reads what concerns the own school", scopes: ["school"] },
  administrator: {
    title: "Administrator",
    task: "gives people their roles and ends them; decides nothing about a school",
    scopes: ["country"],
  },
};

/** Whether a text names a role. */
export function isRole(text: string): text is Role {
  return (roles as readonly string[]).includes(text);
}
