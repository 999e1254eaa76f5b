// Runs the study files that scripts/reference/item-trials.R wrote through the command line, and says how far the results are from the other programs':
//   node scripts/reference/item-trials.mjs FOLDER [NAME …]
// Differences are the largest of all items or groups; of standard errors relative ones.
import { spawnSync } from "node:child_process";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const [folder, ...wanted] = process.argv.slice(2);
const cli = fileURLToPath(new URL("../../dist/main/cli.js", import.meta.url));
const names = readdirSync(folder)
  .filter((file) => file.endsWith(".json") && (wanted.length === 0 || wanted.includes(file.slice(0, -5))))
  .map((file) => file.slice(0, -5))
  .filter((name) => existsSync(join(folder, `${name}.yaml`)));

const largest = (values) => values.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
const shown = (value) => (value === null ? "" : value < 1e-12 ? "0" : value.toExponential(1));

/** Ours beside theirs: item by item, group by group. Programs that drop what they don't know leave a blank. */
function compare({ results }, theirs) {
  const own = new Map(results.items.map((item) => [item.item, item]));
  const slopes = [];
  const intercepts = [];
  const guessing = [];
  const errors = [];
  for (const [name, item] of Object.entries(theirs.items)) {
    const mine = own.get(name);
    if (!mine) throw new Error(`item ${name} is not among the results`);
    slopes.push(mine.slope - item.slope);
    for (const [k, value] of item.intercepts.entries()) intercepts.push(mine.intercepts[k + 1] - value);
    guessing.push(mine.guessing - item.guessing);
    const error = theirs.errors?.[name];
    if (typeof error?.slope === "number") errors.push(mine.slopeError / error.slope - 1);
    if (typeof error?.intercept === "number") errors.push(mine.interceptError / error.intercept - 1);
  }
  const groups = Object.entries(theirs.groups ?? {}).flatMap(([name, { mean, sd }], k) => {
    const mine =
      results.calibration.groups.find(({ group }) => group === name) ??
      (Object.keys(theirs.groups).length === 1 ? results.calibration.groups[k] : undefined);
    return mine ? [mine.mean - mean, mine.sd - sd] : [Number.NaN];
  });
  return {
    items: own.size,
    persons: results.calibration.persons,
    ours: results.calibration.logLikelihood,
    logLikelihood: results.calibration.logLikelihood - theirs.logLikelihood,
    slope: largest(slopes),
    intercept: largest(intercepts),
    guessing: guessing.some((one) => one !== 0) ? largest(guessing) : null,
    groups: groups.length > 0 ? largest(groups) : null,
    errors: errors.length > 0 ? largest(errors) : null,
  };
}

console.log(
  "| data and model | pupils × items | program | log-likelihood | difference | slopes | intercepts | guessing | groups | errors |",
);
console.log("|---|---|---|---|---|---|---|---|---|---|");
for (const name of names) {
  const theirs = JSON.parse(readFileSync(join(folder, `${name}.json`), "utf8"));
  const args = [cli, "reference-assessments", "calibrate", join(folder, `${name}.yaml`), "--json"];
  const { status, stdout, stderr } = spawnSync(process.execPath, args, { encoding: "utf8", maxBuffer: 1 << 28 });
  if (status !== 0) {
    console.log(
      `| ${name} | refused (${status}): ${`${stdout}${stderr}`.trim().replaceAll("\n", " ").slice(0, 600)} |`,
    );
    continue;
  }
  const c = compare(JSON.parse(stdout), theirs);
  console.log(
    `| ${name} | ${c.persons} × ${c.items} | ${theirs.program} | ${c.ours.toFixed(4)} | ${c.logLikelihood.toFixed(5)} | ${shown(c.slope)} | ${shown(c.intercept)} | ${shown(c.guessing)} | ${shown(c.groups)} | ${shown(c.errors)} |`,
  );
}
