import { silent } from "../../kernel/index.js";
import type { ThreadWork } from "../../platform/threads/index.js";
import { modelHorizon } from "../../simulation/scenario/index.js";
import { emptyScenario } from "../runs/given-scenario.js";
import { runScenario, type ScenarioRun } from "../runs/run-scenario.js";
import { drawsAlone } from "./runner.js";
import type { RunToShow } from "./shown.js";

/** The country without any change, as a server shows it to whoever has no JavaScript. */
export interface Baseline {
  readonly run: RunToShow;
  /** One in how many people was run. */
  readonly every: number;
  /** Of the run at the declared numbers. */
  readonly hash: string;
}

const every = 10;
const draws = 20;

/** How long a request waits for what is being made, milliseconds. */
const patience = 5000;

async function baselineOf(work: ThreadWork<ScenarioRun>): Promise<Baseline> {
  const { report, declared } = await work.result;
  const { first, years } = modelHorizon;
  const { scenario: result, baseline } = declared;
  return {
    ...{ every, hash: result.hash },
    run: { first, years, report, draws, changes: false, pair: { scenario: result, baseline } },
  };
}

/** Makes the baseline once, on a thread of its own, when it is first asked for. */
export class KeptBaseline {
  #made: Promise<Baseline> | null = null;
  #work: ThreadWork<ScenarioRun> | null = null;

  /** Ends what is being made, as when the server closes. */
  async stop(): Promise<void> {
    await this.#work?.stop();
  }

  #begin(): Promise<Baseline> {
    const scenario = { ...emptyScenario(""), share: 1 / every, draws };
    this.#work = runScenario({ scenario, plan: drawsAlone }, 1, silent);
    return baselineOf(this.#work).catch((error: unknown) => {
      this.#made = null;
      throw error;
    });
  }

  /** The baseline; null where it isn't made yet: it soon will be. @throws what the run failed with; the next request tries again */
  async get(): Promise<Baseline | null> {
    this.#made ??= this.#begin();
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<null>((resolve) => {
      timer = setTimeout(() => resolve(null), patience);
    });
    try {
      return await Promise.race([this.#made, late]);
    } finally {
      clearTimeout(timer);
    }
  }
}
