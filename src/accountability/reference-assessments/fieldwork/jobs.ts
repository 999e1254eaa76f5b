import { type CivilDate, err, type Json, ok, valueOn } from "../../../kernel/index.js";
import type { Database } from "../../../platform/database/index.js";
import { dayInEngland } from "../../../platform/http/index.js";
import { type Actor, actFor, actorName } from "../../../platform/identity/index.js";
import { defineJob, fromJson, JobFailure, type JobId, startJob, toJson } from "../../../platform/jobs/index.js";
import { appendMany, StaleStream } from "../../../platform/log/index.js";
import type { SampledSchool } from "./field.js";
import { frameText, phaseFrame } from "./frame.js";
import { coordinationSeed } from "./parameters.js";
import { problem } from "./problem.js";
import { drawSample } from "./sample.js";
import {
  asJson,
  changeStudy,
  notAllowed,
  type Outcome,
  runsAssessments,
  streamOfStudy,
  unknownStudy,
} from "./service.js";
import { fingerprintOf } from "./service-draw.js";
import { addSchools, findStudy } from "./store.js";
import { frameSchools, keepFrame } from "./store-frame.js";
import { orderProblems, type SampleOrder, type SampleRecord } from "./study.js";

interface DrawInput {
  readonly study: string;
  readonly title: string;
  readonly order: SampleOrder;
  readonly expected: number;
  readonly today: CivilDate;
}

/** What the computing hands to the step. */
interface DrawnForStudy extends Pick<SampleRecord, "draw" | "frame"> {
  readonly schools: readonly SampledSchool[];
  /** The frame as it is kept. */
  readonly content: string;
}

/** A job's failure in the words of its problems. */
export const told = (
  problems: readonly { readonly place: string; readonly message: string; readonly remedy: string }[],
) => new JobFailure(problems.map(({ place, message, remedy }) => `${place}: ${message}. ${remedy}`).join(" "));

/** Draws a study's schools from the register. */
export const drawSampleJob = defineJob<Json>({
  kind: "assessment-fieldwork/draw",
  title: (input) => `Draw the schools of ${fromJson<DrawInput>(input).title}`,
  key: (input) => fromJson<DrawInput>(input).study,
  async compute({ queries, input }) {
    const { study: id, order, today } = fromJson<DrawInput>(input);
    const study = await findStudy(queries, id);
    if (!study) throw new JobFailure(`There is no assessment ${id} any more.`);
    const frame = phaseFrame(await frameSchools(queries), study.phase);
    const drawn = drawSample(study, frame.schools, order, valueOn(coordinationSeed, today).value);
    if (!drawn.ok) throw told(drawn.error);
    const { schools, record, joined } = drawn.value;
    const pupils = Math.round(frame.schools.reduce((sum, { size }) => sum + size, 0));
    const content = frameText(frame.schools);
    const facts = {
      sha256: fingerprintOf(content),
      schools: frame.schools.length,
      pupils,
      joined,
      leftOut: frame.leftOut,
    };
    return toJson({ schools, draw: record, frame: facts, content });
  },
  async step({ queries, input, computed, startedBy, now }) {
    const { study: id, order, expected } = fromJson<DrawInput>(input);
    const { schools, draw, frame, content } = fromJson<DrawnForStudy>(computed);
    const record = { draw, frame, drawnAt: now.toISOString(), drawnBy: actorName(startedBy) };
    await addSchools(queries, schools);
    await keepFrame(queries, id, content);
    await appendMany(
      queries,
      schools.map(({ urn, region, unit, choice, state, version }) => ({
        ...{ stream: `assessment-fieldwork/school/${id}/${urn}`, expected: version - 1, actor: startedBy, at: now },
        place: { urn, ...(region !== null && { region }) },
        events: [{ kind: state === "invited" ? "school-invited" : "school-in-reserve", body: { unit, choice } }],
      })),
    );
    const saved = await changeStudy(queries, startedBy, { id, expected, now }, async (before) =>
      ok({
        after: { ...before, design: order, record },
        event: { kind: "sample-drawn", body: asJson({ order, record }) },
      }),
    );
    if (!saved.ok) throw told(saved.error);
    const result = { href: `/assessment-fieldwork/studies/${id}/sample`, text: "See the sample" };
    return { cursor: null, done: 1, of: 1, finished: true, result };
  },
});

/** Orders the draw of a study's schools. @throws {StaleStream} when the study was changed meanwhile */
export async function orderSample(
  database: Database,
  actor: Actor,
  id: string,
  order: SampleOrder,
  expected: number,
  now: Date,
): Outcome<JobId> {
  if (!runsAssessments(actor)) return notAllowed(id);
  const wrong = orderProblems(order);
  if (wrong.length > 0) return err(wrong);
  return database.queries.transaction(async (queries) => {
    await actFor(queries, actor);
    const study = await findStudy(queries, id);
    if (!study) return unknownStudy(id);
    if (study.version !== expected) throw new StaleStream(streamOfStudy(id), expected, study.version);
    if (study.record) return err([problem("fieldwork-sample-drawn", id, "its sample has been drawn already")]);
    const input: DrawInput = { study: id, title: study.title, order, expected, today: dayInEngland(now) };
    return ok(await startJob(queries, drawSampleJob, toJson(input), actor));
  });
}
