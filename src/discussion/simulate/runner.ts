import type { RunParts, RunResult } from "../../simulation/index.js";
import { simulationParameters } from "../../simulation/parameters/index.js";
import { type FromWorker, portVersion, type ToWorker } from "../../simulation/port.js";
import { costsOf, figuresOf, type RunFigures, scenarioReport } from "../../simulation/report/index.js";
import { modelHorizon, type Scenario } from "../../simulation/scenario/index.js";
import { type PlannedRun, type PlanOptions, planRuns, type RunPlan } from "../../simulation/uncertainty/index.js";
import { movedFigures } from "./moved-figures.js";
import type { PairOfResults, RunToShow } from "./shown.js";

/** What is looked at beside a scenario's draws when nothing more is asked for. */
export const drawsAlone: PlanOptions = { chance: 0, structures: false, tornado: false };

/** How much is run: a quick look at a tenth of the teachers, or all of it. */
export type Extent = "sample" | "whole";

/** What is under way. */
export type Stage = "sample" | "baseline" | "scenario" | "draws";

/** The other end: a worker that serves the simulation. */
export interface RunnerPort {
  send(message: ToWorker): void;
  listen(hear: (message: FromWorker) => void): void;
  /** Whether draws that came in are shown now; they come faster than anybody reads. */
  isTimeToShow(): boolean;
}

/** What a runner tells. */
export interface RunnerEvents {
  ready(dataHash: string): void;
  progress(stage: Stage, done: number, of: number): void;
  /** @param hash of the run with the scenario */
  shown(run: RunToShow, extent: Extent, hash: string): void;
  done(): void;
  cancelled(): void;
  failed(code: string, message: string): void;
}

/** The share of people in a quick look and in the runs beside the declared one. */
const sampleShare = 0.1;
const partsOf: Readonly<Record<Extent, RunParts>> = {
  sample: { pupils: false, teachers: true, money: false },
  whole: { pupils: true, teachers: true, money: true },
};

/** The fewest draws of which a band is shown. */
const fewestShown = 5;

/** Most results kept without a scenario, each of one and a half megabytes; and most figures of drawn runs, each of a kilobyte. */
const [mostKept, mostDrawn] = [6, 10_000];

/** A run that was asked for and hasn't come. */
interface Waiting {
  readonly stage: Stage;
  readonly take: (result: RunResult) => void;
  readonly fail: (error: unknown) => void;
}

/** What a worker refuses to run, and why. */
class RefusedRun extends Error {
  readonly code: string;

  constructor(code: string, message: string) {
    super(message);
    this.name = "RefusedRun";
    this.code = code;
  }
}

/** That nobody waits for the run any more. */
class DroppedRun extends Error {}

/** The scenario under way. */
interface Order {
  readonly scenario: Scenario;
  readonly plan: RunPlan;
  readonly token: number;
}

/** A pair of runs at the declared parameters, with its figures. */
interface Declared {
  readonly pair: PairOfResults;
  readonly figures: RunFigures;
}

/** What a drawn run without the scenario hangs on; null for forms, of which those that are open hang on the scenario. */
function keyOf({ seed, share, draws }: Scenario, { kind, number, replicate }: PlannedRun): string | null {
  if (kind === "structure") return null;
  return `${kind} ${number} ${replicate} ${seed} ${share} ${kind === "parameters" ? draws : ""}`;
}

/** Runs scenarios through a port, always the last one that was asked for: a quick look and its first band, everybody, and then the draws one by one. */
export class Runner {
  readonly #port: RunnerPort;
  readonly #events: RunnerEvents;
  readonly #sampleShare: number;
  #token = 0;
  #waiting: Waiting | null = null;
  /** Runs without a scenario, and figures of drawn ones, by what they hang on. */
  readonly #baselines = new Map<string, RunResult>();
  readonly #drawn = new Map<string, Float64Array>();

  /** @param share of people in a quick look and in the runs beside the declared one */
  constructor(port: RunnerPort, events: RunnerEvents, share = sampleShare) {
    this.#port = port;
    this.#sampleShare = share;
    this.#events = events;
    port.listen((message) => this.#hear(message));
    port.send({ kind: "load", version: portVersion, census: modelHorizon.first - 1 });
  }

  /** Runs a scenario; what was under way is dropped. */
  run(scenario: Scenario, extent: Extent, options: PlanOptions): void {
    this.#waiting?.fail(new DroppedRun());
    this.#token++;
    const plan = planRuns(scenario, simulationParameters, modelHorizon, options);
    void this.#carryOut({ scenario, plan, token: this.#token }, extent);
  }

  /** Stops what is under way, and says so. */
  cancel(): void {
    const waiting = this.#waiting;
    if (!waiting) return;
    this.#waiting = null; // what still comes in of it is heard by nobody
    this.#port.send({ kind: "cancel", token: this.#token });
    waiting.fail(new DroppedRun());
    this.#events.cancelled();
  }

  async #carryOut(order: Order, extent: Extent): Promise<void> {
    try {
      const sample = await this.#declared(order, "sample");
      this.#show(order, sample.pair, [sample.figures], "sample");
      if (extent === "whole") await this.#allOf(order, sample);
      this.#events.done();
    } catch (error) {
      if (error instanceof DroppedRun) return;
      const code = error instanceof RefusedRun ? error.code : "simulation-failed";
      this.#events.failed(code, error instanceof Error ? error.message : String(error));
    }
  }

  /**
   * The first few draws, so that a band is soon seen, of the sample; then everybody; then every other run of the plan. Drawn figures are of the sample,
   * moved to everybody's level once that is known.
   */
  async #allOf(order: Order, sample: Declared): Promise<void> {
    const others = order.plan.runs.length - 1;
    const draw = async (run: number) => {
      const drawn = await this.#drawnPair(order, run, sample.pair);
      this.#events.progress("draws", run, others);
      return drawn;
    };
    const first: RunFigures[] = [];
    if (order.plan.runs.filter(({ kind }) => kind === "parameters").length >= fewestShown) {
      while (first.length < fewestShown) first.push(await draw(first.length + 1));
      this.#show(order, sample.pair, [sample.figures, ...first], "sample");
    }
    const whole = await this.#declared(order, "whole");
    const moved = (drawn: RunFigures) => movedFigures(drawn, sample.figures, whole.figures);
    const figures = [whole.figures, ...first.map(moved)];
    this.#show(order, whole.pair, figures, "whole");
    for (let run = figures.length; run <= others; run++) {
      figures.push(moved(await draw(run)));
      if (run === others || (figures.length > fewestShown && this.#port.isTimeToShow()))
        this.#show(order, whole.pair, figures, "whole");
    }
  }

  /** The pair of runs at the declared parameters; the one without the scenario is made once. */
  async #declared(order: Order, extent: Extent): Promise<Declared> {
    const { scenario, plan } = order;
    const declared = plan.runs[0]!;
    const key = `${extent} ${scenario.seed} ${scenario.share}`;
    const baseline =
      this.#baselines.get(key) ??
      (await this.#one(order, declared, "baseline", extent, extent === "sample" ? "sample" : "baseline"));
    if (this.#baselines.size >= mostKept) this.#baselines.clear();
    this.#baselines.set(key, baseline);
    const changed =
      scenario.overrides.length > 0
        ? await this.#one(order, declared, "scenario", extent, extent === "sample" ? "sample" : "scenario")
        : baseline;
    const pair = { baseline, scenario: changed };
    const costs = costsOf(changed, baseline, plan.parametersOf(declared, "scenario"));
    return { pair, figures: { run: 0, baseline: figuresOf(baseline), scenario: figuresOf(changed), costs } };
  }

  /** The figures of another pair of the plan. What it is without the scenario is made once for as long as it is the same. */
  async #drawnPair(order: Order, run: number, declared: PairOfResults): Promise<RunFigures> {
    const { scenario, plan } = order;
    const planned = plan.runs[run]!;
    const key = keyOf(scenario, planned);
    const known = key === null ? undefined : this.#drawn.get(key);
    const baseline = known ?? figuresOf(await this.#one(order, planned, "baseline", "sample", "draws"));
    if (this.#drawn.size >= mostDrawn) this.#drawn.clear();
    if (key !== null) this.#drawn.set(key, baseline);
    const isChanged = scenario.overrides.length > 0;
    const result = isChanged ? await this.#one(order, planned, "scenario", "sample", "draws") : declared.scenario;
    // The sample runs teachers alone: costs that are a difference of schools' money stay unknown on both sides alike.
    const costs = costsOf(result, declared.baseline, plan.parametersOf(planned, "scenario"));
    return { run, baseline, scenario: isChanged ? figuresOf(result) : baseline, costs };
  }

  /** @throws {RefusedRun | DroppedRun} */
  #one(
    { scenario, plan, token }: Order,
    planned: PlannedRun,
    side: "baseline" | "scenario",
    extent: Extent,
    stage: Stage,
  ): Promise<RunResult> {
    const { seed, share } = scenario;
    const request: ToWorker = {
      ...{ kind: "run", token, seed, years: modelHorizon.years, replicate: planned.replicate },
      parameters: plan.parametersOf(planned, side),
      share: extent === "sample" ? Math.min(share, this.#sampleShare) : share,
      parts: partsOf[extent],
    };
    return new Promise((take, fail) => {
      this.#waiting = { stage, take, fail };
      this.#port.send(request);
    });
  }

  #hear(message: FromWorker): void {
    const waiting = this.#waiting;
    if (message.kind === "loaded") this.#events.ready(message.dataHash);
    else if (message.kind === "refused" && message.token === null) this.#events.failed(message.code, message.message);
    if (message.kind === "loaded" || !waiting || message.token !== this.#token) return; // of a run that nobody waits for any more
    if (message.kind === "progress") {
      if (waiting.stage !== "draws") this.#events.progress(waiting.stage, message.done, message.of);
      return;
    }
    this.#waiting = null;
    if (message.kind === "result") waiting.take(message.result);
    else if (message.kind === "refused") waiting.fail(new RefusedRun(message.code, message.message));
    else waiting.fail(new DroppedRun());
  }

  #show({ scenario, plan }: Order, pair: PairOfResults, figures: readonly RunFigures[], extent: Extent): void {
    const { first, years } = modelHorizon;
    const changes = scenario.overrides.length > 0;
    const report = scenarioReport(plan, figures, { first, years, seed: scenario.seed, changes });
    const draws = figures.filter(({ run }) => plan.runs[run]!.kind === "parameters").length;
    this.#events.shown({ first, years, pair, report, changes, draws }, extent, pair.scenario.hash);
  }
}
