import type { Item } from "./item.js";
import type { FieldStudy, StudyBooklets } from "./study.js";

/** A use of an item in a study. */
export interface ItemUse {
  readonly study: string;
  readonly cycle: number;
  /** Booklets that it is in, of how many. */
  readonly booklets: number;
  readonly of: number;
  /** Pupils who began a booklet with it. */
  readonly pupils: number;
}

/** Pupils of a study who began a booklet. */
export interface BookletCount {
  readonly study: string;
  /** From 1 on. */
  readonly booklet: number;
  readonly pupils: number;
}

/** In how many booklets each item is. */
export function bookletsOfItems({ blocks, booklets }: StudyBooklets): ReadonlyMap<string, readonly number[]> {
  const found = new Map<string, number[]>();
  booklets.forEach((positions, b) => {
    for (const position of positions)
      for (const item of blocks[position]!.items) found.set(item, [...(found.get(item) ?? []), b + 1]);
  });
  return found;
}

/** Where items were used, by item, oldest cycle first: counted from the sessions and paper of every study. */
export function usesOfItems(
  studies: readonly Pick<FieldStudy, "id" | "cycle" | "booklets">[],
  counts: readonly BookletCount[],
): ReadonlyMap<string, readonly ItemUse[]> {
  const pupils = new Map(counts.map((one) => [`${one.study} ${one.booklet}`, one.pupils]));
  const uses = new Map<string, ItemUse[]>();
  for (const { id, cycle, booklets } of [...studies].sort((a, b) => a.cycle - b.cycle)) {
    if (!booklets) continue;
    for (const [item, numbers] of bookletsOfItems(booklets)) {
      const seen = numbers.reduce((sum, number) => sum + (pupils.get(`${id} ${number}`) ?? 0), 0);
      const use = { study: id, cycle, booklets: numbers.length, of: booklets.booklets.length, pupils: seen };
      uses.set(item, [...(uses.get(item) ?? []), use]);
    }
  }
  return uses;
}

/** Cycles before another in which an item was answered, by our own sessions or by published results. */
export function cyclesBefore(cycle: number, uses: readonly ItemUse[], published: readonly string[]): readonly string[] {
  const own = uses.filter((use) => use.pupils > 0).map((use) => String(use.cycle));
  return [...new Set([...own, ...published])].filter((one) => Number(one) < cycle).sort();
}

/** What the versions of curricula say of some items. */
export interface Coverage {
  readonly versions: readonly {
    readonly version: string;
    readonly covers: number;
    readonly doesNot: number;
    readonly notSaid: number;
  }[];
  /** Items that one version covers and another doesn't: a trend is shown without them too. */
  readonly favoured: readonly string[];
  /** Items of which a version doesn't say. */
  readonly notSaid: readonly { readonly item: string; readonly versions: readonly string[] }[];
}

/** Which versions of which curriculum cover some items. @param wanted all that any item names, unless given */
export function coverageOf(items: readonly Pick<Item, "id" | "curricula">[], wanted?: readonly string[]): Coverage {
  const names = wanted ?? [...new Set(items.flatMap(({ curricula }) => Object.keys(curricula)))].sort();
  const said = ({ curricula }: Pick<Item, "curricula">, name: string) =>
    Object.hasOwn(curricula, name) ? curricula[name]! : null;
  return {
    versions: names.map((version) => ({
      version,
      covers: items.filter((item) => said(item, version) === true).length,
      doesNot: items.filter((item) => said(item, version) === false).length,
      notSaid: items.filter((item) => said(item, version) === null).length,
    })),
    favoured: items
      .filter((item) => {
        const all = names.map((name) => said(item, name));
        return all.includes(true) && all.includes(false);
      })
      .map(({ id }) => id),
    notSaid: items
      .map((item) => ({ item: item.id, versions: names.filter((name) => said(item, name) === null) }))
      .filter(({ versions }) => versions.length > 0),
  };
}
