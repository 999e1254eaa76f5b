import { type Json, silent } from "../../kernel/index.js";
import { defineJob, fromJson, JobFailure, toJson } from "../../platform/jobs/index.js";
import { appendEvents } from "../../platform/log/index.js";
import { startThread } from "../../platform/threads/index.js";
import type { Country } from "./drawing/country.js";
import type { DrawingOutcome } from "./drawing/draw.js";
import type { DrawOrder } from "./drawing/draw-thread.js";
import type { DrawingSettings } from "./drawing/settings.js";
import type { ScenarioResult } from "./scenario.js";
import { changeScenario, findScenario } from "./store-scenarios.js";

/** What is drawn: the question as it was asked. */
export interface DrawInput {
  readonly scenario: number;
  readonly title: string;
  readonly country: Country;
  readonly settings: DrawingSettings;
}

/** The name of a question in the log. */
export function scenarioStream(id: number): string {
  return `regions/scenario/${id}`;
}

/** Draws in a thread of its own, and saves what came of it with its event. */
export const drawJob = defineJob<Json>({
  kind: "regions/draw",
  title: (input) => `Draw regions: ${fromJson<DrawInput>(input).title}`,
  async compute({ input, signal }) {
    const { country, settings } = fromJson<DrawInput>(input);
    const order: DrawOrder = { country, settings };
    const work = startThread<DrawingOutcome>(new URL("./drawing/draw-thread.js", import.meta.url), order, silent);
    const stop = () => void work.stop();
    signal.addEventListener("abort", stop);
    try {
      const { kind, slotOf, bound, impossible, record } = await work.result;
      const result: ScenarioResult = { kind, slotOf, bound, impossible, record, from: null };
      return toJson(result);
    } finally {
      signal.removeEventListener("abort", stop);
      await work.stop();
    }
  },
  async step({ queries, input, computed, startedBy, now }) {
    const id = fromJson<DrawInput>(input).scenario;
    const result = fromJson<ScenarioResult>(computed);
    const scenario = await findScenario(queries, id);
    if (!scenario) throw new JobFailure(`There is no drawing ${id} any more.`);
    const state = result.kind === "impossible" ? "impossible" : "drawn";
    if (scenario.state !== "waiting" || !(await changeScenario(queries, scenario, { state, result })))
      throw new JobFailure("The drawing was changed meanwhile.");
    const body = { kind: result.kind, bound: result.bound, slotOf: [...result.slotOf] };
    await appendEvents(queries, {
      ...{ stream: scenarioStream(id), expected: scenario.version, actor: startedBy, at: now },
      events: [{ kind: "regions-drawn", body }],
    });
    const link = { href: `/drawings/${id}`, text: `See the drawing: ${scenario.title}` };
    return { cursor: null, done: 1, of: 1, finished: true, result: link };
  },
});
