import { parseCsv } from "../../../ingest/index.js";
import { err, ok, type Problem } from "../../../kernel/index.js";
import type { Database } from "../../../platform/database/index.js";
import { type Actor, actingAs } from "../../../platform/identity/index.js";
import { appendMany } from "../../../platform/log/index.js";
import {
  fieldsOfItem,
  type Item,
  type ItemHistory,
  itemColumns,
  itemOfFields,
  itemProblems,
  itemStatuses,
} from "./item.js";
import { problem } from "./problem.js";
import { asJson, notAllowed, type Outcome, runsAssessments } from "./service.js";
import { findStudy, loadStudies } from "./store.js";
import { findItem, itemsNamed, loadItems, type StoredItem, saveItems } from "./store-items.js";

/** What an import of items did. */
export interface ItemImport {
  readonly added: number;
  readonly changed: number;
  readonly unchanged: number;
}

const itemStream = (id: string) => `assessment-fieldwork/item/${id}`;

/** What a pupil sees or is marked by: it may not change once the item is in a booklet. */
const seenFields = ["kind", "question", "options", "key", "maximum", "stimulus", "stimulus_text"] as const;
const differs = (a: Item, b: Item, columns: readonly (typeof itemColumns)[number][]) => {
  const [x, y] = [fieldsOfItem(a), fieldsOfItem(b)];
  return columns.some((column) => x[column] !== y[column]);
};

/** Takes items in from a CSV file, all or nothing; every bad line is named. History stays. */
export async function importItems(
  database: Database,
  actor: Actor,
  bytes: Uint8Array,
  name: string,
  now: Date,
): Outcome<ItemImport> {
  if (!runsAssessments(actor)) return notAllowed(name);
  const rows = parseCsv(bytes, name, itemColumns);
  if (!rows.ok) return rows;
  const problems: Problem[] = [];
  const lines = new Map<string, number>();
  const stimuli = new Map<string, { text: string; line: number }>();
  const items = rows.value.map(({ line, fields }) => {
    const item = itemOfFields(fields);
    const place = `${name}, line ${line}`;
    problems.push(...itemProblems(item, place));
    const before = lines.get(item.id);
    if (before !== undefined)
      problems.push(problem("fieldwork-item-invalid", place, `item ${item.id} stands on line ${before} too`));
    lines.set(item.id, line);
    const stimulus = stimuli.get(item.stimulus);
    if (stimulus && stimulus.text !== item.stimulusText)
      problems.push(
        problem(
          "fieldwork-item-invalid",
          place,
          `the text of stimulus ${item.stimulus} differs from that of line ${stimulus.line}`,
        ),
      );
    stimuli.set(item.stimulus, { text: item.stimulusText, line });
    return item;
  });
  if (rows.value.length === 0) problems.push(problem("fieldwork-item-invalid", name, "it has no items"));
  if (problems.length > 0) return err(problems);
  return actingAs(database, actor, async (queries) => {
    const known = await itemsNamed(queries, [...lines.keys()]);
    const used = await usedItems(queries);
    const changed: StoredItem[] = [];
    let added = 0;
    for (const item of items) {
      const before = known.get(item.id);
      if (!before) {
        added += 1;
        changed.push({ ...item, version: 1 });
        continue;
      }
      if (!differs(before, item, itemColumns)) continue;
      if (used.has(item.id) && differs(before, item, seenFields))
        problems.push(
          problem(
            "fieldwork-item-used",
            `${name}, line ${lines.get(item.id)}`,
            `item ${item.id} is in the booklets of ${used.get(item.id)}`,
          ),
        );
      changed.push({ ...item, history: before.history, version: before.version + 1 });
    }
    if (problems.length > 0) return err(problems);
    if (changed.length > 0) {
      await saveItems(queries, changed);
      await appendMany(
        queries,
        changed.map(({ version, ...item }) => ({
          ...{ stream: itemStream(item.id), expected: version - 1, actor, at: now },
          events: [{ kind: "item-written", body: asJson({ ...item, history: undefined }) }],
        })),
      );
    }
    return ok({ added, changed: changed.length - added, unchanged: items.length - changed.length });
  });
}

/** Items that are in a study's booklets, with the study. */
async function usedItems(queries: Parameters<typeof loadStudies>[0]): Promise<ReadonlyMap<string, string>> {
  const used = new Map<string, string>();
  for (const { id, booklets } of await loadStudies(queries))
    for (const { items } of booklets?.blocks ?? []) for (const item of items) used.set(item, id);
  return used;
}

/** Every item of the bank, with the studies whose booklets it is in. */
export async function listItems(database: Database, actor: Actor): Outcome<readonly StoredItem[]> {
  if (!runsAssessments(actor)) return notAllowed("items");
  return ok(await actingAs(database, actor, loadItems));
}

/** Changes an item's status, or writes down what was decided of it in a study. @throws {StaleStream} */
export async function recordItem(
  database: Database,
  actor: Actor,
  id: string,
  change: { readonly status?: string; readonly history?: ItemHistory },
  expected: number,
  now: Date,
): Outcome<StoredItem> {
  if (!runsAssessments(actor)) return notAllowed(id);
  return actingAs(database, actor, async (queries) => {
    const before = await findItem(queries, id);
    if (!before) return err([problem("fieldwork-item-unknown", id, "there is no such item")]);
    const status = itemStatuses.find((one) => one === (change.status ?? before.status));
    if (!status) return err([problem("fieldwork-item-invalid", "status", `"${change.status}" is no status`)]);
    const { history } = change;
    if (history && (history.decision.trim() === "" || !(await findStudy(queries, history.study))))
      return err([
        problem(
          "fieldwork-item-invalid",
          "study",
          `"${history.study}" is no assessment, or nothing is said of it`,
          "Name one by its short name, and say what was decided and why.",
        ),
      ]);
    const kept = history ? [...before.history.filter(({ study }) => study !== history.study), history] : before.history;
    const after: StoredItem = { ...before, status, history: kept, version: expected + 1 };
    await appendMany(queries, [
      {
        ...{ stream: itemStream(id), expected, actor, at: now },
        events: [{ kind: "item-recorded", body: asJson({ status, history: history ?? null }) }],
      },
    ]);
    await saveItems(queries, [after]);
    return ok(after);
  });
}
