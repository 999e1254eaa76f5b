import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { type CsvValue, formatCsv, writeTogether } from "../../ingest/index.js";
import { type Progress, seededRandom } from "../../kernel/index.js";
import type { England } from "../england.js";
import { answerCodes, answersOf } from "./answers.js";
import {
  type AssessedPhase,
  assessmentAssumptions as assumed,
  curricula,
  curriculumOf,
  type Subject,
  subjectsOf,
} from "./assumptions.js";
import { type BankLine, bankLines } from "./bank.js";
import { type Fieldwork, inTheField, lossFactors, weightsOf } from "./fieldwork.js";
import {
  type AbilityModel,
  type AssessedSchool,
  abilityModel,
  schoolsOfPhase,
  type TrueCycle,
  trueCycles,
} from "./populations.js";
import { type QuestionBank, questionBank } from "./questions.js";

/** How the names of a subject's questions begin in a phase: M0, M4, R4, M8, … */
const namesOf = (phase: AssessedPhase, subject: Subject) =>
  `${subject === "reading" ? "R" : "M"}${phase === "reception" ? 0 : phase.slice("year-".length)}`;

/** The phases in order, with their words. */
export const assessedPhases: readonly { readonly phase: AssessedPhase; readonly words: string }[] = [
  { phase: "reception", words: "Reception" },
  { phase: "year-4", words: "Year 4" },
  { phase: "year-8", words: "Year 8" },
  { phase: "year-12", words: "Year 12" },
];

/** A written study: where, whose, and the truth its pupils were made with. */
export interface MadeStudy {
  /** As `year-4-mathematics`. */
  readonly id: string;
  readonly path: string;
  readonly phase: string;
  readonly place: number;
  readonly subject: Subject;
  readonly truth: readonly TrueCycle[];
  /** Its questions, as the bank of items takes them in. */
  readonly bank: readonly BankLine[];
}

interface CyclePupils {
  readonly header: readonly string[];
  readonly rows: readonly (readonly CsvValue[])[];
}

/** The pupils of one subject and cycle who took part, with weights, zones and answers. */
function pupilsOfCycle(
  seed: number,
  model: AbilityModel,
  bank: QuestionBank,
  field: Fieldwork,
  cycle: number,
): CyclePupils {
  const { phase, subject } = model;
  const asked = field.pupils.filter((pupil) => pupil.subject === subjectsOf[phase].indexOf(subject));
  const { base, freeMeals: more, perDeviation } = assumed.pupilAbsent.value;
  const responded = new Uint8Array(asked.length);
  const theta = asked.map((pupil, i) => {
    const { school } = field.schools[pupil.school]!;
    const own = seededRandom(seed).fork(`${subject} of pupil ${pupil.pupil} of ${school.urn}, ${phase}, ${cycle}`);
    const deviation = own.normal();
    const absent = base + (pupil.freeMeals ? more : 0) - perDeviation * deviation;
    responded[i] = own.uniform() < absent ? 0 : 1;
    return { value: model.meanOf(school, cycle, pupil.freeMeals, pupil.girl) + model.within * deviation, own };
  });
  const weights = weightsOf(field, asked, responded, lossFactors(phase, field));
  const rows: CsvValue[][] = [];
  asked.forEach((pupil, i) => {
    if (responded[i] === 0) return;
    const { school, stratum, zone, half } = field.schools[pupil.school]!;
    const booklet = (pupil.pupil + pupil.school) % bank.booklets[cycle]!.length;
    const answers = answersOf(bank, cycle, booklet, theta[i]!.value, theta[i]!.own);
    rows.push([
      `${pupil.school}-${pupil.pupil}`,
      ...[`S${pupil.school}`, school.urn, stratum, zone, half, `B${booklet + 1}`, Number(weights[i]!.toPrecision(9))],
      ...[pupil.freeMeals ? "eligible" : "not eligible", pupil.girl ? "girl" : "boy", school.region],
      Number((100 * school.freeMeals).toFixed(1)),
      ...Array.from(answers, (answer) => (answer < 0 ? null : answer)),
    ]);
  });
  const header = [
    "pupil",
    "school",
    "urn",
    "stratum",
    "zone",
    "half",
    "booklet",
    "weight",
    "free_meals",
    "sex",
    "region",
    "school_free_meals",
  ];
  return { header: [...header, ...bank.questions.map(({ name }) => name)], rows };
}

function itemsCsv({ questions }: QuestionBank): string {
  return formatCsv(
    ["item", "maximum", "construct", "stimulus", ...curricula],
    questions.map(({ name, maximum, construct, stimulus, curricula: covering }) => [
      ...[name, maximum, construct, stimulus],
      ...curricula.map((one) => (covering.includes(one) ? 1 : 0)),
    ]),
  );
}

function bookletsCsv({ questions, booklets }: QuestionBank): string {
  const rows = booklets.flatMap((ofCycle, cycle) =>
    ofCycle.flatMap((order, b) => order.map((at) => [assumed.cycles.value[cycle]!, `B${b + 1}`, questions[at]!.name])),
  );
  return formatCsv(["cycle", "booklet", "item"], rows);
}

/** The study file of a phase and subject, as a statistician would write it. */
function studyText(words: string, subject: Subject): string {
  const cycles = assumed.cycles.value
    .map((cycle, c) => `  - { cycle: ${cycle}, files: pupils-${cycle}.csv, curriculum: ${curriculumOf(c)} }`)
    .join("\n");
  return `title: ${words}, ${subject}
subject: ${subject}
population: pupils of ${words} in schools of a synthetic England
cycles:
${cycles}
persons: { person: pupil, booklet: booklet, weight: weight, school: school }
responses:
  codes: { omitted: [${answerCodes.omitted}], notReached: [${answerCodes.notReached}] }
items: { files: items.csv, item: item, maximum: maximum, construct: construct, stimulus: stimulus, curricula: [${curricula.join(", ")}] }
booklets: { files: booklets.csv, item: item, booklet: booklet, cycle: cycle }
design: { zone: zone, replicate: half, method: JK2, panel: urn }
groups:
  - { column: free_meals, name: free meals, lower: eligible, higher: not eligible }
  - { column: sex, lower: boy, higher: girl, labels: [[boy, boys], [girl, girls]] }
background: [school_free_meals, region]
standards: [{ name: Expected, cut: 460 }, { name: Higher, cut: 580 }]
percentiles: [0.1, 0.5, 0.9]
draws: { count: 10 }
`;
}

async function writeStudy(
  folder: string,
  bank: QuestionBank,
  pupils: readonly CyclePupils[],
  text: string,
): Promise<void> {
  await mkdir(folder, { recursive: true });
  const files = pupils.map(({ header, rows }, c) => [
    `pupils-${assumed.cycles.value[c]!}.csv`,
    formatCsv(header, rows),
  ]);
  await writeTogether(folder, {
    ...Object.fromEntries(files),
    "items.csv": itemsCsv(bank),
    "booklets.csv": bookletsCsv(bank),
    "study.yaml": text,
  });
}

/**
 * Writes the files of every phase and subject of a synthetic England: three cycles of pupils' answers, the questions, the booklets and a study file each,
 * a folder a study. The same seed writes the same files.
 */
export async function writeStudies(
  england: Pick<England, "seed" | "schools">,
  folder: string,
  progress: Progress,
  phases: readonly AssessedPhase[] = assessedPhases.map(({ phase }) => phase),
): Promise<readonly MadeStudy[]> {
  const { seed } = england;
  const made: MadeStudy[] = [];
  progress.stage(
    "Reference assessments of the synthetic England",
    phases.reduce((sum, phase) => sum + subjectsOf[phase].length, 0),
  );
  for (const [place, { phase, words }] of assessedPhases.entries()) {
    if (!phases.includes(phase)) continue;
    const schools: readonly AssessedSchool[] = schoolsOfPhase(england, phase);
    const fields = assumed.cycles.value.map((_, cycle) => inTheField(seed, phase, cycle, schools));
    for (const subject of subjectsOf[phase]) {
      const id = `${phase}-${subject}`;
      const model = abilityModel(seed, phase, subject);
      const bank = questionBank(namesOf(phase, subject), seededRandom(seed).fork(`questions of ${id}`));
      const pupils = fields.map((field, cycle) => pupilsOfCycle(seed, model, bank, field, cycle));
      const own = join(folder, id);
      await writeStudy(own, bank, pupils, studyText(words, subject));
      const study = { id, path: join(own, "study.yaml"), phase: words, place, subject };
      made.push({ ...study, truth: trueCycles(schools, model), bank: bankLines(phase, subject, bank) });
      progress.done(1);
    }
  }
  return made;
}
