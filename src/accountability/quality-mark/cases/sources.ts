import type { CivilDate } from "../../../kernel/index.js";
import type { Queries } from "../../../platform/database/index.js";
import type { FrameworkReason } from "../../specialist-framework/index.js";
import type { AccountsOpinion, SafeguardingOutcome, SchoolKind } from "../decision.js";

/** The newest outcome of a school's safeguarding audit. */
export interface AuditFound {
  readonly outcome: SafeguardingOutcome;
  readonly on: CivilDate;
  readonly audit: string;
}

/** The opinion on the accounts of a year, a school's own or its trust's. */
export interface AccountsFound {
  readonly opinion: AccountsOpinion;
  readonly on: CivilDate;
  readonly filing: string;
}

/** The framework that holds for a specialist school, and what it says of the school by what was found there. */
export interface FrameworkFound {
  readonly version: number;
  readonly title: string;
  /** One a criterion, in the framework's order. */
  readonly reasons: readonly FrameworkReason[];
}

/** Where the evidence beside the measure comes from: the register of measures (A3), the audits (A5), the accounts (S5), the frameworks (A4). */
export interface EvidenceSources {
  /** The newest signed within the year before the day. */
  audits(queries: Queries, on: CivilDate, urns: readonly string[]): Promise<ReadonlyMap<string, AuditFound>>;
  /** Of the financial year that ended on the day. */
  accounts(queries: Queries, yearEnd: CivilDate, urns: readonly string[]): Promise<ReadonlyMap<string, AccountsFound>>;
  /** The day by which the accounts of a year have to be filed. */
  accountsDue(yearEnd: CivilDate): CivilDate;
  /** Why the measure of a phase may not decide on a day; null where the register of measures admits it. */
  measureRefused(queries: Queries, phase: string, on: CivilDate): Promise<string | null>;
  /** Of the schools that are not mainstream, those for whose kind a framework holds on the day. */
  frameworks(
    queries: Queries,
    on: CivilDate,
    schools: readonly { readonly urn: string; readonly kind: SchoolKind }[],
  ): Promise<ReadonlyMap<string, FrameworkFound>>;
}

/** The last day of the newest financial year whose accounts are due by the day: academies' years end on 31 August. */
export function accountsYearEndOn(on: CivilDate, accountsDue: (yearEnd: CivilDate) => CivilDate): CivilDate {
  const year = Number(on.slice(0, 4));
  const ends = [year, year - 1, year - 2].map((y) => `${y}-08-31` as CivilDate);
  return ends.find((end) => accountsDue(end) < on) ?? ends[2]!;
}
