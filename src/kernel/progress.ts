/** Told how a long piece of work goes on; the terminal, the job list and the tests each listen in their own way. */
export interface Progress {
  /** A new stage begins; `total` is the number of its steps, or null when that is not known. */
  stage(name: string, total?: number | null): void;
  /** So many more steps of the stage are done. */
  done(steps: number): void;
  /** A sentence worth keeping: a count, a choice made, a warning. */
  note(text: string): void;
}

/** Listens to nothing. */
export const silent: Progress = { stage() {}, done() {}, note() {} };
