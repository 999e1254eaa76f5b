import type { Problem } from "../../../kernel/index.js";
import { problem } from "./problem.js";
import { type Phase, phases } from "./study.js";

/** How an item is answered: one option; a number; a word; or marked by the adult who listens or watches. */
export const itemKinds = ["choice", "number", "text", "marked"] as const;
export type ItemKind = (typeof itemKinds)[number];

/** Where an item stands: only those for a field trial and those ready come into booklets. */
export const itemStatuses = ["draft", "field-trial", "ready", "retired"] as const;
export type ItemStatus = (typeof itemStatuses)[number];

/** One option of a choice. */
export interface ItemOption {
  readonly id: string;
  readonly text: string;
}

/** What an answer is worth: the first that fits counts; what fits none is worth nothing. */
export interface Mark {
  readonly answer: string;
  readonly score: number;
}

/** What people decided of an item in one study; who saw it and how it moved is pulled from sessions and results, never written down. */
export interface ItemHistory {
  readonly study: string;
  readonly cycle: number;
  /** As "not to be linked: the passage is in a textbook now". */
  readonly decision: string;
}

/** A question of the bank. */
export interface Item {
  readonly id: string;
  readonly subject: string;
  readonly phases: readonly Phase[];
  /** What it measures, as "number". */
  readonly construct: string;
  /** The text or picture that it shares with others; its own id where it has none. */
  readonly stimulus: string;
  readonly stimulusText: string;
  readonly kind: ItemKind;
  readonly prompt: string;
  readonly options: readonly ItemOption[];
  readonly marks: readonly Mark[];
  readonly maximum: number;
  readonly seconds: number;
  /** Whether each version of a curriculum covers it. */
  readonly curricula: Readonly<Record<string, boolean>>;
  readonly status: ItemStatus;
  readonly history: readonly ItemHistory[];
}

/** Answers as they are compared: without case, doubled spaces and a comma or blank between thousands. */
export function normalAnswer(kind: ItemKind, answer: string): string {
  const text = answer.trim().replace(/\s+/g, " ").toLowerCase();
  if (kind !== "number") return text;
  const plain = text.replace(/(?<=\d)[, ](?=\d{3}(\D|$))/g, "").replace(/^£|%$/g, "");
  return /^[+-]?\d*\.?\d+$/.test(plain) ? String(Number(plain)) : plain;
}

/**
 * What an answer is worth. @returns null where nothing was answered; undefined where the answer can't be one to this item
 */
export function scoreOf(
  item: Pick<Item, "kind" | "options" | "marks" | "maximum">,
  answer: string,
): number | null | undefined {
  const { kind, options, marks, maximum } = item;
  const text = normalAnswer(kind, answer);
  if (text === "") return null;
  if (kind === "marked") {
    const points = Number(text);
    return Number.isInteger(points) && points >= 0 && points <= maximum ? points : undefined;
  }
  if (kind === "choice" && !options.some(({ id }) => normalAnswer(kind, id) === text)) return undefined;
  return marks.find((mark) => normalAnswer(kind, mark.answer) === text)?.score ?? 0;
}

/** What is wrong with an item. @param place as `items.csv, line 7` */
export function itemProblems(item: Item, place: string): Problem[] {
  const found: Problem[] = [];
  const check = (holds: boolean, message: string, remedy?: string) => {
    if (!holds) found.push(problem("fieldwork-item-invalid", place, message, remedy));
  };
  const { kind, options, marks, maximum } = item;
  check(
    /^[A-Za-z][A-Za-z0-9_]{1,39}$/.test(item.id),
    `"${item.id}" is no name of an item`,
    "Begin with a letter; then letters, figures and _, as M0417.",
  );
  check(item.subject !== "", "it has no subject");
  check(
    item.phases.length > 0 && item.phases.every((phase) => phases.includes(phase)),
    "its phases are not known",
    `Write some of ${phases.join(" ")}, with blanks between.`,
  );
  check(item.construct !== "", "it has no construct");
  check(item.prompt !== "", "it has no question");
  check(itemKinds.includes(kind), `"${kind}" is no kind of item`, `Write one of ${itemKinds.join(", ")}.`);
  check(
    itemStatuses.includes(item.status),
    `"${item.status}" is no status`,
    `Write one of ${itemStatuses.join(", ")}.`,
  );
  check(Number.isInteger(maximum) && maximum >= 1 && maximum <= 20, "its maximum is no whole number from 1 to 20");
  check(
    Number.isInteger(item.seconds) && item.seconds >= 1 && item.seconds <= 3600,
    "its seconds are no whole number from 1 to 3600",
  );
  if (kind === "choice") {
    const ids = options.map(({ id }) => normalAnswer(kind, id));
    check(options.length >= 2, "a choice needs two options", "Write them as A=twelve|B=fifteen.");
    check(new Set(ids).size === ids.length, "two options have the same letter");
    for (const { answer } of marks)
      check(ids.includes(normalAnswer(kind, answer)), `its key "${answer}" is none of its options`);
  } else
    check(
      options.length === 0,
      `it is of the kind ${kind} and has options`,
      "Leave the options out, or make it a choice.",
    );
  if (kind === "marked") check(marks.length === 0, "an adult marks it, and it has a key", "Leave the key out.");
  else {
    check(marks.length > 0, "it has no key", "Write the right answer, or answers with points as 12=2|11=1.");
    check(
      marks.every(({ score }) => Number.isInteger(score) && score >= 1 && score <= maximum),
      "a key is worth other than 1 point to the maximum",
    );
    check(marks.length === 0 || marks.some(({ score }) => score === maximum), "no key is worth the maximum");
  }
  return found;
}

/** The columns of a file of items; curricula and history have columns of their own names. */
export const itemColumns = [
  ...(["item", "subject", "phases", "construct", "stimulus", "stimulus_text", "kind", "question", "options"] as const),
  ...(["key", "maximum", "seconds", "curricula", "status"] as const),
] as const;
export type ItemFields = Readonly<Record<(typeof itemColumns)[number], string>>;

const parts = (text: string, separator: string | RegExp = "|") =>
  text
    .split(separator)
    .map((part) => part.trim())
    .filter((part) => part !== "");

/** An item from a line of a file; what it says wrongly is for {@link itemProblems}. Columns: {@link itemColumns}. */
export function itemOfFields(fields: ItemFields): Item {
  const maximum = fields.maximum === "" ? 1 : Number(fields.maximum);
  return {
    id: fields.item,
    subject: fields.subject,
    phases: parts(fields.phases, /[\s|;]+/) as Phase[],
    construct: fields.construct,
    stimulus: fields.stimulus === "" ? fields.item : fields.stimulus,
    stimulusText: fields.stimulus_text,
    kind: fields.kind as ItemKind,
    prompt: fields.question,
    options: parts(fields.options).map((option) => {
      const at = option.indexOf("=");
      return at < 0
        ? { id: option, text: option }
        : { id: option.slice(0, at).trim(), text: option.slice(at + 1).trim() };
    }),
    marks: parts(fields.key).map((mark) => {
      const points = /^(.*)=(\d+)$/.exec(mark);
      return points ? { answer: points[1]!.trim(), score: Number(points[2]) } : { answer: mark, score: maximum };
    }),
    maximum,
    seconds: fields.seconds === "" ? 60 : Number(fields.seconds),
    curricula: Object.fromEntries(
      parts(fields.curricula).map((one) => {
        const [name, covers] = one.split("=");
        return [name!.trim(), /^(1|yes|true)?$/i.test((covers ?? "").trim())];
      }),
    ),
    status: (fields.status === "" ? "draft" : fields.status) as ItemStatus,
    history: [],
  };
}

/** The line that {@link itemOfFields} reads back. */
export function fieldsOfItem(item: Item): ItemFields {
  return {
    ...{ item: item.id, subject: item.subject, phases: item.phases.join(" "), construct: item.construct },
    ...{ stimulus: item.stimulus, stimulus_text: item.stimulusText, kind: item.kind, question: item.prompt },
    options: item.options.map(({ id, text }) => `${id}=${text}`).join("|"),
    key: item.marks.map(({ answer, score }) => `${answer}=${score}`).join("|"),
    ...{ maximum: String(item.maximum), seconds: String(item.seconds) },
    curricula: Object.entries(item.curricula)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([name, covers]) => `${name}=${covers ? "yes" : "no"}`)
      .join("|"),
    status: item.status,
  };
}
