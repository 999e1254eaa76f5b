// Runs the simulation's hindcasts on all teachers and writes src/simulation/hindcast/table.ts.
//
//   node scripts/reference/simulation-hindcast.mjs
import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { build } from "esbuild";

const target = join(dirname(fileURLToPath(import.meta.url)), "../../src/simulation/hindcast");
const scratch = mkdtempSync(join(tmpdir(), "hindcast-"));
try {
  const outfile = join(scratch, "hindcast.mjs");
  await build({ entryPoints: [join(target, "hindcast.ts")], bundle: true, platform: "node", format: "esm", outfile });
  const { hindcast, hindcastStarts } = await import(pathToFileURL(outfile).href);
  const table = JSON.stringify(hindcastStarts.map((start) => hindcast(start)));
  writeFileSync(
    join(target, "table.ts"),
    `// Made by scripts/reference/simulation-hindcast.mjs; don't edit.\nimport type { Hindcast } from "./hindcast.js";\n\n/** The model from earlier censuses beside what was published since: all teachers, one run each. */\nexport const hindcastTable: readonly Hindcast[] = ${table};\n`,
  );
  spawnSync("node_modules/.bin/biome", ["check", "--write", join(target, "table.ts")], { stdio: "inherit" });
} finally {
  rmSync(scratch, { recursive: true });
}
