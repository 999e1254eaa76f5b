import { err, ok, type Problem, type Result } from "../../kernel/index.js";
import { type Override, simulationParameters } from "../../simulation/parameters/index.js";
import {
  modelHorizon,
  modelVersion,
  type ReadScenario,
  readScenario,
  readScenarioLink,
  reformFrom,
  type Scenario,
  type ScenarioContext,
  scenarioSchema,
} from "../../simulation/scenario/index.js";
import { inflateBytes } from "./compression.js";

/** What a scenario is read against here. */
export function scenarioContext(dataHash: string): ScenarioContext {
  const { first, years } = modelHorizon;
  return { parameters: simulationParameters, model: modelVersion, dataHash, years: { from: first, to: first + years } };
}

/** The scenario in which nothing is changed. */
export function emptyScenario(dataHash: string): Scenario {
  return { schema: scenarioSchema, model: modelVersion, dataHash, overrides: [], seed: 1, draws: 1, share: 1 };
}

/**
 * A change as it is typed: `path=value`, `path=value@2027` (from that academic year on), `path=value@2027..2030` (up to 2029/30).
 * What is wrong with the value is told with the whole scenario.
 */
export function readSetting(text: string): Result<Override, readonly Problem[]> {
  const match = /^\s*([^=\s]+)\s*=\s*([^@\s]+)(?:@(\d{4})(?:\.\.(\d{4}))?)?\s*$/.exec(text);
  const value = Number(match?.[2]);
  if (!match || !Number.isFinite(value)) {
    const remedy = "Write path=value, or path=value@2027 for the years from 2027/28 on, or path=value@2027..2030.";
    return err([
      { code: "scenario-unreadable", place: `--set ${text}`, message: "it is no change of a parameter", remedy },
    ]);
  }
  const [, path, , from, to] = match;
  return ok({ path: path!, from: from ? Number(from) : reformFrom, to: to ? Number(to) : null, value });
}

/** A scenario as it was given: a link, the text of a file, or nothing. */
export type GivenScenario = { readonly link: string } | { readonly json: string; readonly name: string } | null;

/** What is changed of a given scenario before it is run. */
export interface ScenarioChanges {
  readonly settings: readonly string[];
  readonly draws?: number;
  readonly share?: number;
  readonly seed?: number;
}

async function readGiven(
  given: GivenScenario,
  context: ScenarioContext,
): Promise<Result<ReadScenario, readonly Problem[]>> {
  if (given === null) return ok({ scenario: emptyScenario(context.dataHash), notices: [] });
  if ("link" in given) return readScenarioLink(given.link, inflateBytes, context);
  try {
    return readScenario(JSON.parse(given.json), context);
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    const remedy = "Give a scenario's JSON, or its link.";
    return err([
      { code: "scenario-unreadable", place: given.name, message: `it is no JSON: ${error.message}`, remedy },
    ]);
  }
}

/** The scenario to run, with what its reader has to be told; or everything that is wrong with it. */
export async function scenarioOf(
  given: GivenScenario,
  changes: ScenarioChanges,
  dataHash: string,
): Promise<Result<ReadScenario, readonly Problem[]>> {
  const context = scenarioContext(dataHash);
  const settings = changes.settings.map(readSetting);
  const refused = settings.flatMap((one) => (one.ok ? [] : one.error));
  if (refused.length > 0) return err(refused);
  const read = await readGiven(given, context);
  if (!read.ok) return read;
  const { draws, share, seed } = changes;
  const changed: Scenario = {
    ...read.value.scenario,
    overrides: [...read.value.scenario.overrides, ...settings.flatMap((one) => (one.ok ? [one.value] : []))],
    ...(draws !== undefined && { draws }),
    ...(share !== undefined && { share }),
    ...(seed !== undefined && { seed }),
  };
  // What the given scenario said of itself was told already; the changes are held to the same rules.
  const again = readScenario({ ...changed, model: context.model, dataHash: context.dataHash }, context);
  return again.ok
    ? ok({ scenario: again.value.scenario, notices: [...read.value.notices, ...again.value.notices] })
    : again;
}
