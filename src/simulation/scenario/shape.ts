import { err, ok, type Problem, type Result } from "../../kernel/index.js";
import type { Override } from "../parameters/compile.js";
import { problemCodes } from "./problem-codes.js";
import { type Scenario, scenarioSchema } from "./scenario.js";

const scenarioFields = ["schema", "model", "dataHash", "overrides", "seed", "draws", "share"];
const overrideFields = ["path", "from", "to", "value"];

/** A scenario of the newest shape out of what was parsed, or every field that is missing, of another kind, or unknown. */
export function shapeOf(document: Readonly<Record<string, unknown>>): Result<Scenario, readonly Problem[]> {
  const problems: Problem[] = [];
  const { remedy } = problemCodes["scenario-unreadable"];
  const wrong = (place: string, message: string) => {
    problems.push({ code: "scenario-unreadable", place, message, remedy });
  };
  const text = (name: string): string => {
    const value = document[name];
    if (typeof value === "string") return value;
    wrong(name, "it is missing or no text");
    return "";
  };
  const number = (name: string): number => {
    const value = document[name];
    if (typeof value === "number") return value;
    wrong(name, "it is missing or no number");
    return 0;
  };
  for (const name of Object.keys(document))
    if (!scenarioFields.includes(name)) wrong(name, "a scenario has no such field");
  const listed: unknown = document.overrides;
  if (!Array.isArray(listed)) wrong("overrides", "it is missing or no list");
  const overrides = (Array.isArray(listed) ? listed : []).map((one: unknown, i) =>
    overrideOf(one, `change ${i + 1}`, wrong),
  );
  const scenario: Scenario = {
    schema: scenarioSchema,
    ...{ model: text("model"), dataHash: text("dataHash"), overrides },
    ...{ seed: number("seed"), draws: number("draws"), share: number("share") },
  };
  return problems.length > 0 ? err(problems) : ok(scenario);
}

function overrideOf(one: unknown, place: string, wrong: (place: string, message: string) => void): Override {
  const fields = new Map(typeof one === "object" && one !== null ? Object.entries(one) : []);
  const [path, from, to, value] = overrideFields.map((name): unknown => fields.get(name));
  if (typeof path !== "string") wrong(place, "it names no parameter");
  if (typeof from !== "number") wrong(place, "it has no first year");
  if (to !== null && typeof to !== "number") wrong(place, "its last year is neither a number nor null");
  if (typeof value !== "number") wrong(place, "its value is no number");
  for (const name of fields.keys()) if (!overrideFields.includes(name)) wrong(place, `a change has no field "${name}"`);
  return {
    path: typeof path === "string" ? path : "",
    from: typeof from === "number" ? from : 0,
    to: typeof to === "number" ? to : null,
    value: typeof value === "number" ? value : 0,
  };
}
