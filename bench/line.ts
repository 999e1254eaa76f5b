/** Time and memory of one program at one case. */
export interface Cost {
  /** What the case counts, by the clock. */
  readonly seconds: number;
  /** User and system time of all threads in the same span. */
  readonly cpuSeconds: number | null;
  /** Highest resident memory of the whole process, in megabytes of 2²⁰ bytes; null where the system doesn't tell. */
  readonly peakMegabytes: number | null;
}

/** A peer that was looked for: its cost beside ours and how far the answers agree, or why there is none. */
export interface PeerLine extends Partial<Cost> {
  readonly name: string;
  /** With what it runs on. */
  readonly version?: string;
  /** What its figures must be read with; null when nothing. */
  readonly caution?: string | null;
  readonly status: "finished" | "not found" | "not finished" | "failed";
  /** Why there are no figures, or what is missing from them. */
  readonly note?: string;
  readonly criterion?: number;
  /** Peer ÷ ours. */
  readonly ratio?: { readonly [figure in keyof Cost]: number | null };
  readonly figures?: Figures;
}

/** Figures of a case beyond its cost, by name: numbers, words, and groups of them. */
export interface Figures {
  readonly [name: string]: number | string | boolean | null | Figures | readonly Figures[];
}

/** What one run of one case prints: one line of JSON, or one block of the table. */
export interface Line extends Cost {
  readonly task: string;
  readonly case: string;
  /** How many runs the cost is the median of. */
  readonly runs: number;
  /** Mean number of busy processes in the minute before: above zero, others shared the machine. */
  readonly load: number;
  readonly figures: Figures;
  readonly peers?: readonly PeerLine[];
}

/** A case that could not be run here, with the reason. */
export interface Skipped {
  readonly task: string;
  readonly case: string;
  readonly skipped: string;
}

/** The median; of an even number the lower of the two in the middle, so that it is a value that was measured. */
export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted[Math.floor((sorted.length - 1) / 2)];
  if (middle === undefined) throw new RangeError("the median of no values");
  return middle;
}

/** The cost of several runs, figure by figure. */
export function medianCost(runs: readonly Cost[]): Cost {
  const known = (values: readonly (number | null)[]) => {
    const numbers = values.filter((value) => value !== null);
    return numbers.length > 0 ? median(numbers) : null;
  };
  return {
    seconds: median(runs.map((run) => run.seconds)),
    cpuSeconds: known(runs.map((run) => run.cpuSeconds)),
    peakMegabytes: known(runs.map((run) => run.peakMegabytes)),
  };
}

/** Peer ÷ ours, figure by figure. */
export function ratioOf(peer: Cost, ours: Cost): { [figure in keyof Cost]: number | null } {
  const divide = (a: number | null, b: number | null) => (a === null || b === null || b === 0 ? null : a / b);
  return {
    seconds: divide(peer.seconds, ours.seconds),
    cpuSeconds: divide(peer.cpuSeconds, ours.cpuSeconds),
    peakMegabytes: divide(peer.peakMegabytes, ours.peakMegabytes),
  };
}
