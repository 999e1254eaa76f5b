import { regions, type Subject, subjects } from "../../simulation/classes.js";
import { flowsOf, ofSubject, type SupplyRun } from "./figures.js";
import { type Interval, intervalOf } from "./interval.js";
import { traineeNeed } from "./need.js";
import { findShortage, type ShortageFinding, type ShortageLines, type SubjectDraw } from "./shortage.js";

/** Posts and who fills them in one year, in full-time equivalents. */
export interface SupplyLine {
  /** Calendar year in which the academic year begins. */
  readonly year: number;
  readonly posts: Interval;
  readonly inPost: Interval;
  /** Posts without a teacher of the subject. */
  readonly shortfall: Interval;
}

/** A part of the country's teachers: a phase, a subject, a region, or a subject in a region; null stands for all. */
export interface SupplyPart {
  readonly phase: "primary" | "secondary" | null;
  readonly subject: string | null;
  readonly region: string | null;
  readonly lines: readonly SupplyLine[];
}

/** Trainees of one subject who have to begin in a year, and who is expected to. */
export interface TrainingLine {
  readonly subject: string;
  readonly year: number;
  readonly need: Interval;
  /** The need if the posts that stand empty in the year were left empty: what the flows alone ask for. */
  readonly withoutEmpty: Interval;
  readonly recruits: Interval;
  readonly shortfall: Interval;
  /** What makes the need, middle of the draws, full-time equivalents. */
  readonly replace: number;
  readonly growth: number;
  readonly otherEntrants: number;
  /** The part of `growth` that is posts standing empty in the country in the year itself, beyond those of teachers above their posts. */
  readonly emptyToday: number;
  /** Newly qualified full-time equivalents a trainee. */
  readonly conversion: number;
}

/** What the rule says of a subject, with what it looked at. */
export interface SubjectShortage extends ShortageFinding {
  readonly subject: string;
  /** Mean over the years, 0–1. */
  readonly unfilled: Interval;
  /** Recruits over need; null where none are needed. */
  readonly recruits: Interval | null;
}

/** The annual statement of sufficiency: what is needed, who there is, and what is missing, with intervals. */
export interface Statement {
  /** The academic year that it is about, by the calendar year in which it begins. */
  readonly year: number;
  /** How many years it looks at, with the first. */
  readonly years: number;
  readonly draws: number;
  readonly parts: readonly SupplyPart[];
  readonly training: readonly TrainingLine[];
  readonly lines: ShortageLines;
  /** The years that the shortage rule looked at. */
  readonly shortageYears: number;
  readonly shortages: readonly SubjectShortage[];
}

/** What a statement is asked to say. */
export interface StatementOrder {
  readonly year: number;
  readonly years: number;
  readonly lines: ShortageLines;
  readonly shortageYears: number;
}

const phaseOf = (subject: number) => (subject === 0 ? "primary" : "secondary");
const everySubject = subjects.map((_, subject) => subject);
const everyRegion = regions.map((_, region) => region);

interface Cells {
  readonly subjects: readonly number[];
  readonly regions: readonly number[];
}

function sumOf(run: SupplyRun, values: Float64Array, cells: Cells, year: number): number {
  let sum = 0;
  for (const subject of cells.subjects)
    for (const region of cells.regions)
      sum += values[(subject * regions.length + region) * run.years + year - run.first]!;
  return sum;
}

function partOf(
  runs: readonly SupplyRun[],
  { year: first, years }: StatementOrder,
  cells: Cells,
  names: Omit<SupplyPart, "lines">,
): SupplyPart {
  const over = (year: number, of: (run: SupplyRun) => Float64Array) =>
    intervalOf(runs.map((run) => sumOf(run, of(run), cells, year)));
  const lines = Array.from({ length: years }, (_, k) => ({
    year: first + k,
    posts: over(first + k, ({ posts }) => posts),
    inPost: over(first + k, ({ inPost }) => inPost),
    shortfall: over(first + k, ({ unfilled }) => unfilled),
  }));
  return { ...names, lines };
}

function partsOf(runs: readonly SupplyRun[], order: StatementOrder): readonly SupplyPart[] {
  const secondary = everySubject.filter((subject) => subject > 0);
  const part = (cells: Cells, names: Partial<Omit<SupplyPart, "lines">>) =>
    partOf(runs, order, cells, { phase: null, subject: null, region: null, ...names });
  return [
    part({ subjects: everySubject, regions: everyRegion }, {}),
    part({ subjects: [0], regions: everyRegion }, { phase: "primary" }),
    part({ subjects: secondary, regions: everyRegion }, { phase: "secondary" }),
    ...secondary.map((s) =>
      part({ subjects: [s], regions: everyRegion }, { phase: phaseOf(s), subject: subjects[s]! }),
    ),
    ...everyRegion.flatMap((r) => [
      part({ subjects: [0], regions: [r] }, { phase: "primary", region: regions[r]! }),
      part({ subjects: secondary, regions: [r] }, { phase: "secondary", region: regions[r]! }),
    ]),
    ...secondary.flatMap((s) =>
      everyRegion.map((r) =>
        part({ subjects: [s], regions: [r] }, { phase: "secondary", subject: subjects[s]!, region: regions[r]! }),
      ),
    ),
  ];
}

/** Posts of a subject in the country beyond its teachers. Counted as one: a few teachers too many in one place fill posts of another. */
function emptyPosts(run: SupplyRun, subject: number, year: number): number {
  return Math.max(0, ofSubject(run, run.posts, subject, year) - ofSubject(run, run.inPost, subject, year));
}

function trainingOf(runs: readonly SupplyRun[], subject: number, year: number): TrainingLine {
  const flows = runs.map((run) => flowsOf(run, subject, year));
  const empty = runs.map((run) => emptyPosts(run, subject, year));
  const withoutEmpty = flows.map((one, d) => traineeNeed({ ...one, postsNext: one.postsNext - empty[d]! }).trainees);
  const needs = flows.map(traineeNeed);
  const recruits = runs.map((run) => run.trainees[subject * run.years + year - run.first]!);
  const middle = (of: (need: (typeof needs)[number]) => number) => intervalOf(needs.map(of)).value;
  return {
    ...{ subject: subjects[subject]!, year },
    need: intervalOf(needs.map(({ trainees }) => trainees)),
    withoutEmpty: intervalOf(withoutEmpty),
    recruits: intervalOf(recruits),
    shortfall: intervalOf(needs.map(({ trainees }, d) => trainees - recruits[d]!)),
    replace: middle(({ replace }) => replace),
    growth: middle(({ growth }) => growth),
    otherEntrants: middle(({ otherEntrants }) => otherEntrants),
    emptyToday: intervalOf(empty).value,
    conversion: intervalOf(flows.map(({ conversion }) => conversion)).value,
  };
}

/** What a draw says of a subject over the years that the rule looks at. */
function drawOf(run: SupplyRun, subject: number, { year, shortageYears }: StatementOrder): SubjectDraw {
  let [posts, unfilled, need, recruits] = [0, 0, 0, 0];
  for (let k = 0; k < shortageYears; k++) {
    posts += ofSubject(run, run.posts, subject, year + k);
    unfilled += emptyPosts(run, subject, year + k);
    need += traineeNeed(flowsOf(run, subject, year + k)).trainees;
    recruits += run.trainees[subject * run.years + year + k - run.first]!;
  }
  return { unfilled: posts > 0 ? unfilled / posts : 0, recruits: need > 0 ? recruits / need : null };
}

function shortageOf(runs: readonly SupplyRun[], subject: Subject, order: StatementOrder): SubjectShortage {
  const draws = runs.map((run) => drawOf(run, subjects.indexOf(subject), order));
  const recruits = draws.map((draw) => draw.recruits).filter((share) => share !== null);
  return {
    subject,
    ...findShortage(draws, order.lines),
    unfilled: intervalOf(draws.map(({ unfilled }) => unfilled)),
    recruits: recruits.length === 0 ? null : intervalOf(recruits),
  };
}

/** How many years a statement can look at in runs: trainees of its last year enter in the next, which has to be run too. */
export function yearsWithin(run: Pick<SupplyRun, "first" | "years">, year: number): number {
  return Math.max(0, run.first + run.years - 1 - year);
}

/**
 * The statement over the draws of a simulation.
 * @throws {RangeError} when there is no draw, or the draws don't reach the years asked for and one more
 */
export function makeStatement(runs: readonly SupplyRun[], order: StatementOrder): Statement {
  const { year, years, lines, shortageYears } = order;
  const within = runs[0] ? yearsWithin(runs[0], year) : 0;
  if (!runs[0] || year < runs[0].first || Math.max(years, shortageYears) > within)
    throw new RangeError(
      `the runs hold ${within} years from ${year}, and ${Math.max(years, shortageYears)} are asked for`,
    );
  return {
    ...{ year, years, draws: runs.length, lines, shortageYears },
    parts: partsOf(runs, order),
    training: everySubject.flatMap((subject) =>
      Array.from({ length: years }, (_, k) => trainingOf(runs, subject, year + k)),
    ),
    shortages: subjects.map((subject) => shortageOf(runs, subject, order)),
  };
}
