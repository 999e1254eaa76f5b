// Computes the published totals that the ten-year simulation is made from, and writes src/simulation/published/england-*.ts.
//
//   node scripts/reference/simulation-england.mjs FOLDER_OF_THE_PUBLISHED_FILES
//
// The files (Department for Education, Open Government Licence v3) are listed in docs/methods/simulation.md. They hold published figures of
// the country, its subjects, regions and schools; only totals by subject, region, phase and fifth are kept.
import { spawnSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { carriedError, intakes, subjectStocks, unfilled } from "./simulation/derived.mjs";
import { schoolTotals } from "./simulation/schools.mjs";
import { teacherTotals } from "./simulation/teachers.mjs";

/** Every table, in the shape of src/simulation/published. */
export function computeTotals(folder) {
  const teachers = teacherTotals(folder);
  const subjects = subjectStocks(teachers);
  const derived = {
    intake: intakes(teachers),
    firstStock: teachers.firstStocks,
    stocks: subjects,
    carriedError: carriedError(teachers),
    unfilled: unfilled(teachers, subjects),
  };
  return { teachers, schools: schoolTotals(folder), derived };
}

const head = "// Made by scripts/reference/simulation-england.mjs; don't edit.\n";
const literal = (value) => JSON.stringify(value);

function write(target, { teachers, schools, derived }) {
  writeFileSync(
    join(target, "england-derived.ts"),
    `${head}import type { DerivedTotals } from "./totals.js";\n\n/** What follows from the published figures; docs/methods/simulation.md says how. */\nexport const englandDerived: DerivedTotals = ${literal(derived)};\n`,
  );
  writeFileSync(
    join(target, "england-teachers.ts"),
    `${head}import type { TeacherTotals } from "./totals.js";\n\n/** The department's published figures of teachers, trainees and pupils in England. */\nexport const englandTeachers: TeacherTotals = ${literal(teachers)};\n`,
  );
  writeFileSync(
    join(target, "england-schools.ts"),
    `${head}import type { SchoolTotals } from "./totals.js";\n\n/** Totals of England's state-funded schools by phase, region and fifth of deprivation. */\nexport const englandSchools: SchoolTotals = ${literal(schools)};\n`,
  );
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const folder = process.argv[2];
  if (!folder) throw new Error("node scripts/reference/simulation-england.mjs FOLDER_OF_THE_PUBLISHED_FILES");
  const target = join(dirname(fileURLToPath(import.meta.url)), "../../src/simulation/published");
  write(target, computeTotals(folder));
  spawnSync("node_modules/.bin/biome", ["check", "--write", target], { stdio: "inherit" });
}
