import { err, nearest, ok, type Problem, type Result } from "../../kernel/index.js";
import { currentPath } from "../parameters/aliases.js";
import type { Override } from "../parameters/compile.js";
import type { SimulationParameter } from "../parameters/simulation-parameter.js";
import { migrateScenario, type ScenarioMigration } from "./migrations.js";
import { problemCodes, type ScenarioProblemCode } from "./problem-codes.js";
import { type Scenario, scenarioLimits } from "./scenario.js";
import { shapeOf } from "./shape.js";

/** What a scenario is read against: the model as this program has it. */
export interface ScenarioContext {
  readonly parameters: readonly SimulationParameter[];
  readonly model: string;
  readonly dataHash: string;
  /** The academic years of the model: the first, and the first after the last. */
  readonly years: { readonly from: number; readonly to: number };
  /** Renamed parameters; the table of the program where it is left out. */
  readonly aliases?: ReadonlyMap<string, string>;
  readonly migrations?: readonly ScenarioMigration[];
}

/** A scenario that can be run, with what its reader has to be told. */
export interface ReadScenario {
  readonly scenario: Scenario;
  /** Sentences: another data hash or model version, renamed parameters, an older document; and what happens then. */
  readonly notices: readonly string[];
}

/** A problem with the usual remedy of its code, or a nearer one. */
export const scenarioProblem = (
  code: ScenarioProblemCode,
  place: string,
  message: string,
  remedy: string = problemCodes[code].remedy,
): Problem => ({ code, place, message, remedy });

/**
 * Reads a scenario document, brings it to today's shape and names, and holds every change to the declared bounds. All that is wrong is
 * reported at once; nothing is repaired or left out in silence.
 */
export function readScenario(document: unknown, context: ScenarioContext): Result<ReadScenario, readonly Problem[]> {
  const migrated = migrateScenario(document, context.migrations);
  if (!migrated.ok) return migrated;
  const shaped = shapeOf(migrated.value.document);
  if (!shaped.ok) return shaped;
  const renamed: string[] = [];
  const overrides = shaped.value.overrides.map((override) => {
    const path = currentPath(override.path, context.aliases);
    if (path !== override.path) renamed.push(`"${override.path}" is now called "${path}".`);
    return { ...override, path };
  });
  const problems = [
    ...settingProblems(shaped.value),
    ...overrides.flatMap((override, i) => overrideProblems(override, i, context)),
  ];
  if (problems.length > 0) return err(problems);
  const notices = [...migrated.value.notices, ...renamed, ...versionNotices(shaped.value, context)];
  return ok({ scenario: { ...shaped.value, overrides }, notices });
}

function settingProblems(scenario: Scenario): Problem[] {
  const { share } = scenario;
  const wrong = (place: keyof Scenario, range: string) =>
    scenarioProblem("scenario-setting-out-of-range", place, `${scenario[place]} is not ${range}`, `Choose ${range}.`);
  const problems: Problem[] = [];
  for (const name of ["seed", "draws"] as const) {
    const [low, high] = scenarioLimits[name];
    const value = scenario[name];
    if (!(Number.isInteger(value) && value >= low && value <= high))
      problems.push(wrong(name, `a whole number from ${low} to ${high}`));
  }
  const parts = Math.round(1 / share);
  if (!(share > 0 && parts >= 1 && parts <= scenarioLimits.parts && share === 1 / parts))
    problems.push(wrong("share", `1, or one part in a whole number up to ${scenarioLimits.parts}, as 0.1`));
  return problems;
}

/** Everything wrong with one change against the declared parameters. */
export function overrideProblems(
  { path, from, to, value }: Override,
  number: number,
  { parameters, years }: Pick<ScenarioContext, "parameters" | "years">,
): readonly Problem[] {
  const place = `change ${number + 1}, "${path}"`;
  const parameter = parameters.find((one) => one.path === path);
  if (!parameter) {
    const near = nearest(
      path,
      parameters.map((one) => one.path),
    );
    return [
      scenarioProblem(
        "scenario-parameter-unknown",
        place,
        "the model has no parameter of this name",
        near === null ? problemCodes["scenario-parameter-unknown"].remedy : `Did you mean "${near}"?`,
      ),
    ];
  }
  const problems: Problem[] = [];
  const { bounds, forms, unit, label } = parameter;
  if (forms !== null && !forms.some((form) => form.value === value)) {
    const choices = forms.map((form) => `${form.value} (${form.label})`).join(", ");
    problems.push(
      scenarioProblem("scenario-form-unknown", place, `${value} is none of the forms`, `Choose one of: ${choices}.`),
    );
  } else if (!(value >= bounds.low && value <= bounds.high))
    problems.push(
      scenarioProblem(
        "scenario-value-out-of-bounds",
        place,
        `${value} is outside of what is allowed for "${label}"`,
        `Choose a value from ${bounds.low} to ${bounds.high} (${unit}).`,
      ),
    );
  const ends = to === null || (Number.isInteger(to) && to > from);
  if (!Number.isInteger(from) || from < years.from || from >= years.to || !ends)
    problems.push(
      scenarioProblem(
        "scenario-years",
        place,
        `it runs from ${from} to ${to ?? "no end"}`,
        `Let it begin in a year from ${years.from} to ${years.to - 1}, and end in a later one or never.`,
      ),
    );
  return problems;
}

function versionNotices({ model, dataHash }: Scenario, context: ScenarioContext): readonly string[] {
  const notices: string[] = [];
  if (model !== context.model)
    notices.push(
      `The scenario was made with version ${model} of the model, and this is ${context.model}. It is run with ${context.model}, so its figures and its result hash can differ from those seen there.`,
    );
  if (dataHash !== context.dataHash)
    notices.push(
      `The scenario was made on other data (${dataHash.slice(0, 12)}) than this program has (${context.dataHash.slice(0, 12)}). It is run on the data here, so its figures and its result hash differ from those seen there.`,
    );
  return notices;
}
