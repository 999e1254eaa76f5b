import { readArray, writeArray } from "./arrays.js";
import { DatabaseError } from "./errors.js";

/** Numbers of PostgreSQL's built-in types in its catalogue, the same in every version. */
const type = {
  bool: 16,
  int8: 20,
  int2: 21,
  int4: 23,
  oid: 26,
  json: 114,
  float4: 700,
  float8: 701,
  timestamptz: 1184,
  jsonb: 3802,
};

/** The type of an array's elements, by the type of the array. */
const elementOf = new Map([
  [1000, type.bool],
  [1005, type.int2],
  [1007, type.int4],
  [1016, type.int8],
  [1021, type.float4],
  [1022, type.float8],
  [1185, type.timestamptz],
  [1009, 25], // text
  [1014, 1042], // char(n)
  [1015, 1043], // varchar
  [1182, 1082], // date
  [1231, 1700], // numeric
]);

const numbers = new Set([type.int2, type.int4, type.oid, type.float4, type.float8]);

function wholeNumber(text: string): number {
  const value = Number(text);
  if (!Number.isSafeInteger(value))
    throw new DatabaseError("database-value-unreadable", `${text} is too large a whole number to be read exactly`);
  return value;
}

/**
 * The JavaScript value of a text that the engine wrote: whole and floating numbers (bigint too) → number, boolean → boolean,
 * timestamp with zone → ISO 8601 text in UTC, arrays of these → arrays, everything else (text, date, numeric) → the text itself.
 *
 * @param json `parsed` for rows read without a table's description; `text` where Drizzle's column reads it
 * @throws {DatabaseError} `database-value-unreadable` when a bigint is beyond 2⁵³.
 */
export function readValue(text: string | null, oid: number, json: "parsed" | "text"): unknown {
  if (text === null) return null;
  if (numbers.has(oid)) return Number(text);
  if (oid === type.int8) return wholeNumber(text);
  if (oid === type.bool) return text === "t";
  if (oid === type.timestamptz) return text.replace(" ", "T").replace(/\+00$/, "Z");
  if (json === "parsed" && (oid === type.json || oid === type.jsonb)) return JSON.parse(text);
  const element = elementOf.get(oid);
  // Drizzle would read an array by itself, but drops its backslashes.
  if (element !== undefined) return readArray(text, (part) => readValue(part, element, json));
  return text;
}

/**
 * A parameter as the text that the engine reads; arrays become PostgreSQL's array literals, other objects JSON.
 * @throws {TypeError} for a symbol or a function.
 */
export function writeValue(value: unknown): string | null {
  switch (typeof value) {
    case "undefined":
      return null;
    case "string":
      return value;
    case "number":
    case "bigint":
      return String(value);
    case "boolean":
      return value ? "t" : "f";
    case "object":
      if (value === null) return null;
      if (value instanceof Date) return value.toISOString();
      if (Array.isArray(value)) return writeArray(value, writeValue);
      return JSON.stringify(value);
    default:
      throw new TypeError(`a ${typeof value} can't be a parameter of a statement`);
  }
}
