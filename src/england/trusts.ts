import type { GroupUid, Random } from "../kernel/index.js";
import type { RegionCode } from "../register/index.js";
import type { EnglandTrust } from "./england.js";
import { trustName } from "./places.js";
import type { DraftSchool } from "./schools.js";
import { trustTargets } from "./targets/index.js";

/** Which schools are academies, and which trust each is in (−1 for a maintained school). */
export interface Formed {
  readonly trusts: EnglandTrust[];
  readonly trustOf: Int32Array;
}

/**
 * Forms a region's trusts: the published shares of each kind of school become academies, in single-academy trusts or in
 * multi-academy trusts of the published sizes, each made of neighbours.
 */
export function formTrusts(
  region: RegionCode,
  firstUid: number,
  drafts: readonly DraftSchool[],
  places: readonly string[],
  random: Random,
): Formed {
  const trustOf = new Int32Array(drafts.length).fill(-1);
  const trusts: EnglandTrust[] = [];
  const open = (kind: EnglandTrust["kind"], members: readonly number[]) => {
    const place = places[drafts[members[0]!]!.site.town % places.length]!;
    for (const member of members) trustOf[member] = trusts.length;
    trusts.push({
      uid: String(firstUid + trusts.length) as GroupUid,
      name: trustName(place, trusts.length),
      region,
      kind,
      academies: members.length,
    });
  };
  const multi: number[] = [];
  for (const phase of ["primary", "secondary", "special", "alternative"] as const) {
    const members = shuffled(
      drafts.map((_, i) => i).filter((i) => typeOf(drafts[i]!) === phase),
      random,
    );
    const [inMulti, inSingle] = trustTargets.shares[region]![phase];
    const single = Math.round(inSingle * members.length);
    for (const member of members.slice(0, single)) open("single-academy", [member]);
    multi.push(...members.slice(single, single + Math.round(inMulti * members.length)));
  }
  const free = new Set(shuffled(multi, random));
  for (const size of sizesFor(multi.length)) {
    const [seed] = free;
    if (seed === undefined) break;
    open("multi-academy", nearestFree(seed, size, drafts, free));
  }
  return { trusts, trustOf };
}

function typeOf(draft: DraftSchool): "primary" | "secondary" | "special" | "alternative" {
  if (draft.kind === "special") return "special";
  if (draft.kind !== "mainstream") return "alternative";
  return draft.phase === "primary" ? "primary" : "secondary";
}

/**
 * Sizes of trusts that use up the academies: as many trusts as the published mean size asks for, at evenly spread places of the
 * published distribution, the rest settled on the largest.
 */
export function sizesFor(academies: number): number[] {
  const all = trustTargets.sizes.flatMap(([size, trusts]) => Array.from({ length: trusts }, () => size));
  const mean = all.reduce((a, b) => a + b, 0) / all.length;
  const count = Math.max(1, Math.round(academies / mean));
  const sizes = Array.from({ length: count }, (_, i) => all[Math.floor(((i + 0.5) / count) * all.length)]!);
  let rest = academies - sizes.reduce((a, b) => a + b, 0);
  for (let i = count - 1; rest !== 0; i = i === 0 ? count - 1 : i - 1) {
    const step = Math.sign(rest);
    if (sizes[i]! + step < 1) continue;
    sizes[i]! += step;
    rest -= step;
  }
  return sizes.reverse();
}

/** The seed and the nearest schools that no trust has yet; takes them out of `free`. */
function nearestFree(seed: number, size: number, drafts: readonly DraftSchool[], free: Set<number>): number[] {
  const from = drafts[seed]!.site;
  const apart = (i: number) => (drafts[i]!.site.east - from.east) ** 2 + (drafts[i]!.site.north - from.north) ** 2;
  const members = [...free].map((i) => [apart(i), i] as const).sort((a, b) => a[0] - b[0] || a[1] - b[1]);
  const chosen = [seed, ...members.map(([, i]) => i).filter((i) => i !== seed)].slice(0, size);
  for (const i of chosen) free.delete(i);
  return chosen;
}

function shuffled(items: readonly number[], random: Random): number[] {
  const mixed = [...items];
  for (let i = mixed.length - 1; i > 0; i--) {
    const j = random.below(i + 1);
    [mixed[i], mixed[j]] = [mixed[j]!, mixed[i]!];
  }
  return mixed;
}
