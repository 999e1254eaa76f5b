import type { AuthorityCode, CivilDate, CompanyNumber, GroupUid, Laestab, Ukprn, Urn } from "../kernel/index.js";

/** Where a school or a group stands in its life. */
export type RegisterStatus = "open" | "open-proposed-to-close" | "proposed-to-open" | "closed";

/** Phase of education in the words of the register of schools. */
export type SchoolPhase =
  | "not-applicable"
  | "nursery"
  | "primary"
  | "middle-deemed-primary"
  | "secondary"
  | "middle-deemed-secondary"
  | "16-plus"
  | "all-through";

/** An establishment; null where no file has said. */
export interface School {
  readonly urn: Urn;
  readonly laestab: Laestab | null;
  readonly ukprn: Ukprn | null;
  readonly name: string;
  readonly authority: AuthorityCode;
  /** As "Academy sponsor led". */
  readonly type: string;
  /** As "Academies" or "Local authority maintained schools". */
  readonly typeGroup: string | null;
  readonly status: RegisterStatus;
  readonly phase: SchoolPhase | null;
  readonly opened: CivilDate | null;
  readonly closed: CivilDate | null;
  /** Statutory ages in years. */
  readonly lowAge: number | null;
  readonly highAge: number | null;
  readonly gender: string | null;
  readonly religiousCharacter: string | null;
  readonly admissions: string | null;
  readonly boarders: string | null;
  readonly sixthForm: string | null;
  readonly capacity: number | null;
  readonly pupils: number | null;
  /** Pupils eligible for free school meals, 0–100. */
  readonly freeSchoolMealsPercent: number | null;
  readonly street: string | null;
  readonly locality: string | null;
  readonly town: string | null;
  readonly county: string | null;
  readonly postcode: string | null;
  readonly website: string | null;
  readonly constituency: string | null;
  /** Metres on the national grid. */
  readonly easting: number | null;
  readonly northing: number | null;
  /** The day of the extract that describes it; an older extract only fills gaps. */
  readonly describedOn: CivilDate | null;
}

/** A school of which only these things are known, and the others as given. */
export function schoolWith(
  known: Pick<School, "urn" | "name" | "authority" | "type" | "status"> & Partial<School>,
): School {
  return {
    ...{ laestab: null, ukprn: null, typeGroup: null, phase: null, opened: null, closed: null },
    ...{ lowAge: null, highAge: null, gender: null, religiousCharacter: null, admissions: null, boarders: null },
    ...{ sixthForm: null, capacity: null, pupils: null, freeSchoolMealsPercent: null },
    ...{ street: null, locality: null, town: null, county: null, postcode: null, website: null, constituency: null },
    ...{ easting: null, northing: null, describedOn: null },
    ...known,
  };
}

/** A group of schools: a trust, a federation, a sponsor, children's centres. */
export interface Group {
  readonly uid: GroupUid;
  /** The longer id, as `TR00001`. */
  readonly groupId: string | null;
  readonly name: string;
  /** As "Multi-academy trust". */
  readonly type: string;
  readonly status: RegisterStatus;
  readonly companyNumber: CompanyNumber | null;
  readonly ukprn: Ukprn | null;
  /** The day of opening or, for a company, of incorporation. */
  readonly opened: CivilDate | null;
  readonly closed: CivilDate | null;
  readonly town: string | null;
  readonly postcode: string | null;
}

/** A school's time in a group: it belongs from `joined` up to, and not on, `left`; null is still in it. */
export interface GroupMembership {
  readonly urn: Urn;
  readonly groupUid: GroupUid;
  readonly joined: CivilDate;
  readonly left: CivilDate | null;
}

/** A school that came before or after another, or is bound to it in another way. */
export interface SchoolLink {
  readonly urn: Urn;
  readonly linkUrn: Urn;
  /** As "Predecessor" or "Successor - merged": what the linked school is to the school. */
  readonly linkType: string;
  readonly established: CivilDate | null;
  /** The linked school's name as the file has it. */
  readonly linkName: string | null;
}

/** Why a count is not there. */
export type MissingReason = "suppressed" | "not-published" | "not-collected" | "not-applicable";

/** What is counted of a school's pupils. */
export const countNames = [
  ...(["pupils", "girls", "boys", "plans", "support"] as const),
  ...(["otherLanguage", "mealsNow", "mealsSixYears", "mealsOf"] as const),
] as const;

/** One of {@link countNames}. */
export type CountName = (typeof countNames)[number];

/** A school's pupils in the January census of an academic year; a count that is null has its reason in `missing`. */
export type PupilCount = {
  readonly urn: Urn;
  /** As `2022/23`. */
  readonly academicYear: string;
  /** Authority and establishment as they were in that year. */
  readonly authority: AuthorityCode;
  readonly laestab: Laestab | null;
  /** In the census's words, as "State-funded primary". */
  readonly kind: string;
  readonly missing: Readonly<Partial<Record<CountName, MissingReason>>>;
} & Readonly<Record<CountName, number | null>>;

/** What exists, as far as the register knows. */
export interface RegisterContents {
  readonly schools: readonly School[];
  readonly groups: readonly Group[];
  readonly memberships: readonly GroupMembership[];
  readonly links: readonly SchoolLink[];
}
