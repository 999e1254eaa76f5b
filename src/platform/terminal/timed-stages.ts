import type { Progress } from "../../kernel/index.js";

/** How long a stage took. */
export interface StageTime {
  readonly lane: string;
  readonly stage: string;
  readonly seconds: number;
}

/** Listens for a progress and notes how long each stage took, for a record or a benchmark. */
export interface StageTimes {
  /** Passes everything on; `lane` names work that goes on beside other work, or is empty. */
  listen(lane: string, progress: Progress): Progress;
  /** Ends the stage of a lane that is under way. */
  end(lane: string): void;
  /** Ends the stages under way. @returns every stage in the order in which they began */
  finish(): readonly StageTime[];
}

/** Starts the clock. */
export function timedStages(): StageTimes {
  const stages: { lane: string; stage: string; from: number; seconds: number | null }[] = [];
  const end = (lane?: string) => {
    for (const one of stages)
      if (one.seconds === null && (lane === undefined || one.lane === lane))
        one.seconds = (performance.now() - one.from) / 1000;
  };
  return {
    listen: (lane, progress) => ({
      stage(name, total) {
        end(lane);
        stages.push({ lane, stage: name, from: performance.now(), seconds: null });
        progress.stage(name, total);
      },
      done: (steps) => progress.done(steps),
      note: (text) => progress.note(text),
    }),
    end,
    finish() {
      end();
      return stages.map(({ lane, stage, seconds }) => ({ lane, stage, seconds: seconds! }));
    },
  };
}
