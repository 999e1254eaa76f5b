import { readSettings, settingsOverrides } from "../../../simulation/levers/index.js";
import { simulationParameters } from "../../../simulation/parameters/index.js";
import {
  modelHorizon,
  modelVersion,
  readScenarioLink,
  reformFrom,
  type Scenario,
  scenarioLink,
  scenarioSchema,
} from "../../../simulation/scenario/index.js";
import type { PlanOptions } from "../../../simulation/uncertainty/index.js";
import { drawsAlone, Runner, type Stage } from "../runner.js";
import { usualRun } from "../usual-run.js";
import { deflateBytes, inflateBytes } from "./compression.js";
import { LeverControls, RunFields } from "./controls.js";
import { byId, escapeMarkup, openAround } from "./elements.js";
import { Explorer } from "./explorer.js";
import { OtherChanges } from "./other-changes.js";
import { problemWords, showProblems } from "./problems.js";
import { offerDownloads, showRun } from "./show.js";
import { workerPort } from "./worker-port.js";

const leverYears = { from: reformFrom, to: modelHorizon.first + modelHorizon.years };
const horizon = { from: modelHorizon.first, to: modelHorizon.first + modelHorizon.years };
const everyUncertainty: PlanOptions = { chance: 20, structures: true, tornado: true };

const stageWords: Readonly<Record<Stage, string>> = {
  sample: "Running a sample of the teachers",
  baseline: "Running everything, without the scenario",
  scenario: "Running everything, with the scenario",
  draws: "Drawing the uncertain numbers",
};

/** The simulator's page: levers, link and runs. */
class SimulatorPage {
  readonly #levers = new LeverControls((settled) => void this.#changed(settled));
  readonly #others = new OtherChanges(() => void this.#changed(true));
  readonly #fields = new RunFields((settled) => void this.#changed(settled));
  readonly #explorer = new Explorer();
  readonly #runner: Runner;
  /** Of the country as the worker made it; empty until it has. */
  #dataHash = "";
  #share: number = usualRun.share;
  /** The part after the # that this page wrote last. */
  #written = "";

  constructor(root: HTMLElement) {
    const failed = (code: string, message: string) => this.#failed(code, message);
    this.#runner = new Runner(workerPort(root.dataset.worker ?? "", failed), {
      ready: (dataHash) => void this.#ready(dataHash),
      progress: (stage, done, of) => this.#progress(stageWords[stage], done / of),
      shown: (run, extent, hash) => {
        showRun(run);
        this.#explorer.show(run);
        byId("simulator-result", HTMLElement).textContent = extent === "whole" ? hash : "still being run";
        byId("simulator-results", HTMLDivElement).dataset.extent = extent;
      },
      done: () => this.#stopped(this.#doneWords()),
      cancelled: () => this.#stopped("Stopped. What is shown is what had been run."),
      failed,
    });
    byId("simulator-levers", HTMLFormElement).hidden = false;
    foldLevers();
    byId("simulator-levers", HTMLFormElement).addEventListener("submit", (event) => event.preventDefault());
    byId("simulator-state", HTMLDivElement).hidden = false;
    byId("simulator-more", HTMLDivElement).hidden = false;
    byId("without-script", HTMLDivElement).hidden = true;
    byId("simulator-cancel", HTMLButtonElement).addEventListener("click", () => this.#runner.cancel());
    byId("simulator-results", HTMLDivElement).addEventListener("click", ({ target }) => {
      if (target instanceof Element && target.closest("[data-further]")) this.#run("whole", everyUncertainty);
    });
    byId("simulator-to-results", HTMLButtonElement).addEventListener("click", () =>
      byId("simulator-results", HTMLDivElement).focus(),
    );
    byId("simulator-reset", HTMLButtonElement).addEventListener(
      "click",
      () => void this.#open(this.#scenarioWithout()),
    );
    byId("simulator-copy", HTMLButtonElement).addEventListener("click", () => void copyLink());
    addEventListener("hashchange", () => {
      if (location.hash.slice(1) !== this.#written) void this.#openLink();
    });
    offerDownloads();
    this.#progress("Making the country", 0);
  }

  async #ready(dataHash: string): Promise<void> {
    this.#dataHash = dataHash;
    byId("simulator-model", HTMLElement).textContent = modelVersion;
    byId("simulator-data", HTMLElement).textContent = dataHash;
    await this.#openLink();
    const asked = new URLSearchParams(location.search);
    const [path, lever] = [asked.get("change"), asked.get("lever")];
    if (path !== null) this.#others.choose(path);
    if (lever !== null) openLever(lever);
  }

  #scenarioWithout(): Scenario {
    return { schema: scenarioSchema, model: modelVersion, dataHash: this.#dataHash, overrides: [], ...usualRun };
  }

  #scenario(): Scenario {
    const moved = settingsOverrides(this.#levers.settings, leverYears, simulationParameters);
    return {
      ...{ ...this.#scenarioWithout(), ...this.#fields.values, share: this.#share },
      overrides: [...moved, ...this.#others.overrides],
    };
  }

  /** Opens what stands after the # of the address, or says what is wrong with it and leaves the rest as it is. */
  async #openLink(): Promise<void> {
    const fragment = location.hash.slice(1);
    this.#notices([]);
    if (fragment === "") return this.#open(this.#scenarioWithout());
    const context = { parameters: simulationParameters, model: modelVersion, dataHash: this.#dataHash, years: horizon };
    const read = await readScenarioLink(fragment, inflateBytes, context);
    if (read.ok) {
      this.#notices(read.value.notices);
      return this.#open(read.value.scenario);
    }
    showProblems(
      read.error.map((problem) => ({ text: problemWords(problem), field: null })),
      "This link was not opened, and nothing was changed. What is shown is where the levers stand.",
      true,
    );
    this.#run("whole", drawsAlone);
  }

  async #open(scenario: Scenario): Promise<void> {
    const { settings, others } = readSettings(scenario.overrides, leverYears, simulationParameters);
    this.#levers.set(settings);
    this.#others.set(others);
    this.#fields.set(scenario);
    this.#share = scenario.share;
    showProblems([], null, false);
    this.#run("whole", drawsAlone);
    await this.#writeLink(scenario);
  }

  async #changed(settled: boolean): Promise<void> {
    const problems = [...this.#levers.problems, ...this.#others.problems, ...this.#fields.problems];
    showProblems(
      problems.map(({ id, message }) => ({ text: message, field: id })),
      problems.length > 0 ? "What is shown stays as it was before." : null,
      false,
    );
    if (problems.length > 0 || this.#dataHash === "") return;
    this.#run(settled ? "whole" : "sample", drawsAlone);
    if (settled) await this.#writeLink(this.#scenario());
  }

  #run(extent: "sample" | "whole", plan: PlanOptions): void {
    const scenario = this.#scenario();
    byId("simulator-cancel", HTMLButtonElement).disabled = false;
    byId("simulator-result", HTMLElement).textContent = "still being run";
    this.#runner.run(scenario, extent, plan);
  }

  async #writeLink(scenario: Scenario): Promise<void> {
    const link = await scenarioLink(scenario, deflateBytes);
    this.#written = link;
    history.replaceState(null, "", `#${link}`);
    byId("simulator-link", HTMLInputElement).value = location.href;
  }

  #notices(notices: readonly string[]): void {
    byId("simulator-notices", HTMLDivElement).innerHTML = notices
      .map((notice) => `<p class="govuk-inset-text">${escapeMarkup(notice)}</p>`)
      .join("");
  }

  #progress(words: string, share: number): void {
    const status = byId("simulator-status", HTMLParagraphElement);
    if (status.textContent !== words) status.textContent = words; // said aloud once a stage, not once a draw
    byId("simulator-progress", HTMLProgressElement).value = share;
  }

  #doneWords(): string {
    const { draws } = this.#fields.values;
    const people = this.#share === 1 ? "everybody" : `one in ${Math.round(1 / this.#share)} of everybody`;
    return draws > 1
      ? `Done: ${people} once, and ${draws} draws of the uncertain numbers on a sample of the teachers.`
      : `Done: ${people} once. With one draw there is no interval.`;
  }

  #stopped(words: string): void {
    byId("simulator-status", HTMLParagraphElement).textContent = words;
    byId("simulator-progress", HTMLProgressElement).value = 1;
    byId("simulator-cancel", HTMLButtonElement).disabled = true;
  }

  #failed(code: string, message: string): void {
    byId("simulator-results", HTMLDivElement).innerHTML = "";
    byId("simulator-result", HTMLElement).textContent = "none";
    const lead =
      code === "simulation-not-calibrated"
        ? "With these numbers the model can't meet the published flows that it is held to, so there is no result."
        : "The run failed, so there is no result.";
    showProblems([{ text: message, field: null }], lead, true);
    this.#stopped("There is no result.");
  }
}

/** Beside the results where there is room; folded above them where there isn't. */
function foldLevers(): void {
  const fold = byId("simulator-fold", HTMLDetailsElement);
  const isWide = matchMedia("(min-width: 40.0625em)");
  const follow = () => {
    fold.open = isWide.matches;
  };
  isWide.addEventListener("change", follow);
  follow();
}

/** Opens a lever's fold, for whoever comes from its proposal. */
function openLever(id: string): void {
  const fold = [...document.querySelectorAll<HTMLDetailsElement>("[data-lever]")].find(
    (one) => one.dataset.lever === id,
  );
  if (!fold) return;
  openAround(fold);
  fold.querySelector("summary")?.focus();
}

async function copyLink(): Promise<void> {
  const field = byId("simulator-link", HTMLInputElement);
  const said = byId("simulator-copied", HTMLParagraphElement);
  try {
    await navigator.clipboard.writeText(field.value);
    said.textContent = "The link was copied.";
  } catch {
    field.select(); // over plain HTTP browsers let no page write to the clipboard
    said.textContent = "The link is selected: copy it with Ctrl+C.";
  }
}

const root = document.getElementById("simulator");
if (root) new SimulatorPage(root);
