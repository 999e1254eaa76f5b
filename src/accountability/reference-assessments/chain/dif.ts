import { err, ok, type Problem, type Result } from "../../../kernel/index.js";
import {
  curveFit,
  type ItemParameters,
  latentRegression,
  logisticDif,
  mantelHaenszel,
  type NormalGroup,
  type Responses,
} from "../../../statistics/item-response/index.js";
import type { DisclosureRule } from "../parameters.js";
import { schoolsOfLevels } from "../published/disclosure.js";
import type { DifRow } from "../published/results.js";
import type { StudyMaterial } from "../study/material.js";
import type { StudyGroup } from "../study/study.js";
import { gapOf, levelsOf, orderOfLevels } from "./cells.js";
import { sampledUnits } from "./sampled-units.js";
import { responsesOfPersons } from "./subset.js";

/** Rows of every item and comparison, and what was left out. */
export interface Functioning {
  readonly rows: readonly DifRow[];
  readonly notes: readonly string[];
}

/** Pupils of one level each, and the words of the levels. */
interface Compared {
  readonly responses: Responses;
  readonly reference: string;
  readonly focal: readonly string[];
}

/** Booklets of different cycles are different booklets: pupils are matched within their cycle. */
function byCycle(responses: Responses, cycle: Uint16Array, cycles: number): Responses {
  const { booklets, booklet } = responses;
  return {
    ...responses,
    booklets: Array.from({ length: cycles }, () => booklets).flat(),
    booklet: booklet.map((one, person) => cycle[person]! * booklets.length + one),
  };
}

/**
 * The pupils of the levels that are large enough; null where fewer than two are. The reference is the level that a gap begins at, else the largest; every other
 * is a focal one.
 */
function comparedIn(material: StudyMaterial, all: Responses, group: StudyGroup, rule: DisclosureRule): Compared | null {
  const { codes, words } = levelsOf(material, group);
  const pupils = new Uint32Array(words.length);
  for (const code of codes) if (code >= 0) pupils[code]! += 1;
  const school = sampledUnits(material);
  const schools = school ? schoolsOfLevels(codes, words.length, school) : null;
  const enough = words.map(
    (_, k) => pupils[k]! >= rule.fewestPupils && (schools === null || schools[k]! >= rule.fewestSchools),
  );
  const kept = words.filter((_, k) => enough[k]);
  if (kept.length < 2) return null;
  const gap = gapOf(group, orderOfLevels(words), (name) => kept.includes(name));
  const largest = kept.reduce((a, b) => (pupils[words.indexOf(b)]! > pupils[words.indexOf(a)]! ? b : a));
  const reference = gap?.higher ?? largest;
  const rows = Int32Array.from(codes.keys()).filter((row) => codes[row]! >= 0 && enough[codes[row]!]);
  const own = responsesOfPersons(all, rows);
  return {
    responses: {
      ...byCycle(
        own,
        Uint16Array.from(rows, (row) => material.cycle[row]!),
        material.cycles.length,
      ),
      group: Uint16Array.from(rows, (row) => kept.indexOf(words[codes[row]!]!)),
      groups: kept,
    },
    reference,
    focal: orderOfLevels(kept).filter((name) => name !== reference),
  };
}

/** The ability distribution of each group with the items as they are. */
function distributionsOf(
  responses: Responses,
  items: ItemParameters,
): Result<readonly NormalGroup[], readonly Problem[]> {
  const { groups, group } = responses;
  const design = new Float64Array(groups.length * group!.length);
  group!.forEach((one, person) => {
    design[person * groups.length + one] = 1;
  });
  const fit = latentRegression(responses, items, { design, names: groups, heteroscedastic: true });
  if (!fit.ok) return err(fit.error);
  return ok(groups.map((_, k) => ({ mean: fit.value.coefficients[k]!, sd: fit.value.residualSd[k]! })));
}

/** Items of several calibrations side by side: those of each cycle as items of their own, in responses whose booklets are their cycle's. */
function sideBySide(responses: Responses, cycles: readonly ItemParameters[]) {
  const count = responses.items.length;
  const each = responses.booklets.length / cycles.length;
  const all: ItemParameters = {
    names: cycles.flatMap(({ names }) => names),
    models: cycles.flatMap(({ models }) => models),
    slope: Float64Array.from(cycles.flatMap(({ slope }) => [...slope])),
    intercepts: cycles.flatMap(({ intercepts }) => intercepts),
    guessing: Float64Array.from(cycles.flatMap(({ guessing }) => [...guessing])),
  };
  return {
    items: all,
    responses: {
      ...responses,
      items: cycles.flatMap(() => responses.items),
      booklets: responses.booklets.map((list, b) => list.map((item) => Math.floor(b / each) * count + item)),
    },
    same: Int32Array.from(all.names, (_, k) => k % count),
  };
}

/** How far each group's answers lie from the items' curves, by item and group. @param cycles the items as pupils of each cycle are scored by them, on one scale */
function curvesOf(
  given: Responses,
  cycles: readonly ItemParameters[],
): Result<ReadonlyMap<string, { readonly rmsd: number; readonly bias: number }>, readonly Problem[]> {
  const { responses, items, same } = sideBySide(given, cycles);
  const groups = distributionsOf(responses, items);
  if (!groups.ok) return groups;
  const key = (item: string, group: string) => `${group}\u0000${item}`;
  return ok(new Map(curveFit(responses, items, groups.value, same).map((one) => [key(one.item, one.group), one])));
}

/** The rows of one group's comparisons; items that too few of one side answered are counted, and not told. */
function rowsOf(
  { responses, reference, focal }: Compared,
  group: StudyGroup,
  cycles: readonly ItemParameters[],
  purify: boolean,
  rule: DisclosureRule,
): Result<{ readonly rows: readonly DifRow[]; readonly few: number }, readonly Problem[]> {
  const curves = curvesOf(responses, cycles);
  if (!curves.ok) return curves;
  const rows: DifRow[] = [];
  let few = 0;
  for (const one of focal) {
    const pair = { reference, focal: one };
    const logistic = logisticDif(responses, pair);
    mantelHaenszel(responses, { ...pair, purify }).forEach((found, item) => {
      if (found.n.reference < rule.fewestPupils || found.n.focal < rule.fewestPupils) {
        few++;
        return;
      }
      const regression = logistic[item] ?? null;
      const curve = (level: string) => curves.value.get(`${level}\u0000${found.name}`) ?? null;
      rows.push({
        item: found.name,
        ...{ group: group.name, reference, focal: one },
        ...{ referencePupils: found.n.reference, focalPupils: found.n.focal },
        method: responses.items[item]!.maximum === 1 ? "Mantel-Haenszel" : "Mantel",
        ...{ delta: found.delta, deltaError: found.deltaError, effect: found.effect },
        ...{ chiSquare: found.chiSquare, p: found.p, class: found.class },
        logistic: regression && {
          difference: regression.difference,
          uniformP: regression.uniform.p,
          nonUniformP: regression.nonUniform.p,
          addedR2: regression.addedR2,
          class: regression.class,
        },
        rmsd: curve(one)?.rmsd ?? null,
        referenceRmsd: curve(reference)?.rmsd ?? null,
        bias: curve(one)?.bias ?? null,
      });
    });
  }
  return ok({ rows, few });
}

/**
 * Differential functioning of every item by the groups that the study names: Mantel and Haenszel's Δ with ETS's classes, logistic regression, and the root mean
 * squared deviation of each group's curve from the common one. Pupils are matched by total score within booklet and cycle; all cycles together.
 *
 * @param itemsOf the items as the pupils of a cycle are scored by them, on one scale
 */
export function functioningOf(
  material: StudyMaterial,
  responses: Responses,
  itemsOf: (cycle: number) => ItemParameters,
  rule: DisclosureRule,
): Result<Functioning, readonly Problem[]> {
  const { groups, purify } = material.study.dif;
  const rows: DifRow[] = [];
  const notes: string[] = [];
  for (const group of groups) {
    const compared = comparedIn(material, responses, group, rule);
    if (compared === null) {
      notes.push(
        `Differential functioning by ${group.name} is left out: fewer than two of its levels have ${rule.fewestPupils} pupils.`,
      );
      continue;
    }
    const made = rowsOf(
      compared,
      group,
      material.cycles.map((_, cycle) => itemsOf(cycle)),
      purify,
      rule,
    );
    if (!made.ok) return err(made.error.map((one) => ({ ...one, place: `${group.name}: ${one.place}` })));
    rows.push(...made.value.rows);
    if (made.value.few > 0)
      notes.push(
        `Differential functioning by ${group.name} is left out of ${made.value.few} comparisons of an item that fewer than ${rule.fewestPupils} pupils of a level answered.`,
      );
  }
  return ok({ rows, notes });
}
