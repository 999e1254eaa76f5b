import type { Assumption } from "../assumptions.js";

const assume = <const T>(label: string, unit: string, value: T, why: string): Assumption<T> => ({
  ...{ label, unit, value },
  source: { kind: "assumption", why },
});

/** The subjects that are assessed. */
export type Subject = "mathematics" | "reading";

/** Which subjects are assessed in each phase: reading in two of them, so that a start of the product stays quick. */
export const subjectsOf: Readonly<Record<AssessedPhase, readonly Subject[]>> = {
  reception: ["mathematics"],
  "year-4": ["mathematics", "reading"],
  "year-8": ["mathematics", "reading"],
  "year-12": ["mathematics"],
};

/** The four year groups, youngest first. */
export type AssessedPhase = "reception" | "year-4" | "year-8" | "year-12";

/** What the made-up assessments assume; each is invented, and the reason says after what. */
export const assessmentAssumptions = {
  cycles: assume(
    "Cycles",
    "calendar years",
    ["2017", "2021", "2025"],
    "the paper came out in 2016 and speaks of four-year periods; three of them show a trend that bends",
  ),
  schools: assume(
    "Schools asked in each phase and cycle",
    "schools",
    { reception: 120, "year-4": 110, "year-8": 110, "year-12": 100 },
    "less than half of what national designs reckon for ±1.5 points of a proportion: the change of the means stays distinguishable, and a start of the product quick",
  ),
  pupils: assume(
    "Pupils asked in a school for each subject",
    "pupils",
    { reception: 8, "year-4": 12, "year-8": 12, "year-12": 12 },
    "Reception is one to one with an adult, so fewer; the others as England's samples of 20 to 30 pupils in two subjects",
  ),
  oversampling: assume(
    "How much oftener schools of the third with most free meals are asked",
    "ratio to the others",
    1.5,
    "the gap is what the paper wants to know, and its precision comes from disadvantaged pupils",
  ),
  yearTwelve: assume(
    "Pupils of Year 12 in a school with a sixth form, of those who were in Year 11",
    "share, 0–1",
    0.55,
    "colleges and apprenticeships hold the rest: the synthetic England has none of them, so its Year 12 is that of schools alone",
  ),
  schoolRefuses: assume(
    "Schools that decline; two neighbours stand in, each as likely to decline",
    "probability, 0–1",
    0.18,
    "PISA 2018 in England had 72% of original schools and 86% after replacement",
  ),
  pupilAbsent: assume(
    "Pupils who don't take part, and what free meals and a standard deviation of lower ability add",
    "probability, 0–1",
    { base: 0.1, freeMeals: 0.06, perDeviation: 0.02 },
    "about 83 to 90% of pupils in England's samples; who is absent is abler pupils least",
  ),
  schoolSpread: assume(
    "Standard deviation of schools beyond their share of free meals",
    "standard deviations of pupils",
    0.3,
    "an intraclass correlation of about .10 once intake is taken into account, as measured in PISA 2000 and 2003 for the UK",
  ),
  schoolCycleSpread: assume(
    "Standard deviation of a school's own cycles",
    "standard deviations of pupils",
    0.1,
    "cohorts of a school differ by about a third of what schools do",
  ),
  composition: assume(
    "What a school of free meals alone would differ from one without, beside its pupils' own",
    "standard deviations of pupils",
    -0.6,
    "of the size of school-level slopes in published value-added models",
  ),
  pupilSpread: assume(
    "Standard deviation of pupils within a school and group",
    "logits",
    0.85,
    "so that all pupils of the first cycle have about one logit",
  ),
  girls: assume(
    "What girls have above boys",
    "logits",
    { mathematics: -0.05, reading: 0.15 },
    "girls lead in reading and are a little behind in mathematics in TIMSS and PIRLS",
  ),
  change: assume(
    "Change of all pupils since the first cycle, by cycle",
    "logits",
    {
      reception: { mathematics: [0, 0.02, 0.12], reading: [0, -0.2, -0.24] },
      "year-4": { mathematics: [0, 0.2, 0.32], reading: [0, 0.03, 0.02] },
      "year-8": { mathematics: [0, -0.05, 0.1], reading: [0, -0.18, -0.3] },
      "year-12": { mathematics: [0, 0.05, 0.04], reading: [0, 0.01, -0.02] },
    },
    "invented so that some changes can be told from none and others can't; tests hold the engine's trend against them",
  ),
  gap: assume(
    "What pupils with free meals are behind others of their school, by cycle",
    "logits",
    {
      reception: [0.32, 0.36, 0.33],
      "year-4": [0.42, 0.48, 0.4],
      "year-8": [0.5, 0.58, 0.56],
      "year-12": [0.3, 0.32, 0.34],
    },
    "of the size of England's gaps at 5, 11 and 16; smaller in Year 12, where many disadvantaged pupils are no longer at school",
  ),
  blocks: assume(
    "Blocks of questions, those of them that stay from cycle to cycle, and questions in each",
    "blocks and questions",
    { all: 13, common: 9, questions: 5 },
    "thirteen blocks in thirteen booklets of four meet each other once: a balanced design; nine stay so that the link doesn't hang on few",
  ),
  drifting: assume(
    "Common questions that become easier or harder by themselves, and by how much",
    "questions and logits",
    { questions: 4, by: 0.35 },
    "some questions always drift: they are used in class, or what they speak of grows old",
  ),
  curriculum: assume(
    "Questions that only the old, or only the new curriculum covers, and how much easier they are for whom it covers",
    "shares, 0–1, and logits",
    { onlyOld: 0.2, onlyNew: 0.15, effect: 0.15 },
    "invented: the assessments are to be independent of the curriculum of the day, and this is what there would be to find if they weren't",
  ),
  omitting: assume(
    "Questions left out, and pupils who don't come to the last questions",
    "probability, 0–1",
    { omit: 0.03, slow: 0.06 },
    "a few per cent in low-stakes assessments",
  ),
} as const;

/** The curricula of the made-up country: the second is taught from the last cycle on. */
export const curricula = ["curriculum_2014", "curriculum_2024"] as const;

/** The curriculum of a cycle, by its position. */
export const curriculumOf = (cycle: number): (typeof curricula)[number] => (cycle < 2 ? curricula[0] : curricula[1]);
