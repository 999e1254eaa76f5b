import cliProgress from "cli-progress";
import type { Progress } from "../../kernel/index.js";

/** A progress on a terminal: one bar for the stage under way, a line for each that ended. It writes to the standard error only. */
export interface TerminalProgress extends Progress {
  /** Ends the stage under way and takes the bar away. */
  end(): void;
  /** Takes the bar away from a stage that was not ended. */
  abandon(): void;
}

const seconds = (from: number) => `${((performance.now() - from) / 1000).toFixed(1)} s`;

const stepsInWords = (steps: number, total: number | null) =>
  total === null ? "…" : `${steps.toLocaleString("en-GB")} of ${total.toLocaleString("en-GB")}`;

/** Shows bars on a terminal; says nothing in a pipe, where whoever reads wants the results only. */
export function terminalProgress(output: NodeJS.WriteStream = process.stderr): TerminalProgress {
  if (!output.isTTY) return { stage() {}, done() {}, note() {}, end() {}, abandon() {} };
  const bar = new cliProgress.SingleBar({
    format: "{bar} {stage} {steps}",
    barsize: 24,
    // The terminal is left as it is: a program that is killed could not give the cursor or the wrapping of lines back.
    hideCursor: false,
    linewrap: true,
    clearOnComplete: true,
    stream: output,
    formatBar: (progress, options) => {
      const size = options.barsize ?? 24;
      const full = Math.round(progress * size);
      return "█".repeat(full) + "░".repeat(size - full);
    },
  });
  let stage: { name: string; from: number; steps: number; total: number | null } | null = null;
  const finish = () => {
    if (!stage) return;
    bar.stop();
    output.write(`✓ ${stage.name} (${seconds(stage.from)})\n`);
    stage = null;
  };
  return {
    stage(name, total = null) {
      finish();
      stage = { name, from: performance.now(), steps: 0, total };
      bar.start(total ?? 1, 0, { stage: name, steps: stepsInWords(0, total) });
    },
    done(steps) {
      if (!stage?.total) return;
      stage.steps = steps;
      bar.update(steps, { steps: stepsInWords(steps, stage.total) });
    },
    note(text) {
      if (stage) bar.stop();
      output.write(`  ${text}\n`);
      if (!stage) return;
      const { name, steps, total } = stage;
      bar.start(total ?? 1, steps, { stage: name, steps: stepsInWords(steps, total) });
    },
    end: finish,
    abandon() {
      if (stage) bar.stop();
      stage = null;
    },
  };
}
