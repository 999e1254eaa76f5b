import cliProgress from "cli-progress";
import type { Progress } from "../../kernel/index.js";

/** The progress of work beside other work; `end` ends its stage under way. */
export interface Lane extends Progress {
  end(): void;
}

/** A progress on a terminal: one bar for the stages under way, a line for each that ended. It writes to the standard error only. */
export interface TerminalProgress extends Progress {
  /** A progress of its own for work that goes on beside other work; its lines begin with the name. */
  lane(name: string): Lane;
  /** Ends the stages under way and takes the bar away. */
  end(): void;
  /** Takes the bar away from stages that were not ended. */
  abandon(): void;
}

interface Stage {
  readonly name: string;
  readonly from: number;
  readonly total: number | null;
  steps: number;
}

const seconds = (from: number) => `${((performance.now() - from) / 1000).toFixed(1)} s`;

const stepsInWords = (steps: number, total: number | null) =>
  total === null ? "…" : `${steps.toLocaleString("en-GB")} of ${total.toLocaleString("en-GB")}`;

/** What the bar shows of the stages under way: their names, and how far those have come that know it. */
function shown(stages: readonly Stage[]): { total: number; steps: number; words: { stage: string; steps: string } } {
  const known = stages.filter(({ total }) => total !== null);
  const total = known.reduce((sum, stage) => sum + stage.total!, 0);
  const steps = known.reduce((sum, stage) => sum + Math.min(stage.steps, stage.total!), 0);
  const stage = stages.map(({ name }) => name).join(" · ");
  return { total: Math.max(total, 1), steps, words: { stage, steps: stepsInWords(steps, total > 0 ? total : null) } };
}

/** Shows bars on a terminal; says nothing in a pipe, where whoever reads wants the results only. */
export function terminalProgress(output: NodeJS.WriteStream = process.stderr): TerminalProgress {
  if (!output.isTTY) {
    const nothing: Progress = { stage() {}, done() {}, note() {} };
    return { ...nothing, lane: () => ({ ...nothing, end() {} }), end() {}, abandon() {} };
  }
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
  const stages = new Map<string, Stage>();
  const show = () => {
    if (stages.size === 0) return;
    const { total, steps, words } = shown([...stages.values()]);
    bar.start(total, steps, words);
  };
  /** Writes a line above the bar. */
  const write = (line: string) => {
    bar.stop();
    output.write(`${line}\n`);
  };
  const finish = (lane: string) => {
    const stage = stages.get(lane);
    if (!stage) return;
    write(`✓ ${stage.name} (${seconds(stage.from)})`);
    stages.delete(lane);
  };
  const laneOf = (lane: string): Lane => ({
    stage(name, total = null) {
      finish(lane);
      bar.stop();
      stages.set(lane, { name: lane ? `${lane}: ${name}` : name, from: performance.now(), steps: 0, total });
      show();
    },
    done(steps) {
      const stage = stages.get(lane);
      if (!stage?.total) return;
      stage.steps += steps;
      const now = shown([...stages.values()]);
      bar.update(now.steps, now.words);
    },
    note(text) {
      write(`  ${lane ? `${lane}: ` : ""}${text}`);
      show();
    },
    end() {
      finish(lane);
      show();
    },
  });
  return {
    ...laneOf(""),
    lane: laneOf,
    end() {
      for (const lane of [...stages.keys()]) finish(lane);
    },
    abandon() {
      if (stages.size > 0) bar.stop();
      stages.clear();
    },
  };
}
