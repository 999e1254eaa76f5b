import { parseDocument } from "yaml";
import { nearest } from "../../kernel/index.js";
import { FormulaError, readFormula } from "../../statistics/formula/index.js";
import { fault } from "./engine.js";
import { membershipPlaces, type SumsModel, type TableName } from "./sums-model.js";

type Settings = Readonly<Record<string, unknown>>;

/** Reads the settings below one key; everything that is not understood is a problem at that key. */
class Reader {
  readonly #place: string;

  constructor(place: string) {
    this.#place = place;
  }

  fail(key: string, message: string, remedy?: string): never {
    throw fault("model-unclear", key === "" ? this.#place : `${this.#place}, ${key}`, message, remedy);
  }

  settings(value: unknown, key: string, known: readonly string[]): Settings {
    if (value === null || typeof value !== "object" || Array.isArray(value))
      this.fail(key, "keys with values are expected", `The keys are ${known.join(", ")}.`);
    for (const name of Object.keys(value as Settings)) {
      if (known.includes(name)) continue;
      const near = nearest(name, known);
      this.fail(
        key,
        `there is no key "${name}"`,
        `${near ? `Did you mean "${near}"? ` : ""}The keys are ${known.join(", ")}.`,
      );
    }
    return value as Settings;
  }

  text(value: unknown, key: string): string {
    if (typeof value !== "string" || value.trim() === "") this.fail(key, "a text is expected");
    return value;
  }

  /** `pupils`, `census.pupils`, or a list of schema and name where a name holds a full stop. */
  table(value: unknown, key: string): TableName {
    const parts = Array.isArray(value) ? value.map((part) => this.text(part, key)) : this.text(value, key).split(".");
    if (parts.some((part) => part === "")) this.fail(key, "a part of the table's name is empty");
    return parts;
  }
}

/**
 * Reads the description of a model: YAML, or JSON, which is YAML too.
 * @param shown the file as messages name it
 * @throws {SumsFault} `model-unclear`
 * @throws {FormulaError} where the formula is wrong
 */
export function parseModelFile(text: string, shown: string): SumsModel {
  const reader = new Reader(shown);
  const document = parseDocument(text);
  const [broken] = document.errors;
  if (broken) reader.fail("", broken.message.split("\n")[0]!, "Correct the YAML.");
  const all = reader.settings(document.toJS(), "", ["formula", "pupils", "memberships"]);
  const formula = readFormula(reader.text(all.formula, "formula"));
  const pupils = reader.settings(all.pupils, "pupils", ["table", "pupil"]);
  const id = pupils.pupil === undefined ? null : reader.text(pupils.pupil, "pupils.pupil");
  const given =
    all.memberships === undefined ? null : reader.settings(all.memberships, "memberships", ["table", "pupil"]);
  const model: SumsModel = {
    formula,
    pupils: { table: reader.table(pupils.table, "pupils.table"), id },
    memberships: given && {
      table: reader.table(given.table, "memberships.table"),
      id: given.pupil === undefined ? (id ?? "") : reader.text(given.pupil, "memberships.pupil"),
    },
  };
  const shared = membershipPlaces(model).length > 0;
  if (shared && id === null)
    reader.fail(
      "pupils",
      "the column that tells pupils apart is missing",
      "Name it as `pupil`: pupils have several schools.",
    );
  if (given && !shared)
    reader.fail("memberships", "the formula has no group of them", "Write (1 | mm(school, share)) into the formula.");
  if (formula.random.length === 0)
    throw new FormulaError(
      "random-part-invalid",
      formula.formula.text,
      formula.formula.right,
      "no group has effects of its own",
      "Add one, as + (1 | school).",
    );
  return model;
}
