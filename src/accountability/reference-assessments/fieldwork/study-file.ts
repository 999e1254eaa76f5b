import type { StudyTables, WrittenCycle } from "./responses-file.js";
import { phaseFacts } from "./study.js";

/** The study file of an export, what it leaves out and why, and the record that stands beside it. */
export interface StudyText {
  /** YAML, for `./greenpaper reference-assessments run`. */
  readonly text: string;
  readonly cautions: readonly string[];
}

/** Fewer common items than this don't hold a link. */
const fewestCommon = 2;

const quoted = (text: string) => JSON.stringify(text);

/** The groups that figures can be asked for: those with two levels. The first is the gap that pages lead with. */
function groupLines(cycles: readonly WrittenCycle[]): readonly string[] {
  const has = (some: (cycle: WrittenCycle) => number) => cycles.some((cycle) => some(cycle) > 0);
  const sex = has((cycle) => cycle.sex.female) && has((cycle) => cycle.sex.male);
  const others = has(
    ({ disadvantaged: { no, unknown }, unknownAmongOthers }) => no + (unknownAmongOthers ? unknown : 0),
  );
  return [
    ...(has((cycle) => cycle.disadvantaged.yes) && others
      ? ["  - { column: disadvantage, lower: disadvantaged, higher: others }"]
      : []),
    ...(sex ? ["  - { column: sex, lower: male, higher: female, labels: [[female, girls], [male, boys]] }"] : []),
  ];
}

/** What isn't known of the pupils of a cycle, and what that does to figures. */
function unknownCautions({ study: { cycle }, sex, disadvantaged, unknownAmongOthers }: WrittenCycle): string[] {
  const found: string[] = [];
  const all = sex.female + sex.male + sex.unknown;
  const inNone =
    "they are in no group, and where they are few, disclosure control holds back figures that theirs could be subtracted from";
  if (sex.unknown > 0) found.push(`${cycle}: sex is not known of ${sex.unknown} of ${all} pupils; ${inNone}.`);
  if (disadvantaged.unknown > 0)
    found.push(
      `${cycle}: of ${disadvantaged.unknown} of ${all} pupils it isn't known whether they are disadvantaged; ${unknownAmongOthers ? "they count among the others, as in the department's tables" : inNone}.`,
    );
  return found;
}

/** Weights that stand for a tenth more or fewer pupils than the frame are told: lists may be wrong, or the register out of date. */
const mostApart = 0.1;

function sizeCautions({ study: { cycle, record }, weights: { weighted } }: WrittenCycle): string[] {
  const frame = record?.frame.pupils ?? null;
  if (frame === null || Math.abs(weighted / frame - 1) <= mostApart) return [];
  const [all, framed] = [weighted, frame].map((n) => Math.round(n).toLocaleString("en-GB"));
  return [
    `${cycle}: the weights stand for ${all} pupils, and the frame has ${framed}. Look at the numbers on schools' lists.`,
  ];
}

/** How many items each later cycle shares with those before. */
function linkCautions({ cycles }: Pick<StudyTables, "cycles">): string[] {
  const itemsOf = ({ study }: WrittenCycle) => new Set(study.booklets!.blocks.flatMap((block) => block.items));
  return cycles.slice(1).flatMap((cycle, before) => {
    const earlier = itemsOf(cycles[before]!);
    const common = [...itemsOf(cycle)].filter((item) => earlier.has(item)).length;
    return common >= fewestCommon
      ? []
      : [
          `${cycle.study.cycle} shares ${common} items with ${cycles[before]!.study.cycle}: the two can't come onto one scale.`,
        ];
  });
}

/**
 * The study file that says what stands where, with what it can't ask of these answers.
 * @param curricula the version that pupils of a cycle were taught, by cycle
 */
export function studyText(tables: StudyTables, curricula: ReadonlyMap<number, string>): StudyText {
  const { cycles, unplaced, curricula: spoken } = tables;
  const newest = cycles.at(-1)!.study;
  const groups = groupLines(cycles);
  const cautions = [
    ...tables.cautions,
    ...cycles.flatMap(sizeCautions),
    ...cycles.flatMap(unknownCautions),
    ...linkCautions(tables),
  ];
  for (const column of ["sex", "disadvantage"])
    if (!groups.some((line) => line.includes(`column: ${column},`)))
      cautions.push(`The study file asks for no figures by ${column}: schools have named no two levels of it.`);
  if (unplaced.length > 0)
    cautions.push(`Left out, as nobody answered them or every answer is worth the same: ${unplaced.join(", ")}.`);
  const ofCycle = ({ study: { cycle } }: WrittenCycle) =>
    `  - { cycle: ${cycle}${curricula.has(cycle) ? `, curriculum: ${quoted(curricula.get(cycle)!)}` : ""} }`;
  const covering = spoken.length > 0 ? `, curricula: [${spoken.map(quoted).join(", ")}]` : "";
  const lines = [
    `title: ${quoted(newest.title)}`,
    `subject: ${quoted(newest.subject)}`,
    `population: ${quoted(`pupils in ${phaseFacts[newest.phase].words} in England`)}`,
    ...["cycles:", ...cycles.map(ofCycle)],
    "persons: { files: pupils.csv, person: pupil, cycle: cycle, booklet: booklet, weight: weight, school: school }",
    "responses:",
    "  codes: { omitted: [O], notReached: [R] }",
    ...(unplaced.length > 0 ? [`  exclude: [${unplaced.map(quoted).join(", ")}]`] : []),
    `items: { files: items.csv, item: item, maximum: maximum, construct: construct, stimulus: stimulus${covering} }`,
    "booklets: { files: booklets.csv, item: item, booklet: booklet, cycle: cycle }",
    `design: { zone: zone, replicate: half, method: JK2${cycles.length > 1 ? ", panel: panel" : ""} }`,
    ...(groups.length > 0 ? ["groups:", ...groups] : []),
    ...(cycles.every(({ ages }) => ages > 0) ? ["background: [age_months]"] : []),
    "# Standards are the statistician's to set: standards: [{ name: Expected, cut: 460 }]",
    "",
  ];
  return { text: lines.join("\n"), cautions };
}

/** What the weights of an export are made of, in numbers of strata and of the whole sample: `weights.json`. */
export function weightsText({ cycles }: StudyTables): string {
  const record = {
    weight:
      "base_weight × school_factor × pupil_factor. base_weight: 1 ÷ probability of the school × pupils on its list over pupils drawn. school_factor: drawn " +
      "units over units that take part, in the cells below; within a unit of small schools, pupils of all over those of its schools that take part. " +
      "pupil_factor: drawn pupils of the population over those who took part, within a school; who was erased on request counts as one who did not.",
    replicates:
      "JK2: zone is a pair of units that take part, in the order of selection within strata, half the unit of the pair; of three units in the last zone of a stratum each is dropped in turn.",
    cycles: cycles.map(({ study, weights }) => ({
      ...{ cycle: study.cycle, study: study.id, framePupils: study.record?.frame.pupils ?? null },
      ...weights,
    })),
  };
  return `${JSON.stringify(record, null, 2)}\n`;
}
