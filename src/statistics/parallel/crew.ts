/** A piece of work in parts that don't depend on each other. It has a name, so that another thread can find it. */
export interface Job<Input> {
  readonly name: string;
  readonly work: (input: Input, part: number) => void;
}

/**
 * Who runs a job's parts. The statistics know no threads; whoever has some passes a crew that uses them
 * (`platform/threads`). The parts and what each of them sums don't depend on the crew, so neither do the figures.
 */
export interface Crew {
  /** How many parts can run at once. */
  readonly threads: number;
  /**
   * Runs parts 0 … `parts` − 1 and comes back when all are done.
   * @param input plain values and arrays; what the parts write must have been made by the crew
   */
  run<Input>(job: Job<Input>, input: Input, parts: number): void;
  /** Zeros that every part can read and write. */
  float64(length: number): Float64Array;
  int32(length: number): Int32Array;
}

/** This thread alone. */
export const alone: Crew = {
  threads: 1,
  run(job, input, parts) {
    for (let part = 0; part < parts; part++) job.work(input, part);
  },
  float64: (length) => new Float64Array(length),
  int32: (length) => new Int32Array(length),
};
