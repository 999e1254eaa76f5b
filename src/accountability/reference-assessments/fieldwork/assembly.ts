import { err, ok, type Problem, type Result } from "../../../kernel/index.js";
import { assembleBooklets, type Block } from "../../../statistics/survey/index.js";
import { coverageOf } from "./exposure.js";
import type { Item } from "./item.js";
import { problem } from "./problem.js";
import type { FieldStudy, StudyBooklets } from "./study.js";

/** What booklets are asked for. */
export interface BookletOrder {
  readonly blocks: number;
  readonly booklets: number;
  /** Blocks a booklet. */
  readonly size: number;
  /** Most minutes a booklet. */
  readonly minutes: number;
  /** Items of each construct that a booklet has at the least. */
  readonly leastOfEach: number;
  readonly seed: number;
  /** An item that was used in so many cycles before is left out; the parameter's where it isn't said. */
  readonly mostCycles?: number;
  /** Versions of curricula of which every item must say whether they cover it. */
  readonly curricula?: readonly string[];
}

type Assembled = Pick<Item, "id" | "construct" | "stimulus" | "seconds">;

/**
 * Items into blocks of like length and content: items of one stimulus stay together; the longest first, each to the block that it leaves most even.
 * @returns items by block, in order of name within a stimulus
 */
export function blocksOf(items: readonly Assembled[], count: number): Assembled[][] {
  const stimuli = new Map<string, Assembled[]>();
  for (const item of [...items].sort((a, b) => (a.id < b.id ? -1 : 1)))
    stimuli.set(item.stimulus, [...(stimuli.get(item.stimulus) ?? []), item]);
  const seconds = (some: readonly Assembled[]) => some.reduce((sum, item) => sum + item.seconds, 0);
  const total = seconds(items) / count;
  const wanted = new Map<string, number>();
  for (const { construct } of items) wanted.set(construct, (wanted.get(construct) ?? 0) + 1 / count);
  const blocks = Array.from({ length: count }, (): Assembled[] => []);
  const cost = (block: readonly Assembled[]) => {
    let sum = ((seconds(block) - total) / total) ** 2;
    for (const [construct, mean] of wanted)
      sum +=
        ((block.filter((item) => item.construct === construct).length - mean) / Math.max(1, mean)) ** 2 / wanted.size;
    return sum;
  };
  const units = [...stimuli.values()].sort((a, b) => seconds(b) - seconds(a) || (a[0]!.id < b[0]!.id ? -1 : 1));
  for (const unit of units) {
    let [best, least] = [0, Number.POSITIVE_INFINITY];
    blocks.forEach((block, b) => {
      const change = cost([...block, ...unit]) - cost(block);
      if (change < least - 1e-12) [best, least] = [b, change];
    });
    blocks[best]!.push(...unit);
  }
  return blocks;
}

/** The items of a bank that may come into a study's booklets. What an adult marks needs the adult beside the pupil. */
export const itemsOfPhase = <I extends Item>(
  bank: readonly I[],
  { subject, phase }: Pick<FieldStudy, "subject" | "phase">,
) =>
  bank.filter(
    (item) =>
      item.subject.toLowerCase() === subject.toLowerCase() &&
      item.phases.includes(phase) &&
      (item.status === "ready" || item.status === "field-trial") &&
      (item.kind !== "marked" || phase === "reception"),
  );

/** Items told apart by how often they were used: those that have been in as many cycles as an item may be are left out. */
export function withoutSpent<I extends Assembled>(
  items: readonly I[],
  before: (item: I) => readonly string[],
  most: number,
): { readonly kept: readonly I[]; readonly leftOut: NonNullable<StudyBooklets["leftOut"]> } {
  const spent = items.filter((item) => before(item).length >= most);
  return {
    kept: items.filter((item) => !spent.includes(item)),
    leftOut: spent.map((item) => ({ item: item.id, why: `asked in ${before(item).join(", ")} already` })),
  };
}

/** Items of which a curriculum that is to be compared doesn't say whether it covers them. */
export function curriculumProblems(
  items: readonly Pick<Item, "id" | "curricula">[],
  curricula: readonly string[],
): Problem[] {
  return coverageOf(items, curricula).notSaid.map(({ item, versions }) =>
    problem(
      "fieldwork-booklets-impossible",
      item,
      `it isn't said whether ${versions.join(" and ")} ${versions.length === 1 ? "covers" : "cover"} it`,
      "Say so in the bank, as 2014=yes|2028=no, or leave the curriculum out of the order.",
    ),
  );
}

/** Assembles a study's booklets from the items that are ready. */
export function assemble(items: readonly Assembled[], order: BookletOrder): Result<StudyBooklets, readonly Problem[]> {
  const impossible = (place: string, message: string, remedy?: string) =>
    problem("fieldwork-booklets-impossible", place, message, remedy);
  const whole = (n: number, low: number, high: number) => Number.isInteger(n) && n >= low && n <= high;
  const wrong: Problem[] = [];
  if (!whole(order.blocks, 1, 60)) wrong.push(impossible("blocks", "a whole number from 1 to 60 is needed"));
  if (!whole(order.booklets, 1, 200)) wrong.push(impossible("booklets", "a whole number from 1 to 200 is needed"));
  if (!whole(order.size, 1, order.blocks))
    wrong.push(impossible("size", "a booklet has 1 block or more, and no more than there are"));
  if (!whole(order.seed, 0, 2 ** 32))
    wrong.push(impossible("seed", "a whole number from 0 to 4,294,967,296 is needed"));
  if (!(order.minutes > 0)) wrong.push(impossible("minutes", "a number above 0 is needed"));
  if (items.length < order.blocks)
    wrong.push(impossible("items", `${items.length} items that are ready can't fill ${order.blocks} blocks`));
  if (wrong.length > 0) return err(wrong);
  const blocks = blocksOf(items, order.blocks);
  const empty = blocks.findIndex(({ length }) => length === 0);
  if (empty >= 0)
    return err([impossible("blocks", "there are fewer stimuli than blocks, and items of one stimulus stay together")]);
  const constructs = [...new Set(items.map(({ construct }) => construct))].sort();
  const described = blocks.map(
    (block, b): Block => ({
      name: String(b + 1),
      minutes: block.reduce((sum, { seconds }) => sum + seconds, 0) / 60,
      content: Object.fromEntries(
        constructs.map((name) => [name, block.filter(({ construct }) => construct === name).length]),
      ),
    }),
  );
  const made = assembleBooklets(
    described,
    {
      ...{ booklets: order.booklets, size: order.size, minutes: { least: 0, most: order.minutes } },
      content: Object.fromEntries(constructs.map((name) => [name, { least: order.leastOfEach, most: items.length }])),
    },
    order.seed,
  );
  if (!made.ok) return err(made.error.map(({ place, message, remedy }) => impossible(place, message, remedy)));
  return ok({
    seed: order.seed,
    blocks: blocks.map((block, b) => ({
      name: String(b + 1),
      items: block.map(({ id }) => id),
      minutes: described[b]!.minutes,
    })),
    booklets: made.value.booklets,
    balance: made.value.balance,
  });
}

/** The items of a booklet in order of presentation, by block. @param booklet from 1 on */
export function itemsOfBooklet({ blocks, booklets }: StudyBooklets, booklet: number): readonly (readonly string[])[] {
  return (booklets[booklet - 1] ?? []).map((position) => blocks[position]!.items);
}
