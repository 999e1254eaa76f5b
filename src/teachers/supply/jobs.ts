import { civilDate, type Json, silent, valueOn } from "../../kernel/index.js";
import { defineJob, JobFailure } from "../../platform/jobs/index.js";
import { appendEvents } from "../../platform/log/index.js";
import { startThread } from "../../platform/threads/index.js";
import { modelVersion, type Scenario, scenarioText } from "../../simulation/scenario/index.js";
import type { SupplyAnswer, SupplyOrder } from "./jobs-thread.js";
import { shortPosts, shortRecruits, shortSureness, shortYears } from "./parameters.js";
import { statementYears } from "./runs.js";
import type { StatementOrder } from "./statement.js";
import { changeStatement, findStatement } from "./store.js";
import { yearInWords } from "./web-words.js";

/** What a job makes: a statement that was asked for. */
export interface StatementJob {
  readonly statement: number;
  readonly year: number;
  readonly scenario: string;
}

/** The name of a statement in the log. */
export const statementStream = (id: number): string => `teacher-supply/statement/${id}`;

/** What a statement of a year says and by which lines, as they hold on its first day. */
export function statementOrder(year: number): StatementOrder {
  const day = civilDate(`${year}-09-01`);
  const share = (parameter: typeof shortPosts) => valueOn(parameter, day).value / 100;
  return {
    ...{ year, years: statementYears, shortageYears: valueOn(shortYears, day).value },
    lines: { posts: share(shortPosts), recruits: share(shortRecruits), sureness: share(shortSureness) },
  };
}

const read = (input: Json) => input as unknown as StatementJob;

/** Simulates in a thread of its own, and saves the statement with its event. */
export const statementJob = defineJob<Json>({
  kind: "teacher-supply/statement",
  title: (input) => `Make the statement of sufficiency of ${yearInWords(read(input).year)}`,
  async compute({ input, signal }) {
    const { year, scenario } = read(input);
    const order: SupplyOrder = { scenario: JSON.parse(scenario) as Scenario, order: statementOrder(year) };
    const work = startThread<SupplyAnswer>(new URL("./jobs-thread.js", import.meta.url), order, silent);
    const stop = () => void work.stop();
    signal.addEventListener("abort", stop);
    try {
      return (await work.result) as unknown as Json;
    } finally {
      signal.removeEventListener("abort", stop);
      await work.stop();
    }
  },
  async step({ queries, input, computed, startedBy, now }) {
    const { statement: id, scenario } = read(input);
    const { dataHash, resultHash, statement } = computed as unknown as SupplyAnswer;
    const found = await findStatement(queries, id);
    if (!found) throw new JobFailure(`There is no statement ${id} any more.`);
    if (found.state !== "waiting") throw new JobFailure("The statement was made meanwhile.");
    const made = { ...(JSON.parse(scenario) as Scenario), dataHash };
    const version = await appendEvents(queries, {
      ...{ stream: statementStream(id), expected: found.version, actor: startedBy, at: now },
      events: [{ kind: "statement-made", body: { model: modelVersion, dataHash, resultHash } }],
    });
    await changeStatement(queries, found, {
      ...{ state: "made", model: modelVersion, dataHash, resultHash, content: statement, version },
      scenario: scenarioText(made),
    });
    const link = { href: `/teacher-supply/${id}`, text: `See the statement of ${yearInWords(statement.year)}` };
    return { cursor: null, done: 1, of: 1, finished: true, result: link };
  },
});
