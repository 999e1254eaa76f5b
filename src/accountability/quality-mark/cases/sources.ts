import type { CivilDate } from "../../../kernel/index.js";
import type { Queries } from "../../../platform/database/index.js";
import type { AccountsOpinion, SafeguardingOutcome } from "../decision.js";

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

/** Where the evidence beside the measure comes from: the audits (A5), the accounts (S5), the frameworks (A4). */
export interface EvidenceSources {
  /** The newest signed within the year before the day. */
  audits(queries: Queries, on: CivilDate, urns: readonly string[]): Promise<ReadonlyMap<string, AuditFound>>;
  /** Of the financial year that ended on the day. */
  accounts(queries: Queries, yearEnd: CivilDate, urns: readonly string[]): Promise<ReadonlyMap<string, AccountsFound>>;
  /** The day by which the accounts of a year have to be filed. */
  accountsDue(yearEnd: CivilDate): CivilDate;
}

/** The last day of the newest financial year whose accounts are due by the day: academies' years end on 31 August. */
export function accountsYearEndOn(on: CivilDate, accountsDue: (yearEnd: CivilDate) => CivilDate): CivilDate {
  const year = Number(on.slice(0, 4));
  const ends = [year, year - 1, year - 2].map((y) => `${y}-08-31` as CivilDate);
  return ends.find((end) => accountsDue(end) < on) ?? ends[2]!;
}
