import { academicYear, formatAcademicYear, type Progress, type Random, seededRandom, silent } from "../kernel/index.js";
import { openAuthorities, type RegionCode, regions } from "../register/index.js";
import type { England, EnglandOptions, EnglandPhase, EnglandSchool, EnglandTrust, Phase } from "./england.js";
import { evidenceOfRegion } from "./evidence.js";
import type { Parameters } from "./parameters.js";
import type { Window } from "./path.js";
import { fillPupils } from "./pupils.js";
import { registerOfRegion } from "./register.js";
import { type Roll, rollOf } from "./roll.js";
import { type PupilRows, roomForPupils, roomForSpells, type SpellRows } from "./rows.js";
import { type DraftSchool, regionIndex, schoolsOfRegion } from "./schools.js";
import { solved } from "./solved.js";
import { specificationOf, windowOf } from "./specification.js";
import { pupilTable, spellTable } from "./tables.js";
import { truthOf } from "./truth.js";

/** The two regions that are made where nobody asks for others. */
export const defaultRegions: readonly RegionCode[] = ["E12000001", "E12000004"];

const bothPhases: readonly Phase[] = ["primary", "secondary"];

/**
 * Makes a synthetic England: regions of real authorities with invented schools, trusts, pupils, spells and evidence, calibrated
 * to published distributions (see `calibrationReport`). The same options make the same country on every machine, and a region
 * made alone is the same as within the country.
 *
 * @throws {RangeError} when a region is unknown or named twice, none is named, cohorts are not 1 to 6, or the year is not whole.
 */
export function makeEngland(options: EnglandOptions, progress: Progress = silent): England {
  return makeWith(options, solved, progress, false).england;
}

/** A region with its schools, before there are pupils. */
interface MadeRegion {
  readonly code: RegionCode;
  readonly random: Random;
  readonly drafts: readonly DraftSchool[];
  readonly schools: readonly EnglandSchool[];
  readonly trusts: readonly EnglandTrust[];
  readonly rolls: Readonly<Record<Phase, Roll>>;
  readonly authorityEffects: Readonly<Record<Phase, ReadonlyMap<string, number>>>;
}

/** The pupils' rows beside the country, for the solver. */
export interface MadeEngland {
  readonly england: England;
  readonly latent: Readonly<Record<Phase, Float64Array | null>>;
}

/** {@link makeEngland} with other parameters than the committed ones; the solver uses it. */
export function makeWith(
  options: EnglandOptions,
  parameters: Parameters,
  progress: Progress,
  latent: boolean,
): MadeEngland {
  const cohorts = options.cohorts ?? 3;
  const lastYear = academicYear(options.lastYear ?? 2024);
  if (!Number.isInteger(cohorts) || cohorts < 1 || cohorts > 6)
    throw new RangeError(`cohorts must be 1 to 6, got ${cohorts}`);
  const codes = regionsInOrder(options.regions);
  const leaves = Array.from({ length: cohorts }, (_, t) => lastYear - cohorts + 1 + t);
  const root = seededRandom(options.seed).fork("england");

  progress.stage("Schools of the synthetic England", codes.length);
  const made = codes.map((code) => {
    const region = makeRegion(code, root.fork(code), cohorts, parameters);
    progress.done(1);
    return region;
  });
  const schools = made.flatMap((region) => region.schools);
  const phases = bothPhases.filter((phase) => options.phases?.includes(phase) ?? true);
  const results = phases.map((phase) => makePhase(phase, made, leaves, schools, parameters, progress, latent));
  const england: England = {
    synthetic: true,
    seed: options.seed,
    regions: regions.filter((region) => codes.includes(region.code)).map(({ code, name }) => ({ code, name })),
    authorities: openAuthorities.flatMap(({ code, name, region }) =>
      region && codes.includes(region) ? [{ code, name, region }] : [],
    ),
    trusts: made.flatMap((region) => region.trusts),
    schools,
    phases: results.map((result) => result.phase),
    evidence: evidenceOf(made, lastYear),
    truth: bothPhases.map((phase) => truthOf(phase, made, parameters[phase], cohorts)),
  };
  const latentOf = (phase: Phase) => results[phases.indexOf(phase)]?.latent ?? null;
  return { england, latent: { primary: latentOf("primary"), secondary: latentOf("secondary") } };
}

/** Fills a phase's tables; with `latent` also the raw prior attainment. */
function makePhase(
  phase: Phase,
  made: readonly MadeRegion[],
  leaves: readonly number[],
  schools: readonly EnglandSchool[],
  parameters: Parameters,
  progress: Progress,
  latent: boolean,
): { phase: EnglandPhase; latent: Float64Array | null } {
  const count = made.reduce((sum, region) => sum + region.rolls[phase].cohort.reduce((a, b) => a + b, 0), 0);
  progress.stage(`Pupils of the synthetic England, ${phase}`, count);
  const rows = roomForPupils(count, phase === "primary", latent);
  const spells = roomForSpells(count);
  const windows = leaves.map((year) => windowOf(phase, year));
  fillPhase(phase, made, windows, parameters, rows, spells, progress);
  const years = leaves.map((year) => formatAcademicYear(academicYear(year)));
  const words = {
    schools: schools.map((school) => school.urn),
    authorities: openAuthorities.map((authority) => authority.code),
    years,
  };
  return {
    phase: {
      phase,
      specification: specificationOf(phase, leaves),
      pupils: pupilTable(phase, rows, words),
      spells: spellTable(phase, spells, words.schools),
      years,
    },
    latent: rows.latent,
  };
}

function regionsInOrder(wanted: readonly RegionCode[] | "all"): RegionCode[] {
  if (wanted === "all") return regions.map((region) => region.code);
  const unknown = wanted.find((code) => regionIndex(code) < 0);
  if (unknown !== undefined) throw new RangeError(`there is no region ${unknown}`);
  if (wanted.length === 0 || new Set(wanted).size < wanted.length)
    throw new RangeError(`one or more different regions are needed, got [${wanted.join(", ")}]`);
  return [...wanted].sort((a, b) => regionIndex(a) - regionIndex(b));
}

function makeRegion(code: RegionCode, random: Random, cohorts: number, parameters: Parameters): MadeRegion {
  const drafts = schoolsOfRegion(code, random.fork("schools"));
  const effects = (phase: Phase) => {
    const draw = random.fork(`authorities ${phase}`);
    const { authority, regions: ofRegion } = parameters[phase];
    return new Map(
      [...new Set(drafts.map((draft) => draft.authority))]
        .sort()
        .map((a) => [a as string, ofRegion[code] + authority * draw.fork(a).normal()]),
    );
  };
  const authorityEffects = { primary: effects("primary"), secondary: effects("secondary") };
  const roll = (phase: Phase) =>
    rollOf(phase, drafts, cohorts, parameters, authorityEffects[phase], random.fork(`roll ${phase}`));
  return {
    code,
    random,
    drafts,
    ...registerOfRegion(code, drafts, random.fork("register")),
    rolls: { primary: roll("primary"), secondary: roll("secondary") },
    authorityEffects,
  };
}

function fillPhase(
  phase: Phase,
  made: readonly MadeRegion[],
  windows: readonly Window[],
  parameters: Parameters,
  rows: PupilRows,
  spells: SpellRows,
  progress: Progress,
): void {
  const authorityPlace = new Map(openAuthorities.map((authority, i) => [authority.code as string, i]));
  let row = 0;
  let firstSchool = 0;
  for (const region of made) {
    const roll = region.rolls[phase];
    const first = firstSchool;
    const frame = {
      windows,
      schoolOf: roll.school.map((i) => first + i),
      authorityOf: roll.school.map((i) => authorityPlace.get(region.drafts[i]!.authority)!),
      // Ten digits: phase, region, running number; so a region alone has the same numbers.
      firstPupil: (phase === "primary" ? 1 : 2) * 1_000_000_000 + regionIndex(region.code) * 100_000_000 + 1,
    };
    const next = fillPupils(roll, parameters, frame, rows, spells, row, region.random.fork(`pupils ${phase}`));
    progress.done(next - row);
    row = next;
    firstSchool += region.drafts.length;
  }
}

function evidenceOf(made: readonly MadeRegion[], year: number): England["evidence"] {
  const parts = made.map((region) => evidenceOfRegion(region.schools, year, region.random.fork("evidence")));
  return {
    safeguarding: parts.flatMap((part) => part.safeguarding),
    accounts: parts.flatMap((part) => part.accounts),
  };
}
