import type { Cost, Figures, Line, PeerLine, Skipped } from "./line.js";
import type { Task } from "./task.js";

const width = { name: 54, number: 11 };

/** As many digits as say something: 0.042, 3.14, 128, 4,211. */
function shownNumber(value: number): string {
  if (Number.isInteger(value)) return value.toLocaleString("en-GB");
  const size = Math.abs(value);
  if (size < 1e-3) return value.toExponential(1);
  if (size >= 1e6) return value.toLocaleString("en-GB", { maximumFractionDigits: 6 });
  return Number(value.toPrecision(size >= 1000 ? 10 : 4)).toLocaleString("en-GB", { maximumFractionDigits: 6 });
}

const cell = (value: number | null | undefined, digits: number) =>
  (value === null || value === undefined ? "–" : value.toFixed(digits)).padStart(width.number);

function costRow(name: string, cost: { readonly [figure in keyof Cost]?: number | null }, memoryDigits = 0): string {
  const cells = [cell(cost.seconds, 2), cell(cost.cpuSeconds, 2), cell(cost.peakMegabytes, memoryDigits)];
  return `  ${name.padEnd(width.name)}${cells.join("")}`;
}

/** Figures as indented lines; groups of figures of one shape as a line each. */
function figureRows(figures: Figures, indent: string): string[] {
  return Object.entries(figures).flatMap(([name, value]) => {
    if (Array.isArray(value)) {
      const items = value as readonly Figures[];
      return [`${indent}${name}`, ...items.map((item) => `${indent}  ${inLine(item)}`)];
    }
    if (value !== null && typeof value === "object")
      return [`${indent}${name}`, ...figureRows(value as Figures, `${indent}  `)];
    return [`${indent}${name}: ${shown(value as number | string | boolean | null)}`];
  });
}

const shown = (value: number | string | boolean | null) =>
  typeof value === "number" ? shownNumber(value) : value === null ? "–" : String(value);

function inLine(figures: Figures): string {
  return Object.entries(figures)
    .map(([name, value]) => `${name} ${shown(value as number | string | boolean | null)}`)
    .join(", ");
}

function peerRows(peer: PeerLine): string[] {
  if (peer.status !== "finished")
    return [`  ${(peer.version ?? peer.name).padEnd(width.name)} ${peer.status}: ${peer.note ?? ""}`];
  const ratio = peer.ratio ? [costRow("  ÷ ours", peer.ratio, 2)] : [];
  const note = [peer.caution, peer.note].filter(Boolean).map((text) => `    ${text}`);
  return [costRow(peer.version ?? peer.name, peer), ...ratio, ...note, ...figureRows(peer.figures ?? {}, "    ")];
}

/** A case as a person reads it. */
export function describeLine(line: Line | Skipped): string {
  if ("skipped" in line) return `${line.task} ${line.case}: skipped, ${line.skipped}\n`;
  const heads = ["seconds", "CPU s", "peak MB"].map((head) => head.padStart(width.number)).join("");
  return [
    `${line.task} ${line.case}`,
    `  ${`median of ${line.runs}, load ${line.load.toFixed(1)}`.padEnd(width.name)}${heads}`,
    costRow("Greenpaper", line),
    ...figureRows(line.figures, "    "),
    ...(line.peers ?? []).flatMap(peerRows),
    "",
  ].join("\n");
}

/** What can be run. */
export function describeTasks(tasks: readonly Task[]): string {
  const blocks = tasks.map(({ name, about, cases }) =>
    [`${name}: ${about}`, ...cases.map((one) => `  ${one.name.padEnd(18)}${one.about}`)].join("\n"),
  );
  return `npm run bench -- TASK [CASE] [--peers] [--json] [--runs N] [--timeout SECONDS] [--profile] [--blas FILE] [--seeds N]\n\n${blocks.join("\n\n")}\n`;
}
