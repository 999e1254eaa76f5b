import type { Line, Skipped } from "./line.js";

/** What the person asked for, and where things are. */
export interface BenchOptions {
  /** Folder of the project, and of the benchmarks' own code made ready to run. */
  readonly project: string;
  readonly code: string;
  /** Folder for what is kept between runs (made pupils), and for what goes when this run ends, however it ends. */
  readonly kept: string;
  readonly scratch: string;
  readonly peers: boolean;
  readonly runs: number;
  /** How long one run of one program may take. */
  readonly timeoutSeconds: number;
  readonly profile: boolean;
  /** How many seeds a simulation has, or null for the case's own number. */
  readonly seeds: number | null;
  /** A BLAS library for lme4 instead of the system's, or null. */
  readonly blas: string | null;
  /** Tells a person what is being done; standard output is for the figures. */
  readonly say: (text: string) => void;
}

/** Something that is measured, with the sizes or files it is measured on. */
export interface Task {
  readonly name: string;
  readonly about: string;
  readonly cases: readonly BenchCase[];
}

/** One case of a task; a case may have several parts (the size curve), each with its own line. */
export interface BenchCase {
  readonly name: string;
  readonly about: string;
  readonly parts: readonly Part[];
}

/** What makes one line. */
export interface Part {
  readonly name: string;
  readonly run: (options: BenchOptions) => Promise<Line | Skipped>;
}
