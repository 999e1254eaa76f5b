// What authorities' units of funding of 2023/24 say of the rates of the national formula: least squares over authorities outside London, weighted by
// pupils, of the published unit on schools a pupil, and shares of pupils who are disadvantaged or learn English. Prints what docs/methods/simulation.md quotes.
//
//   node scripts/reference/simulation-units.mjs FOLDER_OF_THE_PUBLISHED_FILES
import { number, readRows } from "./england/reading.mjs";
import { readSchools } from "./england/schools.mjs";
import { solve } from "./simulation/ages.mjs";

const london = "E12000007";
const folder = process.argv[2];
if (!folder) throw new Error("node scripts/reference/simulation-units.mjs FOLDER_OF_THE_PUBLISHED_FILES");

const published = new Map(
  readRows(folder, "dsg_allocations_2020_2024_long")
    .filter((row) => row.year === "2023 to 2024" && row.sheet === "Schools_block_and_CSSB")
    .map((row) => [`${row.la_code}|${row.label}`, number(row.value)]),
);

/** An authority's schools of a phase, summed. */
function authorities(phase) {
  const sums = new Map();
  for (const school of readSchools(folder)) {
    if (school.phase !== phase || !(school.size > 0) || !school.region || school.region === london) continue;
    const own = sums.get(school.authority) ?? { schools: 0, pupils: 0, disadvantaged: 0, english: 0 };
    own.schools += 1;
    own.pupils += school.size;
    own.disadvantaged += ((school.fsm ?? 0) * school.size) / 100;
    own.english += ((school.eal ?? 0) * school.size) / 100;
    sums.set(school.authority, own);
  }
  return [...sums];
}

/** Coefficients with standard errors, by the normal equations. */
function leastSquares(rows) {
  const width = rows[0].x.length;
  const indices = Array.from({ length: width }, (_, i) => i);
  const cross = indices.map((i) => indices.map((j) => rows.reduce((sum, { x, w }) => sum + w * x[i] * x[j], 0)));
  const right = indices.map((i) => rows.reduce((sum, { x, y, w }) => sum + w * x[i] * y, 0));
  const b = solve(cross, right);
  const miss = rows.reduce((sum, { x, y, w }) => sum + w * (y - x.reduce((all, v, i) => all + v * b[i], 0)) ** 2, 0);
  const variance = miss / (rows.length - width);
  const columnOf = (k) =>
    solve(
      cross,
      indices.map((i) => (i === k ? 1 : 0)),
    );
  return b.map((value, k) => ({ value, error: Math.sqrt(columnOf(k)[k] * variance) }));
}

for (const [phase, unit, pupils] of [
  ["primary", "[A]", "[C]"],
  ["secondary", "[B]", "[D]"],
]) {
  const rows = authorities(phase).flatMap(([code, own]) => {
    const [y, w] = [published.get(`${code}|${unit}`), published.get(`${code}|${pupils}`)];
    const x = [1, own.schools / own.pupils, own.disadvantaged / own.pupils, own.english / own.pupils];
    return y && w ? [{ x, y, w }] : [];
  });
  const names = ["a pupil", "a school", "a disadvantaged pupil", "a pupil who learns English"];
  console.log(`${phase}, ${rows.length} authorities`);
  for (const [k, { value, error }] of leastSquares(rows).entries())
    console.log(`  £ ${names[k]}: ${value.toFixed(0)} ± ${error.toFixed(0)}`);
}
