import {
  meaningOf,
  type StudyItem,
  type StudyMaterial,
} from "../../../src/accountability/reference-assessments/index.js";
import type { Column } from "../../../src/kernel/index.js";
import { drawsOf } from "../../../src/statistics/survey/index.js";
import type { Field } from "./fieldwork.js";
import type { AssessedPopulation } from "./population.js";
import { handOut, type QuestionBank, scoreOf } from "./questions.js";
import { type AssessmentShape, world } from "./shape.js";
import { fractions } from "./truth.js";

function category(name: string, values: readonly string[]): Column {
  const place = new Map<string, number>();
  const codes = Int32Array.from(values, (value) => {
    if (!place.has(value)) place.set(value, place.size);
    return place.get(value)!;
  });
  return { kind: "category", name, codes, levels: [...place.keys()] };
}

/** The study as its file would have it, all else by default: concurrent calibration, two-parameter, 20 plausible values. */
function studyOf(shape: AssessmentShape, replicates: readonly string[], seed: number) {
  return meaningOf(
    {
      title: `Recovery, ${shape.name}`,
      cycles: [{ cycle: "first" }, { cycle: "second" }],
      persons: { files: "pupils.csv", person: "pupil", weight: "weight", school: "school" },
      items: { files: "items.csv", item: "item", maximum: "maximum", stimulus: "stimulus" },
      design: shape.replicates ? { replicates: [...replicates], method: "JK2" } : { zone: "zone", method: "JK2" },
      groups: [{ column: "free_meals", lower: "yes", higher: "no" }, { column: "sex" }],
      background: ["school_free_meals", "region"],
      standards: world.cuts.map((cut) => ({ name: String(cut), cut })),
      percentiles: [...fractions],
      draws: { seed },
    },
    "study.yaml",
    () => "the simulated study",
  );
}

/** What a study of both cycles would have read from its files, in memory. */
export function materialOf(
  { schools, cycles }: AssessedPopulation,
  fields: readonly Field[],
  { questions, booklets }: QuestionBank,
  shape: AssessmentShape,
  seed: number,
): StudyMaterial {
  const rows = fields.flatMap(({ pupils }, c) => {
    const given = handOut(pupils.length, booklets[c]!.length, 10 * seed + c);
    return pupils.map((pupil, i) => ({ ...pupil, cycle: c, booklet: given[i]! }));
  });
  const all = booklets.flatMap((ofCycle) => ofCycle.map((list) => Uint16Array.from(list)));
  const starts = new Uint32Array(rows.length + 1);
  const scores: number[] = [];
  const chance = drawsOf(seed, "answers");
  rows.forEach(({ cycle, pupil, booklet }, row) => {
    const ability = cycles[cycle]!.ability[pupil]!;
    for (const at of booklets[cycle]![booklet]!) scores.push(scoreOf(questions[at]!, cycle, ability, chance.uniform()));
    starts[row + 1] = scores.length;
  });
  const schoolOf = (row: (typeof rows)[number]) => schools[row.school]!;
  const flag = (of: "freeMeals" | "girl", yes: string, no: string) =>
    rows.map(({ cycle, pupil }) => (cycles[cycle]![of][pupil] === 1 ? yes : no));
  const columns: Column[] = [
    category(
      "school",
      rows.map((row) => schoolOf(row).name),
    ),
    category(
      "zone",
      rows.map(({ zone }) => `zone ${zone + 1}`),
    ),
    category("free_meals", flag("freeMeals", "yes", "no")),
    category("sex", flag("girl", "girl", "boy")),
    category(
      "region",
      rows.map((row) => schoolOf(row).region),
    ),
    { kind: "number", name: "school_free_meals", values: Float64Array.from(rows, (row) => schoolOf(row).freeMeals) },
  ];
  const count = shape.replicates ? Math.max(...rows.map(({ replicates }) => replicates.length)) : 0;
  const names = Array.from({ length: count }, (_, r) => `replicate ${r + 1}`);
  const items = questions.map(
    ({ name, stimulus, maximum }): StudyItem => ({
      ...{ name, stimulus, maximum, model: null, construct: null, curricula: [], fixed: null, guessing: null },
    }),
  );
  return {
    study: studyOf(shape, names, seed),
    cycles: ["first", "second"],
    cycle: Uint16Array.from(rows, ({ cycle }) => cycle),
    persons: {
      name: "pupils",
      rows: rows.length,
      columns: new Map(columns.map((column) => [column.name, column])),
      placeOf: (row) => `pupil ${row + 1}`,
    },
    weights: Float64Array.from(rows, ({ weight }) => weight),
    items,
    responses: {
      items: items.map(({ name, maximum }) => ({ name, maximum })),
      booklets: all,
      booklet: Uint16Array.from(rows, ({ cycle, booklet }) => cycle * booklets[0]!.length + booklet),
      starts,
      scores: Uint8Array.from(scores),
      weights: null,
      group: null,
      groups: ["all"],
    },
    plausibleValues: null,
    // A cycle with fewer zones has replicates that change nothing.
    replicates: shape.replicates
      ? names.map((_, r) => Float64Array.from(rows, ({ replicates, weight }) => replicates[r] ?? weight))
      : null,
    notes: [],
  };
}
