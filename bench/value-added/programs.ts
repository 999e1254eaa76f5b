import { mkdirSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import type { Estimates, GroupEffects } from "../estimates.js";
import type { Cost } from "../line.js";
import { runPeerScript } from "../peers/lme4.js";
import { answerOf, type Ended, runProcess } from "../run-process.js";
import type { BenchOptions } from "../task.js";
import { hasColumns, stampOf } from "./columns.js";
import type { Country } from "./country.js";
import { authorityGroup, schoolCohortGroup, schoolGroup } from "./model.js";

/** The line every program ends with; the effects of the groups stand in files beside. */
type Answer = Cost & Omit<Estimates, "groups">;

/** What a program answered, with its cost and what else it told. */
export interface Fitted<Extra> {
  readonly cost: Cost;
  readonly estimates: Estimates;
  readonly extra: Extra;
}

/** What our fit tells of itself beyond the estimates. */
export interface OurRecord {
  readonly converged: boolean;
  readonly designSeconds: number;
}

/** What the peer's fit tells of itself. */
export interface PeerRecord {
  readonly fitSeconds: number;
  readonly standardErrors: string;
}

/** The folder of a country's pupils, made when they are not there or were made from other sources. */
export async function madePupils(country: Country, options: BenchOptions): Promise<string> {
  const folder = join(options.kept, "pupils", country.name);
  const stamp = stampOf(country, options.project);
  if (hasColumns(folder, stamp)) return folder;
  options.say(`making the pupils of ${country.name}`);
  mkdirSync(join(options.kept, "pupils"), { recursive: true });
  const made = await runProcess(
    process.execPath,
    [join(options.code, "value-added/make.mjs"), folder, stamp, JSON.stringify(country)],
    { cwd: options.project, timeoutSeconds: options.timeoutSeconds },
  );
  if (made.code !== 0) throw new Error(`the pupils of ${country.name} could not be made: ${made.complaint}`);
  return folder;
}

/** The groups of a country's model, in the order in which every program writes their effects. */
function groupNames(country: Country): string[] {
  return [
    schoolGroup,
    ...(country.cohorts > 1 ? [schoolCohortGroup] : []),
    ...(country.authorities ? [authorityGroup] : []),
  ];
}

function readDoubles(file: string): Float64Array {
  const bytes = readFileSync(file);
  return new Float64Array(bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength));
}

function readEffects(country: Country, answers: string): GroupEffects[] {
  return groupNames(country).map((group, g) => ({
    group,
    estimate: readDoubles(join(answers, `${g}.estimate.f64`)),
    conditionalError: readDoubles(join(answers, `${g}.conditionalError.f64`)),
    predictionError: readDoubles(join(answers, `${g}.predictionError.f64`)),
  }));
}

function readAnswer<Extra>(program: string, ended: Ended, country: Country, answers: string): Fitted<Extra> {
  const answer = answerOf<Answer & Extra>(program, ended);
  const { seconds, cpuSeconds, peakMegabytes } = answer;
  const estimates = { ...answer, groups: readEffects(country, answers) };
  rmSync(answers, { recursive: true, force: true });
  return { cost: { seconds, cpuSeconds, peakMegabytes }, estimates, extra: answer };
}

const answersFolder = (program: string, country: Country, options: BenchOptions) =>
  join(options.scratch, "answers", `${country.name}-${program}`);

/** Fits a country with the engine, in a process of its own. `nodeOptions` go to Node, as for a profile. */
export async function fitOurs(
  country: Country,
  folder: string,
  options: BenchOptions,
  nodeOptions: readonly string[],
): Promise<Fitted<OurRecord>> {
  const answers = answersFolder("greenpaper", country, options);
  const ended = await runProcess(
    process.execPath,
    [...nodeOptions, join(options.code, "value-added/fit.mjs"), folder, answers],
    { cwd: options.project, timeoutSeconds: options.timeoutSeconds },
  );
  return readAnswer("the fit", ended, country, answers);
}

/** Fits a country with lme4, in a process of its own; how it ended when that was not with an answer. */
export async function fitLme4(
  country: Country,
  folder: string,
  options: BenchOptions,
): Promise<Fitted<PeerRecord> | Ended> {
  const answers = answersFolder("lme4", country, options);
  const ended = await runPeerScript("lme4.R", [folder, answers], options);
  if (ended.timedOut || ended.code !== 0) {
    rmSync(answers, { recursive: true, force: true });
    return ended;
  }
  return readAnswer("lme4", ended, country, answers);
}
