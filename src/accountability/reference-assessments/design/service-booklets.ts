import {
  anyFormat,
  checkWritable,
  fingerprint,
  formatCsv,
  readTable,
  sourceFile,
  writeTogether,
} from "../../../ingest/index.js";
import { columnOf, err, ok, type Problem, type Result, silent } from "../../../kernel/index.js";
import {
  assembleBooklets,
  type Block,
  type BookletConstraints,
  type BookletDesign,
} from "../../../statistics/survey/index.js";
import { studyProblem } from "../study/problem.js";

/** Columns of the items' file; `content` and `minutes` only where bounds of them are wanted. */
export interface ItemFileColumns {
  readonly item: string;
  readonly block: string;
  readonly minutes: string | null;
  readonly content: string | null;
}

/** What booklets from a file of items are asked for. */
export interface BookletOrder {
  readonly path: string;
  readonly columns: ItemFileColumns;
  /** The decimal mark of minutes; a point where left out. */
  readonly decimal?: "." | ",";
  readonly constraints: BookletConstraints;
  readonly seed: number;
  readonly steps: number | null;
  readonly tries: number | null;
  readonly folder: string | null;
  readonly today: string;
  readonly version: string;
}

/** Booklets, with their blocks' items. */
export interface BookletAnswer {
  readonly design: BookletDesign;
  readonly blocks: readonly ItemBlock[];
  readonly files: readonly string[];
}

interface ItemBlock extends Block {
  readonly items: readonly string[];
}

/** Reads items and gathers them in their blocks, in the file's order. */
async function readBlocks(
  path: string,
  columns: ItemFileColumns,
  decimal: "." | "," = ".",
): Promise<Result<readonly ItemBlock[], readonly Problem[]>> {
  const texts = [columns.item, columns.block, ...(columns.content === null ? [] : [columns.content])];
  const read = await readTable({
    files: [sourceFile(path)],
    columns: [
      ...texts.map((name) => ({ name, kind: "category" as const, missing: "refuse" as const, askedAt: null })),
      ...(columns.minutes === null
        ? []
        : [{ name: columns.minutes, kind: "number" as const, missing: "allow" as const, askedAt: null }]),
    ],
    format: { ...anyFormat, decimal },
    progress: silent,
  });
  if (!read.ok) return read;
  const table = read.value;
  const [items, homes, contents] = texts.map((name) => {
    const { codes, levels } = columnOf(table, name, "category");
    return Array.from(codes, (code) => levels[code]!);
  });
  const minutes = columns.minutes === null ? null : columnOf(table, columns.minutes, "number").values;
  const faults: Problem[] = [];
  const first = new Map<string, number>();
  const blocks = new Map<string, { items: string[]; minutes: number; content: Record<string, number> }>();
  items!.forEach((item, row) => {
    const before = first.get(item);
    if (before !== undefined)
      faults.push(
        studyProblem(
          "item-twice-in-blocks",
          table.placeOf(row),
          `item ${item} stands at ${table.placeOf(before)} already`,
        ),
      );
    first.set(item, row);
    const time = minutes?.[row] ?? 0;
    if (!(time >= 0 && Number.isFinite(time)))
      faults.push(
        studyProblem(
          "frame-value-invalid",
          `${table.placeOf(row)}, column "${columns.minutes}"`,
          Number.isNaN(time) ? "there is no value" : `the value is ${time}`,
          "Give minutes of 0 or more.",
        ),
      );
    const block = blocks.get(homes![row]!) ?? { items: [], minutes: 0, content: {} };
    block.items.push(item);
    block.minutes += time;
    const content = contents?.[row];
    if (content !== undefined) block.content[content] = (block.content[content] ?? 0) + 1;
    blocks.set(homes![row]!, block);
  });
  return faults.length > 0 ? err(faults) : ok([...blocks].map(([name, block]) => ({ name, ...block })));
}

/** Assembles booklets from a file of items and writes `booklets.csv` and `record.json`, both or neither. */
export async function bookletsFromFile(order: BookletOrder): Promise<Result<BookletAnswer, readonly Problem[]>> {
  if (order.folder !== null) {
    const writable = await checkWritable(order.folder);
    if (!writable.ok) return err([writable.error]);
  }
  const read = await readBlocks(order.path, order.columns, order.decimal);
  if (!read.ok) return read;
  const blocks = read.value;
  const { constraints, seed, steps, tries } = order;
  const contents = new Set(blocks.flatMap(({ content }) => Object.keys(content)));
  const unknown = Object.keys(constraints.content ?? {}).filter((name) => !contents.has(name));
  if (unknown.length > 0)
    return err([
      studyProblem(
        "design-option-invalid",
        "--bound",
        `no item has the content ${unknown.join(", ")}`,
        contents.size === 0 ? "Name the column with --content." : `The contents are ${[...contents].join(", ")}.`,
      ),
    ]);
  const search = { ...(steps !== null && { steps }), ...(tries !== null && { tries }) };
  const design = assembleBooklets(blocks, constraints, seed, search);
  if (!design.ok) return design;
  const { booklets, balance, record } = design.value;
  const rows = booklets.flatMap((booklet, b) =>
    booklet.flatMap((i, p) => blocks[i]!.items.map((item) => [`B${b + 1}`, p + 1, blocks[i]!.name, item])),
  );
  const whole = {
    ...{ kind: "booklets", code: order.version, date: order.today },
    items: { name: sourceFile(order.path).shown, sha256: await fingerprint(order.path) },
    ...{ columns: order.columns, constraints, search: record, balance },
  };
  const written = {
    "booklets.csv": formatCsv(["booklet", "position", "block", "item"], rows),
    "record.json": `${JSON.stringify(whole, null, 2)}\n`,
  };
  if (order.folder !== null) await writeTogether(order.folder, written);
  return ok({ design: design.value, blocks, files: order.folder === null ? [] : Object.keys(written) });
}
