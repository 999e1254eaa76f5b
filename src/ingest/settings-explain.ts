import type { TSchema } from "typebox";
import { expectation, type SchemaNode } from "./settings-check.js";

/** One key of a file of settings, as `--explain` tells it. */
export interface ExplainedKey {
  /** As `prior[].degree`. */
  readonly path: string;
  readonly expected: string;
  readonly required: boolean;
  /** As the file would write it, or in words; null where leaving the key out means that there is none. */
  readonly default: string | null;
  readonly meaning: string;
  /** As YAML; null where the keys below show how. */
  readonly example: string | null;
}

/** Every key of a schema, in the order in which one would write it. */
export function settingKeys(schema: TSchema): readonly ExplainedKey[] {
  return keysBelow(schema as SchemaNode, "");
}

function keysBelow(schema: SchemaNode, path: string): ExplainedKey[] {
  const choices = schema.anyOf ?? [schema];
  return choices.flatMap((choice): ExplainedKey[] => {
    if (choice.items) return keysBelow(choice.items, `${path}[]`);
    return Object.entries(choice.properties ?? {}).flatMap(([name, below]) => {
      const here = path === "" ? name : `${path}.${name}`;
      const key: ExplainedKey = {
        path: here,
        expected: expectation(below),
        required: choice.required?.includes(name) ?? false,
        default: below.default === undefined ? null : inYaml(below.default),
        meaning: below.description ?? "",
        example: exampleOf(name, below),
      };
      return [key, ...keysBelow(below, here)];
    });
  });
}

/** The schema's example, else its default, which is then a value that one could write. */
function exampleOf(name: string, schema: SchemaNode): string | null {
  const value = schema.examples?.[0] ?? schema.default;
  return value === undefined ? null : `${name}: ${inYaml(value)}`;
}

/** A value on one line of YAML. */
function inYaml(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(inYaml).join(", ")}]`;
  if (typeof value === "object" && value !== null) {
    const entries = Object.entries(value).map(([key, item]) => `${key}: ${inYaml(item)}`);
    return `{ ${entries.join(", ")} }`;
  }
  const plain = /^[A-Za-z\d][\w \-./*()]*$/;
  const otherKind = /^([\d.]+|true|false|null)$/;
  return typeof value === "string" && (!plain.test(value) || otherKind.test(value))
    ? JSON.stringify(value)
    : String(value);
}

/** Breaks text into lines of at most 100 characters, each behind an indent. */
function wrap(text: string, indent: string): string {
  const lines: string[] = [];
  let line = "";
  for (const word of text.split(" ")) {
    if (line !== "" && indent.length + line.length + word.length + 1 > 100) {
      lines.push(indent + line);
      line = word;
    } else line = line === "" ? word : `${line} ${word}`;
  }
  return [...lines, indent + line].join("\n");
}

function describeKey({ path, expected, required, default: otherwise, meaning, example }: ExplainedKey): string {
  const need = required ? "needed" : otherwise === null ? "optional" : `optional, otherwise ${otherwise}`;
  const heading = wrap(`${path}  (${expected}; ${need})`, "  ").trimStart();
  return [heading, wrap(meaning, "    "), ...(example === null ? [] : [`      ${example}`])].join("\n");
}

/** Each key of a schema with its kind, default, meaning and an example, below some lines that introduce the file. */
export function explainSettings(schema: TSchema, head: readonly string[]): string {
  const told = new Map<string, string>();
  const paragraphs: string[] = [];
  let alike: string[] = [];
  for (const key of settingKeys(schema)) {
    // Files of every kind are written in the same ways; a key that was told is only named again.
    const content = JSON.stringify({ ...key, path: key.path.replace(/^.*\./, "") });
    const before = told.get(content);
    if (before !== undefined) {
      alike.push(`${key.path}: as ${before}`);
      continue;
    }
    told.set(content, key.path);
    if (alike.length > 0) paragraphs.push(alike.join("\n"));
    alike = [];
    paragraphs.push(describeKey(key));
  }
  return `${[head.join("\n"), ...paragraphs, ...(alike.length > 0 ? [alike.join("\n")] : [])].join("\n\n")}\n`;
}
