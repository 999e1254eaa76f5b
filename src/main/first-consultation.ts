import {
  type ConsultationDraft,
  createConsultation,
  loadConsultations,
  stepConsultation,
} from "../accountability/specialist-framework/index.js";
import { addDays, ok, type Problem, type Result } from "../kernel/index.js";
import type { Database } from "../platform/database/index.js";
import { dayInEngland } from "../platform/http/index.js";
import { systemActor } from "../platform/identity/index.js";

const questions: ConsultationDraft["questions"] = [
  {
    id: "progress",
    kind: "open",
    text: "What shows that a pupil has made progress in a special school, a pupil referral unit or alternative provision?",
  },
  {
    id: "start",
    kind: "open",
    text: "From where should progress be counted when a pupil's start can't be compared with others'?",
  },
  { id: "short-stays", kind: "open", text: "What can fairly be said of a place where pupils stay for weeks?" },
  { id: "wider", kind: "open", text: "What besides attainment should count, and what would show it?" },
  {
    id: "who-looks",
    kind: "choice",
    text: "Who should look?",
    options: ["the region's officer", "peers from like schools", "both together", "nobody: records are enough"],
  },
  {
    id: "how-often",
    kind: "choice",
    text: "How often should it be looked at?",
    options: ["every year", "every second year", "every third year"],
  },
  { id: "harm", kind: "open", text: "What should never be measured, because measuring it does harm?" },
];

/** Twelve weeks, first and last day counted. */
const days = 84;

/**
 * Puts the question of A4 to everybody where nobody has asked anything yet: the Expert Working Group of the synthetic England begins with an
 * open consultation, without responses.
 */
export async function firstConsultation(database: Database, now: Date): Promise<Result<null, readonly Problem[]>> {
  if ((await loadConsultations(database.queries)).length > 0) return ok(null);
  const actor = systemActor("start");
  const today = dayInEngland(now);
  const draft: ConsultationDraft = {
    id: "how-to-judge-specialist-schools",
    title: "How can special schools, pupil referral units and alternative provision be judged?",
    about:
      "The Quality Mark rests on value added, which says little of these schools: their pupils are few, start from very different places and often stay for a short time. Until there is a framework that fits them they are neither awarded nor refused the mark.\n\nThe Expert Working Group reads every response, writes statements from them, rates each statement in rounds, and reports with the spread of its ratings. What it adopts holds from a day and can be changed by a later version.",
    ...{ opens: today, closes: addDays(today, days - 1), questions },
  };
  const made = await createConsultation(database, actor, draft, now);
  if (!made.ok) return made;
  const order = { id: draft.id, step: "open", expected: made.value.version } as const;
  const opened = await stepConsultation(database, actor, order, today, now);
  return opened.ok ? ok(null) : opened;
}
