import { CalibrationError } from "./calibration/calibrate.js";
import type { Country } from "./country/country.js";
import type { CompiledParameters, RunParts, RunResult } from "./engine.js";
import { raiseAnswer, Shard } from "./run/crew.js";
import { beginningOf, everyOf, runYears } from "./run/years.js";

/** The version of the messages below; a page and a worker of different versions don't talk. */
export const portVersion = 1;

/** One run asked for. */
export interface RunRequest {
  readonly kind: "run";
  /** The asker's number: every message about the run carries it, and a newer one stops the run. */
  readonly token: number;
  readonly parameters: CompiledParameters;
  readonly seed: number;
  readonly years: number;
  readonly share: number;
  readonly parts: RunParts;
  readonly replicate: number;
}

/** Many runs of other parameters or other luck, told one after another. */
export interface DrawsRequest extends Omit<RunRequest, "kind" | "parameters" | "replicate"> {
  readonly kind: "draws";
  /** One a draw: what is run, and with which luck. */
  readonly draws: readonly { readonly parameters: CompiledParameters; readonly replicate: number }[];
  /** Series of which each draw is told, by position in the result's names; all where null. */
  readonly series: readonly number[] | null;
}

/** What a page says to a worker. */
export type ToWorker =
  | { readonly kind: "load"; readonly version: number; readonly census: number }
  | RunRequest
  | DrawsRequest
  | { readonly kind: "cancel"; readonly token: number };

/** What a worker says to a page. */
export type FromWorker =
  | { readonly kind: "loaded"; readonly version: number; readonly firstYear: number; readonly dataHash: string }
  | { readonly kind: "progress"; readonly token: number; readonly done: number; readonly of: number }
  | { readonly kind: "result"; readonly token: number; readonly result: RunResult }
  | {
      readonly kind: "draw";
      readonly token: number;
      readonly draw: number;
      /** Series × cell × year, of the series asked for, in their order. */
      readonly values: Float64Array;
      readonly hash: string;
    }
  | { readonly kind: "finished"; readonly token: number; readonly draws: number }
  | { readonly kind: "cancelled"; readonly token: number }
  | { readonly kind: "refused"; readonly token: number | null; readonly code: string; readonly message: string };

/** The end of a channel as worker threads and Web Workers both have it. */
export interface MessageEnd {
  post(message: FromWorker, transfer: readonly ArrayBuffer[]): void;
  listen(hear: (message: ToWorker) => void): void;
  /** Lets messages that have arrived be heard, and then goes on. */
  pause(): Promise<void>;
}

/** Where a refused request went wrong, for the page's message. */
function refusalOf(error: unknown): { readonly code: string; readonly message: string } {
  if (error instanceof CalibrationError) return { code: error.code, message: error.message };
  if (error instanceof RangeError) return { code: "simulation-out-of-bounds", message: error.message };
  throw error;
}

/** Only the rows that were asked for. */
function rowsOf(result: RunResult, series: readonly number[] | null): Float64Array {
  if (!series) return result.series;
  const width = result.cells * result.years;
  const rows = new Float64Array(series.length * width);
  for (const [k, row] of series.entries()) rows.set(result.series.subarray(row * width, (row + 1) * width), k * width);
  return rows;
}

const bufferOf = (values: Float64Array): readonly ArrayBuffer[] =>
  values.buffer instanceof ArrayBuffer ? [values.buffer] : [];

/**
 * Serves one channel: loads a country, runs what it is asked for one year at a time and hears between years, so that a newer request or a cancel
 * stops an older run at once. The same code serves a worker thread and a Web Worker; a wrapper supplies the channel.
 * @param make the country of a census
 */
export function serveSimulation(end: MessageEnd, make: (census: number) => Country): void {
  let country: Country | null = null;
  /** The newest token heard of, and those that were cancelled. */
  let newest = -1;
  let queue: Promise<void> = Promise.resolve();
  const isStale = (token: number) => token < newest;
  const refuse = (token: number | null, error: unknown) =>
    end.post({ kind: "refused", token, ...refusalOf(error) }, []);

  /** One run; null where it was stopped. */
  async function runOne(request: Omit<RunRequest, "kind">, onYear: (year: number) => void): Promise<RunResult | null> {
    if (!country) throw new RangeError("nothing is loaded: send load first");
    const { token, parameters, ...rest } = request;
    const options = { ...rest };
    const steps = runYears(country, parameters, options);
    const every = everyOf(options.share);
    let step = steps.next();
    const shard = new Shard(country, beginningOf(parameters, options));
    while (!step.done) {
      const { value: command } = step;
      step = steps.next(raiseAnswer(shard.do(command), every));
      if (command.kind !== "settle" && command.kind !== "pupils") continue;
      if (command.kind === "settle" || !request.parts.teachers) onYear(command.of.year);
      await end.pause();
      if (isStale(token)) return null;
    }
    return step.value;
  }

  async function run(request: RunRequest): Promise<void> {
    const { token, years } = request;
    const result = await runOne(request, (year) =>
      end.post({ kind: "progress", token, done: year + 1, of: years }, []),
    );
    if (result) end.post({ kind: "result", token, result }, bufferOf(result.series));
    else end.post({ kind: "cancelled", token }, []);
  }

  async function draw(request: DrawsRequest): Promise<void> {
    const { token, draws, series, ...rest } = request;
    for (const [k, { parameters, replicate }] of draws.entries()) {
      const result = await runOne({ ...rest, token, parameters, replicate }, () => {});
      if (!result) return end.post({ kind: "cancelled", token }, []);
      const values = rowsOf(result, series);
      end.post({ kind: "draw", token, draw: k, values, hash: result.hash }, bufferOf(values));
      end.post({ kind: "progress", token, done: k + 1, of: draws.length }, []);
    }
    end.post({ kind: "finished", token, draws: draws.length }, []);
  }

  function load({ version, census }: Extract<ToWorker, { kind: "load" }>): void {
    if (version !== portVersion)
      throw new RangeError(`messages of version ${version} are not understood; this worker speaks ${portVersion}`);
    country = make(census);
    end.post({ kind: "loaded", version: portVersion, firstYear: country.firstYear, dataHash: country.hash }, []);
  }

  end.listen((message) => {
    if (message.kind === "cancel") {
      newest = Math.max(newest, message.token + 1);
      return;
    }
    if (message.kind !== "load") newest = Math.max(newest, message.token);
    queue = queue.then(async () => {
      const token = message.kind === "load" ? null : message.token;
      try {
        if (message.kind === "load") load(message);
        else if (isStale(message.token)) end.post({ kind: "cancelled", token: message.token }, []);
        else await (message.kind === "run" ? run(message) : draw(message));
      } catch (error) {
        refuse(token, error);
      }
    });
  });
}
