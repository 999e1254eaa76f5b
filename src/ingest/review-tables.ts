import type {
  AccountsEvidence,
  ReviewFile,
  ReviewFiles,
  SafeguardingEvidence,
  SchoolKind,
} from "../accountability/quality-mark/index.js";
import type { MeasureSpecification } from "../accountability/value-added/index.js";
import { columnOf, err, ok, type Problem, type Progress, type Result, type Table } from "../kernel/index.js";
import { collectProblems, type ProblemCollector, problem } from "./problems.js";
import { readReviewEvidence } from "./review-evidence.js";
import { readReviewMembership } from "./review-membership.js";
import { type ReviewPupils, readReviewPupils } from "./review-pupils.js";
import { readReviewSchools, reportUnknownSchools, type SchoolFacts } from "./review-schools.js";

/** Everything a review reads from files, checked against each other. */
export interface ReviewTables {
  /** The review's, with the kind of every covariate as it was stated or found. */
  readonly specification: MeasureSpecification;
  readonly pupils: Table;
  /** The membership table or the spells; null where every pupil is at one school. */
  readonly membership: Table | null;
  /** By id; null where the review names no table of schools. */
  readonly schools: ReadonlyMap<string, SchoolFacts> | null;
  /** By school's id; empty where the review names no such files. */
  readonly kinds: ReadonlyMap<string, SchoolKind>;
  readonly safeguarding: ReadonlyMap<string, SafeguardingEvidence>;
  readonly accounts: ReadonlyMap<string, AccountsEvidence>;
  /** Sentences on what was found out on the way and what counted as missing. */
  readonly notes: readonly string[];
}

/**
 * Reads every file that a review names, all or nothing: the tables, or every problem of every file.
 * @param progress told of each file; its notes are also in the result
 */
export async function readReviewTables(
  review: ReviewFile,
  progress: Progress,
): Promise<Result<ReviewTables, readonly Problem[]>> {
  const notes: string[] = [];
  const noted: Progress = {
    stage: (name, total) => progress.stage(name, total),
    done: (steps) => progress.done(steps),
    note(text) {
      notes.push(text);
      progress.note(text);
    },
  };
  const problems = collectProblems();
  const taken = <T>(read: Result<T, readonly Problem[]>): T | null => {
    if (read.ok) return read.value;
    for (const found of read.error) problems.add(found);
    return null;
  };
  const pupils = taken(await readReviewPupils(review, noted));
  const membership = pupils && taken(await readReviewMembership(review, pupils.table, noted));
  const schools = taken(await readReviewSchools(review, noted));
  const safeguarding = taken(await readReviewEvidence(review, review.safeguarding, "outcome", noted));
  const opinions = taken(await readReviewEvidence(review, review.accounts, "opinion", noted));
  if (schools && pupils) {
    const { school, membership: named } = pupils.specification;
    if (school !== null) reportUnknownSchools(pupils.table, school, schools, problems);
    if (named.kind === "columns")
      for (const column of named.schools) reportUnknownSchools(pupils.table, column, schools, problems);
    else if (membership && named.kind !== "one-school")
      reportUnknownSchools(membership, named.school, schools, problems);
  }
  if (pupils) {
    const own = schoolsOfPupils(pupils, membership);
    for (const [named, evidence] of [
      [review.safeguarding, safeguarding],
      [review.accounts, opinions],
    ] as const)
      if (named && evidence) compareSchools(review, named, [...evidence.keys()], own, problems, noted);
  }
  if (problems.count() > 0 || !pupils || !safeguarding || !opinions) return err(problems.all());
  if (review.specification.prior.length === 0)
    noted.note(
      "No prior attainment is taken into account: the figures compare what pupils reached, not what schools added.",
    );
  return ok({
    specification: pupils.specification,
    pupils: pupils.table,
    membership,
    schools,
    kinds: new Map([...(schools ?? [])].map(([school, { kind }]) => [school, kind])),
    safeguarding,
    accounts: new Map([...opinions].map(([school, { outcome, on }]) => [school, { opinion: outcome, on }])),
    notes,
  });
}

/** Ids of the schools that the pupils attended. */
export function schoolsOfPupils({ table, specification }: ReviewPupils, membership: Table | null): ReadonlySet<string> {
  const named = specification.membership;
  if (named.kind === "one-school") return new Set(columnOf(table, specification.school!, "category").levels);
  if (named.kind === "columns")
    return new Set(named.schools.flatMap((column) => columnOf(table, column, "category").levels));
  return new Set(membership ? columnOf(membership, named.school, "category").levels : []);
}

/** Evidence about other schools is worth a note; evidence about none of the pupils' schools is a mistake in the ids. */
function compareSchools(
  review: ReviewFile,
  named: ReviewFiles,
  schools: readonly string[],
  own: ReadonlySet<string>,
  problems: ProblemCollector,
  progress: Progress,
): void {
  const others = schools.filter((school) => !own.has(school)).length;
  const evidence = named.path.at(-1);
  if (others === 0 || own.size === 0) return;
  if (others < schools.length) {
    progress.note(`${others} of the ${schools.length} schools with ${evidence} evidence have no pupils in these files`);
    return;
  }
  const message = `none of the ${schools.length} schools with ${evidence} evidence is among the pupils' schools`;
  const remedy = "Write the ids of the schools alike in all files; ids are text, so 0123 and 123 differ.";
  problems.add(problem("school-unknown", review.placeOf([...named.path, "school"]), message, remedy));
}
