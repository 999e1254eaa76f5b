import type { AccountsOpinion } from "../accountability/quality-mark/index.js";
import { addDays, type CivilDate, civilDate, type Random } from "../kernel/index.js";
import { assumptions } from "./assumptions.js";
import type { AccountsEvidence, EnglandSchool, Evidence, SafeguardingEvidence } from "./england.js";

const opinions: readonly AccountsOpinion[] = ["qualified", "adverse", "disclaimer"];

/**
 * A year's safeguarding audits and accounts opinions of a region: most in order, some not, some missing.
 * A trust's accounts have one opinion for all its academies; a maintained school has its own.
 * @param year the academic year in which the last cohort leaves: the audits fall in it, and the accounts of the year before,
 * due by 31 December
 */
export function evidenceOfRegion(
  schools: readonly Pick<EnglandSchool, "urn" | "trust">[],
  year: number,
  random: Random,
): Evidence {
  const safeguarding: SafeguardingEvidence[] = [];
  const accounts: AccountsEvidence[] = [];
  const byTrust = new Map<string, { opinion: AccountsOpinion; on: CivilDate } | null>();
  for (const school of schools) {
    const draw = random.fork(school.urn);
    if (draw.uniform() >= assumptions.safeguardingMissing.value) {
      const outcome = draw.uniform() < assumptions.safeguardingNotSecure.value ? "not-secure" : "secure";
      safeguarding.push({ school: school.urn, outcome, on: addDays(civilDate(`${year}-09-10`), draw.below(270)) });
    }
    let found = byTrust.get(school.trust ?? school.urn);
    if (found === undefined) {
      const own = random.fork(`accounts ${school.trust ?? school.urn}`);
      found =
        own.uniform() < assumptions.accountsMissing.value
          ? null
          : { opinion: opinionOf(own.uniform()), on: addDays(civilDate(`${year}-10-15`), own.below(77)) };
      byTrust.set(school.trust ?? school.urn, found);
    }
    if (found) accounts.push({ school: school.urn, ...found });
  }
  return { safeguarding, accounts };
}

function opinionOf(u: number): AccountsOpinion {
  let below = 0;
  for (const [i, share] of assumptions.accountsNotUnqualified.value.entries()) {
    below += share;
    if (u < below) return opinions[i]!;
  }
  return "unqualified";
}
