import { chmodSync, mkdtempSync, rmSync, statSync } from "node:fs";
import { loadavg, tmpdir } from "node:os";
import { join } from "node:path";
import { largestDifference } from "../../src/ingest/sums/same-sums.js";
import { readSums } from "../../src/ingest/sums/sums-file.js";
import { startPostgresql } from "../../test/postgresql-server.js";
import { type Cost, type Line, medianCost, type PeerLine, ratioOf } from "../line.js";
import { answerOf, runProcess } from "../run-process.js";
import type { BenchCase, BenchOptions, Task } from "../task.js";
import { type Country, countries } from "../value-added/country.js";
import { madePupils } from "../value-added/programs.js";

/** One way of making the sums of a country, run as often as was asked. */
class Runs {
  readonly #country: Country;
  readonly #pupils: string;
  readonly #options: BenchOptions;

  constructor(country: Country, pupils: string, options: BenchOptions) {
    this.#country = country;
    this.#pupils = pupils;
    this.#options = options;
  }

  async step(way: string, sums: string, place: string) {
    const { code, project, timeoutSeconds } = this.#options;
    const args = [join(code, "sums/make.mjs"), way, JSON.stringify(this.#country), this.#pupils, sums, place];
    const ended = await runProcess(process.execPath, args, { cwd: project, timeoutSeconds });
    if (ended.code !== 0) throw new Error(`${way} of ${this.#country.name} failed: ${ended.complaint}`);
    return ended;
  }

  /** The fit from a file of sums. */
  async fit(sums: string): Promise<{ readonly criterion: number; readonly seconds: number }> {
    this.#options.say(`fitting ${this.#country.name} from sums`);
    return answerOf("fit", await this.step("fit", sums, ""));
  }

  async cost(way: string, sums: string, place: string): Promise<Cost> {
    const costs: Cost[] = [];
    for (let run = 1; run <= this.#options.runs; run++) {
      this.#options.say(`sums of ${this.#country.name} by ${way}, run ${run} of ${this.#options.runs}`);
      costs.push(answerOf<Cost>(way, await this.step(way, sums, place)));
    }
    return medianCost(costs);
  }
}

const loaded = async (path: string) => (await readSums({ path, shown: path })).parts;

async function runCountry(country: Country, options: BenchOptions): Promise<Line> {
  const pupils = await madePupils(country, options);
  const runs = new Runs(country, pupils, options);
  const folder = mkdtempSync(join(tmpdir(), "greenpaper-sums-"));
  chmodSync(folder, 0o755); // PostgreSQL reads the tables as another user
  const load = loadavg()[0]!;
  try {
    const here = join(folder, "process.json");
    const ours = await runs.cost("process", here, "");
    const parts = await loaded(here);
    const fit = await runs.fit(here);
    options.say(`writing the tables of ${country.name}`);
    await runs.step("tables", "", folder);
    const beside = async (name: string, way: string, place: string): Promise<PeerLine> => {
      const sums = join(folder, `${way}.json`);
      const cost = await runs.cost(way, sums, place);
      const other = await runs.fit(sums);
      const figures = {
        largestDifference: largestDifference(parts, await loaded(sums)),
        criterionRelative: (other.criterion - fit.criterion) / Math.abs(fit.criterion),
      };
      return { name, status: "finished", ...cost, ratio: ratioOf(cost, ours), figures };
    };
    const peers = [await beside("DuckDB, one thread", "duckdb", join(folder, "country.duckdb"))];
    peers.push(await onPostgresql(country, runs, folder, options, beside));
    return {
      ...{ task: "sums", case: country.name, runs: options.runs, load },
      ...ours,
      figures: {
        pupils: parts.rows,
        columns: parts.fixed.length,
        levels: parts.terms.reduce((sum, { levels }) => sum + levels.length, 0),
        pairs: parts.pairs.row.length,
        criterion: fit.criterion,
        fitSeconds: fit.seconds,
        fileMegabytes: statSync(here).size / 2 ** 20,
      },
      peers,
    };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function onPostgresql(
  country: Country,
  runs: Runs,
  folder: string,
  options: BenchOptions,
  beside: (name: string, way: string, place: string) => Promise<PeerLine>,
): Promise<PeerLine> {
  const name = "PostgreSQL";
  const server = await startPostgresql(options.say);
  if ("missing" in server) return { name, status: "not found", note: server.missing };
  try {
    options.say(`loading ${country.name} into PostgreSQL`);
    await runs.step("load", server.url, folder);
    return await beside(`PostgreSQL ${server.version}, one process; memory is the client's`, "postgresql", server.url);
  } finally {
    await server.stop();
  }
}

const about: Readonly<Record<string, string>> = {
  mm20k: "20,000 pupils with movers: small, for trying things",
  one: "600,000 pupils, 3,400 schools",
  mm: "the same with movers between schools",
  five: "3,000,000 pupils of five cohorts, school and school by cohort",
  fivemm: "the same with movers on both",
};

/** The seam: the sums that a fit needs, made by this process, by SQL in DuckDB and by SQL in PostgreSQL, with how far they are apart. */
export const sums: Task = {
  name: "sums",
  about: "make the sums of a country in this process, in DuckDB and in PostgreSQL: time, and the largest difference",
  cases: countries
    .filter(({ name }) => name in about)
    .map(
      (country): BenchCase => ({
        name: country.name,
        about: about[country.name]!,
        parts: [{ name: country.name, run: (options) => runCountry(country, options) }],
      }),
    ),
};
