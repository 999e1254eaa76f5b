import type { MeasureSpecification } from "../accountability/value-added/index.js";
import type { England, Phase } from "./england.js";

/** What the folder's README says first. */
export function readMe(england: England): string {
  return `# Synthetic England

Everything in this folder is made up by a computer program: schools, trusts, pupils, results, audits and accounts. Only the names
of regions and authorities are real. Nothing here says anything about a real school or authority.

Made by \`greenpaper england\` with seed ${england.seed}: ${england.regions.map((region) => region.name).join(", ")}.

| file | holds |
|---|---|
| review-primary.yaml, review-secondary.yaml | the review of each phase: \`greenpaper review review-secondary.yaml --out results\` |
| pupils-primary.csv, pupils-secondary.csv | one row a pupil that left the key stage, with result, prior attainment and context |
| spells-primary.csv, spells-secondary.csv | one row a time on roll; an empty leaving date is still on roll |
| schools.csv, trusts.csv | the invented schools and trusts |
| register-schools.csv, register-groups.csv, register-group-links.csv | the same as \`greenpaper import-register --synthetic\` reads them, for \`greenpaper publish\` |
| safeguarding.csv, accounts.csv | audits and opinions; a school that is not listed has sent nothing |
| truth.csv | the effects that the pupils were made with; for tests of methods, not for a review |

Columns: \`birth_month\` counts from 1 (September) to 12 (August); \`score_at_seven\` has mean 100 and standard deviation 15;
\`provision\` is where the pupil finished; \`idaci\` is the share of poor children in the pupil's street, 0 to 1.
`;
}

/** A review file that reads the files beside it by the phase's specification. */
export function reviewYaml(phase: Phase, specification: MeasureSpecification): string {
  const { membership, prior, context, groups, outcomes, confidence } = specification;
  if (membership.kind !== "spells") throw new TypeError("the synthetic England has spells");
  const [outcome, attainment] = [outcomes[0]!.column, prior[0]!];
  const degree = attainment.shape.kind === "polynomial" ? attainment.shape.degree : 3;
  const stage = phase === "primary" ? 2 : 4;
  // At eleven reading and mathematics are all that is tested.
  const aspect = "all subjects";
  return `# Synthetic pupils of a synthetic England: nothing here is about a real school.
title: ${specification.title}, synthetic England
pupils:
  files: pupils-${phase}.csv
  pupil: ${specification.pupil}
  year: ${specification.year}
outcome: { column: ${outcome}, keyStage: ${stage}, aspect: ${aspect} }
prior:
  - { column: ${attainment.column}, degree: ${degree}, missing: ${attainment.missing} }
context:
${context.map(contextLine).join("\n")}
membership:
  spells:
    files: spells-${phase}.csv
    pupil: ${membership.pupil}
    school: ${membership.school}
    entered: ${membership.entered}
    left: ${membership.left}
    status: ${membership.status}
    unit: ${membership.unit}
    windows:
${membership.windows.map(({ year, from, to }) => `      - { year: ${year}, from: ${from}, to: ${to} }`).join("\n")}
groups: [${groups.map((group) => `{ name: ${group.name}, column: ${group.column}, withinSchool: ${group.withinSchool} }`).join(", ")}]
estimation: { method: ${specification.method} }
schools:
  files: schools.csv
  school: urn
  name: name
  kind: kind
  phase: phase
  region: region
  authority: authority_name
evidence:
  safeguarding: { files: safeguarding.csv, school: school, outcome: outcome, date: audited_on }
  accounts: { files: accounts.csv, school: school, opinion: opinion, date: signed_on }
decision: { confidence: ${confidence} }
`;
}

function contextLine(covariate: MeasureSpecification["context"][number]): string {
  const reference = covariate.reference === null ? "" : `, reference: "${covariate.reference}"`;
  return `  - { column: ${covariate.column}, kind: ${covariate.kind}${reference}, missing: ${covariate.missing} }`;
}
