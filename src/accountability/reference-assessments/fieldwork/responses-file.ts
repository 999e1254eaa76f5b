import { err, ok, type Problem, type Result } from "../../../kernel/index.js";
import { itemsOfBooklet } from "./assembly.js";
import type { SampledSchool } from "./field.js";
import { grouped } from "./grouped.js";
import type { Item } from "./item.js";
import { problem } from "./problem.js";
import type { FieldPupil } from "./pupil.js";
import { type ScaledResponse, scaledResponses } from "./session.js";
import type { FieldStudy } from "./study.js";
import { type WeightRecord, weighSchools } from "./weights.js";

/** Cells of a table. */
export type FileRows = {
  readonly header: readonly string[];
  readonly rows: readonly (readonly (string | number | null)[])[];
};

/** What one cycle of an export is made of. */
export interface FieldMaterial {
  readonly study: FieldStudy;
  readonly schools: readonly SampledSchool[];
  readonly pupils: readonly FieldPupil[];
  readonly responses: readonly { readonly pupil: string; readonly item: string; readonly score: number | null }[];
  readonly items: ReadonlyMap<string, Item>;
}

/** A cycle as its file of pupils holds it, for the study file and the record. */
export interface WrittenCycle {
  readonly study: FieldStudy;
  readonly weights: WeightRecord;
  /** Pupils by what the school says of them; unknown where it doesn't. */
  readonly sex: Readonly<Record<"female" | "male" | "unknown", number>>;
  readonly disadvantaged: Readonly<Record<"yes" | "no" | "unknown", number>>;
  /** Whether the few of whom it isn't known count among the others. */
  readonly unknownAmongOthers: boolean;
  /** Pupils whose month of birth is known. */
  readonly ages: number;
}

/** The tables of a study file, and what they hold. */
export interface StudyTables {
  readonly pupils: FileRows;
  readonly items: FileRows;
  readonly booklets: FileRows;
  /** Oldest first. */
  readonly cycles: readonly WrittenCycle[];
  /** Versions of curricula that items speak of. */
  readonly curricula: readonly string[];
  /** Items that nobody answered, or of which every answer is worth the same: no model can place them. */
  readonly unplaced: readonly string[];
  readonly cautions: readonly string[];
}

const written = (response: ScaledResponse | undefined) =>
  response === undefined ? "" : response === "omitted" ? "O" : response === "not-reached" ? "R" : response;

/** Age in whole months in the month of the first session; null without a month of birth. */
function ageInMonths({ born }: FieldPupil, { opens }: FieldStudy): number | null {
  if (born === null) return null;
  const months = (text: string) => 12 * Number(text.slice(0, 4)) + Number(text.slice(5, 7));
  return months(opens) - months(born);
}

/** The level of a pupil's disadvantage; null where it isn't known. */
function disadvantageOf({ disadvantaged }: FieldPupil, unknownAmongOthers: boolean): "disadvantaged" | "others" | null {
  if (disadvantaged === "yes") return "disadvantaged";
  return disadvantaged === "no" || unknownAmongOthers ? "others" : null;
}

/** The columns of pupils before their responses. */
const pupilFileColumns = [
  ...(["pupil", "cycle", "booklet", "school", "panel", "stratum", "zone", "half"] as const),
  ...(["base_weight", "school_factor", "pupil_factor", "weight", "sex", "disadvantage", "age_months"] as const),
] as const;

interface CycleRows extends WrittenCycle {
  readonly rows: FileRows["rows"];
  readonly order: readonly (readonly string[])[];
  readonly cautions: readonly string[];
}

const count = <K extends string>(keys: readonly K[], values: readonly K[]) =>
  Object.fromEntries(keys.map((key) => [key, values.filter((one) => one === key).length])) as Record<K, number>;

/** How few pupils may be unknown for them to count among the others. */
export interface UnknownRule {
  /** The fewest of which disclosure control lets a figure stand, or be found by subtraction. */
  readonly fewestPupils: number;
  /** 0–1. */
  readonly mostUnknown: number;
}

/** One cycle's pupils who took part. @param panelOf a number for a school that is the same in every cycle */
function rowsOfCycle(
  { study, schools, pupils, responses }: FieldMaterial,
  names: readonly string[],
  panelOf: (urn: string) => string,
  rule: UnknownRule,
): Result<CycleRows, readonly Problem[]> {
  const booklets = study.booklets!;
  const weights = weighSchools({ schools, pupils, responses });
  if (!weights.ok) return weights;
  const order = booklets.booklets.map((_, b) => itemsOfBooklet(booklets, b + 1).flat());
  const scores = grouped(responses, ({ pupil }) => pupil);
  const taking = weights.value.schools.flatMap((school) => school.pupils);
  const disadvantaged = count(
    ["yes", "no", "unknown"],
    taking.map((pupil) => (pupil.disadvantaged === "not-known" ? "unknown" : pupil.disadvantaged)),
  );
  const { unknown } = disadvantaged;
  const unknownAmongOthers = unknown > 0 && unknown < rule.fewestPupils && unknown <= rule.mostUnknown * taking.length;
  const rows = weights.value.schools.flatMap((school) =>
    school.pupils.map((pupil) => {
      const given = new Map(scores.get(pupil.id)!.map(({ item, score }) => [item, score]));
      const own = order[pupil.booklet - 1]!.map((id) => ({ id }));
      const scaled = scaledResponses(own, given);
      return [
        ...[pupil.id, String(study.cycle), `b${pupil.booklet}`, `${study.cycle}-${school.unit}`, panelOf(school.urn)],
        ...[
          school.stratum,
          school.zone,
          school.half,
          school.base,
          school.schoolFactor,
          school.pupilFactor,
          school.weight,
        ],
        pupil.sex === "not-said" ? null : pupil.sex,
        disadvantageOf(pupil, unknownAmongOthers),
        ageInMonths(pupil, study),
        ...names.map((name) => written(scaled.get(name))),
      ];
    }),
  );
  return ok({
    ...{
      disadvantaged,
      unknownAmongOthers,
      study,
      rows,
      order,
      cautions: weights.value.cautions,
      weights: weights.value.record,
    },
    sex: count(
      ["female", "male", "unknown"],
      taking.map(({ sex }) => (sex === "not-said" ? "unknown" : sex)),
    ),
    ages: taking.filter(({ born }) => born !== null).length,
  });
}

/** Items of which all scores are alike over every cycle, omitted ones counting nothing. */
function unplacedItems(names: readonly string[], rows: FileRows["rows"]): readonly string[] {
  return names.filter((_, k) => {
    const seen = new Set<number>();
    for (const row of rows) {
      const cell = row[pupilFileColumns.length + k];
      if (typeof cell === "number") seen.add(cell);
      else if (cell === "O") seen.add(0);
    }
    return seen.size < 2;
  });
}

const itemRows = (names: readonly string[], items: ReadonlyMap<string, Item>, curricula: readonly string[]) =>
  names.map((name) => {
    const { maximum, construct, stimulus, curricula: covered } = items.get(name)!;
    return [name, maximum, construct, stimulus, ...curricula.map((one) => (covered[one] ? "yes" : "no"))];
  });

/**
 * Makes the tables that the commands of reference assessments read, of one cycle or of several with the questions that they share. Schools are numbers of the
 * sample, and one number (`panel`) where they are in several cycles; pupils are random ids.
 *
 * @param cycles oldest first
 */
export function studyTables(
  cycles: readonly FieldMaterial[],
  rule: UnknownRule,
): Result<StudyTables, readonly Problem[]> {
  const without = cycles.filter(({ study }) => !study.booklets);
  if (without.length > 0)
    return err(
      without.map(({ study }) =>
        problem("fieldwork-not-yet", study.id, "its booklets have not been assembled", "Assemble them first."),
      ),
    );
  const items = new Map(cycles.flatMap((cycle) => [...cycle.items]));
  const blocks = cycles.flatMap(({ study }) => study.booklets!.blocks);
  const names = [...new Set(blocks.flatMap((block) => block.items))].sort();
  const curricula = [...new Set(names.flatMap((name) => Object.keys(items.get(name)?.curricula ?? {})))].sort();
  const panel = new Map<string, string>();
  const panelOf = (urn: string) => {
    if (!panel.has(urn)) panel.set(urn, `p${panel.size + 1}`);
    return panel.get(urn)!;
  };
  const made: CycleRows[] = [];
  for (const cycle of cycles) {
    const rows = rowsOfCycle(cycle, names, panelOf, rule);
    if (!rows.ok) return rows;
    made.push(rows.value);
  }
  const rows = made.flatMap((cycle) => cycle.rows);
  return ok({
    pupils: { header: [...pupilFileColumns, ...names], rows },
    items: {
      header: ["item", "maximum", "construct", "stimulus", ...curricula],
      rows: itemRows(names, items, curricula),
    },
    booklets: {
      header: ["cycle", "booklet", "item"],
      rows: made.flatMap(({ study, order }) =>
        order.flatMap((some, b) => some.map((item) => [String(study.cycle), `b${b + 1}`, item])),
      ),
    },
    ...{ cycles: made, curricula, unplaced: unplacedItems(names, rows) },
    cautions: made.flatMap(({ study, cautions }) => cautions.map((caution) => `${study.cycle}: ${caution}`)),
  });
}
