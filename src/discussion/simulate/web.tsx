import { HttpError, type PageParts, pagesOn, type RouteGroup } from "../../platform/http/index.js";
import { type Link, type Site, Table } from "../../platform/pages/index.js";
import { levers } from "../../simulation/levers/index.js";
import { type Override, simulationParameters } from "../../simulation/parameters/index.js";
import { scenarioLink } from "../../simulation/scenario/index.js";
import { deflateBytes } from "../runs/compression.js";
import { csvTable, parametersCsv } from "../runs/csv.js";
import { emptyScenario } from "../runs/given-scenario.js";
import { KeptBaseline } from "./baseline.js";
import { type ClientAssets, clientAssets } from "./client-assets.js";
import type { Baseline } from "./make-baseline.js";
import { usualRun } from "./usual-run.js";
import { BaselineContent, baselineSheets } from "./web-baseline.js";
import { Controls } from "./web-controls.js";
import { HindcastContent } from "./web-hindcast.js";
import { ParameterGroupContent, ParametersContent, parameterGroups } from "./web-parameters.js";

/** What the simulator's pages are given. */
export interface SimulatorPagesOptions {
  readonly site: Site;
  readonly band: () => Promise<string | null>;
  /** Every proposal with the address of its page. */
  readonly proposals: readonly { readonly id: string; readonly page: string | null }[];
  /** The shortage lists that were adopted, as changes of the simulation's numbers; left out where nobody keeps any. */
  readonly shortageLists?: () => Promise<readonly Override[]>;
}

const home: Link = { text: "Country", href: "/" };
const simulator: Link = { text: "Simulate ten years", href: "/simulate" };

/** Where the levers of a proposal stand open; null for a proposal without any. */
export function simulatorOf(proposal: string): string | null {
  const lever = levers.find((one) => one.proposal === proposal);
  return lever ? `/simulate?lever=${lever.id}` : null;
}

/** The simulator: `/simulate`, with the numbers that go in and how it did on the past. */
export function simulatorPages(options: SimulatorPagesOptions): RouteGroup {
  return (server) => {
    const pages = pagesOn(server, options);
    server.get<{ Params: { file: string } }>(
      "/assets/simulate/:file",
      { config: { access: "anyone", impersonal: true } },
      async (request, reply) => {
        const assets = Object.values(await clientAssets());
        const found = assets.find(({ path }) => path === `/assets/simulate/${request.params.file}`);
        if (!found) return reply.callNotFound();
        return reply.type(found.type).header("cache-control", "public, max-age=31536000, immutable").send(found.body);
      },
    );
    const baseline = new KeptBaseline();
    server.addHook("onClose", () => baseline.stop());
    pages.get("/simulate", "anyone", async () => {
      const made = await baseline.get();
      return simulatePage(options, await clientAssets(), made, await shortageLink(options, made));
    });
    pages.file("/simulate/baseline/:file", "anyone", async ({ params }) => {
      const made = await baseline.get();
      if (!made)
        throw new HttpError(503, "simulation-busy", "The country is still being run. Try again in some seconds.", 5);
      const sheet = baselineSheets(made).get(params.file?.replace(/\.csv$/, "") ?? "");
      if (!sheet) throw new HttpError(404, "not-found", "There is no such table.");
      return {
        ...{ name: `${sheet.id}.csv`, type: "text/csv; charset=utf-8; header=present" },
        body: csvTable([sheet.head, ...sheet.rows]),
      };
    });
    pages.get("/simulate/hindcast", "anyone", async () => ({
      ...{ title: "How the simulation would have done", section: "/simulate" },
      breadcrumbs: [home, simulator],
      content: <HindcastContent />,
    }));
    pages.get("/simulate/parameters", "anyone", async () => ({
      ...{ title: "Every number that goes into the simulation", section: "/simulate" },
      breadcrumbs: [home, simulator],
      content: <ParametersContent />,
    }));
    pages.get("/simulate/parameters/:group", "anyone", async ({ params }) => {
      const group = parameterGroups.find(({ id }) => id === params.group);
      if (!group) throw new HttpError(404, "not-found", "There is no such group of numbers.");
      return {
        ...{ title: `${group.label}: the numbers that go in`, section: "/simulate" },
        breadcrumbs: [home, simulator, { text: "Every number", href: "/simulate/parameters" }],
        content: <ParameterGroupContent group={group} />,
      };
    });
    pages.file("/simulate/parameters.csv", "anyone", async () => ({
      ...{ name: "simulation-parameters.csv", type: "text/csv; charset=utf-8; header=present" },
      body: parametersCsv(simulationParameters),
    }));
  };
}

/** The scenario of the adopted shortage lists as a link; null where there is none that differs from what is simulated anyway. */
async function shortageLink(
  { shortageLists }: SimulatorPagesOptions,
  baseline: Baseline | null,
): Promise<string | null> {
  const overrides = (await shortageLists?.()) ?? [];
  if (overrides.length === 0 || !baseline) return null;
  const scenario = { ...emptyScenario(baseline.dataHash), ...usualRun, overrides };
  return `/simulate#${await scenarioLink(scenario, deflateBytes)}`;
}

function simulatePage(
  { proposals }: SimulatorPagesOptions,
  { page, worker }: ClientAssets,
  baseline: Baseline | null,
  shortages: string | null,
): PageParts {
  const pageOf = (id: string) => proposals.find((proposal) => proposal.id === id)?.page ?? null;
  return {
    title: "Simulate ten years",
    section: "/simulate",
    breadcrumbs: [home],
    scripts: [page],
    content: <SimulatorContent pageOf={pageOf} worker={worker.path} baseline={baseline} shortages={shortages} />,
  };
}

interface ContentProps {
  readonly pageOf: (id: string) => string | null;
  /** The address of the worker's script. */
  readonly worker: string;
  readonly baseline: Baseline | null;
  /** Where the scenario of the adopted shortage lists opens. */
  readonly shortages: string | null;
}

function SimulatorContent({ pageOf, worker, baseline, shortages }: ContentProps) {
  return (
    <div id="simulator" data-worker={worker}>
      <div id="simulator-problems" />
      <h1 class="govuk-heading-l">Ten years of England's schools, simulated</h1>
      <p class="govuk-body-l site-lead">
        Pupils, teachers, schools and money, person by person. Move the proposals' levers and see what they do, what
        they cost, and how sure that is.
      </p>
      <p class="govuk-body">
        The people are made up from published totals: nobody here is real.{" "}
        <a class="govuk-link" href="/simulate/parameters">
          Every number that goes in
        </a>
        .{" "}
        <a class="govuk-link" href="/simulate/hindcast">
          How it would have done in earlier years
        </a>
        .
      </p>
      {shortages !== null && (
        <p class="govuk-body">
          Levers for shortage subjects go by the department's need of 2024.{" "}
          <a class="govuk-link" href={shortages}>
            Let them go by the adopted shortage list
          </a>{" "}
          (
          <a class="govuk-link" href="/teacher-supply">
            which it is
          </a>
          ).
        </p>
      )}
      <div id="simulator-notices" />
      <div class="govuk-grid-row">
        <Controls pageOf={pageOf} />
        <div class="govuk-grid-column-two-thirds site-simulate-results">
          <div id="simulator-state" hidden>
            <p id="simulator-status" class="govuk-body" role="status" />
            <progress
              id="simulator-progress"
              class="site-progress"
              aria-label="Progress of the run"
              max={1}
              value={0}
            />
            <button type="button" class="govuk-button govuk-button--secondary" id="simulator-cancel">
              Stop
            </button>
          </div>
          <div id="without-script" class="govuk-inset-text">
            Without JavaScript this page shows the country without any change. Missing are the levers, what a scenario
            does and costs, its link, other luck, other forms of people's responses, what drives the result, and the
            choice of count, division and year: your own browser would run all that. Run a scenario without it by{" "}
            <code class="site-code">./greenpaper simulate</code>.
          </div>
          <div id="simulator-results" tabindex={-1}>
            <BaselineContent baseline={baseline} />
          </div>
          <div id="simulator-more" hidden>
            <Explorer />
            <Sharing />
          </div>
        </div>
      </div>
    </div>
  );
}

const choice = (id: string, label: string) => (
  <div class="govuk-form-group">
    <label class="govuk-label" for={id}>
      {label}
    </label>
    <select class="govuk-select" id={id} name={id} />
  </div>
);

/** One count by phase, subject, region or fifth; the choices are filled in by the script. */
function Explorer() {
  return (
    <section aria-labelledby="explorer-heading">
      <h2 class="govuk-heading-m" id="explorer-heading">
        By phase, subject and region
      </h2>
      <div class="site-choices">
        {choice("explorer-series", "What")}
        {choice("explorer-breakdown", "By")}
        {choice("explorer-year", "Academic year")}
      </div>
      <div id="explorer-result" />
    </section>
  );
}

/** The exact scenario as a link, and what it was run with. */
function Sharing() {
  return (
    <section aria-labelledby="sharing-heading">
      <h2 class="govuk-heading-m" id="sharing-heading">
        Share this scenario
      </h2>
      <div class="govuk-form-group">
        <label class="govuk-label" for="simulator-link">
          Link
        </label>
        <div class="govuk-hint" id="simulator-link-hint">
          It holds the whole scenario and needs no server.{" "}
          <code class="site-code">./greenpaper simulate --scenario LINK</code> gives the same result hash.
        </div>
        <input class="govuk-input" id="simulator-link" readonly aria-describedby="simulator-link-hint" />
      </div>
      <button type="button" class="govuk-button govuk-button--secondary" id="simulator-copy">
        Copy the link
      </button>
      <p id="simulator-copied" class="govuk-body" role="status" />
      <Table
        caption="What it was run with"
        columns={[
          { heading: "What", cell: ({ name }) => name },
          { heading: "Value", cell: ({ id }) => <span id={id} class="site-code" /> },
        ]}
        rows={[
          { name: "Model version", id: "simulator-model" },
          { name: "Data hash", id: "simulator-data" },
          { name: "Result hash", id: "simulator-result" },
        ]}
      />
    </section>
  );
}
