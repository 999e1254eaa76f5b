import Type, { type TObject, type TSchema } from "typebox";
import type { Role } from "../identity/index.js";
import { titleOf } from "./errors.js";
import { apiBase, apiVersion, type PublishedOperation } from "./operations.js";

/** An error as RFC 9457 describes it, with our own stable code and, where there are several, each fault. */
export const ProblemSchema = Type.Object(
  {
    type: Type.Literal("about:blank"),
    title: Type.String(),
    status: Type.Integer({ minimum: 400, maximum: 599 }),
    code: Type.String({ description: "Stable; see docs/problems.md." }),
    detail: Type.String({ description: "What is wrong and what to do, for people." }),
    errors: Type.Optional(
      Type.Array(
        Type.Object(
          {
            code: Type.String(),
            detail: Type.String(),
            pointer: Type.Optional(Type.String({ description: "The value of the body, as a JSON pointer." })),
            parameter: Type.Optional(Type.String({ description: "The parameter of the address." })),
            place: Type.Optional(Type.String({ description: "Where, in the words of the rule that refused." })),
          },
          { additionalProperties: false },
        ),
      ),
    ),
  },
  { additionalProperties: false },
);

/** The name by which programs show that they have signed in. */
export interface ApiSecurity {
  /** The cookie of a session in a browser. */
  readonly cookie: string;
}

/** Every status with which an operation may refuse, and the codes of its rules that stand behind it. */
export function refusalsOf(operation: PublishedOperation): ReadonlyMap<number, readonly string[]> {
  const { access, params, body, method, ifMatch, refusals = {} } = operation;
  const statuses = new Map<number, string[]>([
    [400, ["invalid-request", "character-not-allowed"]],
    [406, ["form-not-offered"]],
    [429, ["too-many-requests"]],
    [500, ["internal-error"]],
    [503, ["database-unreachable", "database-busy"]],
  ]);
  const add = (status: number, ...codes: readonly string[]) =>
    statuses.set(status, [...(statuses.get(status) ?? []), ...codes]);
  if (access !== "anyone") {
    add(401, "not-signed-in");
    add(403, "role-missing", "out-of-scope");
  }
  if (method !== "get") add(403, "sent-from-another-site");
  if (params) add(404);
  if (body) {
    add(413, "body-too-large");
    add(415, "content-type-not-accepted");
    add(422);
  }
  if (method === "post") {
    add(409, "request-under-way");
    add(422, "idempotency-key-reused");
  }
  if (method !== "get" && !ifMatch) add(409, "changed-meanwhile");
  if (ifMatch) {
    add(412, "changed-meanwhile");
    add(428, "version-missing");
  }
  for (const [code, status] of Object.entries(refusals)) add(status, code);
  return new Map([...statuses].sort(([a], [b]) => a - b));
}

const problemContent = { "application/problem+json": { schema: { $ref: "#/components/schemas/Problem" } } };

const headersOfStatus: Readonly<Record<number, string>> = {
  401: "WWW-Authenticate",
  429: "Retry-After",
  503: "Retry-After",
};

function errorResponses(operation: PublishedOperation) {
  const entries = [...refusalsOf(operation)].map(([status, codes]) => {
    const words = titleOf(status) + (codes.length === 0 ? "" : `: ${[...new Set(codes)].join(", ")}`);
    const header = headersOfStatus[status];
    return [
      String(status),
      { description: words, ...(header && { headers: headerOf(header) }), content: problemContent },
    ] as const;
  });
  return Object.fromEntries(entries);
}

const headerOf = (name: string) => ({ [name]: { schema: { type: "string" } } });

/** A schema as it is published: as JSON, without the marks that the library keeps on it. */
const plain = (schema: TSchema): unknown => JSON.parse(JSON.stringify(schema));

function parametersOf(where: "path" | "query", schema: TObject | undefined) {
  return Object.entries(schema?.properties ?? {}).map(([name, property]) => {
    const { description, ...rest } = plain(property) as { description?: string };
    return {
      name,
      in: where,
      required: where === "path" || (schema?.required as readonly string[] | undefined)?.includes(name) === true,
      ...(description !== undefined && { description }),
      schema: rest,
    };
  });
}

function headerParameters({ method, ifMatch }: PublishedOperation) {
  const header = (name: string, required: boolean, description: string) => ({
    ...{ name, in: "header", required, description },
    schema: { type: "string" },
  });
  return [
    ...(ifMatch ? [header("If-Match", true, "The ETag of the version that you mean to change.")] : []),
    ...(method === "post"
      ? [header("Idempotency-Key", false, "The same key and request again get the same answer and change nothing.")]
      : []),
  ];
}

function securityOf(roles: readonly Role[] | null) {
  return roles === null ? [] : [{ bearer: [] }, { session: [] }];
}

function operationObject(operation: PublishedOperation) {
  const { access, operationId, summary, description, tag, body, response, status = 200, csv, deprecated } = operation;
  const roles = access === "anyone" ? null : access.roles;
  const who = roles === null ? "" : `For: ${roles.join(", ")}, within their scope.`;
  const words = [description, who].filter(Boolean).join("\n\n");
  const headers = {
    ...(operation.method === "get" || operation.version ? headerOf("ETag") : {}),
    ...(operation.query?.properties.cursor ? headerOf("Link") : {}),
  };
  return {
    operationId,
    summary,
    ...(words !== "" && { description: words }),
    tags: [tag],
    ...(deprecated && { deprecated: true }),
    security: securityOf(roles),
    parameters: [
      ...parametersOf("path", operation.params),
      ...parametersOf("query", operation.query),
      ...headerParameters(operation),
    ],
    ...(body && { requestBody: { required: true, content: { "application/json": { schema: plain(body) } } } }),
    responses: {
      [status]: {
        description: "As asked for.",
        ...(Object.keys(headers).length > 0 && { headers }),
        content: {
          "application/json": { schema: plain(response) },
          ...(csv && { "text/csv": { schema: { type: "string" } } }),
        },
      },
      ...errorResponses(operation),
    },
  };
}

/** The same operation where its address ends with `.csv`. */
function csvObject(operation: PublishedOperation) {
  const made = operationObject(operation);
  const { 200: answer, 406: _, ...errors } = made.responses as Record<string, { content: object }>;
  const table = { ...answer, content: { "text/csv": { schema: { type: "string" } } } };
  return { ...made, operationId: `${made.operationId}Csv`, responses: { 200: table, ...errors } };
}

/** The OpenAPI document of all operations: made of the schemas that requests are held to. */
export function openApiDocument(operations: readonly PublishedOperation[], product: string, security: ApiSecurity) {
  const paths: Record<string, Record<string, unknown>> = {};
  const put = (path: string, method: string, object: unknown) => {
    const template = path.slice(apiBase.length).replace(/:(\w+)/g, "{$1}");
    paths[template] = { ...paths[template], [method]: object };
  };
  for (const operation of operations) {
    put(operation.path, operation.method, operationObject(operation));
    if (operation.csv) put(`${operation.path}.csv`, operation.method, csvObject(operation));
  }
  return {
    openapi: "3.1.1",
    info: {
      title: product,
      version: apiVersion,
      description: "Errors are problem+json (RFC 9457) with a stable code. Lists are read on with a cursor.",
      license: { name: "MIT", identifier: "MIT" },
    },
    servers: [{ url: apiBase }],
    tags: [...new Set(operations.map(({ tag }) => tag))].map((name) => ({ name })),
    paths,
    components: {
      schemas: { Problem: plain(ProblemSchema) },
      securitySchemes: {
        bearer: { type: "http", scheme: "bearer" },
        session: { type: "apiKey", in: "cookie", name: security.cookie },
      },
    },
  };
}
