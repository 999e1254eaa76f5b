import { type CivilDate, err, ok, type Problem, type Result } from "../../../kernel/index.js";
import type { Database, Queries } from "../../../platform/database/index.js";
import { dayInEngland } from "../../../platform/day/index.js";
import {
  type Actor,
  actingAs,
  holdsRole,
  type Place,
  type Role,
  type WorkEntry,
} from "../../../platform/identity/index.js";
import { type JobId, startJob } from "../../../platform/jobs/index.js";
import { readStream, StaleStream, type StoredEvent } from "../../../platform/log/index.js";
import { type Region, regions } from "../../../register/index.js";
import type { CaseCommand } from "./case.js";
import { stateWords } from "./change.js";
import { openYearJob, publishJob, refreshJob } from "./jobs.js";
import { problem } from "./problem.js";
import { settleCorrection, undoing } from "./settle.js";
import { sourcesOfRecord } from "./sources-of-record.js";
import {
  type CaseKey,
  caseUnknown,
  changeCase,
  loadCase,
  lockCases,
  type PreparedChange,
  prepareChange,
  type StoredCase,
  streamOf,
  writeChanges,
} from "./store-case.js";
import { type CaseFilter, countCases } from "./store-list.js";
import { loadYearReview, loadYearReviews, newestMeasuredReview, type YearReview } from "./store-open.js";
import {
  beginPublication,
  countDecided,
  keepsWaiting,
  type PublicationScope,
  unpublishedStates,
} from "./store-publish.js";

import { countsOf, drawSample, type SampleProgress, sampleOf } from "./store-sample.js";

/** Who works on the cases of a region. */
export const officers: readonly Role[] = ["regional-officer", "regional-director"];
/** Who speaks for a school. */
export const schoolSide: readonly Role[] = ["school", "trust"];

const bySchool: readonly CaseCommand["kind"][] = ["represent", "correct", "finish-answer", "appeal"];
const byProgram: readonly CaseCommand["kind"][] = [
  "update-evidence",
  "draw",
  "publish",
  "suspend",
  "close",
  "open-again",
];

/** Who may take a step; nobody but the program where none is named. */
export function rolesFor(command: CaseCommand["kind"]): readonly Role[] {
  if (byProgram.includes(command)) return [];
  return bySchool.includes(command) ? schoolSide : officers;
}

/** Where a case lies, to hold a role against. */
export const placeOfCase = ({ urn, school }: Pick<StoredCase, "urn" | "school">): Place => ({
  ...{ urn, region: school.regionCode },
  ...(school.trustUid === null ? {} : { trusts: [school.trustUid] }),
});

const notAllowed = ({ urn, academicYear }: CaseKey, roles: readonly Role[]): Problem =>
  problem(
    "case-not-allowed",
    `case ${academicYear} of ${urn}`,
    roles.length === 0 ? "this step is the program's own" : `this step is for ${roles.join(" or ")} of the place`,
  );

/** One step that somebody asks for. */
export interface StepAsked extends CaseKey {
  /** The version that the step was chosen on. */
  readonly expected: number | null;
  readonly command: CaseCommand;
}

/**
 * Takes one step with a case for somebody, who must hold the role for it at the school's place.
 * @throws {StaleStream} when somebody else has changed the case since.
 */
export function takeStep(
  database: Database,
  actor: Actor,
  asked: StepAsked,
  now: Date,
): Promise<Result<StoredCase, readonly Problem[]>> {
  return undoing(
    actingAs(database, actor, async (queries): Promise<Result<StoredCase, readonly Problem[]>> => {
      const found = await loadCase(queries, asked);
      if (!found) return err([caseUnknown(asked)]);
      const { command } = asked;
      const roles = rolesFor(command.kind);
      if (!holdsRole(actor, roles, placeOfCase(found))) return err([notAllowed(asked, roles)]);
      const step = { ...asked, actor, at: now };
      return command.kind === "settle-correction"
        ? settleCorrection(queries, found, { ...step, command })
        : changeCase(queries, step);
    }),
  );
}

/** What can be done with many cases at once: each decided as its rule proposes, or the same command for all. */
export type StepForMany = { readonly kind: "decide-as-proposed" } | CaseCommand;

/**
 * Takes the same step with many cases of a year, all or none.
 * @returns how many were changed
 */
export function takeSteps(
  database: Database,
  actor: Actor,
  asked: {
    readonly academicYear: string;
    readonly urns: readonly string[];
    readonly step: StepForMany;
    /** The versions that the step was chosen on; left out, the cases are taken as they stand. */
    readonly expected?: ReadonlyMap<string, number>;
  },
  now: Date,
): Promise<Result<number, readonly Problem[]>> {
  return actingAs(database, actor, async (queries) => {
    const { academicYear, urns, step } = asked;
    const cases = await lockCases(queries, academicYear, [...new Set(urns)]);
    const known = new Set(cases.map(({ urn }) => urn));
    const problems = urns.filter((urn) => !known.has(urn)).map((urn) => caseUnknown({ urn, academicYear }));
    const changes: PreparedChange[] = [];
    for (const found of cases) {
      const command: CaseCommand =
        step.kind === "decide-as-proposed" ? { kind: "decide", decision: found.proposal.decision, words: null } : step;
      const roles = rolesFor(command.kind);
      if (!holdsRole(actor, roles, placeOfCase(found))) {
        problems.push(notAllowed(found, roles));
        continue;
      }
      const seen = asked.expected?.get(found.urn) ?? found.version;
      if (seen !== found.version) throw new StaleStream(streamOf(found), seen, found.version);
      const made = prepareChange(found, { command, actor, at: now });
      if (made.ok) changes.push(made.value);
      else problems.push(...made.error);
    }
    if (problems.length > 0) return err(problems);
    await writeChanges(queries, changes, actor, now);
    return ok(changes.length);
  });
}

/** A case for whoever may see it: an officer of the region, or the school and its trust. */
export async function readCase(
  database: Database,
  actor: Actor,
  key: CaseKey,
): Promise<
  Result<
    { readonly found: StoredCase; readonly events: readonly StoredEvent[]; readonly year: YearReview },
    readonly Problem[]
  >
> {
  return actingAs(database, actor, async (queries) => {
    const found = await loadCase(queries, key);
    if (!found) return err([caseUnknown(key)]);
    const roles = [...officers, ...schoolSide];
    if (!holdsRole(actor, roles, placeOfCase(found))) return err([notAllowed(key, roles)]);
    const year = await loadYearReview(queries, found.academicYear);
    return ok({ found, events: await readStream(queries, streamOf(found)), year: year! });
  });
}

/** Opens a year's review as a job. */
export function openYear(
  database: Database,
  actor: Actor,
  asked: { readonly academicYear: string; readonly codeVersion: string },
  now: Date,
): Promise<Result<JobId, readonly Problem[]>> {
  return actingAs(database, actor, async (queries) => {
    const { academicYear } = asked;
    const place = `review of ${academicYear}`;
    const who: readonly Role[] = [...officers, "policy-official"];
    if (!holdsRole(actor, who))
      return err([problem("case-not-allowed", place, `opening a review is for ${who.join(", ")}`)]);
    if (await loadYearReview(queries, academicYear))
      return err([problem("year-open-already", place, `the review of ${academicYear} has been opened already`)]);
    if ((await newestMeasuredReview(queries)) === null)
      return err([problem("measured-review-missing", place, "no review has been measured yet")]);
    return ok(
      await startJob(queries, openYearJob(sourcesOfRecord), { ...asked, evidenceOn: dayInEngland(now) }, actor),
    );
  });
}

/** Brings a year's cases up to the newest evidence, as a job. */
export function refreshYear(
  database: Database,
  actor: Actor,
  academicYear: string,
): Promise<Result<JobId, readonly Problem[]>> {
  return actingAs(database, actor, async (queries) => {
    const place = `review of ${academicYear}`;
    if (!holdsRole(actor, officers))
      return err([problem("case-not-allowed", place, `this is for ${officers.join(" or ")}`)]);
    if (!(await loadYearReview(queries, academicYear)))
      return err([problem("year-not-open", place, `no review of ${academicYear} has been opened`)]);
    return ok(await startJob(queries, refreshJob(sourcesOfRecord), { academicYear }, actor));
  });
}

/** What a batch would hold, and what keeps it waiting. */
export interface BatchPreview {
  readonly decided: number;
  /** Cases before a decision, by state; a batch goes out whole, or not yet. */
  readonly waiting: ReadonlyMap<string, number>;
  /** The second readings that the draw asks for; empty until every decision has been taken. */
  readonly sample: readonly SampleProgress[];
}

/** Looks at what a publication of a scope would hold. */
export async function previewBatch(queries: Queries, scope: PublicationScope): Promise<BatchPreview> {
  const states = await unpublishedStates(queries, scope);
  const decided = await countDecided(queries, scope);
  return {
    decided,
    sample: decided === 0 ? [] : await sampleOf(queries, scope),
    waiting: new Map(
      keepsWaiting.flatMap((state) => (states.has(state) ? [[state, states.get(state)!] as const] : [])),
    ),
  };
}

/**
 * Publishes a scope's decided cases as a job; refused while any case of it stands before its first decision.
 * @param marksFrom the first day of the marks; people publish from today
 */
export function publishBatch(
  database: Database,
  actor: Actor,
  scope: PublicationScope,
  now: Date,
  marksFrom: CivilDate = dayInEngland(now),
): Promise<Result<JobId, readonly Problem[]>> {
  return actingAs(database, actor, async (queries) => {
    const { academicYear, region } = scope;
    const place = `publication of ${academicYear}${region === null ? "" : ` in ${region}`}`;
    if (!holdsRole(actor, officers, region === null ? {} : { region }))
      return err([problem("case-not-allowed", place, `publishing is for ${officers.join(" or ")} of the region`)]);
    const year = await loadYearReview(queries, academicYear);
    if (!year?.completedAt)
      return err([
        problem("year-not-open", place, `the review of ${academicYear} has not been opened, or not to the end`),
      ]);
    const { decided, waiting, sample } = await previewBatch(queries, scope);
    if (waiting.size > 0) return err([undecidedProblem(place, [...waiting])]);
    if (decided === 0) return err([problem("nothing-to-publish", place, "no decided case waits for publication")]);
    const unread = sample.filter((one) => one.unread > 0);
    if (unread.length > 0)
      return err([problem("second-readings-due", place, `a second person has not read ${sampleInWords(unread)}`)]);
    const publication = await beginPublication(queries, scope, marksFrom, countsOf(sample), actor, now);
    return ok(
      await startJob(queries, publishJob, { academicYear, region, publication, marksFrom, cases: decided }, actor),
    );
  });
}

const kindWords = { awarded: "award", refused: "refusal" } as const;

/** What is still to be read of a sample, as "3 of 27 awards and 1 of 4 refusals". */
export const sampleInWords = (sample: readonly SampleProgress[]): string =>
  sample
    .map(({ decision, of, unread }) => `${unread} of ${of} ${kindWords[decision]}${of === 1 ? "" : "s"}`)
    .join(" and ");

/**
 * Draws the second readings of a scope whose decisions have all been taken, and gives them to a second reader.
 * @returns how many were drawn; 0 where all that the draw asks for have been drawn
 */
export function drawSecondReadings(
  database: Database,
  actor: Actor,
  scope: PublicationScope,
  now: Date,
): Promise<Result<number, readonly Problem[]>> {
  return actingAs(database, actor, async (queries) => {
    const { academicYear, region } = scope;
    const place = `second readings of ${academicYear}${region === null ? "" : ` in ${region}`}`;
    if (!holdsRole(actor, officers, region === null ? {} : { region }))
      return err([problem("case-not-allowed", place, `the draw is for ${officers.join(" or ")} of the region`)]);
    if (!(await loadYearReview(queries, academicYear))?.completedAt)
      return err([
        problem("year-not-open", place, `the review of ${academicYear} has not been opened, or not to the end`),
      ]);
    const { waiting } = await previewBatch(queries, scope);
    const undecided = [...waiting].filter(([state]) => state !== "second-reader");
    if (undecided.length > 0) return err([undecidedProblem(place, undecided)]);
    return ok(await drawSample(queries, scope, actor, now));
  });
}

const undecidedProblem = (place: string, waiting: readonly (readonly [string, number])[]): Problem => {
  const listed = waiting.map(([state, cases]) => `${cases} ${stateWords[state as keyof typeof stateWords]}`);
  return problem("cases-undecided", place, `not every case is decided: ${listed.join(", ")}`);
};

/** The years' reviews, for anyone who is signed in. */
export const readYears = (database: Database, actor: Actor): Promise<YearReview[]> =>
  actingAs(database, actor, (queries) => loadYearReviews(queries));

/** The newest year's review that has cases as asked for, and how many; the newest of all where none has. */
async function newestYearWith(
  queries: Queries,
  filter: Partial<CaseFilter>,
): Promise<{ readonly year: YearReview; readonly cases: number } | null> {
  const years = await loadYearReviews(queries);
  for (const year of years) {
    const cases = await countCases(queries, { ...filter, academicYear: year.academicYear });
    if (cases > 0) return { year, cases };
  }
  return years[0] ? { year: years[0], cases: 0 } : null;
}

/** The newest year's review that has cases as asked for; the newest of all where none has. */
export async function yearToWorkOn(queries: Queries, filter: Partial<CaseFilter>): Promise<YearReview | null> {
  return (await newestYearWith(queries, filter))?.year ?? null;
}

/** The regions in which somebody may work on cases. */
export const regionsOf = (actor: Actor): readonly Region[] =>
  regions.filter(({ code }) => holdsRole(actor, officers, { region: code }));

/** How many cases of the newest year stand in a state, for whoever has to do with them. */
const waiting =
  (filter: (actor: Actor, now: Date) => Partial<CaseFilter>): NonNullable<WorkEntry["count"]> =>
  (database, actor, now) =>
    actingAs(database, actor, async (queries) => {
      const asked = { regions: regionsOf(actor).map(({ code }) => code), ...filter(actor, now) };
      return (await newestYearWith(queries, asked))?.cases ?? null;
    });

/** What the cases ask of those who work on them. */
export const caseWork: readonly WorkEntry[] = (["regional-officer", "regional-director"] as const).flatMap(
  (role): WorkEntry[] => [
    {
      role,
      text: "Review the schools of your region",
      href: "/cases?order=state",
      count: waiting(() => ({ state: "open" })),
    },
    {
      ...{ role, text: "Read decisions as second person", href: "/cases?view=second" },
      count: waiting((actor) => ({ secondReader: actor.kind === "person" ? actor.id : "" })),
    },
    {
      ...{ role, text: "Decide cases whose time to answer is over", href: "/cases?view=over" },
      count: waiting((_, now) => ({ answerOverBy: dayInEngland(now) })),
    },
    { role, text: "Decide appeals", href: "/cases?state=appealed", count: waiting(() => ({ state: "appealed" })) },
    { role, text: "Publish decisions", href: "/cases/publish" },
  ],
);
