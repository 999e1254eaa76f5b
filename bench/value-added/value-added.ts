import { mkdtempSync, rmSync } from "node:fs";
import { loadavg } from "node:os";
import { join } from "node:path";
import { type Cost, type Figures, type Line, median, medianCost, type PeerLine, ratioOf } from "../line.js";
import { findLme4 } from "../peers/lme4.js";
import { longestFunctions } from "../profile.js";
import type { BenchCase, BenchOptions, Task } from "../task.js";
import { compareAnswers, compareWithTruth } from "./agreement.js";
import { loadColumns } from "./columns.js";
import { type Country, countries, curve } from "./country.js";
import { type Fitted, fitLme4, fitOurs, madePupils, type OurRecord, type PeerRecord } from "./programs.js";

function truthOf(folder: string): Float64Array[] {
  const { effect, cohortEffect, authorityEffect } = loadColumns(folder);
  return [effect, cohortEffect, authorityEffect].filter(({ length }) => length > 0);
}

function figuresOf(country: Country, runs: readonly Fitted<OurRecord>[], folder: string): Figures {
  const { estimates, extra } = runs.at(-1)!;
  const truths = truthOf(folder);
  return {
    pupils: country.cohortPupils * country.cohorts,
    schools: country.schools,
    effects: estimates.groups.reduce((sum, group) => sum + group.estimate.length, 0),
    designSeconds: median(runs.map((run) => run.extra.designSeconds)),
    criterion: estimates.criterion,
    evaluations: estimates.evaluations,
    converged: extra.converged,
    variances: estimates.variances.map(({ group, variance, standardError }) => ({ group, variance, standardError })),
    truth: estimates.groups.map((group, g) => compareWithTruth(group, truths[g]!)),
  };
}

/** The runs of lme4 on one case, beside ours. */
async function besideLme4(
  country: Country,
  folder: string,
  ours: { cost: Cost; fitted: Fitted<OurRecord> },
  options: BenchOptions,
): Promise<PeerLine> {
  const name = "lme4";
  const found = await findLme4(options);
  if ("missing" in found) return { name, status: "not found", note: found.missing };
  const runs: Fitted<PeerRecord>[] = [];
  for (let run = 1; ; run++) {
    options.say(`fitting ${country.name} with ${found.version}, run ${run} of ${options.runs}`);
    const fitted = await fitLme4(country, folder, options);
    if ("timedOut" in fitted)
      return fitted.timedOut
        ? {
            name,
            ...found,
            status: "not finished",
            note: [`stopped after ${options.timeoutSeconds} s`, fitted.complaint].filter(Boolean).join("; "),
            peakMegabytes: fitted.peakMegabytes,
          }
        : { name, ...found, status: "failed", note: `code ${fitted.code}: ${fitted.complaint}` };
    runs.push(fitted);
    if (run < options.runs) continue;
    const cost = medianCost(runs.map((one) => one.cost));
    return {
      name,
      ...found,
      status: "finished",
      ...(fitted.extra.standardErrors === "all" ? {} : { note: `standard errors: ${fitted.extra.standardErrors}` }),
      ...cost,
      criterion: fitted.estimates.criterion,
      ratio: ratioOf(cost, ours.cost),
      figures: {
        fitSeconds: median(runs.map((one) => one.extra.fitSeconds)),
        evaluations: fitted.estimates.evaluations,
        agreement: compareAnswers(ours.fitted.estimates, fitted.estimates),
      },
    };
  }
}

async function profileOf(country: Country, folder: string, options: BenchOptions): Promise<Figures[]> {
  options.say(`fitting ${country.name} once more with the profiler`);
  const profiles = mkdtempSync(join(options.scratch, "profile-"));
  try {
    await fitOurs(country, folder, options, ["--cpu-prof", `--cpu-prof-dir=${profiles}`]);
    return longestFunctions(profiles);
  } finally {
    rmSync(profiles, { recursive: true, force: true });
  }
}

async function runCountry(country: Country, options: BenchOptions): Promise<Line> {
  const folder = await madePupils(country, options);
  const load = loadavg()[0]!;
  const runs: Fitted<OurRecord>[] = [];
  for (let run = 1; run <= options.runs; run++) {
    options.say(`fitting ${country.name}, run ${run} of ${options.runs}`);
    runs.push(await fitOurs(country, folder, options, []));
  }
  const cost = medianCost(runs.map((one) => one.cost));
  const profile = options.profile ? { profile: await profileOf(country, folder, options) } : {};
  return {
    task: "value-added",
    case: country.name,
    runs: options.runs,
    load,
    ...cost,
    figures: { ...figuresOf(country, runs, folder), ...profile },
    ...(options.peers ? { peers: [await besideLme4(country, folder, { cost, fitted: runs.at(-1)! }, options)] } : {}),
  };
}

const about: Readonly<Record<string, string>> = {
  small: "31,000 pupils, 2,400 schools: the size of Chem97",
  mm20k: "20,000 pupils, 400 schools, 12% movers: small, for trying things",
  one: "600,000 pupils, 3,400 secondary schools, one cohort",
  primary: "600,000 pupils, 16,800 primary schools, one cohort",
  five: "3,000,000 pupils, 3,400 schools, five cohorts: school and school by cohort",
  mm: "one with 10% movers, mostly between near schools, shared by terms",
  mmrandom: "one with 10% movers between any schools",
  primarymm: "primary with 10% movers",
  fivemm: "five with 10% movers, shared on both terms",
  mmla: "mm with an effect of each of 156 authorities",
};

function countryCase(country: Country): BenchCase {
  const part = { name: country.name, run: (options: BenchOptions) => runCountry(country, options) };
  return { name: country.name, about: about[country.name] ?? country.name, parts: [part] };
}

function curveCase(name: string, text: string, sizes: readonly Country[]): BenchCase {
  return {
    name,
    about: text,
    parts: sizes.map((size) => ({ name: size.name, run: (options) => runCountry(size, options) })),
  };
}

/** The national value-added model: from columns in memory to estimates, both standard errors of every school effect, and variances with theirs. */
export const valueAdded: Task = {
  name: "value-added",
  about: "fit the value-added model of a whole country: estimates, and both standard errors of every school effect",
  cases: [
    ...countries.map(countryCase),
    curveCase("curve", "one at 60,000 to 6,000,000 pupils, five lines", curve("none")),
    curveCase("curvemm", "mm at 60,000 to 6,000,000 pupils, five lines", curve("near")),
  ],
};
