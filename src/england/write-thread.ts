import { workInThread } from "../platform/threads/index.js";
import { type CalibrationReport, calibrationReport } from "./calibration.js";
import type { EnglandOptions } from "./england.js";
import { makeEngland } from "./make-england.js";
import { writeEngland } from "./write.js";

/** Which England to write, and where. */
export interface EnglandOrder extends EnglandOptions {
  readonly folder: string;
}

/** What was written. */
export interface WrittenEngland {
  readonly files: readonly string[];
  readonly schools: number;
  readonly pupils: number;
  readonly calibration: CalibrationReport;
}

workInThread<EnglandOrder>(async ({ folder, ...options }, progress): Promise<WrittenEngland> => {
  progress.stage("making a synthetic England");
  const england = makeEngland(options);
  progress.stage("writing the files");
  const files = await writeEngland(england, folder, progress);
  progress.stage("comparing it with the real one");
  const pupils = england.phases.reduce((sum, phase) => sum + phase.pupils.rows, 0);
  return { files, schools: england.schools.length, pupils, calibration: calibrationReport(england) };
});
