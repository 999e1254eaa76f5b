import Type from "typebox";
import { silent } from "../../kernel/index.js";
import { type Api, type ApiOptions, apiOn, HttpError, type RouteGroup } from "../../platform/http/index.js";
import { makeEngland } from "../../simulation/index.js";
import { simulationParameters } from "../../simulation/parameters/index.js";
import { modelVersion, scenarioLink } from "../../simulation/scenario/index.js";
import { ParameterSchema, RunAskedSchema, RunSchema } from "./api-schemas.js";
import { deflateBytes } from "./compression.js";
import { parametersCsv } from "./csv.js";
import { emptyScenario, scenarioOf } from "./given-scenario.js";
import { problemCodes } from "./problem-codes.js";
import { runScenario } from "./run-scenario.js";
import { sourceInWords } from "./words.js";

/** The share of people that a run by the interface simulates: a tenth, which takes a fraction of a second. */
const apiShare = 0.1;
/** How many runs the server makes at once; one more is told to come again. */
const atOnce = 1;

const refusals = {
  "scenario-unreadable": 422,
  "scenario-newer": 422,
  "scenario-older": 422,
  "scenario-parameter-unknown": 422,
  "scenario-value-out-of-bounds": 422,
  "scenario-form-unknown": 422,
  "scenario-years": 422,
  "scenario-setting-out-of-range": 422,
  "scenario-link-unreadable": 422,
  "scenario-link-truncated": 422,
  "simulation-busy": 503,
  "simulation-not-calibrated": 422,
};

/** The simulation for programs: every parameter with its sources, and runs of a tenth of the country's people. */
export function simulationApi(options: Omit<ApiOptions, "tag">): RouteGroup {
  return (server) => {
    const api = apiOn(server, { ...options, tag: "Simulation" });
    addParameters(api);
    addRuns(api);
  };
}

const parameterRows = () =>
  simulationParameters.map(({ values, ...parameter }) => ({
    ...parameter,
    forms: parameter.forms === null ? null : [...parameter.forms],
    values: values.map(({ from, value, source }) => ({
      ...{ from, value, status: source.status, source: sourceInWords(source) },
      href: "href" in source ? source.href : null,
    })),
  }));

function addParameters(api: Api): void {
  api.get(
    "/simulation/parameters",
    {
      access: "anyone",
      operationId: "listParameters",
      summary: "Every number that goes into the simulation: values by date, bounds, range, status and source",
      response: Type.Array(ParameterSchema),
      csv: () => parametersCsv(simulationParameters),
    },
    async () => parameterRows(),
  );
}

function addRuns(api: Api): void {
  let underWay = 0;
  let hash: string | null = null;
  api.post(
    "/simulation/runs",
    {
      access: "anyone",
      operationId: "runScenario",
      summary: "Runs a scenario with a tenth of the country's people, at the declared parameters",
      description:
        "Nothing is kept. For everybody, draws and the hash that the page shows, run the link with ./greenpaper simulate or open it on the page.",
      body: RunAskedSchema,
      response: RunSchema,
      refusals,
    },
    async ({ body, orRefuse }) => {
      if ((body.link === undefined) === (body.overrides === undefined))
        throw new HttpError(422, "scenario-unreadable", "Give either a link of the simulator or a list of changes.");
      if (underWay >= atOnce)
        throw new HttpError(
          503,
          "simulation-busy",
          `Another run is under way. ${problemCodes["simulation-busy"].remedy}`,
          5,
        );
      underWay++;
      try {
        const data = hash ?? makeEngland().hash;
        hash = data;
        const given =
          body.link !== undefined
            ? { link: body.link }
            : { json: JSON.stringify({ ...emptyScenario(data), overrides: body.overrides ?? [] }), name: "body" };
        const seed = body.seed === undefined ? {} : { seed: body.seed };
        const read = orRefuse(await scenarioOf(given, { settings: [], draws: 1, share: apiShare, ...seed }, data));
        const plan = { chance: 0, structures: false, tornado: false };
        const { report, declared } = await calibrated(runScenario({ scenario: read.scenario, plan }, 1, silent).result);
        return {
          ...{ model: modelVersion, data, result: declared.scenario.hash, share: apiShare },
          link: await scenarioLink(read.scenario, deflateBytes),
          notices: [...read.notices],
          figures: report.figures.map((one) => ({
            ...one,
            ...{ baseline: finite(one.baseline), scenario: finite(one.scenario), difference: finite(one.difference) },
          })),
          costs: report.costs.map((one) => ({ ...one, pounds: one.pounds.map(finite) })),
        };
      } finally {
        underWay--;
      }
    },
  );
}

const finite = (value: number) => (Number.isFinite(value) ? value : null);

/** The answer; a run that can't meet the published flows is refused with what it said. */
async function calibrated<T>(work: Promise<T>): Promise<T> {
  try {
    return await work;
  } catch (error) {
    if (error instanceof Error && error.name === "CalibrationError")
      throw new HttpError(
        422,
        "simulation-not-calibrated",
        `${error.message} ${problemCodes["simulation-not-calibrated"].remedy}`,
      );
    throw error;
  }
}
