// Computes what the synthetic England is calibrated to from published files, and writes src/england/targets/*.ts.
//
//   node scripts/reference/england-targets.mjs FOLDER_OF_THE_PUBLISHED_FILES
//
// The files (Department for Education, Open Government Licence v3) are listed with their origin in docs/methods/synthetic-england.md.
// They hold schools' published figures, never pupils. Only distributions, counts and moments are kept.
import { spawnSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import * as measures from "./england/measures.mjs";
import * as pupils from "./england/pupils.mjs";
import { grid } from "./england/reading.mjs";
import * as schools from "./england/schools.mjs";

/** Every target, in the shape of src/england/targets. */
export function computeTargets(folder) {
  const all = schools.readSchools(folder);
  const copulas = {
    primary: schools.latentTargets(all, "primary"),
    secondary: schools.latentTargets(all, "secondary"),
  };
  const counts = schools.authorityCounts(folder, all);
  const meansOf = (phase, code) =>
    copulas[phase].means[["942", "943"].includes(code) ? "909" : code] ?? [0, 0, 0, 0, 0, 0];
  return {
    grid,
    primaryRegions: schools.phaseTargets(all, "primary"),
    secondaryRegions: schools.phaseTargets(all, "secondary"),
    specialSchools: schools.specialTargets(all),
    schoolContext: schools.contextTargets(folder),
    capacity: schools.capacityTargets(folder),
    cohortShares: measures.cohortShares(folder, all),
    authorityTargets: Object.keys(counts)
      .sort()
      .map((code) => [code, counts[code], meansOf("primary", code), meansOf("secondary", code)]),
    copulas: { primary: copulas.primary.within, secondary: copulas.secondary.within },
    trustTargets: schools.trustTargets(folder, all),
    keyStage2Transition: pupils.keyStage2Transition(folder),
    keyStage4Transition: pupils.keyStage4Transition(folder),
    expectedAttainment8: pupils.expectedAttainment8(folder),
    gradeSpread: pupils.gradeSpread(folder),
    groupProgress: { ...pupils.progressByGroup(folder), girlsProgress8: measures.progressOfGirls(folder) },
    progress8: measures.progress8Targets(folder, all),
    keyStage2Progress: measures.keyStage2ProgressTargets(folder, all),
    valueAdded2010: measures.valueAdded2010Targets(folder),
  };
}

/** File → its constants, each with its type and the sentence that becomes its docstring. */
const files = {
  "grid.ts": [["grid", "readonly number[]", "The probabilities at which every distribution is kept."]],
  "schools-primary.ts": [
    [
      "primaryRegions",
      "Readonly<Record<RegionCode, PrimaryRegion>>",
      "State-funded primary schools by region: counts, and distributions over schools. School census, January 2023; age ranges from school information 2021/22.",
    ],
  ],
  "schools-secondary.ts": [
    [
      "secondaryRegions",
      "Readonly<Record<RegionCode, SecondaryRegion>>",
      "State-funded secondary schools by region: counts, and distributions over schools. School census, January 2023; age ranges and admissions from school information 2021/22.",
    ],
  ],
  "schools-special.ts": [
    ["specialSchools", "SpecialSchools", "State special schools and alternative provision, January 2023 census."],
    [
      "schoolContext",
      "SchoolContext",
      "Context of 1,393 secondary schools in the department's service of similar schools (2026): IDACI, stability, disadvantage.",
    ],
    ["capacity", "Capacity", "Pupils on roll for each place, establishments in the same service."],
    [
      "cohortShares",
      "CohortShares",
      "Pupils of one cohort (key stage 2 in 2018, key stage 4 in 2019) for each pupil on roll in January 2022.",
    ],
  ],
  "authorities.ts": [
    [
      "authorityTargets",
      "readonly AuthorityTarget[]",
      "Each authority's schools (primary, secondary, special, alternative) in January 2023 and its mean normal scores of size, FSM6, EAL, SEN support, plans and intake, primary and secondary.",
    ],
  ],
  "copulas.ts": [
    [
      "copulas",
      "Copulas",
      "Covariance within authorities of the normal scores of size, FSM6, EAL, SEN support, plans and intake.",
    ],
  ],
  "trusts.ts": [
    [
      "trustTargets",
      "TrustTargets",
      "Open multi-academy trusts by number of academies, and the share of schools in multi- and single-academy trusts, register of groups, 29 March 2024.",
    ],
  ],
  "transitions.ts": [
    [
      "keyStage2Transition",
      "KeyStage2Transition",
      "Pupils in England 2019 by attainment group at seven (0: none known) and key stage 2 outcome: no result, below 100, 100–109, 110 and over.",
    ],
    [
      "keyStage4Transition",
      "KeyStage4Transition",
      "Pupils in England 2023/24 by key stage 2 score: all, and with English and mathematics at grade 4 and 5. The last row had no score.",
    ],
    [
      "expectedAttainment8",
      "readonly (readonly [from: number, to: number, attainment8: number])[]",
      "Mean Attainment 8 by key stage 2 scaled score, the department's Progress 8 ready reckoner (December 2024).",
    ],
    [
      "gradeSpread",
      "GradeSpread",
      "Spread and gaps of GCSE English language and mathematics grades given key stage 2 score, England 2023/24.",
    ],
  ],
  "groups.ts": [
    [
      "groupProgress",
      "GroupProgress",
      "National progress by group of pupils: Progress 8 2023/24 and key stage 2 progress 2019 (mean of reading and mathematics), local authority interactive tool; girls less boys from the 2018 performance tables.",
    ],
  ],
  "progress8.ts": [
    ["progress8", "Progress8Targets", "Progress 8 of mainstream schools, performance tables 2016 to 2019."],
  ],
  "key-stage-2-progress.ts": [
    [
      "keyStage2Progress",
      "KeyStage2Targets",
      "Key stage 2 progress (mean of reading and mathematics) of schools, performance tables 2016 to 2018.",
    ],
  ],
  "value-added-2010.ts": [
    [
      "valueAdded2010",
      "ValueAdded2010",
      "Contextual value added of mainstream schools, performance tables 2010, less 1000; the variances are read off the published limits.",
    ],
  ],
};

function write(folder) {
  const root = join(dirname(fileURLToPath(import.meta.url)), "../..");
  const target = join(root, "src/england/targets");
  const targets = computeTargets(folder);
  for (const [file, constants] of Object.entries(files)) {
    const types = [...new Set(constants.flatMap(([, type]) => type.match(/\b[A-Z]\w+/g) ?? []))].filter(
      (name) => !["Readonly", "Record", "RegionCode"].includes(name),
    );
    const imports = [
      ...(constants.some(([, type]) => type.includes("RegionCode"))
        ? ['import type { RegionCode } from "../../register/index.js";']
        : []),
      ...(types.length > 0 ? [`import type { ${types.sort().join(", ")} } from "./types.js";`] : []),
    ];
    const body = constants.map(
      ([name, type, words]) => `/** ${words} */\nexport const ${name}: ${type} = ${JSON.stringify(targets[name])};\n`,
    );
    writeFileSync(
      join(target, file),
      `// Made by scripts/reference/england-targets.mjs; don't edit.\n${imports.join("\n")}\n\n${body.join("\n")}`,
    );
  }
  spawnSync(process.execPath, [join(root, "node_modules/@biomejs/biome/bin/biome"), "check", "--write", target], {
    stdio: "inherit",
  });
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  if (!process.argv[2]) {
    process.stderr.write(
      "usage: node scripts/reference/england-targets.mjs FOLDER (the folder with census_2023.csv.gz and the others)\n",
    );
    process.exit(2);
  }
  write(process.argv[2]);
}
