// Runs every lever of the simulation alone, as suggested, and writes src/discussion/proposals/simulated.ts: what each proposal's page says.
//
//   node scripts/reference/simulation-levers.mjs
import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { build } from "esbuild";

const target = join(dirname(fileURLToPath(import.meta.url)), "../../src/discussion/proposals");
const scratch = mkdtempSync(join(tmpdir(), "levers-"));
try {
  const outfile = join(scratch, "levers.mjs");
  const entry = join(target, "simulate-levers.ts");
  await build({ entryPoints: [entry], bundle: true, platform: "node", format: "esm", outfile });
  const { simulateLevers } = await import(pathToFileURL(outfile).href);
  const table = JSON.stringify(await simulateLevers());
  writeFileSync(
    join(target, "simulated.ts"),
    `// Made by scripts/reference/simulation-levers.mjs; don't edit.\nimport type { SimulatedLever } from "./simulate-levers.js";\n\n/** Every lever alone, as suggested: everybody, and the draws. */\nexport const simulatedLevers: readonly SimulatedLever[] = ${table};\n`,
  );
  spawnSync("node_modules/.bin/biome", ["check", "--write", join(target, "simulated.ts")], { stdio: "inherit" });
} finally {
  rmSync(scratch, { recursive: true });
}
