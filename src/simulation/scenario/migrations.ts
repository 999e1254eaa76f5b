import { err, ok, type Problem, type Result } from "../../kernel/index.js";
import { problemCodes } from "./problem-codes.js";
import { scenarioSchema } from "./scenario.js";

/** A document as it was parsed: fields by name, nothing promised of them. */
type Document = Readonly<Record<string, unknown>>;

/** How a document of one schema version becomes one of the next. */
export interface ScenarioMigration {
  /** The version that it reads; it writes the next. */
  readonly from: number;
  /** What changed, in a sentence for whoever opens an old link. */
  readonly says: string;
  readonly apply: (document: Document) => Document;
}

/** Every migration there has been, in order. Schema 1 is the first: there is none yet. */
const scenarioMigrations: readonly ScenarioMigration[] = [];

/**
 * A document in the newest shape, with a sentence for each step it took.
 * @returns a refusal for what is no object, is newer than this program, or older than any migration
 */
export function migrateScenario(
  document: unknown,
  migrations: readonly ScenarioMigration[] = scenarioMigrations,
  newest: number = scenarioSchema,
): Result<{ readonly document: Document; readonly notices: readonly string[] }, readonly Problem[]> {
  const refuse = (code: keyof typeof problemCodes, message: string) =>
    err([{ code, place: "schema", message, remedy: problemCodes[code].remedy }]);
  if (typeof document !== "object" || document === null || Array.isArray(document))
    return refuse("scenario-unreadable", "the scenario is no JSON object");
  let current = document as Document;
  const { schema } = current;
  if (typeof schema !== "number" || !Number.isInteger(schema))
    return refuse("scenario-unreadable", "the version of the document's shape is missing or no whole number");
  if (schema > newest)
    return refuse("scenario-newer", `the document has version ${schema}, and this program reads up to ${newest}`);
  const notices: string[] = [];
  for (let version = schema; version < newest; version++) {
    const migration = migrations.find(({ from }) => from === version);
    if (!migration) return refuse("scenario-older", `nothing here reads documents of version ${version}`);
    current = { ...migration.apply(current), schema: version + 1 };
    notices.push(migration.says);
  }
  return ok({ document: current, notices });
}
