import { workInThread } from "../../platform/threads/index.js";
import { assignAudits, routeAudits } from "./assign.js";
import { inputOf, type PlanSolution, type PlanTask } from "./service-plan.js";

workInThread<PlanTask>(async (task, progress) => {
  const input = inputOf(task);
  const solved = await assignAudits(input, progress);
  if (!solved.ok) return solved;
  progress.stage("pairing half days");
  const { assignment, cost, bound } = solved.value;
  const outings = await routeAudits(input, assignment);
  return { ok: true, value: { assignment: [...assignment], outings, cost, bound } satisfies PlanSolution };
});
