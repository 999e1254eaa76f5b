import type { SchoolKind } from "../accountability/quality-mark/index.js";
import type { AuthorityCode, Random } from "../kernel/index.js";
import { openAuthorities, type RegionCode, regions } from "../register/index.js";
import { normalCdf } from "../statistics/distributions/index.js";
import { assumptions } from "./assumptions.js";
import { choleskyFactor, drawScores, valuesByRank } from "./copula.js";
import { quantileAt } from "./distribution.js";
import type { Phase } from "./england.js";
import { type Site, sitesOfRegion } from "./sites.js";
import {
  authorityTargets,
  capacity,
  copulas,
  type PhaseOfRegion,
  primaryRegions,
  secondaryRegions,
  specialSchools,
} from "./targets/index.js";

/** A school before it has a name or a trust: its place and its intake. Rates are 0–1. */
export interface DraftSchool {
  readonly kind: SchoolKind;
  readonly phase: Phase | "all-through";
  readonly authority: AuthorityCode;
  readonly site: Site;
  readonly size: number;
  readonly fsm: number;
  readonly eal: number;
  readonly senSupport: number;
  readonly plan: number;
  /** Normal score of the prior attainment of its pupils, national. */
  readonly intake: number;
  readonly ages: "infant" | "junior" | "all" | "to-16" | "sixth-form";
  selective: boolean;
  readonly capacity: number;
}

/** Every school of a region, authority by authority: primary, secondary, special, alternative provision. */
export function schoolsOfRegion(region: RegionCode, random: Random): DraftSchool[] {
  const targets = authorityTargets.filter(([code]) => regionOfAuthority(code) === region);
  const sites = sitesOfRegion(
    targets.map(([code, counts]) => [code, counts.reduce((a, b) => a + b, 0)]),
    random.fork("sites"),
  );
  const mainstream = (["primary", "secondary"] as const).flatMap((phase) => {
    const column = phase === "primary" ? 0 : 1;
    const places = targets.flatMap((target) => Array.from({ length: target[1][column]! }, () => target));
    return mainstreamSchools(phase, region, places, sites, random.fork(phase));
  });
  const others = (["special", "alternative"] as const).flatMap((type) => {
    const column = type === "special" ? 2 : 3;
    const places = targets.flatMap(([code, counts]) => Array.from({ length: counts[column]! }, () => code));
    return otherSchools(type, places, sites, random.fork(type));
  });
  return [...mainstream, ...others];
}

/** The region of an open authority. @throws {RangeError} when the register doesn't know it. */
export function regionOfAuthority(code: string): RegionCode {
  const found = openAuthorities.find((authority) => authority.code === code)?.region;
  if (!found) throw new RangeError(`the register has no open authority ${code} with a region`);
  return found;
}

/** Place of a region in the register's list. */
export function regionIndex(region: RegionCode): number {
  return regions.findIndex((one) => one.code === region);
}

function mainstreamSchools(
  phase: Phase,
  region: RegionCode,
  places: readonly (typeof authorityTargets)[number][],
  sites: ReadonlyMap<string, () => Site>,
  random: Random,
): DraftSchool[] {
  const target: PhaseOfRegion = phase === "primary" ? primaryRegions[region] : secondaryRegions[region];
  const factor = choleskyFactor(copulas[phase]);
  const scores = places.map((place) => drawScores(phase === "primary" ? place[2] : place[3], factor, random));
  const column = (k: number) => scores.map((row) => row[k]!);
  const values = [target.size, target.fsm, target.eal, target.senSupport, target.plan].map((q, k) =>
    valuesByRank(column(k), q),
  );
  const ages = agesOf(phase, region, places.length, random);
  const fill = places.map(() => quantileAt(capacity.filled, random.uniform()));
  const drafts = places.map(
    ([code], i): DraftSchool => ({
      kind: "mainstream",
      phase,
      authority: code as AuthorityCode,
      site: sites.get(code)!(),
      size: Math.round(values[0]![i]!),
      fsm: values[1]![i]! / 100,
      eal: values[2]![i]! / 100,
      senSupport: values[3]![i]! / 100,
      plan: values[4]![i]! / 100,
      intake: scores[i]![5]!,
      ages: ages[i]!,
      selective: false,
      capacity: places15(values[0]![i]! / fill[i]!),
    }),
  );
  if (phase === "secondary") {
    const highest = [...drafts].sort((a, b) => b.intake - a.intake);
    for (const draft of highest.slice(0, secondaryRegions[region].selective)) draft.selective = true;
  }
  return drafts;
}

/** Places are built by the half class. */
const places15 = (places: number) => Math.max(15, Math.round(places / 15) * 15);

/** Age ranges in the region's published numbers, shuffled over its schools. */
function agesOf(phase: Phase, region: RegionCode, count: number, random: Random): DraftSchool["ages"][] {
  const { infant, junior } = primaryRegions[region];
  const { sixthForm } = secondaryRegions[region];
  const ages = Array.from({ length: count }, (_, i): DraftSchool["ages"] => {
    if (phase === "secondary") return i < sixthForm ? "sixth-form" : "to-16";
    return i < infant ? "infant" : i < infant + junior ? "junior" : "all";
  });
  for (let i = ages.length - 1; i > 0; i--) {
    const j = random.below(i + 1);
    [ages[i], ages[j]] = [ages[j]!, ages[i]!];
  }
  return ages;
}

/** Special schools or alternative provision: sizes and intakes follow the country's distributions, not the region's. */
function otherSchools(
  type: "special" | "alternative",
  places: readonly string[],
  sites: ReadonlyMap<string, () => Site>,
  random: Random,
): DraftSchool[] {
  const target = specialSchools[type];
  return places.map((code) => {
    const size = Math.round(quantileAt(target.size, random.uniform()));
    const deprivation = random.normal();
    const plan = type === "special" ? assumptions.plansInSpecial.value : specialSchools.alternative.plan / 100;
    const isUnit = random.uniform() < assumptions.referralUnits.value;
    return {
      kind: type === "special" ? "special" : isUnit ? "pupil-referral-unit" : "alternative-provision",
      phase: "all-through",
      authority: code as AuthorityCode,
      site: sites.get(code)!(),
      size,
      fsm: quantileAt(target.fsm, normalCdf(deprivation)) / 100,
      eal: quantileAt(target.eal, random.uniform()) / 100,
      plan,
      senSupport: type === "special" ? 1 - plan : 0.6 * (1 - plan),
      intake: random.normal(),
      ages: "all",
      selective: false,
      capacity: places15(size / quantileAt(capacity.filled, random.uniform())),
    };
  });
}
