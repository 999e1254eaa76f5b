import { runStudyFile } from "../accountability/reference-assessments/service.js";
import { makeEngland } from "../england/index.js";
import { writeStudies } from "../england/reference-assessments/index.js";
import { ok, type Problem, type Progress, type Result } from "../kernel/index.js";
import { workInThread } from "../platform/threads/index.js";
import type { AssessmentsOrder, MadeAssessment } from "./national-assessments.js";
import { decidedOn } from "./national-order.js";

/** Progress of one study within the whole: its stages are not told. */
const quiet = (progress: Progress): Progress => ({ stage() {}, done() {}, note: (text) => progress.note(text) });

workInThread<AssessmentsOrder>(
  async ({ seed, version, folder }, progress): Promise<Result<readonly MadeAssessment[], readonly Problem[]>> => {
    const england = makeEngland({ seed, regions: "all", phases: [] }, progress);
    const studies = await writeStudies(england, folder, progress);
    const made: MadeAssessment[] = [];
    progress.stage("Scaling and estimating the reference assessments", studies.length);
    for (const { id, path, phase, place, subject, bank } of studies) {
      const order = { path, stage: "run", folder: null, today: decidedOn, version } as const;
      const answer = await runStudyFile(order, quiet(progress));
      if (!answer.ok) return answer;
      made.push({
        heading: { assessment: id, phase, place, subject, synthetic: true, reason: null },
        answer: answer.value,
        bank,
      });
      progress.done(1);
    }
    return ok(made);
  },
);
