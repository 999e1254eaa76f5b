import type { Brand, Json } from "../../kernel/index.js";
import type { Queries } from "../database/index.js";
import type { Actor } from "../identity/index.js";

/** The number of a job. */
export type JobId = Brand<number, "JobId">;

/** Where a job stands. */
export type JobStatus = "queued" | "running" | "succeeded" | "failed" | "stopped";

/** What a step, or its computing, is told. */
export interface ComputeContext<Input extends Json> {
  /** For the computing, to read with, outside of any transaction. */
  readonly queries: Queries;
  readonly input: Input;
  /** What the step before answered; null for the first. */
  readonly cursor: Json | null;
  readonly job: JobId;
  readonly startedBy: Actor;
  readonly now: Date;
}

/** What a step is told: its `queries` work inside one transaction with its own progress. */
export interface StepContext<Input extends Json> extends ComputeContext<Input> {
  /** What the kind's own `compute` answered; null for a kind without. */
  readonly computed: Json | null;
}

/** What a step answers; saved with its work, or not at all. */
export interface StepOutcome {
  readonly cursor: Json;
  readonly done: number;
  /** How many there are in all; null where that is not known. */
  readonly of: number | null;
  readonly finished: boolean;
  /** At the end. An object with `href` (within the site) and `text` is shown as a link. */
  readonly result?: Json;
}

/** One kind of work, in steps that each stay well under a second: pages wait for a step where the database has one connection. */
export interface JobKind<Input extends Json> {
  /** As `quality-mark/publish`. */
  readonly kind: string;
  /** What is done, in a person's words, as "Publish the decisions of 2025/26". */
  title(input: Input): string;
  /** Where given, two jobs of the same key are never under way at once: starting the second answers the first. */
  key?(input: Input): string;
  /** Computing that takes longer than a transaction may, before the step and outside of it; it may be done again, and changes nothing. */
  compute?(context: ComputeContext<Input> & { readonly signal: AbortSignal }): Promise<Json>;
  /** One step in one transaction: its work, its place (`cursor`) and its progress are saved together or not at all. */
  step(context: StepContext<Input>): Promise<StepOutcome>;
}

/** Defines a kind of job; it runs where the program is told of it (`src/main/parts.ts`). */
export function defineJob<Input extends Json>(kind: JobKind<Input>): JobKind<Input> {
  return kind;
}

/** Thrown by a step that can't succeed by being tried again: the job fails at once, with these words. */
export class JobFailure extends Error {
  override readonly name = "JobFailure";
}
