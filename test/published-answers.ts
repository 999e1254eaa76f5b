import type { TSchema } from "typebox";
import { Compile, type Validator } from "typebox/compile";
import { expect } from "vitest";
import { apiBase } from "../src/platform/http/index.js";
import type { WholeProduct } from "./whole-product.js";

/** What the document says of one operation, as far as answers are held to it. */
interface Described {
  readonly method: string;
  /** With the base and the names of its parameters: `/api/…/schools/{urn}`. */
  readonly path: string;
  readonly operationId: string;
  readonly needsVersion: boolean;
  readonly query: readonly string[];
  /** The one status of success with what it carries. */
  readonly status: number;
  readonly headers: readonly string[];
  /** By media type; null where the answer is text. */
  readonly content: ReadonlyMap<string, Validator | null>;
}

interface DocumentOperation {
  readonly operationId: string;
  readonly parameters: readonly { readonly name: string; readonly in: string; readonly required: boolean }[];
  readonly responses: Readonly<
    Record<
      string,
      { readonly headers?: object; readonly content: Readonly<Record<string, { readonly schema: { type?: string } }>> }
    >
  >;
}

/** What an operation is asked with. */
export interface Asked {
  readonly params?: Readonly<Record<string, string | number>>;
  readonly query?: Readonly<Record<string, string | number>>;
  readonly body?: object;
  /** The version that a change names. */
  readonly version?: number;
  readonly accept?: string;
}

/** Answers held to the document that the server publishes. */
export interface PublishedAnswers {
  readonly operations: readonly Described[];
  /** Asks, and expects success as the document describes it. @returns the body: read where it is JSON */
  ask(operationId: string, asked?: Asked): Promise<{ readonly body: unknown; readonly version: number }>;
  /** The operations that have answered so far, by their id. */
  readonly answered: ReadonlySet<string>;
  /** Those of them that answered nothing but empty lists. */
  empty(): readonly string[];
}

function described(path: string, method: string, operation: DocumentOperation): Described {
  const successes = Object.entries(operation.responses).filter(([status]) => status.startsWith("2"));
  expect(successes, `${operation.operationId}: one status of success`).toHaveLength(1);
  const [status, { headers, content }] = successes[0]!;
  return {
    ...{ method: method.toUpperCase(), path: apiBase + path, operationId: operation.operationId },
    needsVersion: operation.parameters.some(({ name, required }) => name === "If-Match" && required),
    query: operation.parameters.filter((one) => one.in === "query" && one.required).map(({ name }) => name),
    status: Number(status),
    headers: Object.keys(headers ?? {}).map((name) => name.toLowerCase()),
    content: new Map(
      Object.entries(content).map(([type, { schema }]) => [
        type,
        type === "application/json" ? Compile(schema as TSchema) : null,
      ]),
    ),
  };
}

function addressOf({ path, operationId }: Described, { params = {}, query = {} }: Asked): string {
  const filled = path.replace(/\{(\w+)\}/g, (_, name: string) => {
    if (!(name in params)) throw new RangeError(`${operationId} needs ${name}`);
    return encodeURIComponent(String(params[name]));
  });
  const asked = new URLSearchParams(
    Object.entries(query).map(([name, value]): [string, string] => [name, String(value)]),
  );
  return asked.size === 0 ? filled : `${filled}?${asked}`;
}

/** Reads the document from the server; every answer is then held to what that says and not to the code behind it. */
export async function publishedAnswers({ server, handed }: WholeProduct): Promise<PublishedAnswers> {
  const { paths } = (await server.inject(`${apiBase}/openapi.json`)).json() as {
    paths: Record<string, Record<string, DocumentOperation>>;
  };
  const operations = Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => described(path, method, operation)),
  );
  const [answered, full] = [new Set<string>(), new Set<string>()];
  return {
    ...{ operations, answered },
    empty: () => [...answered].filter((operationId) => !full.has(operationId)),
    async ask(operationId, asked = {}) {
      const operation = operations.find((one) => one.operationId === operationId);
      if (!operation) throw new RangeError(`the document has no operation ${operationId}`);
      const answer = await server.inject({
        ...{ method: operation.method as "GET", url: addressOf(operation, asked) },
        headers: {
          ...(asked.body && { "content-type": "application/json" }),
          ...(operation.needsVersion && { "if-match": `"${asked.version ?? 0}"` }),
          ...(asked.accept && { accept: asked.accept }),
        },
        ...(asked.body && { payload: JSON.stringify(asked.body) }),
      });
      const said = `${operationId} (${operation.method} ${answer.raw.req.url}): ${answer.statusCode} ${answer.body.slice(0, 500)}`;
      expect(answer.statusCode, said).toBe(operation.status);
      const type = String(answer.headers["content-type"]).split(";")[0]!;
      expect([...operation.content.keys()], said).toContain(type);
      if (asked.accept) expect(type, said).toBe(asked.accept);
      // A list that ends needs no address to read on at.
      for (const name of operation.headers.filter((one) => one !== "link"))
        expect(answer.headers, said).toHaveProperty(name);
      answered.add(operationId);
      const version = Number(/^"(\d+)/.exec(String(answer.headers.etag))?.[1] ?? 0);
      const schema = operation.content.get(type);
      if (!schema) {
        expect(answer.body.length, said).toBeGreaterThan(0);
        if (answer.body.trim().includes("\n")) full.add(operationId); // more than the heading
        return { body: answer.body, version };
      }
      const body: unknown = answer.json();
      expect(schema.Errors(body), said).toEqual([]);
      // The writer mends what doesn't fit, a null to an empty text: what the handler gave has to fit too.
      expect(schema.Errors(JSON.parse(JSON.stringify(handed()))), said).toEqual([]);
      if (!Array.isArray(body) || body.length > 0) full.add(operationId);
      return { body, version };
    },
  };
}
