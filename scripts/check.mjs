// The fast check before every commit: format, lint, types, walls, unit tests, dead code. Stops at the first that fails.
import { spawnSync } from "node:child_process";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const root = join(dirname(fileURLToPath(import.meta.url)), "..");
const node = process.execPath;
const bin = (name) => join(root, "node_modules", ".bin", name);
const steps = [
  ["set-up", node, ["scripts/setup.mjs"]],
  ["format and lint", bin("biome"), ["check", "--error-on-warnings"]],
  ["types", node, ["node_modules/ts7/bin/tsc", "-p", ".", "--noEmit"]],
  [
    "types of the browser's scripts",
    node,
    ["node_modules/ts7/bin/tsc", "-p", "src/discussion/simulate/client", "--noEmit"],
  ],
  ["walls", bin("depcruise"), ["src", "--config", ".dependency-cruiser.cjs"]],
  ["unit tests", bin("vitest"), ["run", "--project", "unit", "--reporter", "dot"]],
  ["dead code", bin("knip"), []],
];
for (const [name, command, args] of steps) {
  const started = Date.now();
  const run = spawnSync(command, args, { cwd: root, encoding: "utf8" });
  const seconds = ((Date.now() - started) / 1000).toFixed(1);
  if (run.status !== 0) {
    process.stdout.write(`${run.stdout ?? ""}${run.stderr ?? ""}`);
    process.stdout.write(`✗ ${name} (${seconds} s)\n`);
    process.exit(1);
  }
  process.stdout.write(`✓ ${name} (${seconds} s)\n`);
}
