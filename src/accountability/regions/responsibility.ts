import type { CivilDate, Problem } from "../../kernel/index.js";
import { type Duty, isPost } from "./duties.js";
import { problemOf } from "./problems.js";

/** From `from` up to, and not on, `to`; null is still running. */
export interface Period {
  readonly from: CivilDate;
  readonly to: CivilDate | null;
}

/** An office's hold on a duty in a region, or in the whole country where `region` is null. */
export interface Responsibility extends Period {
  readonly duty: string;
  readonly region: string | null;
  readonly office: string;
  readonly post: string;
}

/** A duty of a region that another office carries out for a while. */
export interface Delegation extends Period {
  readonly duty: string;
  readonly region: string;
  readonly toOffice: string;
  readonly toPost: string;
  readonly to: CivilDate;
  readonly reasons: string;
}

/** A region of a drawing and the days on which the drawing holds. */
export interface RegionInForce extends Period {
  readonly code: string;
  readonly name: string;
}

/** Whether a period covers a day. */
export function covers({ from, to }: Period, on: CivilDate): boolean {
  return from <= on && (to === null || on < to);
}

/** Whether two periods share a day. */
export function overlap(a: Period, b: Period): boolean {
  return (a.to === null || b.from < a.to) && (b.to === null || a.from < b.to);
}

/**
 * What is wrong with a register of duties from a day on: a duty that nobody holds, one that two offices hold, a post that doesn't
 * exist, a delegation to the office that holds the duty anyway. The past is history and is not judged.
 */
export function checkRegister(
  duties: readonly Duty[],
  regions: readonly RegionInForce[],
  held: readonly Responsibility[],
  delegations: readonly Delegation[],
  since: CivilDate,
): readonly Problem[] {
  const problems: Problem[] = [];
  const ours = duties.filter((duty) => duty.post !== null && (duty.to === null || duty.to > since));
  for (const duty of ours) {
    const places =
      duty.holder === "regional-office" ? regions : [{ code: null, name: "the country", from: since, to: null }];
    for (const region of places) {
      if (region.to !== null && region.to <= since) continue;
      const rows = held.filter((row) => row.duty === duty.code && row.region === region.code && overlap(row, region));
      const wanted = { from: latest(since, latest(duty.from, region.from)), to: earliest(duty.to, region.to) };
      problems.push(...checkHolders(duty, region.name, rows, wanted));
    }
  }
  for (const row of held)
    if (!isPost(row.post))
      problems.push(problemOf("post-unknown", row.office, `there is no post "${row.post}" for the duty "${row.duty}"`));
  problems.push(...checkDelegations(held, delegations, since));
  return problems;
}

const latest = (a: CivilDate, b: CivilDate) => (a > b ? a : b);

function earliest(a: CivilDate | null, b: CivilDate | null): CivilDate | null {
  if (a === null || b === null) return a ?? b;
  return a < b ? a : b;
}

/** Walks along the days on which something begins or ends and counts the holders on each. */
function checkHolders(duty: Duty, region: string, rows: readonly Responsibility[], wanted: Period): Problem[] {
  const days = [wanted.from, ...rows.flatMap(({ from, to }) => [from, to])]
    .filter((day): day is CivilDate => day !== null && covers(wanted, day))
    .sort();
  for (const day of days) {
    const holders = rows.filter((row) => covers(row, day));
    if (holders.length === 0)
      return [problemOf("duty-without-office", region, `from ${day} no office holds the duty "${duty.title}"`)];
    if (holders.length > 1)
      return [
        problemOf(
          "duty-with-two-offices",
          region,
          `on ${day} ${holders.map(({ office }) => office).join(" and ")} both hold the duty "${duty.title}"`,
        ),
      ];
  }
  return [];
}

function checkDelegations(held: readonly Responsibility[], delegations: readonly Delegation[], since: CivilDate) {
  const problems: Problem[] = [];
  const running = delegations.filter(({ to }) => to > since);
  running.forEach((one, i) => {
    const place = `${one.region}, ${one.duty}`;
    const same = (other: { readonly duty: string; readonly region: string | null }) =>
      other.duty === one.duty && other.region === one.region;
    const clash = running.slice(i + 1).find((other) => same(other) && overlap(one, other));
    if (clash)
      problems.push(
        problemOf("delegation-overlaps", place, `two delegations share days: from ${one.from} and from ${clash.from}`),
      );
    if (held.some((row) => same(row) && row.office === one.toOffice && overlap(row, one)))
      problems.push(problemOf("delegation-to-itself", place, `${one.toOffice} holds the duty anyway`));
  });
  return problems;
}
