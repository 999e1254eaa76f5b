import { columnOf, err, ok, type Problem, type Result } from "../../../kernel/index.js";
import type { Groups } from "../../../statistics/survey/index.js";
import type { DisclosureRule } from "../parameters.js";
import { type CellRuling, refuseGrouping, ruleOnCells, schoolsOfLevels } from "../published/disclosure.js";
import type { StudyMaterial } from "../study/material.js";
import { studyProblem } from "../study/problem.js";
import type { SettingPath, Study, StudyGroup } from "../study/study.js";
import { sampledUnits } from "./sampled-units.js";

/** A group of a cycle's pupils with what may be shown of it. */
export interface CycleGroup {
  readonly group: StudyGroup;
  /** Pupils of shown levels; others belong to none. */
  readonly shown: Groups;
  readonly rulings: readonly CellRuling[];
  /** Words of the levels of the gap, the second subtracted from the first; null where one isn't shown or named. */
  readonly gap: { readonly higher: string; readonly lower: string } | null;
}

/** Columns that tell schools or pupils apart. */
function identifiersOf({ persons, design }: Study): readonly string[] {
  const named = [
    ...persons.person,
    persons.school,
    design.cluster,
    design.panel,
    design.zone,
    design.replicate,
    persons.booklet,
  ];
  return named.filter((one) => one !== null);
}

/** The level of each pupil, below 0 for none, and the words of the levels. */
export function levelsOf(material: StudyMaterial, group: StudyGroup) {
  const { codes, levels } = columnOf(material.persons, group.column, "category");
  const words = levels.map((level) => group.labels.get(level) ?? level);
  if (material.study.missingGroup === "leave-out" || !codes.includes(-1)) return { codes, words };
  return { codes: codes.map((code) => (code < 0 ? words.length : code)), words: [...words, "unknown"] };
}

/** Which two levels a gap is of: those that the study names, or the only two. */
export function gapOf(
  group: StudyGroup,
  words: readonly string[],
  shown: (name: string) => boolean,
): CycleGroup["gap"] {
  const word = (level: string) => group.labels.get(level) ?? level;
  const [higher, lower] =
    group.higher !== null && group.lower !== null
      ? [word(group.higher), word(group.lower)]
      : words.length === 2
        ? words
        : [];
  return higher !== undefined && lower !== undefined && shown(higher) && shown(lower) ? { higher, lower } : null;
}

/** The groups that a study publishes figures or comparisons of, with where the file names them. */
function namedGroups({ groups, dif }: Study): readonly { readonly group: StudyGroup; readonly path: SettingPath }[] {
  const own = groups.map((group, k) => ({ group, path: ["groups", k] }));
  const others = dif.groups.map((group, k) => ({ group, path: ["dif", "groups", k] }));
  return [...own, ...others.filter(({ group }) => !groups.some(({ column }) => column === group.column))];
}

/** Refuses groupings of schools and pupils, and groups of a single level, over all cycles. */
export function checkGroups(material: StudyMaterial, rule: DisclosureRule): Result<null, readonly Problem[]> {
  const { study } = material;
  const school = sampledUnits(material);
  const problems = namedGroups(study).flatMap(({ group, path }) => {
    const { codes, words } = levelsOf(material, group);
    const place = study.placeOf(path);
    const check = {
      column: group.column,
      identifiers: identifiersOf(study),
      level: codes,
      levels: words.length,
      school,
    };
    const refused = refuseGrouping(check, rule, place);
    if (refused) return [refused];
    if (words.length < 2)
      return [
        studyProblem("group-unusable", place, `"${group.column}" has ${words.length} level: ${words.join(", ")}`),
      ];
    const named = [group.lower, group.higher].filter((one) => one !== null).map((one) => group.labels.get(one) ?? one);
    const unknown = named.filter((one) => !words.includes(one));
    return unknown.length === 0
      ? []
      : [
          studyProblem(
            "group-unusable",
            place,
            `"${group.column}" has no level "${unknown[0]}"`,
            `The levels are ${words.join(", ")}.`,
          ),
        ];
  });
  return problems.length > 0 ? err(problems) : ok(null);
}

/** The group's pupils in one cycle, with what may be shown. @param rows of the material */
export function groupOfCycle(
  material: StudyMaterial,
  group: StudyGroup,
  rows: Int32Array,
  rule: DisclosureRule,
): CycleGroup {
  const { codes, words } = levelsOf(material, group);
  const level = Int32Array.from(rows, (row) => codes[row]!);
  const all = sampledUnits(material);
  const school = all ? Int32Array.from(rows, (row) => all[row]!) : null;
  const pupils = new Uint32Array(words.length);
  for (const one of level) if (one >= 0) pupils[one]! += 1;
  const schools = school ? schoolsOfLevels(level, words.length, school) : null;
  const taken = words.map((name, k) => ({ name, k })).filter(({ k }) => pupils[k]! > 0);
  const cells = taken.map(({ name, k }) => ({ name, pupils: pupils[k]!, schools: schools ? schools[k]! : null }));
  const without = level.filter((one) => one < 0).length;
  const rulings = ruleOnCells(cells, { name: "unknown", pupils: without, schools: null }, rule);
  const names = rulings.filter(({ shown }) => shown).map(({ name }) => name);
  const position = Int32Array.from(words, (name) => names.indexOf(name));
  const inOrder = orderOfLevels(names);
  return {
    group,
    shown: {
      names: inOrder,
      of: Int32Array.from(level, (one) =>
        one < 0 || position[one]! < 0 ? -1 : inOrder.indexOf(names[position[one]!]!),
      ),
    },
    rulings,
    gap: gapOf(group, orderOfLevels(words), (name) => names.includes(name)),
  };
}

/** Numbers by size, words as the files have them first. */
export function orderOfLevels(names: readonly string[]): readonly string[] {
  const numbers = names.every((name) => name.trim() !== "" && Number.isFinite(Number(name)));
  return numbers ? [...names].sort((a, b) => Number(a) - Number(b)) : names;
}
