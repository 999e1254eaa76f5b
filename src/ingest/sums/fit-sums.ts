import { join } from "node:path";
import {
  assembleSums,
  DesignError,
  type Method,
  type MixedModelFit,
  Objective,
  optimise,
  readFit,
  type SummedParts,
} from "../../statistics/mixed-model/index.js";
import { writeAtomically, writeCsv } from "../write-files.js";
import { problem, SumsFault } from "./engine.js";
import type { SumsRecord } from "./sums-file.js";

/** What is left of a column beside others that nearly explain it is told from the rows, which are not here. */
const withoutRows =
  "Take one of them out. If they are powers, write them about a middle value, as I((prior - 100)^2), and make the sums again.";

/**
 * Fits a model from its sums alone.
 * @throws {SumsFault} with every fault of the design: columns that say the same, a group of one level
 */
export function fitSums(parts: SummedParts, method: Method): MixedModelFit {
  try {
    const objective = new Objective(assembleSums(parts), method);
    return readFit(objective, optimise(objective));
  } catch (error) {
    if (!(error instanceof DesignError)) throw error;
    throw new SumsFault(
      error.faults.map(({ code, message }) =>
        problem(code, "the sums", message, code === "collinear-columns" ? withoutRows : undefined),
      ),
      error,
    );
  }
}

function* effectRows({ randomEffects }: MixedModelFit) {
  for (const { group, coefficient, levels, estimate, conditionalError, predictionError } of randomEffects)
    for (const [at, level] of levels.entries())
      yield [group, coefficient, level, estimate[at]!, conditionalError[at]!, predictionError[at]!];
}

/**
 * Writes a fit as `fit.json` (criterion, variances, convergence, and what the sums were made of), `fixed.csv`, `variances.csv` and
 * `effects.csv` (every level's effect with both standard errors), each whole or not at all.
 * @returns the files' names
 */
export async function writeFit(folder: string, fit: MixedModelFit, record: SumsRecord) {
  const { method, rows, criterion, logLikelihood, sigma, evaluations, convergence } = fit;
  const summary = { ...record, method, rows, criterion, logLikelihood, sigma, evaluations, convergence };
  await writeCsv(
    join(folder, "fixed.csv"),
    ["column", "estimate", "standard_error"],
    fit.fixedEffects.map(({ name, estimate, standardError }) => [name, estimate, standardError]),
  );
  await writeCsv(
    join(folder, "variances.csv"),
    ["group", "term", "variance", "standard_error"],
    fit.varianceComponents.map(({ group, term, variance, standardError }) => [group, term, variance, standardError]),
  );
  await writeCsv(
    join(folder, "effects.csv"),
    ["group", "coefficient", "level", "estimate", "standard_error", "prediction_error"],
    effectRows(fit),
  );
  await writeAtomically(join(folder, "fit.json"), `${JSON.stringify(summary, null, 2)}\n`);
  return ["fit.json", "fixed.csv", "variances.csv", "effects.csv"];
}
