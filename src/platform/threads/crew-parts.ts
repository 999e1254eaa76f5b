import type { Job } from "../../statistics/parallel/index.js";

/** A job as it is sent to a thread. */
export interface CrewCall {
  readonly job: string;
  readonly input: unknown;
  readonly parts: number;
  /** Shared by all who work on this call: the next part to take, and how many are done. */
  readonly progress: Int32Array;
}

export const nextPart = 0;
export const partsDone = 1;

/** Takes parts until none is left. A part that fails counts as done, and its error is told. */
export function takeParts<Input>(
  job: Job<Input>,
  input: Input,
  parts: number,
  progress: Int32Array,
  failed: (error: unknown) => void,
): void {
  for (;;) {
    const part = Atomics.add(progress, nextPart, 1);
    if (part >= parts) return;
    try {
      job.work(input, part);
    } catch (error) {
      failed(error);
    }
    Atomics.add(progress, partsDone, 1);
    Atomics.notify(progress, partsDone);
  }
}
