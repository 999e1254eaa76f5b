import type { Table } from "../../kernel/index.js";
import type { Caution, CautionCode } from "./caution-words.js";
import type { ValueAddedDesign } from "./design.js";
import {
  differsOnlyBetween,
  frequentValue,
  linkedSchools,
  type MembershipFacts,
  membershipFacts,
} from "./membership-facts.js";
import { levelsOf, numbersOf } from "./pupils-used.js";
import type { MeasureSpecification } from "./specification.js";

/** From where something is worth a caution. */
const thresholds = {
  /** Fewer pupil-equivalents than one whole pupil can't describe a school. */
  littleTime: 1,
  /** At least so many pupil-equivalents, and so many times the school in the middle: no English school is near both in one phase. */
  large: { equivalents: 1000, timesMedian: 10 },
} as const;

const number = (n: number) => n.toLocaleString("en-GB", { maximumFractionDigits: 1 });
const counted = (n: number, one: string) => `${number(n)} ${one}${n === 1 ? "" : "s"}`;
const percent = (part: number) => `${(100 * part).toFixed(0)}%`;

/** The first few ids, so that they can be found. */
function named(schools: readonly string[], places: readonly number[]): string {
  const shown = places.slice(0, 5).map((s) => `"${schools[s]}"`);
  return `${shown.join(", ")}${places.length > 5 ? " and others" : ""}`;
}

const placesWhere = (facts: MembershipFacts, holds: (s: number) => boolean) =>
  [...facts.pupils.keys()].filter((s) => facts.pupils[s]! > 0 && holds(s));

function notLinked(design: ValueAddedDesign, facts: MembershipFacts): string | null {
  if (facts.shared === 0) return null; // with one school a pupil nothing is linked, and nobody expects it
  const { schools } = design.membership;
  const groups = linkedSchools(design.membership, facts.pupils);
  const several = groups.filter((group) => group.length > 1);
  if (several.length < 2) return null;
  const alone = groups.length - several.length;
  const list = several.slice(0, 4).map((group) => `${counted(group.length, "school")} (${named(schools, group)})`);
  return `Pupils moved within ${several.length} groups of schools and never between them: ${list.join("; ")}${several.length > 4 ? "; and smaller ones" : ""}${alone > 0 ? `; ${counted(alone, "school")} shared no pupil with any other` : ""}.`;
}

/** Years, and other columns within schools, of which a level has pupils of one school only. */
function yearsOfOneSchool(
  specification: MeasureSpecification,
  design: ValueAddedDesign,
  pupils: Table,
): (string | null)[] {
  const { start, school, schools } = design.membership;
  const columns = new Set([specification.year, ...design.within.map(({ group }) => group.column)]);
  return [...columns].map((column) => {
    if (column === null) return null;
    const { codes, levels } = levelsOf(pupils, column, design.used.rows);
    const only = new Int32Array(levels.length).fill(-2); // −2: none yet, −1: several
    for (let i = 0; i < codes.length; i++)
      for (let e = start ? start[i]! : i, end = start ? start[i + 1]! : i + 1; e < end; e++) {
        const level = codes[i]!;
        if (only[level] === -2) only[level] = school[e]!;
        else if (only[level] !== school[e]) only[level] = -1;
      }
    const alone = levels.flatMap((level, k) => (only[k]! >= 0 ? [`${level} ("${schools[only[k]!]}")`] : []));
    const used = only.reduce((count, s) => count + (s === -2 ? 0 : 1), 0);
    return alone.length > 0 && used > 1
      ? `In "${column}" there are pupils of one school only in ${alone.join(", ")}.`
      : null;
  });
}

function covariatesOfSchools(
  specification: MeasureSpecification,
  design: ValueAddedDesign,
  pupils: Table,
): string | null {
  const columns = [...specification.prior, ...specification.context].map(({ column }) => column);
  const found = columns.filter((column) => {
    const values =
      pupils.columns.get(column)?.kind === "number"
        ? numbersOf(pupils, column, design.used.rows)
        : levelsOf(pupils, column, design.used.rows).codes;
    return differsOnlyBetween(design.membership, (i) => values[i]!);
  });
  return found.length > 0
    ? `Within every school all pupils have the same value of ${found.map((column) => `"${column}"`).join(" and ")}.`
    : null;
}

function littleTime(design: ValueAddedDesign, facts: MembershipFacts): string | null {
  const found = placesWhere(facts, (s) => facts.equivalents[s]! < thresholds.littleTime);
  return found.length > 0
    ? `${counted(found.length, "school")} had pupils with less than one pupil's time altogether: ${named(design.membership.schools, found)}.`
    : null;
}

function unaccounted(design: ValueAddedDesign, facts: MembershipFacts): string | null {
  const part = facts.equivalents.reduce((a, b) => a + b, 0) / design.model.rows;
  return part < 0.5 ? `${percent(1 - part)} of all pupils' time is at no known school.` : null;
}

function veryLarge(design: ValueAddedDesign, { equivalents, pupils }: MembershipFacts): string | null {
  const sizes = equivalents.filter((_, s) => pupils[s]! > 0).sort();
  const least = Math.max(
    thresholds.large.equivalents,
    thresholds.large.timesMedian * (sizes[Math.floor((sizes.length - 1) / 2)] ?? 0),
  );
  const found = [...equivalents.keys()].filter((s) => equivalents[s]! >= least);
  const time = found.reduce((sum, s) => sum + equivalents[s]!, 0);
  if (found.length === 0) return null;
  const stands = found.length === 1 ? "stands" : "stand";
  return `${counted(found.length, "school")} ${stands} out by size (${named(design.membership.schools, found)}): ${number(time)} pupil-equivalents, ${percent(time / design.model.rows)} of all pupils.`;
}

function tied(specification: MeasureSpecification, design: ValueAddedDesign, pupils: Table): (string | null)[] {
  return specification.outcomes.map(({ column }) => {
    const values = numbersOf(pupils, column, design.used.rows);
    const frequent = frequentValue(values);
    if (!frequent) return null;
    const { value, count } = frequent;
    const [least, most] = values.reduce(([a, b], x) => [Math.min(a, x), Math.max(b, x)], [value, value]);
    const where = value === most ? ", the highest there is" : value === least ? ", the lowest there is" : "";
    return `${percent(count / values.length)} of the pupils have the same "${column}": ${value}${where}.`;
  });
}

function ofMovers(design: ValueAddedDesign, facts: MembershipFacts): string | null {
  const found = placesWhere(facts, (s) => facts.stayers[s] === 0);
  return found.length > 0
    ? `${counted(found.length, "school")} had only pupils who were also at other schools: ${named(design.membership.schools, found)}.`
    : null;
}

/** What a reader of the figures has to know about these pupils; none where nothing is unusual. */
export function findCautions(specification: MeasureSpecification, design: ValueAddedDesign, pupils: Table): Caution[] {
  const facts = membershipFacts(design.membership);
  const found: readonly (readonly [CautionCode, string | null])[] = [
    ["schools-not-linked", notLinked(design, facts)],
    ...yearsOfOneSchool(specification, design, pupils).map((text) => ["year-of-one-school", text] as const),
    ["covariate-of-schools", covariatesOfSchools(specification, design, pupils)],
    ["schools-with-little-time", littleTime(design, facts)],
    ["time-mostly-unaccounted", unaccounted(design, facts)],
    ["school-very-large", veryLarge(design, facts)],
    ...tied(specification, design, pupils).map((text) => ["outcome-tied", text] as const),
    ["schools-of-movers", ofMovers(design, facts)],
  ];
  return found.flatMap(([code, text]) => (text === null ? [] : [{ code, found: text }]));
}
