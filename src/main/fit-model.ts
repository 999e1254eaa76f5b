import { type ModelRecord, recordOf } from "../accountability/value-added/index.js";
import { checkWritable, describeProblems, formatCsv, writeTogether } from "../ingest/index.js";
import { err, ok, type Problem, type Progress, type Result } from "../kernel/index.js";
import { startCrew } from "../platform/threads/index.js";
import {
  completeRows,
  designOf,
  FormulaError,
  type FormulaFrame,
  type FormulaModel,
  readFormula,
} from "../statistics/formula/index.js";
import {
  checkDesign,
  DesignError,
  type DesignFault,
  type MixedModelDesign,
  type MixedModelFit,
  Objective,
  optimise,
  readFit,
  sumsOf,
} from "../statistics/mixed-model/index.js";
import { type FitFiles, frameOf, membershipsOf, readFitTables } from "./fit-tables.js";

/** What `greenpaper fit` is asked for. */
export interface FitOrder {
  readonly files: FitFiles;
  readonly formula: string;
  readonly method: "REML" | "ML";
  /** Null writes nothing. */
  readonly folder: string | null;
}

/** A fitted formula: `model.json`. */
export interface FittedFormula extends ModelRecord {
  readonly rows: {
    readonly read: number;
    readonly used: number;
    readonly leftOut: readonly { readonly column: string; readonly count: number }[];
  };
  readonly notes: readonly string[];
}

/** Why a formula could not be fitted, for programs and in words for a terminal. */
export interface FitRefusal {
  readonly problems: readonly Problem[];
  readonly words: string;
}

const refused = (problems: readonly Problem[]): Result<never, FitRefusal> =>
  err({ problems, words: describeProblems(problems) });

/** A fault of the formula with its text and a caret below the place; a fault of a value with its line in the file. */
function refusedFormula(error: FormulaError, placeOf: (row: number) => string): Result<never, FitRefusal> {
  const place = `--formula, character ${error.at + 1}`;
  const inFile = (text: string) =>
    error.row === null ? text : text.replace(`in row ${error.row + 1}`, `in ${placeOf(error.row)}`);
  const problem = { code: "formula-invalid", place, message: inFile(error.reason), remedy: error.remedy };
  return err({ problems: [problem], words: `${place}: ${inFile(error.message)}` });
}

function refusedDesign(faults: readonly DesignFault[], place: string): Result<never, FitRefusal> {
  return refused(
    faults.map(({ code, message }) => ({
      code,
      place,
      message,
      remedy: "Change the formula, or the pupils that it is fitted to.",
    })),
  );
}

async function solve(design: MixedModelDesign, method: FitOrder["method"], progress: Progress): Promise<MixedModelFit> {
  const crew = startCrew();
  try {
    progress.stage("adding up the pupils");
    const objective = new Objective(sumsOf(design, crew), method, undefined, crew);
    progress.stage("fitting the model");
    return readFit(objective, optimise(objective));
  } finally {
    await crew.end();
  }
}

/** Every random effect with both of its errors, a row each. */
function effectsTable({ randomEffects }: MixedModelFit): string {
  return formatCsv(
    ["group", "coefficient", "level", "estimate", "conditional_error", "prediction_error"],
    randomEffects.flatMap(({ group, coefficient, levels, estimate, conditionalError, predictionError }) =>
      levels.map((level, k) => [group, coefficient, level, estimate[k]!, conditionalError[k]!, predictionError[k]!]),
    ),
  );
}

async function fitModel(
  model: FormulaModel,
  { files, method, folder }: FitOrder,
  progress: Progress,
): Promise<Result<FittedFormula, FitRefusal>> {
  const notes: string[] = [];
  const noted: Progress = { ...bound(progress), note: (text) => void notes.push(text) };
  const tables = await readFitTables(model, files, noted);
  if (!tables.ok) return refused(tables.error);
  progress.stage("making the columns");
  const complete = completeRows(model, frameOf(tables.value.pupils));
  const found = membershipsOf(tables.value, files.pupil, complete.rows.subarray(0, complete.frame.rows));
  if (!found.ok) return refused(found.error);
  notes.push(...(found.value?.notes ?? []));
  const { memberships } = found.value ?? {};
  const design = designOrFault(model, memberships ? { ...complete.frame, memberships } : complete.frame);
  if (design instanceof FormulaError)
    return refusedFormula(design, (row) => tables.value.pupils.placeOf(complete.rows[row]!));
  const place = tables.value.pupils.name;
  const faults = checkDesign(design);
  if (faults.length > 0) return refusedDesign(faults, place);
  try {
    const fit = await solve(design, method, progress);
    const fitted: FittedFormula = {
      ...recordOf({ formula: model.formula.text.replace(/\s+/g, " ").trim() }, fit, []),
      rows: { read: tables.value.pupils.rows, used: complete.frame.rows, leftOut: complete.leftOut },
      notes,
    };
    if (folder !== null)
      await writeTogether(folder, {
        "model.json": `${JSON.stringify(fitted, null, 2)}\n`,
        "effects.csv": effectsTable(fit),
      });
    return ok(fitted);
  } catch (error) {
    if (error instanceof DesignError) return refusedDesign(error.faults, place);
    throw error;
  }
}

function designOrFault(model: FormulaModel, frame: FormulaFrame): MixedModelDesign | FormulaError {
  try {
    return designOf(model, frame).design;
  } catch (error) {
    if (error instanceof FormulaError) return error;
    throw error;
  }
}

const bound = (progress: Progress) => ({
  stage: (name: string, total?: number) => progress.stage(name, total),
  done: (steps: number) => progress.done(steps),
});

/**
 * Fits a formula to files and writes `model.json` and `effects.csv` into a folder, both or none.
 * @returns the model, or why there is none
 */
export async function fitFormula(order: FitOrder, progress: Progress): Promise<Result<FittedFormula, FitRefusal>> {
  if (order.folder !== null) {
    const writable = await checkWritable(order.folder);
    if (!writable.ok) return refused([writable.error]);
  }
  try {
    return await fitModel(readFormula(order.formula), order, progress);
  } catch (error) {
    if (error instanceof FormulaError) return refusedFormula(error, String);
    throw error;
  }
}
