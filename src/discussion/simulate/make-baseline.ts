import { emptyScenario } from "../runs/given-scenario.js";
import { type RunHere, runHere } from "./run-here.js";
import { usualRun } from "./usual-run.js";

/** The country without any change, for whoever has no JavaScript. */
export type Baseline = RunHere;

/** Runs everybody without any change, and the draws. @throws what the run failed with */
export async function makeBaseline(): Promise<Baseline> {
  const [made] = await runHere((dataHash) => [{ ...emptyScenario(dataHash), ...usualRun }]);
  return made!;
}
