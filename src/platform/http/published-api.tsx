import type { Child } from "hono/jsx";
import { Table } from "../pages/index.js";
import { openApiDocument, refusalsOf } from "./openapi.js";
import { apiBase, apiVersion, type PublishedOperation } from "./operations.js";
import { pagesOn } from "./pages.js";
import type { Server, ServerOptions } from "./server.js";

const documentPath = `${apiBase}/openapi.json`;

interface Field {
  readonly name: string;
  readonly where: string;
  readonly needed: boolean;
  readonly about: string;
}

/** What a schema wants, in a few words. */
function wordsOf(schema: object): string {
  const { description, type, pattern, minimum, maximum, default: usual } = schema as Readonly<Record<string, unknown>>;
  const between =
    minimum !== undefined && maximum !== undefined
      ? ` from ${minimum} to ${maximum}`
      : minimum !== undefined
        ? ` from ${minimum}`
        : "";
  const kind =
    typeof type === "string" ? `${type}${between}${pattern === undefined ? "" : `, ${pattern}`}` : "a choice";
  const parts = [description, `(${kind}${usual === undefined ? "" : `; ${usual} unless given`})`];
  return parts.filter(Boolean).join(" ");
}

function fieldsOf({ params, query, body, ifMatch }: PublishedOperation): readonly Field[] {
  const parts = [
    ["address", params],
    ["query", query],
    ["body", body],
  ] as const;
  const fields = parts.flatMap(([where, schema]) =>
    Object.entries(schema?.properties ?? {}).map(([name, property]) => ({
      name,
      where,
      needed: where === "address" || ((schema?.required as readonly string[] | undefined)?.includes(name) ?? false),
      about: wordsOf(property),
    })),
  );
  const header = { name: "If-Match", where: "header", needed: true, about: "The ETag of the version that you mean." };
  return ifMatch ? [...fields, header] : fields;
}

function OperationContent({ operation }: { operation: PublishedOperation }) {
  const { operationId, summary, description, method, path, access, csv } = operation;
  const fields = fieldsOf(operation);
  const refusals = [...refusalsOf(operation)].map(([status, codes]) => `${status} ${[...new Set(codes)].join(", ")}`);
  return (
    <section aria-labelledby={operationId}>
      <h3 class="govuk-heading-s" id={operationId}>
        {summary}
      </h3>
      <p class="govuk-body">
        <code class="site-code">{`${method.toUpperCase()} ${path}`}</code>
        {csv && " (or with .csv)"}
      </p>
      {description && <p class="govuk-body">{description}</p>}
      {fields.length > 0 && (
        <Table
          caption={`What ${operationId} is given`}
          small
          rows={fields}
          columns={[
            { heading: "Name", cell: ({ name }) => name },
            { heading: "In", cell: ({ where }) => where },
            { heading: "Needed", cell: ({ needed }) => (needed ? "yes" : "no") },
            { heading: "What it is", cell: ({ about }) => about },
          ]}
        />
      )}
      <p class="govuk-body-s">
        {access === "anyone" ? "For everybody. " : `For: ${access.roles.join(", ")}, within their scope. `}
        {`May refuse with: ${refusals.join("; ")}.`}
      </p>
    </section>
  );
}

function ApiContent({ operations }: { operations: readonly PublishedOperation[] }): Child {
  const tags = [...new Set(operations.map(({ tag }) => tag))];
  return (
    <>
      <h1 class="govuk-heading-xl">Interface for programs</h1>
      <p class="govuk-body-l">
        Everything that the pages show, as JSON under <code class="site-code">{apiBase}</code>. The same as an{" "}
        <a class="govuk-link" href={documentPath}>
          OpenAPI 3.1 document
        </a>
        .
      </p>
      <ul class="govuk-list govuk-list--bullet">
        <li>{`The date ${apiVersion} is the version: under an address with it, no answer changes its shape.`}</li>
        <li>
          Errors are problem+json with a stable code; faults of what was sent are listed with JSON pointers. A list is
          read on with the address in its Link header. Where a table is offered, ask for text/csv or put .csv behind the
          address.
        </li>
        <li>
          An answer has an ETag: send it in If-None-Match to be spared what you have, and in If-Match to say which
          version you change. A POST may carry an Idempotency-Key: sent again within a day, it gets the same answer and
          changes nothing.
        </li>
      </ul>
      {tags.map((tag) => (
        <>
          <h2 class="govuk-heading-l">{tag}</h2>
          {operations
            .filter((operation) => operation.tag === tag)
            .map((operation) => (
              <OperationContent operation={operation} />
            ))}
        </>
      ))}
    </>
  );
}

/** Publishes the document of the interface for programs and its page, once every operation is there. */
export function publishApi(server: Server, { site, band }: ServerOptions): void {
  const document = JSON.stringify(openApiDocument(server.operations, site.product, { cookie: "session" }));
  server.get(documentPath, { config: { access: "anyone", impersonal: true } }, (_request, reply) =>
    reply.type("application/json; charset=utf-8").send(document),
  );
  pagesOn(server, { site, band }).get("/api", "anyone", async () => ({
    title: "Interface for programs",
    section: null,
    breadcrumbs: [],
    content: <ApiContent operations={server.operations} />,
  }));
}
