import { err, ok, type Problem, type Result } from "../../../kernel/index.js";
import { problemOf } from "../problems.js";
import { type Country, neighboursOf, partsOf } from "./country.js";

/** What is asked of a drawing. Authorities are named by their three-digit codes. */
export interface DrawingSettings {
  /** How many regions, 6 to 15. */
  readonly regions: number;
  /** How far a region's schools may be from the average of the regions, in percent of it. */
  readonly schoolsTolerancePercent: number;
  readonly pupilsTolerancePercent: number;
  /** What counts as change: the schools that change office, or the pupils. */
  readonly changeBy: "schools" | "pupils";
  /** How many percent of change a percent of today's inner borders is worth; 0 leaves shape out of account. */
  readonly borderWeight: number;
  /** Authorities that stay in one region, as those of a combined authority. */
  readonly together: readonly (readonly string[])[];
  /** Pairs that must not be in one region. */
  readonly apart: readonly (readonly [string, string])[];
  /** Authorities that must be served by an office of today, by the code of its region. */
  readonly fixed: readonly { readonly authority: string; readonly region: string }[];
  readonly seed: number;
  /** `quick` searches and bounds; `thorough` also lets the solver branch for a proof. */
  readonly effort: "quick" | "thorough";
}

/** What is asked unless somebody says otherwise. */
export const usualSettings: DrawingSettings = {
  regions: 9,
  schoolsTolerancePercent: 30,
  pupilsTolerancePercent: 40,
  changeBy: "schools",
  borderWeight: 0.1,
  together: [],
  apart: [],
  fixed: [],
  seed: 1,
  effort: "quick",
};

/** Settings in places instead of codes, checked against a country. */
export interface DrawingTask {
  readonly country: Country;
  readonly settings: DrawingSettings;
  /** Authorities that move together; every authority is in exactly one block, in order of its first. */
  readonly blocks: readonly (readonly number[])[];
  readonly apart: readonly (readonly [number, number])[];
  /** The office that an authority must be served by, or −1. */
  readonly fixed: Int32Array;
  /** Of each office of today the authority in which it sits: the one with the most pupils. It serves that as long as it is open. */
  readonly seats: readonly number[];
  /** Slots for regions: first today's offices, then new ones. */
  readonly slots: number;
}

/** Range, step and words of each number of the settings. */
const ranges = [
  ["regions", "number of regions", 6, 15, true],
  ["schoolsTolerancePercent", "tolerance in schools", 1, 200, false],
  ["pupilsTolerancePercent", "tolerance in pupils", 1, 200, false],
  ["borderWeight", "weight of the borders", 0, 10, false],
  ["seed", "seed", 0, 0xffff_ffff, true],
] as const;

function rangeProblems(settings: DrawingSettings): Problem[] {
  return ranges.flatMap(([key, name, least, most, whole]) => {
    const value = settings[key];
    const fits = value >= least && value <= most && (!whole || Number.isInteger(value));
    return fits
      ? []
      : [
          problemOf(
            "setting-out-of-range",
            name,
            `it must be ${whole ? "a whole number " : ""}from ${least} to ${most}, not ${value}`,
          ),
        ];
  });
}

/** Merges lists that share an authority, so that each authority is in one block. */
function blocksOf(units: number, lists: readonly (readonly number[])[]): number[][] {
  const block = Int32Array.from({ length: units }, (_, i) => i);
  const root = (i: number): number => (block[i] === i ? i : root(block[i]!));
  for (const list of lists)
    for (const unit of list) {
      const [x, y] = [root(list[0]!), root(unit)];
      block[Math.max(x, y)] = Math.min(x, y);
    }
  const found = new Map<number, number[]>();
  for (let i = 0; i < units; i++) {
    const members = found.get(root(i));
    if (members) members.push(i);
    else found.set(root(i), [i]);
  }
  return [...found.values()];
}

function seatsOf({ units, offices }: Country): number[] {
  return offices.map((_, office) =>
    units.reduce(
      (best, unit, i) => (unit.today === office && (best === -1 || unit.pupils > units[best]!.pupils) ? i : best),
      -1,
    ),
  );
}

/**
 * Checks settings against a country.
 * @param least the fewest regions that may be asked for; fewer than six only where a country is smaller than England
 */
export function taskOf(
  country: Country,
  settings: DrawingSettings,
  least = 6,
): Result<DrawingTask, readonly Problem[]> {
  const { units, offices } = country;
  const problems = rangeProblems(least < 6 ? { ...settings, regions: Math.max(6, settings.regions) } : settings);
  const placeOf = new Map(units.map(({ code }, i) => [code, i]));
  const find = (code: string, where: string): number => {
    const place = placeOf.get(code);
    if (place === undefined)
      problems.push(problemOf("drawing-authority-unknown", where, `there is no authority ${code} to draw`));
    return place ?? -1;
  };
  const together = settings.together.map((list) => list.map((code) => find(code, "kept together")));
  const apart = settings.apart.map(([x, y]) => [find(x, "kept apart"), find(y, "kept apart")] as const);
  const fixed = new Int32Array(units.length).fill(-1);
  for (const { authority, region } of settings.fixed) {
    const office = offices.findIndex(({ code }) => code === region);
    if (office === -1)
      problems.push(problemOf("drawing-region-unknown", "fixed", `there is no region ${region} today`));
    const unit = find(authority, "fixed");
    if (unit !== -1 && office !== -1) {
      if (fixed[unit] !== -1 && fixed[unit] !== office)
        problems.push(problemOf("settings-exclude-each-other", units[unit]!.name, "it is fixed to two regions"));
      fixed[unit] = office;
    }
  }
  if (problems.length > 0) return err(problems);
  const blocks = blocksOf(units.length, together);
  const seats = seatsOf(country);
  const task = { country, settings, blocks, apart, fixed, seats, slots: Math.max(settings.regions, offices.length) };
  const contradictions = contradictionsOf(task);
  return contradictions.length > 0 ? err(contradictions) : ok(task);
}

/** Wishes that can't hold whatever the counts are. */
function contradictionsOf({ country, settings, blocks, apart, fixed, seats }: DrawingTask): Problem[] {
  const { units } = country;
  const problems: Problem[] = [];
  const name = (unit: number) => units[unit]!.name;
  const blockOf = new Map(blocks.flatMap((members, block) => members.map((unit) => [unit, block] as const)));
  for (const members of blocks) {
    const wanted = new Set(members.map((unit) => fixed[unit]!).filter((office) => office !== -1));
    if (wanted.size > 1)
      problems.push(
        problemOf(
          "settings-exclude-each-other",
          members.map(name).join(", "),
          "kept together and fixed to different regions",
        ),
      );
    const sitting = seats.filter((seat) => members.includes(seat));
    if (sitting.length > 1 && settings.regions >= country.offices.length)
      problems.push(
        problemOf(
          "settings-exclude-each-other",
          members.map(name).join(", "),
          "kept together, but they hold the seats of two offices that stay open",
        ),
      );
  }
  for (const [x, y] of apart)
    if (blockOf.get(x) === blockOf.get(y))
      problems.push(problemOf("settings-exclude-each-other", `${name(x)}, ${name(y)}`, "kept together and kept apart"));
  seats.forEach((seat, office) => {
    if (fixed[seat] !== -1 && fixed[seat] !== office)
      problems.push(
        problemOf(
          "settings-exclude-each-other",
          name(seat),
          "it holds the seat of another office and can't be fixed elsewhere",
        ),
      );
  });
  const alone = partsOf(
    neighboursOf(country),
    units.map((_, i) => i),
  ).slice(1);
  for (const part of alone)
    problems.push(
      problemOf(
        "authority-touches-none",
        part.map(name).join(", "),
        "no border and no link joins it to the rest of the country",
      ),
    );
  return problems;
}
