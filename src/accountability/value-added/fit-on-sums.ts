import {
  checkDesign,
  DesignError,
  type MixedModelDesign,
  type MixedModelFit,
  Objective,
  type Optimum,
  optimise,
  readFit,
  type Sums,
  sumsOf,
} from "../../statistics/mixed-model/index.js";
import type { Crew } from "../../statistics/parallel/index.js";

/** A fit with the sums and the optimum that it was read from: what a correction of single pupils begins with. */
export interface FitOnSums {
  readonly fit: MixedModelFit;
  readonly sums: Sums;
  readonly optimum: Optimum;
}

/** Fits a model and keeps its sums. @throws {DesignError} when the design can't be fitted */
export function fitOnSums(model: MixedModelDesign, method: "REML" | "ML"): FitOnSums {
  const faults = checkDesign(model);
  if (faults.length > 0) throw new DesignError(faults);
  return fitOfSums(sumsOf(model), method);
}

/** Fits the model of which these are the sums. */
export function fitOfSums(sums: Sums, method: "REML" | "ML", crew?: Crew): FitOnSums {
  const objective = new Objective(sums, method, undefined, crew);
  const optimum = optimise(objective);
  return { fit: readFit(objective, optimum), sums, optimum };
}
