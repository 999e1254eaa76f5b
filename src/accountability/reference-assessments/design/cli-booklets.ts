import { resolve } from "node:path";
import { type Command, InvalidArgumentError } from "commander";
import { type CommandContext, wholeNumber } from "../../../platform/terminal/index.js";
import { oneOf, printed } from "./cli-draw.js";
import { type BookletAnswer, bookletsFromFile } from "./service-booklets.js";

interface Bounds {
  readonly least: number;
  readonly most: number;
}

const help = `
The file has one line an item with the block that it belongs to; minutes and content are needed only where they are bounded. The search
is simulated annealing, so the same file, options and seed give the same booklets; the balance is measured on what comes out.
booklets.csv (booklet, position, block, item) is a map of booklets as a study file reads it.

Examples:
  $ ./greenpaper reference-assessments booklets items.csv --item item --block block --booklets 14 --size 2 --seed 1 --out booklets
  $ ./greenpaper reference-assessments booklets items.csv --item id --block cluster --minutes minutes --time 30:40 --content domain \\
      --bound number=4:10 --apart M1,M8 --booklets 30 --size 6 --seed 7`;

function boundsOf(text: string): Bounds {
  const match = /^(\d+(?:\.\d+)?):(\d+(?:\.\d+)?)$/.exec(text);
  const bounds = { least: Number(match?.[1]), most: Number(match?.[2]) };
  if (!(bounds.least <= bounds.most)) throw new InvalidArgumentError("LEAST:MOST is needed, as 30:40.");
  return bounds;
}

function addBound(text: string, before: Readonly<Record<string, Bounds>>): Readonly<Record<string, Bounds>> {
  const at = text.lastIndexOf("=");
  if (at < 1) throw new InvalidArgumentError("CONTENT=LEAST:MOST is needed, as number=4:10.");
  return { ...before, [text.slice(0, at).trim()]: boundsOf(text.slice(at + 1)) };
}

function addPair(text: string, before: readonly (readonly [string, string])[]): readonly (readonly [string, string])[] {
  const [one, other, ...rest] = text.split(",").map((name) => name.trim());
  if (!one || !other || rest.length > 0) throw new InvalidArgumentError("Two blocks are needed, as M1,M8.");
  return [...before, [one, other]];
}

interface BookletOptions {
  readonly item: string;
  readonly block: string;
  readonly minutes?: string;
  readonly content?: string;
  readonly booklets: number;
  readonly size: number;
  readonly time?: Bounds;
  readonly bound: Readonly<Record<string, Bounds>>;
  readonly apart: readonly (readonly [string, string])[];
  readonly seed: number;
  readonly steps?: number;
  readonly tries?: number;
  readonly decimal?: "." | ",";
  readonly out?: string;
  readonly json?: boolean;
}

function inWords({ design, blocks, files }: BookletAnswer, folder: string | null): string[] {
  const { booklets, balance, record } = design;
  const { appearances, pairs, positions } = balance;
  const counts = (list: readonly number[]) => list.map((n, times) => `${n} × ${times}`).join(", ");
  return [
    `${booklets.length} booklets of ${booklets[0]!.length} of ${blocks.length} blocks, seed ${record.seed}`,
    `Each block is in ${appearances.least === appearances.most ? appearances.least : `${appearances.least} to ${appearances.most}`} booklets`,
    `Pairs of blocks by booklets that they share: ${counts(pairs.counts)}`,
    `Blocks in a position by times: ${counts(positions.counts)}`,
    `Efficiency ${balance.efficiency.toFixed(4)}, ${balance.relativeEfficiency.toFixed(4)} of the bound that balanced designs reach`,
    ...(balance.connected
      ? []
      : ["Caution: the booklets fall into parts that share no block; they can't be put on one scale."]),
    ...(folder === null
      ? booklets.map((booklet, b) => `  B${b + 1}: ${booklet.map((i) => blocks[i]!.name).join(" ")}`)
      : [`Written to ${folder}: ${files.join(", ")}`]),
  ];
}

/** Adds `reference-assessments booklets`. */
export function addBookletsCommand(parent: Command, { version, today }: CommandContext): void {
  const command = parent
    .command("booklets")
    .description("Share blocks of items out among balanced booklets, within bounds of time and content")
    .argument("<items>", "the items, one a line, with their block")
    .requiredOption("--item <column>", "the item's name")
    .requiredOption("--block <column>", "the block that it belongs to")
    .requiredOption("--booklets <number>", "booklets", wholeNumber(1, 2000))
    .requiredOption("--size <number>", "blocks a booklet", wholeNumber(1, 100))
    .requiredOption("--seed <number>", "decides the search", wholeNumber(0, 2 ** 31 - 1))
    .option("--minutes <column>", "an item's minutes")
    .option("--content <column>", "an item's content")
    .option("--time <least:most>", "minutes a booklet", boundsOf)
    .option("--bound <content=least:most>", "items of a content a booklet (repeat it for each)", addBound, {})
    .option("--apart <blocks>", "two blocks that are never in one booklet, as M1,M8 (repeat it)", addPair, [])
    .option("--steps <number>", "swaps a try", wholeNumber(1, 100_000_000))
    .option("--tries <number>", "searches of which the best is taken", wholeNumber(1, 100))
    .option("--decimal <mark>", "the decimal mark of minutes, . or ,", oneOf([".", ","]))
    .option("-o, --out <folder>", "where to write booklets.csv and record.json")
    .option("--json", "print booklets and balance (or the problems) as JSON")
    .addHelpText("after", help);
  command.action(async (path: string, options: BookletOptions) => {
    const { item, block, minutes, content, booklets, size, time, bound, apart, seed, steps, tries, json } = options;
    if (time !== undefined && minutes === undefined)
      command.error("error: --time needs the column of minutes (--minutes)", { exitCode: 2 });
    const folder = options.out === undefined ? null : resolve(options.out);
    const answer = await bookletsFromFile({
      path: resolve(path),
      columns: { item, block, minutes: minutes ?? null, content: content ?? null },
      constraints: { booklets, size, content: bound, apart, ...(time && { minutes: time }) },
      ...(options.decimal && { decimal: options.decimal }),
      ...{ seed, steps: steps ?? null, tries: tries ?? null, folder, today, version },
    });
    process.exitCode = printed(
      answer,
      json === true,
      ({ design, blocks }) => ({
        booklets: design.booklets.map((list) => list.map((i) => blocks[i]!.name)),
        ...{ balance: design.balance, record: design.record },
      }),
      (assembled) => inWords(assembled, folder),
    );
  });
}
