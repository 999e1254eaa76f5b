import type { TSchema } from "typebox";
import {
  isAlias,
  isMap,
  isScalar,
  isSeq,
  LineCounter,
  type Node,
  type ParsedNode,
  parseDocument,
  type Scalar,
} from "yaml";
import { err, ok, type Problem, type Result } from "../kernel/index.js";
import { problem } from "./problems.js";
import { type FileNames, SettingsCheck } from "./settings-check.js";

/** A way to a value: keys and places in lists, as `["prior", 0, "column"]`. */
export type SettingPath = readonly (string | number)[];

/** Settings that fit their schema, with the way back to where each stands. */
export interface Settings {
  readonly value: unknown;
  /** As `exam.yaml, line 8, column 3`; where the setting is not written, the place of what would hold it. */
  placeOf(path: SettingPath): string;
}

/**
 * Reads YAML and holds it against a JSON Schema of the kind that TypeBox makes from objects without further keys, lists,
 * texts, numbers, yes/no, choices and unions of these.
 *
 * @param shown what messages call the file
 * @param names what kind of file it is, and where examples stand
 * @returns the settings, or every problem with line and column
 */
export function parseSettings(
  text: string,
  shown: string,
  schema: TSchema,
  names: FileNames,
): Result<Settings, readonly Problem[]> {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false });
  const placeAt = (offset: number) => {
    const { line, col } = lines.linePos(offset);
    return `${shown}, line ${line}, column ${col}`;
  };
  const wrong = [...document.errors, ...document.warnings];
  if (wrong.length > 0)
    return err(wrong.map(({ message, pos }) => problem("yaml-invalid", placeAt(pos[0]), firstLine(message))));
  const root = document.contents;
  if (!isMap(root)) {
    const message = root === null ? "the file holds no settings" : "the file is not a list of keys with values";
    return err([
      problem("yaml-invalid", shown, message, `Begin with \`title: …\`; see the files in \`${names.examples}\`.`),
    ]);
  }
  const resolve = (node: Node) => (isAlias(node) ? (node.resolve(document) ?? node) : node);
  const check = new SettingsCheck((node) => placeAt(node.range?.[0] ?? 0), resolve, names.kind);
  const value = check.read(root, schema, []);
  if (check.problems.length > 0) return err(check.problems);
  return ok({ value, placeOf: (path) => placeAt(offsetOf(text, root, path, resolve)) });
}

const firstLine = (message: string) => message.split("\n")[0]!.replace(/[.:]$/, "");

/**
 * Where a setting begins: its key in a map, its value in a list, a character of a text by its number; as far along the path as the
 * file goes.
 */
function offsetOf(text: string, root: ParsedNode, path: SettingPath, resolve: (node: Node) => Node): number {
  let node: Node = root;
  let offset = 0;
  for (const step of path) {
    node = resolve(node);
    if (isMap(node)) {
      const pair = node.items.find(({ key }) => isScalar(key) && String(key.value) === String(step));
      if (!pair?.value) return offset;
      offset = (pair.key as Node).range?.[0] ?? offset;
      node = pair.value as Node;
    } else if (isSeq(node)) {
      const item = node.items[Number(step)] as Node | undefined;
      if (!item) return offset;
      offset = item.range?.[0] ?? offset;
      node = item;
    } else return isScalar(node) && typeof step === "number" ? offsetWithin(text, node, step) : offset;
  }
  return offset;
}

/** Where a character of a text stands in the file: behind quotation marks, indentation, and the mark of a text of several lines. */
function offsetWithin(text: string, { value, range, type }: Scalar, character: number): number {
  let at = range![0];
  if (type === "BLOCK_LITERAL" || type === "BLOCK_FOLDED") at = text.indexOf("\n", at) + 1;
  else if (type === "QUOTE_DOUBLE" || type === "QUOTE_SINGLE") at++;
  const end = range![1];
  let found = at;
  for (const letter of String(value).slice(0, character + 1)) {
    if (/\s/.test(letter)) continue;
    while (at < end && !text.startsWith(letter, at)) at++;
    found = at;
    at += letter.length;
  }
  return Math.min(found, end);
}
