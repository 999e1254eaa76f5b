import type { TSchema } from "typebox";
import { isMap, isScalar, isSeq, type Node, type YAMLMap, type YAMLSeq } from "yaml";
import { nearest, type Problem } from "../kernel/index.js";
import { type IngestProblemCode, problemCodes } from "./problem-codes.js";

/** What messages call a kind of file, as `review file`, and the folder with examples of it. */
export interface FileNames {
  readonly kind: string;
  readonly examples: string;
}

/** The parts of JSON Schema that TypeBox makes for our settings. */
export interface SchemaNode {
  readonly type?: "object" | "array" | "string" | "number" | "integer" | "boolean";
  readonly description?: string;
  readonly default?: unknown;
  readonly examples?: readonly unknown[];
  readonly properties?: Readonly<Record<string, SchemaNode>>;
  readonly required?: readonly string[];
  readonly items?: SchemaNode;
  readonly anyOf?: readonly SchemaNode[];
  readonly enum?: readonly string[];
  readonly pattern?: string;
  readonly minItems?: number;
  readonly maxItems?: number;
  readonly minProperties?: number;
  readonly maxProperties?: number;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly exclusiveMinimum?: number;
  readonly exclusiveMaximum?: number;
}

type Kind = "text" | "number" | "yes or no" | "list" | "keys" | "nothing";

function kindOfNode(node: Node): Kind {
  if (isMap(node)) return "keys";
  if (isSeq(node)) return "list";
  const value = isScalar(node) ? node.value : null;
  if (typeof value === "number") return "number";
  if (typeof value === "boolean") return "yes or no";
  return typeof value === "string" && value !== "" ? "text" : "nothing";
}

/** What a value of a schema is written as. */
export function kindOfSchema(schema: SchemaNode): Kind {
  if (schema.enum || schema.type === "string") return "text";
  if (schema.type === "number" || schema.type === "integer") return "number";
  if (schema.type === "boolean") return "yes or no";
  return schema.type === "array" ? "list" : "keys";
}

/** What is expected, in words: "a list of texts", "one of a, b". */
export function expectation(schema: SchemaNode): string {
  if (schema.anyOf)
    return [...new Set(schema.anyOf.filter(({ type }) => type !== "boolean").map(expectation))].join(" or ");
  if (schema.enum) return `one of ${schema.enum.map((value) => JSON.stringify(value)).join(", ")}`;
  if (schema.pattern) return "a date as 2026-11-02";
  if (schema.type === "array") return `a list of ${plural(schema.items ?? {})}`;
  if (schema.type === "object") return `keys with values: ${Object.keys(schema.properties ?? {}).join(", ")}`;
  if (schema.type === "integer") return "a whole number";
  if (schema.type === "boolean") return "true or false";
  return schema.type === "number" ? "a number" : "a text";
}

/** What the entries of a list are, in words. */
function plural(items: SchemaNode): string {
  if (items.anyOf) return [...new Set(items.anyOf.filter(({ type }) => type !== "boolean").map(plural))].join(" or ");
  if (items.type === "object") return "keys with values";
  if (items.type === "array") return items.maxItems === 2 ? "pairs" : "lists";
  return items.type === "string" ? "texts" : "numbers";
}

/** Holds YAML nodes against schemas, makes plain values of them, and gathers what is wrong. */
export class SettingsCheck {
  readonly problems: Problem[] = [];
  readonly #placeOf: (node: Node) => string;
  readonly #resolve: (node: Node) => Node;
  readonly #kind: string;

  /**
   * @param resolve what an alias stands for
   * @param kind as `review file`
   */
  constructor(placeOf: (node: Node) => string, resolve: (node: Node) => Node, kind: string) {
    this.#kind = kind;
    this.#placeOf = placeOf;
    this.#resolve = resolve;
  }

  /** The plain value of a node; what does not fit is reported. */
  read(written: Node, schema: TSchema | SchemaNode, path: readonly (string | number)[]): unknown {
    const node = this.#resolve(written);
    const wanted = schema as SchemaNode;
    const kind = kindOfNode(node);
    const chosen = (wanted.anyOf ?? [wanted]).find((one) => kindOfSchema(one) === kind);
    if (!chosen) return this.#wrongKind(written, node, wanted, path);
    if (isMap(node)) return this.#readKeys(node, chosen, path);
    if (isSeq(node)) return this.#readList(node, chosen, path);
    if (!isScalar(node)) return undefined;
    // A word keeps the form in which it was written: 007 is the level "007", not the number 7.
    const isWord = wanted.anyOf?.some(({ type }) => type === "string") === true;
    if (isWord && kind !== "text") return node.source ?? String(node.value);
    this.#checkScalar(written, node.value, chosen, path);
    return node.value;
  }

  #report(code: IngestProblemCode, node: Node, message: string, remedy?: string): undefined {
    this.problems.push({ code, place: this.#placeOf(node), message, remedy: remedy ?? problemCodes[code].remedy });
  }

  #wrongKind(at: Node, node: Node, wanted: SchemaNode, path: readonly (string | number)[]): undefined {
    const kind = kindOfNode(node);
    const written = isScalar(node) ? node.source : "";
    const found = {
      nothing: "has no value",
      text: `is the text "${written}"`,
      number: `is the number ${written}`,
      "yes or no": `is ${written}`,
      list: "is a list",
      keys: "is a set of keys",
    }[kind];
    const mayBeName = expectation(wanted).includes("a text") && (kind === "number" || kind === "yes or no");
    const remedy = `It has to be ${expectation(wanted)}.${mayBeName ? " If it is a name, put it in quotation marks." : ""}`;
    this.#report("value-type", at, `\`${nameOf(path)}\` ${found}`, remedy);
  }

  #readKeys(node: YAMLMap, schema: SchemaNode, path: readonly (string | number)[]): unknown {
    const known = schema.properties ?? {};
    const value: Record<string, unknown> = {};
    for (const { key, value: item } of node.items) {
      const name = isScalar(key) ? String(key.value) : String(key);
      const expected = Object.hasOwn(known, name) ? known[name] : undefined;
      if (expected) value[name] = this.read((item ?? key) as Node, expected, [...path, name]);
      else this.#unknownKey(key as Node, name, Object.keys(known), path);
    }
    for (const name of schema.required ?? [])
      if (!(name in value)) {
        const where = path.length === 0 ? `the ${this.#kind}` : `\`${nameOf(path)}\``;
        this.#report("key-missing", node, `${where} has no \`${name}\``, exampleOf(name, known[name]!));
      }
    const count = Object.keys(value).length;
    const choices = Object.keys(known)
      .map((name) => `\`${name}\``)
      .join(" or ");
    if (count < (schema.minProperties ?? 0)) this.#report("key-missing", node, `\`${nameOf(path)}\` needs ${choices}`);
    if (count > (schema.maxProperties ?? Number.POSITIVE_INFINITY))
      this.#report("settings-contradictory", node, `\`${nameOf(path)}\` can have ${choices}, not both`);
    return value;
  }

  #unknownKey(node: Node, name: string, known: readonly string[], path: readonly (string | number)[]): void {
    const guess = nearest(name, known);
    const where = path.length === 0 ? `a ${this.#kind}` : `\`${nameOf(path)}\``;
    const remedy = `${guess ? `Did you mean \`${guess}\`? ` : ""}The keys are ${known.join(", ")}.`;
    this.#report("key-unknown", node, `${where} has no key \`${name}\``, remedy);
  }

  #readList(node: YAMLSeq, schema: SchemaNode, path: readonly (string | number)[]): unknown {
    const values = node.items.map((item, index) => this.read(item as Node, schema.items ?? {}, [...path, index]));
    const [least, most] = [schema.minItems ?? 0, schema.maxItems ?? Number.POSITIVE_INFINITY];
    if (values.length < least || values.length > most) {
      const wanted = least === most ? `exactly ${least}` : `at least ${least}`;
      this.#report(
        "value-not-allowed",
        node,
        `\`${nameOf(path)}\` has ${values.length} entries`,
        `It needs ${wanted}.`,
      );
    }
    return values;
  }

  #checkScalar(at: Node, value: unknown, schema: SchemaNode, path: readonly (string | number)[]): void {
    const name = `\`${nameOf(path)}\``;
    if (typeof value === "string") {
      if (schema.enum && !schema.enum.includes(value)) {
        const guess = nearest(value, schema.enum);
        const remedy = `${guess ? `Did you mean ${JSON.stringify(guess)}? ` : ""}It has to be ${expectation(schema)}.`;
        this.#report("value-not-allowed", at, `${name} is "${value}"`, remedy);
      }
      if (schema.pattern && !new RegExp(schema.pattern).test(value))
        this.#report("value-not-allowed", at, `${name} is "${value}"`, "Write a date as 2026-11-02.");
      return;
    }
    if (typeof value !== "number") return;
    const bounds = boundsOf(schema);
    if (!Number.isFinite(value) || !bounds.every(({ holds }) => holds(value))) {
      const remedy = `It has to be ${expectation(schema)} ${bounds.map(({ words }) => words).join(" and ")}.`;
      this.#report("value-not-allowed", at, `${name} is ${value}`, remedy);
    } else if (schema.type === "integer" && !Number.isInteger(value))
      this.#report("value-not-allowed", at, `${name} is ${value}`, "It has to be a whole number.");
  }
}

/** `prior[0].column` in words a reader of YAML can find: `prior, entry 1, column`. */
function nameOf(path: readonly (string | number)[]): string {
  return path.map((step) => (typeof step === "number" ? `entry ${step + 1}` : step)).join(", ");
}

function exampleOf(name: string, schema: SchemaNode): string | undefined {
  const example = schema.examples?.[0];
  return example === undefined ? undefined : `Add it, as \`${name}: ${JSON.stringify(example).replaceAll('"', "")}\`.`;
}

interface Bound {
  readonly words: string;
  readonly holds: (value: number) => boolean;
}

function boundsOf({ minimum, maximum, exclusiveMinimum, exclusiveMaximum }: SchemaNode): Bound[] {
  const bounds: Bound[] = [];
  if (minimum !== undefined) bounds.push({ words: `from ${minimum}`, holds: (value) => value >= minimum });
  if (exclusiveMinimum !== undefined)
    bounds.push({ words: `above ${exclusiveMinimum}`, holds: (value) => value > exclusiveMinimum });
  if (maximum !== undefined) bounds.push({ words: `up to ${maximum}`, holds: (value) => value <= maximum });
  if (exclusiveMaximum !== undefined)
    bounds.push({ words: `below ${exclusiveMaximum}`, holds: (value) => value < exclusiveMaximum });
  return bounds;
}
