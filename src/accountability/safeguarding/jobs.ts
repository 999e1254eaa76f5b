import { err, type Json, ok, type Problem, type Result, silent } from "../../kernel/index.js";
import type { Database } from "../../platform/database/index.js";
import { dayInEngland } from "../../platform/http/index.js";
import { type Actor, actFor, holdsRole } from "../../platform/identity/index.js";
import { defineJob, fromJson, JobFailure, type JobId, startJob, toJson } from "../../platform/jobs/index.js";
import { startThread } from "../../platform/threads/index.js";
import { findRegion } from "../../register/index.js";
import { notAllowed } from "./problems.js";
import { keepPlan, loadPlanTask, type PlanOrder, type PlanSolution, type PlanTask } from "./service-plan.js";

const told = (problems: readonly Problem[]) =>
  new JobFailure(problems.map(({ message, remedy }) => `${message}. ${remedy}`).join(" "));

/** Makes a region's plan: gathers, solves in a thread of its own, saves. */
export const planJob = defineJob<Json>({
  kind: "safeguarding/plan",
  title: (input) => {
    const { region, year } = fromJson<PlanOrder>(input);
    return `Plan the safeguarding audits of ${findRegion(region)?.name ?? region}, ${year}/${String((year + 1) % 100).padStart(2, "0")}`;
  },
  key: (input) => fromJson<PlanOrder>(input).region,
  async compute({ cursor, signal }) {
    if (cursor === null) return null;
    const work = startThread<Result<PlanSolution, readonly Problem[]>>(
      new URL("./assign-thread.js", import.meta.url),
      cursor,
      silent,
    );
    signal.addEventListener("abort", () => void work.stop());
    const solved = await work.result;
    await work.stop();
    return toJson(solved);
  },
  async step({ queries, input, cursor, computed, startedBy, now }) {
    if (cursor === null) {
      const task = await loadPlanTask(queries, fromJson<PlanOrder>(input));
      if (!task.ok) throw told(task.error);
      return { cursor: toJson(task.value), done: 1, of: 3, finished: false };
    }
    const solved = fromJson<Result<PlanSolution, readonly Problem[]>>(computed);
    if (!solved.ok) throw told(solved.error);
    const task = fromJson<PlanTask>(cursor);
    const plan = await keepPlan(queries, task, solved.value, startedBy, now);
    const href = `/safeguarding/regions/${task.order.region}/plans/${plan}`;
    return { cursor: null, done: 3, of: 3, finished: true, result: { href, text: "See the plan", plan } };
  },
});

/** Starts making a region's plan. */
export async function orderPlan(
  database: Database,
  actor: Actor,
  order: Omit<PlanOrder, "today">,
  now: Date,
): Promise<Result<JobId, readonly Problem[]>> {
  if (!holdsRole(actor, ["regional-officer", "regional-director"], { region: order.region }))
    return err([notAllowed("planning a region's audits", "the region's officer or director")]);
  return database.queries.transaction(async (queries) => {
    await actFor(queries, actor);
    return ok(await startJob(queries, planJob, toJson({ ...order, today: dayInEngland(now) }), actor));
  });
}
