import fc, { type Arbitrary } from "fast-check";
import type { TSchema } from "typebox";

/** A schema as JSON holds it. */
type Json = Readonly<Record<string, unknown>>;

const awkwardTexts: readonly string[] = [
  "",
  " ",
  "\0",
  "\ud800",
  "'; drop table register.school; --",
  "<script>alert(1)</script>",
  "../../etc/passwd",
  "%00",
  "{{7*7}}",
  "ß🏫é\u202e\u0301\u200d",
  "-1",
  "1e309",
  "NaN",
  "null",
  "2026-02-30",
  "9999-12-31",
  "999999",
  "a".repeat(5_000),
];

/** The text as an address or a form can hold it: halves of characters become a sign that one is missing. */
export const wellFormed = (text: string): string => text.replace(/\p{Surrogate}/gu, "\ufffd");

/** Any text, the awkward ones often. */
export const anyText: Arbitrary<string> = fc.oneof(
  fc.constantFrom(...awkwardTexts),
  fc.string({ unit: "binary", maxLength: 40 }),
);

const awkwardNumbers = [0, -0, -1, 0.5, 2 ** 31, -(2 ** 31) - 1, 2 ** 53, 1e21, 1e-7, 1e308];

/** Any value that JSON can hold. */
const anyJson: Arbitrary<unknown> = fc.oneof(
  anyText,
  fc.constantFrom<unknown>(null, true, false, [], {}, ...awkwardNumbers),
  fc.integer(),
  fc.array(anyText, { maxLength: 3 }),
  fc.dictionary(fc.string({ maxLength: 5 }), fc.integer(), { maxKeys: 3 }),
  fc.constant({ __proto__: { polluted: true }, constructor: "x" }),
);

function textsOf({ pattern, minLength, maxLength, format }: Json): Arbitrary<string> {
  const [shortest, longest] = [Number(minLength ?? 0), Math.min(Number(maxLength ?? 60), 300)];
  if (typeof pattern === "string") return fc.stringMatching(new RegExp(pattern, "u"));
  if (format === "date")
    return fc
      .date({ min: new Date(0), max: new Date("2100-01-01"), noInvalidDate: true })
      .map((day) => day.toISOString().slice(0, 10));
  const known = ["x", "100001", "2026-09-01", "2026/27", "Ada Made-Up", "E12000001", "yes", "awarded"];
  const fitting = known.filter((text) => text.length >= shortest && text.length <= longest);
  const any = fc.string({ minLength: shortest, maxLength: Math.max(shortest, longest), unit: "grapheme" });
  return fitting.length === 0 ? any : fc.oneof(fc.constantFrom(...fitting), any);
}

/** Values that fit a schema. */
function fitting(schema: Json | TSchema): Arbitrary<unknown> {
  const {
    anyOf,
    const: only,
    enum: words,
    type,
    properties,
    required,
    items,
    minItems,
    minimum,
    maximum,
  } = schema as Json;
  if (only !== undefined) return fc.constant(only);
  if (Array.isArray(words)) return fc.constantFrom<unknown>(...words);
  if (Array.isArray(anyOf)) return fc.oneof(...anyOf.map((one: Json) => fitting(one)));
  switch (type) {
    case "string":
      return textsOf(schema as Json);
    case "integer":
      return fc.integer({ min: Number(minimum ?? -1000), max: Number(maximum ?? 1000) });
    case "number":
      return fc.double({ min: Number(minimum ?? -1000), max: Number(maximum ?? 1000), noNaN: true });
    case "boolean":
      return fc.boolean();
    case "null":
      return fc.constant(null);
    case "array":
      return fc.array(fitting((items ?? {}) as Json), {
        minLength: Number(minItems ?? 0),
        maxLength: Number(minItems ?? 0) + 3,
      });
    case "object": {
      const model = Object.fromEntries(
        Object.entries((properties ?? {}) as Readonly<Record<string, Json>>).map(([name, one]) => [name, fitting(one)]),
      );
      return fc.record(model, { requiredKeys: (required ?? []) as string[] });
    }
    default:
      return anyJson;
  }
}

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/** The value with one thing wrong in it: a key less, a key more, another value somewhere, or all of it something else. */
function spoilt(value: unknown): Arbitrary<unknown> {
  if (Array.isArray(value))
    return fc.oneof(
      anyJson,
      anyJson.map((one) => [...value, one]),
      fc.constant(Array.from({ length: 300 }, () => value[0] ?? "x")),
    );
  if (!isRecord(value)) return anyJson;
  const keys = Object.keys(value);
  const more = fc
    .tuple(fc.string({ minLength: 1, maxLength: 8 }), anyJson)
    .map(([key, one]) => ({ ...value, [key]: one }));
  if (keys.length === 0) return fc.oneof(more, anyJson);
  const key = fc.constantFrom(...keys);
  return fc.oneof(
    more,
    key.map((name) => Object.fromEntries(Object.entries(value).filter(([other]) => other !== name))),
    key.chain((name) => anyJson.map((one) => ({ ...value, [name]: one }))),
    key.chain((name) => spoilt(value[name]).map((one) => ({ ...value, [name]: one }))),
    { arbitrary: anyJson, weight: 1 },
  );
}

/** What people and programs might send for a schema: a quarter fits, the rest nearly or not at all. */
export function sent(schema: TSchema | undefined): Arbitrary<unknown> {
  if (!schema) return fc.constant(undefined);
  const good = fitting(schema);
  return fc.oneof({ arbitrary: good, weight: 1 }, { arbitrary: good.chain(spoilt), weight: 3 });
}
