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

/** Shows bars on a terminal; says nothing in a pipe, where whoever reads wants the results only. */
export function terminalProgress(output: NodeJS.WriteStream = process.stderr): TerminalProgress {
  if (!output.isTTY) return { stage() {}, done() {}, note() {}, end() {}, abandon() {} };
  const bar = new cliProgress.SingleBar({
    format: "{bar} {stage} {value}{of}",
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
  let stage: { name: string; from: number; total: number | null } | null = null;
  const finish = () => {
    if (!stage) return;
    bar.stop();
    output.write(`✓ ${stage.name} (${seconds(stage.from)})\n`);
    stage = null;
  };
  return {
    stage(name, total = null) {
      finish();
      stage = { name, from: performance.now(), total };
      bar.start(total ?? 1, 0, { stage: name, of: total === null ? " …" : ` of ${total.toLocaleString("en-GB")}` });
    },
    done(steps) {
      if (stage?.total) bar.update(steps);
    },
    note(text) {
      if (stage) bar.stop();
      output.write(`  ${text}\n`);
      if (stage)
        bar.start(stage.total ?? 1, 0, { stage: stage.name, of: stage.total === null ? " …" : ` of ${stage.total}` });
    },
    end: finish,
    abandon() {
      if (stage) bar.stop();
      stage = null;
    },
  };
}
