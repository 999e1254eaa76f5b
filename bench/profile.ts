import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { Figures } from "./line.js";

interface CpuProfile {
  readonly nodes: readonly {
    readonly id: number;
    readonly callFrame: { readonly functionName: string; readonly url: string; readonly lineNumber: number };
  }[];
  readonly samples: readonly number[];
  /** Microseconds before each sample. */
  readonly timeDeltas: readonly number[];
}

const shown = 15;

/** Where the time went: seconds in each function itself, over all threads' profiles in a folder, the longest first. */
export function longestFunctions(folder: string): Figures[] {
  const seconds = new Map<string, number>();
  for (const file of readdirSync(folder).filter((name) => name.endsWith(".cpuprofile"))) {
    const { nodes, samples, timeDeltas } = JSON.parse(readFileSync(join(folder, file), "utf8")) as CpuProfile;
    const names = new Map(
      nodes.map(({ id, callFrame: { functionName, url, lineNumber } }) => {
        const place = url === "" ? "" : ` (${url.split("/").slice(-2).join("/")}:${lineNumber + 1})`;
        return [id, `${functionName || "anonymous"}${place}`];
      }),
    );
    samples.forEach((id, i) => {
      const name = names.get(id)!;
      if (name !== "(idle)") seconds.set(name, (seconds.get(name) ?? 0) + timeDeltas[i]! / 1e6);
    });
  }
  return [...seconds]
    .sort((a, b) => b[1] - a[1])
    .slice(0, shown)
    .map(([name, time]) => ({ function: name, seconds: time }));
}
