import { err, ok, type Problem, type Result } from "../../kernel/index.js";
import type { Database, Queries } from "../../platform/database/index.js";
import { dayInEngland } from "../../platform/http/index.js";
import { type Actor, actingAs, actorName, holdsRole } from "../../platform/identity/index.js";
import { type JobId, startJob, toJson } from "../../platform/jobs/index.js";
import { appendEvents, StaleStream } from "../../platform/log/index.js";
import { type Country, totals } from "./drawing/country.js";
import { type Counts, countryOf, givenBorders } from "./drawing/england.js";
import { type DrawingMeasure, measureDrawing } from "./drawing/measure.js";
import { type DrawingSettings, type DrawingTask, taskOf } from "./drawing/settings.js";
import { type DrawInput, drawJob, scenarioStream } from "./jobs.js";
import { problemOf } from "./problems.js";
import type { Scenario, ScenarioResult } from "./scenario.js";
import { loadDrawing } from "./store-drawings.js";
import { drawingOn } from "./store-duties.js";
import {
  changeScenario,
  countSchools,
  findScenario,
  insertScenario,
  linkJob,
  newestBoundaries,
} from "./store-scenarios.js";

/** Who may draw and adopt: a regional director of the whole country. */
export function mayDraw(actor: Actor): boolean {
  return holdsRole(actor, ["regional-director"], {});
}

const refused = (): Problem =>
  problemOf("drawing-not-yours", "the account", "it holds no regional director's role for the whole country");

/** The country as it is to be drawn today: borders brought or given, counts of the register or of a file, the regions in force. */
export async function currentCountry(
  queries: Queries,
  now: Date,
  counts?: ReadonlyMap<string, Counts>,
): Promise<Result<Country, readonly Problem[]>> {
  const boundaries = await newestBoundaries(queries);
  const version = await drawingOn(queries, dayInEngland(now));
  const today = version === null ? undefined : await loadDrawing(queries, version);
  const country = countryOf(boundaries?.borders ?? givenBorders, counts ?? (await countSchools(queries)), today);
  const empty = country.units.filter(({ schools }) => schools === 0);
  if (totals(country).schools === 0 || totals(country).pupils === 0)
    return err([problemOf("counts-missing", "the register", "it knows no open school, or of none its pupils")]);
  return counts === undefined && empty.length > country.units.length / 2
    ? err([problemOf("counts-missing", "the register", `it knows no open school in ${empty.length} authorities`)])
    : ok(country);
}

/** Puts a question: what is asked is checked, and a job begins to draw. */
export async function askForDrawing(
  database: Database,
  actor: Actor,
  asked: { readonly title: string; readonly settings: DrawingSettings; readonly counts?: ReadonlyMap<string, Counts> },
  now: Date,
): Promise<Result<{ readonly id: number; readonly job: JobId }, readonly Problem[]>> {
  if (!mayDraw(actor)) return err([refused()]);
  if (asked.title.trim() === "") return err([problemOf("region-words-missing", "title", "the drawing has no title")]);
  return actingAs(database, actor, async (queries) => {
    const country = await currentCountry(queries, now, asked.counts);
    if (!country.ok) return country;
    const task = taskOf(country.value, asked.settings);
    if (!task.ok) return task;
    const { title, settings } = asked;
    const made = {
      title,
      settings,
      country: country.value,
      state: "waiting",
      result: null,
      madeBy: actorName(actor),
    } as const;
    const id = await insertScenario(queries, made, now);
    const input: DrawInput = { scenario: id, title, country: country.value, settings };
    const job = await startJob(queries, drawJob, toJson(input), actor);
    await linkJob(queries, id, String(job));
    const body = { title, settings: toJson(settings), job };
    await appendEvents(queries, {
      ...{ stream: scenarioStream(id), expected: 0, actor, at: now },
      events: [{ kind: "drawing-asked-for", body }],
    });
    return ok({ id, job });
  });
}

/** A drawing with what it is worth; null measure where it isn't drawn yet. */
export interface MeasuredScenario {
  readonly scenario: Scenario;
  readonly task: DrawingTask;
  readonly measure: DrawingMeasure | null;
  /** (value − bound) ÷ value, of a drawing that holds everything that was asked. */
  readonly gap: number | null;
}

/** A drawing by its number, measured. */
export async function readScenario(
  database: Database,
  actor: Actor,
  id: number,
): Promise<Result<MeasuredScenario, readonly Problem[]>> {
  if (!mayDraw(actor)) return err([refused()]);
  const scenario = await actingAs(database, actor, (queries) => findScenario(queries, id));
  return scenario ? ok(measured(scenario)) : err([unknown(id)]);
}

const unknown = (id: number) => problemOf("scenario-unknown", `drawing ${id}`, "there is none with this number");

/** Measures a stored drawing. */
export function measured(scenario: Scenario): MeasuredScenario {
  const checked = taskOf(scenario.country, scenario.settings);
  if (!checked.ok) throw new RangeError(`drawing ${scenario.id} was stored with settings that contradict themselves`);
  const task = checked.value;
  const { result } = scenario;
  if (!result) return { scenario, task, measure: null, gap: null };
  const measure = measureDrawing(task, result.slotOf);
  const { bound } = result;
  const gap =
    bound === null || measure.broken.length > 0
      ? null
      : measure.value === 0
        ? 0
        : Math.max(0, (measure.value - bound) / measure.value);
  return { scenario, task, measure, gap };
}

/** One authority to move, by the slot of its new region. */
export interface Move {
  readonly authority: string;
  readonly slot: number;
}

/** The drawing with some authorities moved; nothing is saved. */
export function tryMoves(
  { scenario, task }: MeasuredScenario,
  moves: readonly Move[],
): Result<{ readonly slotOf: readonly number[]; readonly measure: DrawingMeasure }, readonly Problem[]> {
  if (!scenario.result) return err([notDrawn(scenario)]);
  const slotOf = [...scenario.result.slotOf];
  const open = new Set(slotOf);
  const problems: Problem[] = [];
  for (const { authority, slot } of moves) {
    const unit = scenario.country.units.findIndex(({ code }) => code === authority);
    if (unit === -1)
      problems.push(problemOf("drawing-authority-unknown", "authority", `there is no authority "${authority}"`));
    else if (!open.has(slot))
      problems.push(problemOf("drawing-region-unknown", "region", "choose one of the drawing's regions"));
    else slotOf[unit] = slot;
  }
  return problems.length > 0 ? err(problems) : ok({ slotOf, measure: measureDrawing(task, slotOf) });
}

const notDrawn = ({ id, state }: Scenario) => problemOf("scenario-not-drawn", `drawing ${id}`, `it is ${state}`);

/** Keeps a drawing with some authorities moved, as a drawing of its own; the bound of the one it comes from holds for it too. */
export async function adjustByHand(
  database: Database,
  actor: Actor,
  asked: { readonly from: number; readonly title: string; readonly moves: readonly Move[] },
  now: Date,
): Promise<Result<number, readonly Problem[]>> {
  const before = await readScenario(database, actor, asked.from);
  if (!before.ok) return before;
  if (asked.title.trim() === "") return err([problemOf("region-words-missing", "title", "the drawing has no title")]);
  const tried = tryMoves(before.value, asked.moves);
  if (!tried.ok) return tried;
  const { settings, country, result } = before.value.scenario;
  const kept: ScenarioResult = {
    ...{ kind: "by-hand", slotOf: tried.value.slotOf, bound: result?.bound ?? null, impossible: null, record: null },
    from: asked.from,
  };
  return actingAs(database, actor, async (queries) => {
    const made = {
      title: asked.title,
      settings,
      country,
      state: "drawn",
      result: kept,
      madeBy: actorName(actor),
    } as const;
    const id = await insertScenario(queries, made, now);
    const moves = asked.moves.map(({ authority, slot }) => ({ authority, slot }));
    await appendEvents(queries, {
      ...{ stream: scenarioStream(id), expected: 0, actor, at: now },
      events: [{ kind: "drawing-adjusted", body: { from: asked.from, moves } }],
    });
    return ok(id);
  });
}

/** Marks a drawing as adopted, inside the adoption's transaction. @throws {StaleStream} where it has moved on since `version` */
export async function markAdopted(
  queries: Queries,
  actor: Actor,
  { scenario, version, drawing }: { readonly scenario: Scenario; readonly version: number; readonly drawing: number },
  now: Date,
): Promise<void> {
  const stream = scenarioStream(scenario.id);
  if (
    scenario.version !== version ||
    !(await changeScenario(queries, { id: scenario.id, version }, { state: "adopted" }))
  )
    throw new StaleStream(stream, version, scenario.version);
  await appendEvents(queries, {
    ...{ stream, expected: version, actor, at: now },
    events: [{ kind: "drawing-adopted", body: { drawing } }],
  });
}
