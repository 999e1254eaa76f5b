import { and, asc, desc, eq, isNotNull, type SQL, sql } from "drizzle-orm";
import type { AuthorityCode, CivilDate } from "../../kernel/index.js";
import type { Queries } from "../../platform/database/index.js";
import { findAuthority, findRegion } from "../../register/index.js";
import { caseOfRow } from "./cases/store-case.js";
import { caseTable, publicationTable, yearReviewTable } from "./cases/tables.js";
import { markOn } from "./marks/mark.js";
import type { SchoolLine, SchoolPage } from "./published.js";
import { type ReviewStanding, type ShownDecision, shownOf } from "./shown-decision.js";
import { decisionTable as decision, explanationTable, reviewTable } from "./store-tables.js";

/** The newest review, and what else its pages depend on: who has kept something of it under the same key may show it. */
export interface ShownReview {
  readonly id: number;
  readonly academicYear: string;
  readonly standing: ReviewStanding;
  readonly today: CivilDate;
  readonly key: string;
}

/** The newest review with where its decisions stand, or null before the first. */
export async function newestShown(queries: Queries, today: CivilDate): Promise<ShownReview | null> {
  const batches = queries
    .select({ id: publicationTable.id })
    .from(publicationTable)
    .where(
      and(eq(publicationTable.academicYear, yearReviewTable.academicYear), isNotNull(publicationTable.finishedAt)),
    );
  const [row] = await queries
    .select({
      id: reviewTable.id,
      academicYear: reviewTable.academicYear,
      marks: yearReviewTable.marksVersion,
      opened: yearReviewTable.completedAt,
      isPublic: sql<boolean>`exists ${batches}`,
    })
    .from(reviewTable)
    .leftJoin(yearReviewTable, eq(yearReviewTable.academicYear, reviewTable.academicYear))
    .orderBy(desc(reviewTable.id))
    .limit(1);
  if (!row) return null;
  const { id, academicYear, marks, opened, isPublic } = row;
  const standing = marks === null ? "nobody-heard" : isPublic ? "published" : "in-review";
  return { id, academicYear, standing, today, key: [id, marks, opened, isPublic, today].join(" ") };
}

/** The names of a place; the authorities come with the program, and the tables hold their codes. */
function placeOf(code: AuthorityCode): { authority: string; region: string; regionCode: string } {
  const authority = findAuthority(code);
  const region = findRegion(authority?.region ?? "");
  return { authority: authority?.name ?? code, region: region?.name ?? "", regionCode: region?.code ?? "" };
}

/** A line with the codes of its place. */
export interface LoadedLine {
  readonly line: SchoolLine;
  readonly authorityCode: AuthorityCode;
  readonly regionCode: string;
}

/** A school's case of the review's year, and its batch where that is public. */
const caseOfYear = ({ academicYear }: ShownReview): SQL =>
  and(eq(caseTable.urn, decision.urn), eq(caseTable.academicYear, academicYear))!;
const publicBatch = (): SQL =>
  and(eq(publicationTable.id, caseTable.publicationId), isNotNull(publicationTable.finishedAt))!;

const shownColumns = {
  case: caseTable.urn,
  batch: publicationTable.id,
  state: caseTable.markState,
  published: caseTable.markDecision,
  until: caseTable.markUntil,
  suspendedOn: caseTable.markSuspendedOn,
  endedOn: caseTable.markEndedOn,
};

type ShownRow = { readonly [Name in keyof typeof shownColumns]: (typeof shownColumns)[Name]["_"]["data"] | null };

/** What is shown instead of the rule's decision, as soon as the year has cases. */
function shownDecision(row: ShownRow, review: ShownReview, proposed: ShownDecision): ShownDecision {
  if (review.standing === "nobody-heard") return proposed;
  if (row.case === null) return "no-case";
  if (row.batch === null || row.state === null || row.published === null) return "in-review";
  const { state, published, until, suspendedOn, endedOn } = row;
  return shownOf({ state, decision: published, until, suspendedOn, endedOn }, review.today);
}

/** Every school of the review in order of name. */
export async function loadLines(queries: Queries, review: ShownReview): Promise<readonly LoadedLine[]> {
  const rows = await queries
    .select({
      line: {
        urn: decision.urn,
        name: decision.name,
        phase: decision.phase,
        decision: decision.decision,
        valueAdded: decision.valueAdded,
        lower: decision.lower,
        upper: decision.upper,
        pupilEquivalents: decision.pupilEquivalents,
      },
      authorityCode: decision.authorityCode,
      shown: shownColumns,
    })
    .from(decision)
    .leftJoin(caseTable, caseOfYear(review))
    .leftJoin(publicationTable, publicBatch())
    .where(eq(decision.reviewId, review.id))
    .orderBy(asc(decision.sortName), asc(decision.urn));
  return rows.map(({ line, authorityCode, shown }) => {
    const { regionCode, ...names } = placeOf(authorityCode);
    return {
      line: { ...line, ...names, decision: shownDecision(shown, review, line.decision) },
      ...{ authorityCode, regionCode },
    };
  });
}

/** What is public of a school's case: nothing of what the rule proposes while it is in review. */
function publicSide(
  row: { readonly case: typeof caseTable.$inferSelect | null; readonly batch: number | null },
  review: ShownReview,
  own: Pick<typeof decision.$inferSelect, "decision" | "reasons" | "probabilityOtherwise">,
): Pick<SchoolPage, "decision" | "reasons" | "mark" | "probabilityOtherwise"> {
  const { probabilityOtherwise } = own;
  if (review.standing === "nobody-heard")
    return { decision: own.decision, reasons: own.reasons, mark: null, probabilityOtherwise };
  const nothing = { reasons: [], mark: null, probabilityOtherwise: null };
  if (row.case === null) return { decision: "no-case", ...nothing };
  const { urn, academicYear, mark: kept } = caseOfRow(row.case);
  if (row.batch === null || kept === null) return { decision: "in-review", ...nothing };
  const { urn: _urn, decision: published, reasons, ...mark } = markOn({ urn, academicYear, kept }, review.today);
  return {
    ...{ decision: shownOf(kept, review.today), reasons, mark },
    probabilityOtherwise: published === own.decision ? probabilityOtherwise : null,
  };
}

/** A school's whole page, or null where the review has none. */
export async function loadSchool(queries: Queries, review: ShownReview, urn: string): Promise<SchoolPage | null> {
  const [row] = await queries
    .select({
      decision,
      steps: explanationTable.steps,
      years: explanationTable.years,
      subgroups: explanationTable.subgroups,
      outcomes: explanationTable.outcomes,
      case: caseTable,
      batch: publicationTable.id,
    })
    .from(decision)
    .innerJoin(
      explanationTable,
      and(eq(explanationTable.reviewId, decision.reviewId), eq(explanationTable.urn, decision.urn)),
    )
    .leftJoin(caseTable, caseOfYear(review))
    .leftJoin(publicationTable, publicBatch())
    .where(and(eq(decision.reviewId, review.id), eq(decision.urn, urn)));
  if (!row) return null;
  const { reviewId: _, inputsHash: _hash, sortName: _sort, words: _words, authorityCode, ...own } = row.decision;
  const { safeguardingOutcome, safeguardingOn, accountsOpinion, accountsOn, ...school } = own;
  return {
    ...school,
    ...publicSide(row, review, own),
    ...placeOf(authorityCode),
    explanation: row.steps,
    years: row.years,
    subgroups: row.subgroups,
    outcomes: row.outcomes,
    safeguarding:
      safeguardingOutcome === null || safeguardingOn === null
        ? null
        : { outcome: safeguardingOutcome, on: safeguardingOn },
    accounts: accountsOpinion === null || accountsOn === null ? null : { opinion: accountsOpinion, on: accountsOn },
  };
}
