import type { FastifySchemaCompiler } from "fastify";
import Type, { type TSchema } from "typebox";
import { Compile, type Validator } from "typebox/compile";
import { Value } from "typebox/value";
import { type ErrorDetail, HttpError } from "./errors.js";

/** What one part of a request breaks of its schema. */
export interface SchemaFault {
  /** Where, as a JSON pointer within the part: `/reasons/0`. */
  readonly pointer: string;
  readonly message: string;
}

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/** Whether a text can't stand for a value of the schema, so that an empty field means that nothing was typed. */
function needsNoText(schema: unknown): boolean {
  return Type.IsInteger(schema) || Type.IsNumber(schema) || Type.IsBoolean(schema);
}

/** The value without empty texts where numbers are wanted: an empty field of a form is no nought. */
function withoutEmpty(schema: TSchema, value: unknown): unknown {
  if (!isRecord(value) || !Type.IsObject(schema)) return value;
  const kept = Object.entries(value).filter(([key, text]) => text !== "" || !needsNoText(schema.properties[key]));
  return Object.fromEntries(kept);
}

/** What an address and a form send is text: it is read as the numbers and lists that the schema wants. */
function readTexts(schema: TSchema, value: unknown): unknown {
  return Value.Convert(schema, Value.Default(schema, withoutEmpty(schema, Value.Clone(value))));
}

/** What {@link Compile} reports, less its echoes: of a choice, one fault and not one for each alternative. */
function faultsOf(compiled: Validator, value: unknown): SchemaFault[] {
  const errors = compiled.Errors(value);
  const choices = errors.filter(({ keyword }) => keyword === "anyOf").map(({ instancePath }) => instancePath);
  const faults = errors
    .filter(({ keyword, instancePath }) => keyword === "anyOf" || !choices.includes(instancePath))
    .flatMap((error): SchemaFault[] => {
      const { keyword, instancePath: pointer, params, message } = error;
      switch (keyword) {
        case "additionalProperties":
          return params.additionalProperties.map((name) => ({
            pointer: `${pointer}/${name}`,
            message: "is not known",
          }));
        case "required":
          return params.requiredProperties.map((name) => ({ pointer: `${pointer}/${name}`, message: "is missing" }));
        case "boolean":
          return []; // says "schema is false" of what additionalProperties names already
        case "anyOf":
          return [{ pointer, message: "is none of the values that may stand here" }];
        default:
          return [{ pointer, message }];
      }
    });
  return faults.length > 0 ? faults : [{ pointer: "", message: "does not fit" }];
}

/** A request that breaks its schema. */
export class InvalidRequest extends HttpError {
  readonly part: string;
  readonly faults: readonly SchemaFault[];

  constructor(part: string, faults: readonly SchemaFault[]) {
    const words = faults.map(({ pointer, message }) => `${part}${pointer} ${message}`);
    super(400, "invalid-request", `${words.slice(0, 5).join("; ")}${words.length > 5 ? "; and more" : ""}.`);
    this.name = "InvalidRequest";
    this.part = part;
    this.faults = faults;
  }

  override details(): readonly ErrorDetail[] {
    return this.faults.map(({ pointer, message }) => ({
      code: this.code,
      detail: message,
      ...(this.part === "body" ? { pointer } : { parameter: pointer.slice(1) }),
    }));
  }
}

/** Reads a value by a schema: with its texts converted, or as it is. */
export function readBySchema(
  schema: TSchema,
  part: string,
  texts: boolean,
): (value: unknown) => { value: unknown } | { error: InvalidRequest } {
  const compiled = Compile(schema);
  return (given) => {
    const value = texts ? readTexts(schema, given) : given;
    return compiled.Check(value) ? { value } : { error: new InvalidRequest(part, faultsOf(compiled, value)) };
  };
}

/** A body of the interface for programs has its types; addresses and forms have texts. */
export const validatorCompiler: FastifySchemaCompiler<TSchema> = ({ schema, httpPart = "body", url }) =>
  readBySchema(schema, httpPart, httpPart !== "body" || !url.startsWith("/api/"));

/** A NUL or half a surrogate pair: text that no database takes. */
const unstorable = /\0|\p{Surrogate}/u;

function holdsUnstorable(value: unknown): boolean {
  if (typeof value === "string") return unstorable.test(value);
  if (Array.isArray(value)) return value.some(holdsUnstorable);
  return (
    isRecord(value) && Object.entries(value).some(([key, inner]) => unstorable.test(key) || holdsUnstorable(inner))
  );
}

/** Refuses text that can't be stored, wherever in the request it stands. */
export function refuseUnstorable(...parts: readonly unknown[]): void {
  if (parts.some(holdsUnstorable))
    throw new HttpError(
      400,
      "character-not-allowed",
      "The text holds a character that can't be stored (NUL, or half of one).",
    );
}
