import type { CategoryColumn, Column, DateColumn, NumberColumn, Table } from "../kernel/index.js";
import type { Phase } from "./england.js";
import { levels, type PupilRows, type SpellRows } from "./rows.js";

/** A category column whose levels are in order of first appearance, as one that was read from a file. Changes `codes`. */
export function categoryColumn(name: string, codes: Int32Array, words: readonly string[]): CategoryColumn {
  const place = new Int32Array(words.length).fill(-1);
  const found: string[] = [];
  for (let i = 0; i < codes.length; i++) {
    const code = codes[i]!;
    if (place[code] === -1) {
      place[code] = found.length;
      found.push(words[code]!);
    }
    codes[i] = place[code]!;
  }
  return { kind: "category", name, codes, levels: found };
}

const numberColumn = (name: string, values: Float64Array): NumberColumn => ({ kind: "number", name, values });
const dateColumn = (name: string, days: Int32Array): DateColumn => ({ kind: "date", name, days });

function tableOf(name: string, rows: number, columns: readonly Column[]): Table {
  return {
    name,
    rows,
    columns: new Map(columns.map((column) => [column.name, column])),
    placeOf: (row) => `${name}, line ${row + 2}`,
  };
}

/** What the codes of schools, authorities and years stand for. */
export interface Words {
  readonly schools: readonly string[];
  readonly authorities: readonly string[];
  readonly years: readonly string[];
}

/** The pupils as their file would be read. Uses the rows' arrays and changes their codes. */
export function pupilTable(phase: Phase, rows: PupilRows, words: Words): Table {
  const isPrimary = phase === "primary";
  return tableOf(`pupils-${phase}.csv`, rows.pupil.length, [
    numberColumn("pupil", rows.pupil),
    categoryColumn("school", rows.school, words.schools),
    categoryColumn("authority", rows.authority, words.authorities),
    categoryColumn("year", rows.year, words.years),
    numberColumn(isPrimary ? "ks2_score" : "attainment8", rows.outcome),
    ...(isPrimary ? [numberColumn("ks2_reading", rows.reading), numberColumn("ks2_maths", rows.maths)] : []),
    numberColumn(isPrimary ? "score_at_seven" : "ks2_score", rows.prior),
    categoryColumn("fsm6", rows.fsm, levels.yesNo),
    numberColumn("idaci", rows.idaci),
    categoryColumn("sen", rows.sen, levels.sen),
    categoryColumn("provision", rows.provision, levels.provision),
    categoryColumn("first_language", rows.language, levels.language),
    categoryColumn("sex", rows.sex, levels.sex),
    numberColumn("birth_month", rows.month),
    categoryColumn("ethnic_group", rows.ethnic, levels.ethnicGroup),
    categoryColumn("looked_after", rows.lookedAfter, levels.yesNo),
  ]);
}

/** The spells as their file would be read. */
export function spellTable(phase: Phase, rows: SpellRows, schools: readonly string[]): Table {
  const { count } = rows;
  return tableOf(`spells-${phase}.csv`, count, [
    numberColumn("pupil", rows.pupil.subarray(0, count)),
    categoryColumn("school", rows.school.subarray(0, count), schools),
    dateColumn("entered", rows.entered.subarray(0, count)),
    dateColumn("left", rows.left.subarray(0, count)),
    categoryColumn("status", rows.status.subarray(0, count), levels.status),
  ]);
}
