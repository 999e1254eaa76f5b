import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { loadavg } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { type Cost, type Figures, type Line, medianCost } from "../line.js";
import { answerOf, type Ended, runProcess } from "../run-process.js";
import type { BenchCase, BenchOptions, Task } from "../task.js";
import { type FilesWanted, type Format, filesFor, formats, reviewsOf } from "./make.js";

/** What `greenpaper publish --json` says. */
interface Published {
  readonly pupils: number;
  readonly schools: number;
  readonly decisions: Figures;
  readonly fromCheckpoint: readonly string[];
  readonly stages: readonly { readonly lane: string; readonly stage: string; readonly seconds: number }[];
}

/** The command line of the product in a home of its own, on the embedded register. */
function greenpaper(args: readonly string[], home: string, usage: string, options: BenchOptions): Promise<Ended> {
  const preload = pathToFileURL(join(options.code, "record-usage.mjs")).href;
  return runProcess(process.execPath, ["--import", preload, join(options.project, "dist/main/cli.js"), ...args], {
    cwd: options.project,
    timeoutSeconds: options.timeoutSeconds,
    environment: { GREENPAPER_HOME: home, DATABASE_URL: "", BENCH_USAGE_FILE: usage },
  });
}

interface Run {
  readonly cost: Cost;
  readonly importSeconds: number;
  readonly published: Published;
}

/** From files to decisions once: the register gets the schools first, and that time is told apart. */
async function runOnce(folder: string, format: Format, options: BenchOptions): Promise<Run> {
  const home = mkdtempSync(join(options.scratch, "home-"));
  const usage = join(home, "usage.json");
  try {
    const files = ["schools", "groups", "group-links"].flatMap((kind) => [
      `--${kind}`,
      join(folder, `register-${kind}.csv`),
    ]);
    const imported = await greenpaper(["import-register", "--synthetic", ...files, "--json"], home, usage, options);
    answerOf("import-register", imported);
    const ended = await greenpaper(["publish", ...reviewsOf(folder, format), "--json"], home, usage, options);
    const published = answerOf<Published>("publish", ended);
    const { cpuSeconds, peakMegabytes } = JSON.parse(readFileSync(usage, "utf8")) as Cost;
    return { cost: { seconds: ended.seconds, cpuSeconds, peakMegabytes }, importSeconds: imported.seconds, published };
  } finally {
    rmSync(home, { recursive: true, force: true });
  }
}

async function runCase(wanted: FilesWanted, format: Format, options: BenchOptions): Promise<Line> {
  const folder = await filesFor(wanted, options);
  const load = loadavg()[0]!;
  const runs: Run[] = [];
  for (let run = 0; run < options.runs; run++) {
    options.say(`from ${format} files to decisions in the register`);
    runs.push(await runOnce(folder, format, options));
  }
  const { published, importSeconds } = runs.at(-1)!;
  const { pupils, schools, decisions, stages } = published;
  return {
    task: "files",
    case: `${wanted.name}-${format}`,
    runs: options.runs,
    load,
    ...medianCost(runs.map(({ cost }) => cost)),
    figures: { pupils, schools, importSeconds, decisions, stages: stages.map((stage) => ({ ...stage })) },
  };
}

const sizes: readonly FilesWanted[] = [
  {
    name: "country",
    regions: [
      ...["North West", "Yorkshire and The Humber", "East Midlands", "West Midlands", "East of England", "London"],
      ...["South East", "South West"],
    ],
    cohorts: 3,
    pupilsOfPhase: 1_500_000,
  },
  { name: "region", regions: ["North East"], cohorts: 2, pupilsOfPhase: null },
];

const about: Readonly<Record<string, string>> = {
  country: "3,000,000 pupils with spells, two phases, 20,473 schools, three cohorts",
  region: "118,000 pupils with spells, two phases, 1,115 schools, two cohorts: to try it",
};

/** From files to decisions: read, checked, weighed, fitted, explained, decided and stored in the register. */
export const files: Task = {
  name: "files",
  about:
    "from pupil and spell files to decisions in the embedded register (`greenpaper publish`), with seconds by stage",
  cases: sizes.map(
    (wanted): BenchCase => ({
      name: wanted.name,
      about: about[wanted.name]!,
      parts: formats.map((format) => ({
        name: `${wanted.name}-${format}`,
        run: (options) => runCase(wanted, format, options),
      })),
    }),
  ),
};
