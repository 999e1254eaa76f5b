// Solves for the parameters of the synthetic England that no published table states, and writes src/england/solved.ts.
//
//   node --import tsx scripts/reference/england-solve.mjs [ROUNDS]
//
// Reads only the committed targets (src/england/targets). About ten seconds a round; 24 rounds were committed.
import { spawnSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { solve } from "../../src/england/solve.ts";

const rounds = Number(process.argv[2] ?? 24);
const root = join(dirname(fileURLToPath(import.meta.url)), "../..");
const file = join(root, "src/england/solved.ts");

/** Four significant digits are far below the sampling error of the moments. */
const short = (_key, value) => (typeof value === "number" ? Number(value.toPrecision(4)) : value);

const parameters = solve(rounds, 20_260_000, (round, now) => {
  const { persistent, ofYear, authority, joining } = now.secondary;
  process.stderr.write(
    `round ${round + 1} of ${rounds}: ${JSON.stringify({ persistent, ofYear, authority, joining, primary: now.primary.persistent, tail: now.subjects.tail }, short)}\n`,
  );
});
writeFileSync(
  file,
  `// Made by scripts/reference/england-solve.mjs from the targets; don't edit.
import type { Parameters } from "./parameters.js";

/** The solved parameters of the synthetic England: ${rounds} rounds of moment matching on the whole country. */
export const solved: Parameters = ${JSON.stringify(parameters, short)};
`,
);
spawnSync(process.execPath, [join(root, "node_modules/@biomejs/biome/bin/biome"), "check", "--write", file], {
  stdio: "inherit",
});
