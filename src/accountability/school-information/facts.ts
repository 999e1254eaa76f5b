import type { CivilDate } from "../../kernel/index.js";
import type { Membership } from "../../register/index.js";
import {
  authoritiesNow,
  type PupilCount,
  type School,
  type SchoolHistory,
  type Succession,
} from "../../register/index.js";
import type { Answerable } from "../regions/index.js";
import type { OwnPage } from "./store.js";

/** Everything that a school's page shows beside the review. */
export interface SchoolFacts {
  readonly school: School;
  readonly memberships: readonly Membership[];
  readonly pupils: readonly PupilCount[];
  readonly history: SchoolHistory;
  /** What became of a closed school; null of an open one. */
  readonly succession: Succession | null;
  readonly answerable: readonly Answerable[];
  readonly own: OwnPage;
  readonly today: CivilDate;
}

/** The trust of a school; its sponsor and federation stand beside it. */
export function trustOf(memberships: readonly Membership[]): Membership | null {
  return memberships.find(({ group }) => /academy trust/i.test(group.type)) ?? null;
}

/** The authority in words: an abolished one with those that took over. */
export function authorityInWords(code: string, name: string): string {
  const now = authoritiesNow(code);
  if (now.length === 0 || (now.length === 1 && now[0]!.code === code)) return name;
  return `${name} (no longer exists; now ${now.map((one) => one.name).join(" or ")})`;
}

/** "3 to 11"; null where neither age is known. */
export function agesInWords({ lowAge, highAge }: Pick<School, "lowAge" | "highAge">): string | null {
  if (lowAge !== null && highAge !== null) return `${lowAge} to ${highAge}`;
  return lowAge !== null ? `from ${lowAge}` : highAge !== null ? `up to ${highAge}` : null;
}

/** The address on one line. */
export function addressOf({ street, locality, town, county, postcode }: School): string | null {
  const parts = [street, locality, town, county, postcode].filter((part) => part !== null && part !== "");
  return parts.length === 0 ? null : parts.join(", ");
}

/** A website's address as the register has it, as one that a browser opens; null where it is none. */
export function websiteLink(website: string | null): string | null {
  if (website === null || website.trim() === "") return null;
  const address = /^https?:\/\//i.test(website) ? website : `http://${website}`;
  try {
    return new URL(address).hostname.includes(".") ? address : null;
  } catch {
    return null;
  }
}

/** A share of a count as a percentage from 0 to 100; null where either isn't known or the whole is nought. */
export function shareOfCount(part: number | null, whole: number | null): number | null {
  return part === null || whole === null || whole === 0 ? null : (100 * part) / whole;
}
