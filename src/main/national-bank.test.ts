import { expect, it } from "vitest";
import { itemColumns, itemOfFields, itemProblems } from "../accountability/reference-assessments/fieldwork/item.js";
import { bankLines } from "../england/reference-assessments/bank.js";
import { questionBank } from "../england/reference-assessments/questions.js";
import { seededRandom } from "../kernel/index.js";

it.each([
  ["reception", "mathematics", "M0", "marked"],
  ["year-4", "mathematics", "M4", "number"],
  ["year-8", "reading", "R8", "choice"],
] as const)(
  "the bank of items takes every question of the synthetic England: %s, %s",
  (phase, subject, names, kind) => {
    const { questions, ...rest } = questionBank(names, seededRandom(1));
    const lines = bankLines(phase, subject, { questions, ...rest });
    const items = lines.map((line) =>
      itemOfFields(
        Object.fromEntries(itemColumns.map((column) => [column, line[column]!])) as Parameters<typeof itemOfFields>[0],
      ),
    );
    expect(items.flatMap((item) => itemProblems(item, item.id))).toEqual([]);
    expect(new Set(items.map((item) => item.kind))).toEqual(new Set([kind]));
    expect(items.map(({ id, maximum, construct, stimulus }) => ({ id, maximum, construct, stimulus }))).toEqual(
      questions.map(({ name, maximum, construct, stimulus }) => ({ id: name, maximum, construct, stimulus })),
    );
    // One text a stimulus, and both curricula are spoken of.
    const texts = new Map(items.map(({ stimulus, stimulusText }) => [stimulus, stimulusText]));
    expect(items.every(({ stimulus, stimulusText }) => texts.get(stimulus) === stimulusText)).toBe(true);
    expect(items.every(({ curricula }) => Object.keys(curricula).length === 2)).toBe(true);
  },
);
