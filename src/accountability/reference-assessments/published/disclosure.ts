import { err, ok, type Problem, type Result } from "../../../kernel/index.js";
import type { DisclosureRule } from "../parameters.js";
import { studyProblem } from "../study/problem.js";
import type { DisclosedFigures, FigureRow, FigureTables } from "./results.js";

/** How many pupils and schools stand behind one cell of a table; null schools where the study doesn't name them. */
export interface CellCount {
  readonly name: string;
  readonly pupils: number;
  readonly schools: number | null;
}

/** Whether a cell may be shown, and the reason where it may not. */
export interface CellRuling {
  readonly name: string;
  readonly shown: boolean;
  /** Null where it is shown. */
  readonly reason: string | null;
}

function tooSmall({ pupils, schools }: CellCount, rule: DisclosureRule): string | null {
  if (pupils < rule.fewestPupils) return `fewer than ${rule.fewestPupils} pupils`;
  if (schools !== null && schools < rule.fewestSchools) return `pupils of fewer than ${rule.fewestSchools} schools`;
  return null;
}

/**
 * Which cells of one classification may be shown. Where something is held back, so much more is that what is hidden can't be found by taking the shown cells
 * from the total: the hidden cells together hold enough pupils and schools, and are not one alone.
 *
 * @param cells the levels of a group in one cycle
 * @param unclassified pupils in no level: they too can be found from the total
 */
export function ruleOnCells(
  cells: readonly CellCount[],
  unclassified: CellCount,
  rule: DisclosureRule,
): readonly CellRuling[] {
  const reasons = new Map<string, string>();
  for (const cell of cells) {
    const reason = tooSmall(cell, rule);
    if (reason !== null) reasons.set(cell.name, reason);
  }
  const shown = () => cells.filter(({ name }) => !reasons.has(name)).sort((a, b) => a.pupils - b.pupils);
  for (let left = shown(); left.length > 0; left = shown()) {
    const hidden = cells.filter(({ name }) => reasons.has(name));
    const parts = [...hidden, ...(unclassified.pupils > 0 ? [unclassified] : [])];
    const small = parts.filter((cell) => tooSmall(cell, rule) !== null);
    if (small.length === 0) break;
    const together = parts.reduce((sum, { pupils }) => sum + pupils, 0);
    if (parts.length > 1 && together >= rule.fewestPupils) break;
    reasons.set(left[0]!.name, "held back so that a smaller group can't be found by subtraction");
  }
  return cells.map(({ name }) => ({ name, shown: !reasons.has(name), reason: reasons.get(name) ?? null }));
}

/** What a grouping is held against: the columns with a role, and the school of each pupil. */
export interface GroupingCheck {
  readonly column: string;
  /** Columns that tell pupils or schools apart. */
  readonly identifiers: readonly string[];
  /** Level of each pupil; below 0 is none. */
  readonly level: ArrayLike<number>;
  readonly levels: number;
  /** School of each pupil; null where the study doesn't name it. */
  readonly school: ArrayLike<number> | null;
}

/** In how many schools each level's pupils are. */
export function schoolsOfLevels(level: ArrayLike<number>, levels: number, school: ArrayLike<number>): Uint32Array {
  const seen = Array.from({ length: levels }, () => new Set<number>());
  for (let i = 0; i < level.length; i++) if (level[i]! >= 0) seen[level[i]!]!.add(school[i]!);
  return Uint32Array.from(seen, (one) => one.size);
}

/**
 * Refuses a grouping that would publish schools or pupils: by a column that tells them apart, by one whose levels each lie in a single school, or by one with
 * about as many levels as pupils. Null where it may be used.
 */
export function refuseGrouping(check: GroupingCheck, rule: DisclosureRule, place: string): Problem | null {
  const { column, identifiers, level, levels, school } = check;
  const refuse = (message: string) => studyProblem("figures-of-schools", place, message);
  if (identifiers.includes(column)) return refuse(`the column "${column}" tells schools or pupils apart`);
  let pupils = 0;
  for (let i = 0; i < level.length; i++) if (level[i]! >= 0) pupils++;
  if (levels > 2 && pupils < levels * rule.fewestOnASide)
    return refuse(`"${column}" has ${levels} levels for ${pupils} pupils: it tells pupils apart`);
  if (school === null || levels < 2) return null;
  const schools = schoolsOfLevels(level, levels, school);
  const nested = schools.filter((count) => count === 1).length;
  if (nested > levels / 2)
    return refuse(
      `${nested} of the ${levels} levels of "${column}" lie in one school each: its figures would be those of schools`,
    );
  return null;
}

/** Whether a proportion leaves enough pupils on both sides. @param share 0–1 */
export function sidesAreEnough(share: number, pupils: number, rule: DisclosureRule): boolean {
  return share * pupils >= rule.fewestOnASide && (1 - share) * pupils >= rule.fewestOnASide;
}

const keyOf = (cycle: string, { statistic, group, level, of }: Omit<FigureRow, "cycle">) =>
  JSON.stringify([cycle, statistic, group, level, of]);

/**
 * The one way to {@link DisclosedFigures}: of figures just made, and of those that a file holds. No figure rests on too few pupils, and changes are of figures
 * that are published themselves. Which cells were held back was decided before ({@link ruleOnCells}); of a file only its fingerprint says that nothing was put in.
 */
export function passDisclosure(tables: FigureTables): Result<DisclosedFigures, string> {
  const { figures, trends, rule } = tables;
  const few = figures.find(({ n }) => n < rule.fewestPupils);
  if (few) return err(`a figure of ${few.n} pupils (${few.cycle}, ${few.group}, ${few.level}) came to publication`);
  const published = new Set(figures.map((row) => keyOf(row.cycle, row)));
  const loose = trends.find((row) => ![row.from, row.to].every((cycle) => published.has(keyOf(cycle, row))));
  if (loose) return err(`a change from ${loose.from} to ${loose.to} is of a figure that isn't published`);
  return ok(tables as DisclosedFigures);
}
