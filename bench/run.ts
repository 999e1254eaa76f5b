import { existsSync } from "node:fs";
import { resolve } from "node:path";
import { parseArgs } from "node:util";
import { nearest } from "../src/kernel/index.js";
import { assignment } from "./assignment/assignment.js";
import { files } from "./files/files.js";
import { itemResponse } from "./item-response/item-response.js";
import { log } from "./log/log.js";
import { pages } from "./pages/pages.js";
import { recovery } from "./recovery/assessment/recovery.js";
import { coverage } from "./recovery/coverage.js";
import { regions } from "./regions/regions.js";
import { review97 } from "./review.js";
import { search } from "./search/search.js";
import { simulation } from "./simulation/simulation.js";
import { start } from "./start.js";
import { sums } from "./sums/sums.js";
import { describeLine, describeTasks } from "./table.js";
import type { BenchCase, BenchOptions, Part, Task } from "./task.js";
import { valueAdded } from "./value-added/value-added.js";

const tasks: readonly Task[] = [
  // One a line, so that two can be added at once.
  valueAdded,
  sums,
  coverage,
  review97,
  files,
  pages,
  search,
  start,
  simulation,
  assignment,
  log,
  regions,
  itemResponse,
  recovery,
];

/** A wish that can't be met, in words for the person who had it. */
export class BenchError extends Error {}

function missing(kind: string, name: string, names: readonly string[]): BenchError {
  const near = nearest(name, names);
  return new BenchError(
    `there is no ${kind} "${name}". ${near ? `Did you mean ${near}?` : `There are ${names.join(", ")}.`}`,
  );
}

function named<T extends { readonly name: string }>(kind: string, name: string, known: readonly T[]): T {
  const found = known.find((one) => one.name === name);
  if (found) return found;
  throw missing(
    kind,
    name,
    known.map((one) => one.name),
  );
}

/** A part of a case may be named alone, as one size of the curve. */
function partsOf(task: Task, name: string | undefined): readonly Part[] {
  if (name === undefined) return task.cases.flatMap((one) => one.parts);
  const parts = task.cases
    .flatMap((one) => one.parts)
    .map((part): BenchCase => ({ ...part, about: "", parts: [part] }));
  const known = [...task.cases, ...parts.filter((part) => !task.cases.some((one) => one.name === part.name))];
  return named("case", name, known).parts;
}

function wholeNumber(option: string, text: string): number {
  const value = Number(text);
  if (!Number.isInteger(value) || value < 1)
    throw new BenchError(`--${option} is a whole number from 1, not "${text}"`);
  return value;
}

const commandOptions = {
  peers: { type: "boolean", default: false },
  json: { type: "boolean", default: false },
  profile: { type: "boolean", default: false },
  runs: { type: "string", default: "1" },
  timeout: { type: "string", default: "900" },
  blas: { type: "string" },
  seeds: { type: "string" },
} as const;

function blasFile(file: string | undefined): string | null {
  if (file === undefined) return null;
  if (!existsSync(file)) throw new BenchError(`--blas names a library's file, and there is no ${file}`);
  return resolve(file);
}

function readArguments(given: readonly string[]) {
  try {
    return parseArgs({ args: [...given], allowPositionals: true, options: commandOptions });
  } catch (error) {
    if (!(error instanceof Error && "code" in error)) throw error;
    const unknown = error.code === "ERR_PARSE_ARGS_UNKNOWN_OPTION" && /'(--[^']*)'/.exec(error.message)?.[1];
    if (!unknown) throw new BenchError(error.message);
    throw missing(
      "option",
      unknown,
      Object.keys(commandOptions).map((name) => `--${name}`),
    );
  }
}

/**
 * Runs what the command line asks for and writes a line (`--json`) or a block for every case; without a task, the list of them.
 * A case that fails is told and the others go on.
 * @returns whether every case was measured or visibly skipped
 * @throws {BenchError} when the wish can't be met.
 */
export async function runBench(
  given: readonly string[],
  places: Pick<BenchOptions, "project" | "code" | "kept" | "scratch">,
): Promise<boolean> {
  const { values, positionals } = readArguments(given);
  const [taskName, caseName, ...rest] = positionals;
  if (rest.length > 0) throw new BenchError(`one task and one case at a time; "${rest.join(" ")}" is too much`);
  if (taskName === undefined) {
    process.stdout.write(describeTasks(tasks));
    return true;
  }
  const options: BenchOptions = {
    ...places,
    peers: values.peers,
    profile: values.profile,
    blas: blasFile(values.blas),
    runs: wholeNumber("runs", values.runs),
    timeoutSeconds: wholeNumber("timeout", values.timeout),
    seeds: values.seeds === undefined ? null : wholeNumber("seeds", values.seeds),
    say: (text) => process.stderr.write(`[bench] ${text}\n`),
  };
  const task = named("task", taskName, tasks);
  let good = true;
  for (const part of partsOf(task, caseName)) {
    try {
      const line = await part.run(options);
      process.stdout.write(values.json ? `${JSON.stringify(line)}\n` : `${describeLine(line)}\n`);
    } catch (error) {
      if (!(error instanceof Error)) throw error;
      good = false;
      const failed = { task: task.name, case: part.name, failed: error.message };
      process.stdout.write(values.json ? `${JSON.stringify(failed)}\n` : "");
      options.say(`${task.name} ${part.name} failed: ${error.message}`);
    }
  }
  return good;
}
