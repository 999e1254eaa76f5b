import type { GroupUid, Random, Urn } from "../kernel/index.js";
import { type RegionCode, regions } from "../register/index.js";
import type { EnglandSchool, EnglandTrust } from "./england.js";
import { districts, placesOfRegion } from "./places.js";
import { type DraftSchool, regionIndex } from "./schools.js";
import { formTrusts } from "./trusts.js";

/** Schools and trusts of a region with names and numbers. Real URNs end below 200,000; these begin with 9. */
export function registerOfRegion(
  region: RegionCode,
  drafts: readonly DraftSchool[],
  random: Random,
): { schools: EnglandSchool[]; trusts: EnglandTrust[] } {
  const index = regionIndex(region);
  const first = 900_000 + index * 10_000;
  const firstTrust = 800_000 + index * 10_000;
  const places = placesOfRegion(index, regions.length, random.fork("places"));
  const { trusts, trustOf } = formTrusts(region, firstTrust, drafts, places, random.fork("trusts"));
  const used = new Map<string, number>();
  const schools = drafts.map((draft, i): EnglandSchool => {
    const town = places[draft.site.town % places.length]!;
    const type = typeWords(draft, trustOf[i] !== -1);
    const name = nameOf(town, type, used);
    return {
      urn: String(first + i) as Urn,
      name,
      town,
      authority: draft.authority,
      region,
      phase: draft.phase,
      kind: draft.kind,
      ...agesOf(draft),
      admissions: draft.selective ? "selective" : "comprehensive",
      pupils: draft.size,
      capacity: draft.capacity,
      fsm6Percent: Math.round(1000 * draft.fsm) / 10,
      trust: trustOf[i] === -1 ? null : (trusts[trustOf[i]!]!.uid as GroupUid),
      east: Math.round(10 * draft.site.east) / 10,
      north: Math.round(10 * draft.site.north) / 10,
    };
  });
  return { schools, trusts };
}

/** A town's schools of one type are told apart by a district; beyond the list a number is added. */
function nameOf(town: string, type: string, used: Map<string, number>): string {
  const key = `${town} ${type}`;
  const count = used.get(key) ?? 0;
  used.set(key, count + 1);
  const district = districts[count % districts.length]!;
  const round = Math.floor(count / districts.length);
  return [town, district, round > 0 ? String(round + 1) : "", type].filter((word) => word !== "").join(" ");
}

function typeWords(draft: DraftSchool, isAcademy: boolean): string {
  if (draft.kind === "special") return "Special School";
  if (draft.kind === "pupil-referral-unit") return "Pupil Referral Unit";
  if (draft.kind === "alternative-provision") return "Alternative Provision Academy";
  if (draft.phase === "secondary") {
    if (draft.selective) return "Grammar School";
    return isAcademy ? "Academy" : "High School";
  }
  const stage = draft.ages === "infant" ? "Infant" : draft.ages === "junior" ? "Junior" : "Primary";
  return isAcademy ? `${stage} Academy` : `${stage} School`;
}

function agesOf(draft: DraftSchool): { lowAge: number; highAge: number } {
  if (draft.kind === "special") return { lowAge: 3, highAge: 19 };
  if (draft.kind !== "mainstream") return { lowAge: 5, highAge: 16 };
  if (draft.phase === "secondary") return { lowAge: 11, highAge: draft.ages === "sixth-form" ? 18 : 16 };
  if (draft.ages === "infant") return { lowAge: 4, highAge: 7 };
  return { lowAge: draft.ages === "junior" ? 7 : 4, highAge: 11 };
}
