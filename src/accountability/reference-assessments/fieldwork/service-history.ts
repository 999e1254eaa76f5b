import { err, ok } from "../../../kernel/index.js";
import type { Database, Queries } from "../../../platform/database/index.js";
import { type Actor, actingAs } from "../../../platform/identity/index.js";
import { itemsOfPhase } from "./assembly.js";
import { type Coverage, coverageOf, cyclesBefore, type ItemUse, usesOfItems } from "./exposure.js";
import type { Item } from "./item.js";
import { type ItemResult, resultsOfItem } from "./item-results.js";
import { problem } from "./problem.js";
import { notAllowed, type Outcome, runsAssessments, unknownStudy } from "./service.js";
import { findStudy, loadStudies } from "./store.js";
import { countBooklets, publishedCycles, publishedOfItem } from "./store-history.js";
import { findItem, itemsNamed, loadItems, type StoredItem } from "./store-items.js";
import { type FieldStudy, phaseFacts } from "./study.js";

/** An item with all that is known of it: uses counted from sessions, drift and links pulled from published results. */
export interface ItemView {
  readonly item: StoredItem;
  readonly uses: readonly ItemUse[];
  readonly results: readonly ItemResult[];
}

const ofPhases = ({ phases }: Pick<Item, "phases">, words: string) =>
  phases.some((phase) => phaseFacts[phase].words === words);

/** An item with its history, for whoever runs the assessments. */
export async function viewItem(database: Database, actor: Actor, id: string): Outcome<ItemView> {
  if (!runsAssessments(actor)) return notAllowed(id);
  return actingAs(database, actor, async (queries) => {
    const item = await findItem(queries, id);
    if (!item) return err([problem("fieldwork-item-unknown", id, "there is no such item")]);
    const uses = usesOfItems(await loadStudies(queries), await countBooklets(queries));
    const published = await publishedOfItem(queries, item);
    return ok({
      ...{ item, uses: uses.get(id) ?? [] },
      results: resultsOfItem(published.filter(({ phase }) => ofPhases(item, phase))),
    });
  });
}

/** In which cycles before a study's each item was answered. */
export async function exposuresBefore(queries: Queries, study: FieldStudy): Promise<(item: Item) => readonly string[]> {
  const uses = usesOfItems(await loadStudies(queries), await countBooklets(queries));
  const published = new Map<string, { readonly phase: string; readonly cycle: string }[]>();
  for (const { item, phase, cycle } of await publishedCycles(queries, study.subject))
    published.set(item, [...(published.get(item) ?? []), { phase, cycle }]);
  return (item) =>
    cyclesBefore(
      study.cycle,
      uses.get(item.id) ?? [],
      (published.get(item.id) ?? []).filter(({ phase }) => ofPhases(item, phase)).map(({ cycle }) => cycle),
    );
}

/** How far an item of a study is exposed. */
export interface ExposedItem {
  readonly item: string;
  readonly construct: string;
  /** Booklets of the study that it is in, of how many; null before they are assembled. */
  readonly booklets: number | null;
  readonly of: number | null;
  /** Cycles before in which it was answered. */
  readonly cycles: readonly string[];
  readonly curricula: Readonly<Record<string, boolean>>;
}

/** The items of a study's booklets, or before they are assembled those that could come into them: exposure, and which curricula cover them. */
export async function viewStudyItems(
  database: Database,
  actor: Actor,
  id: string,
): Outcome<{ readonly items: readonly ExposedItem[]; readonly coverage: Coverage }> {
  if (!runsAssessments(actor)) return notAllowed(id);
  return actingAs(database, actor, async (queries) => {
    const study = await findStudy(queries, id);
    if (!study) return unknownStudy(id);
    const { booklets } = study;
    const items = booklets
      ? [
          ...(
            await itemsNamed(
              queries,
              booklets.blocks.flatMap((block) => block.items),
            )
          ).values(),
        ]
      : itemsOfPhase(await loadItems(queries), study);
    const sorted = [...items].sort((a, b) => (a.id < b.id ? -1 : 1));
    const before = await exposuresBefore(queries, study);
    const own = new Map([...usesOfItems([study], [])].map(([item, [use]]) => [item, use!] as const));
    return ok({
      items: sorted.map((item) => ({
        ...{ item: item.id, construct: item.construct, curricula: item.curricula, cycles: before(item) },
        ...{ booklets: own.get(item.id)?.booklets ?? null, of: own.get(item.id)?.of ?? null },
      })),
      coverage: coverageOf(sorted),
    });
  });
}
