import Type from "typebox";
import { formatSheet } from "../../ingest/index.js";
import { err, type Problem } from "../../kernel/index.js";
import type { Database } from "../../platform/database/index.js";
import {
  type ApiOptions,
  apiOn,
  type RouteGroup,
  SentFileSchema,
  sentFiles,
  type UploadLimits,
} from "../../platform/http/index.js";
import type { JobKind } from "../../platform/jobs/index.js";
import { type OrderView, orderFor, orderImport, ordersFor } from "./service.js";
import type { ImportOrder } from "./store.js";

/** What the imports' pages and interface are given. */
export interface OrderOptions {
  readonly database: Database;
  readonly importJob: JobKind<{ readonly order: number }>;
}

/** What files an import takes, by page or by programs. */
export const importLimits: UploadLimits = { types: ["csv", "zip", "gz"], bytes: 16 * 1024 * 1024, files: 4 };

const access = { roles: ["administrator"] } as const;
const refusals = { "import-not-yours": 403, "import-unknown": 404 };
const orNull = <S extends Type.TSchema>(schema: S) => Type.Union([schema, Type.Null()]);
const day = Type.String({ pattern: "^\\d{4}-\\d{2}-\\d{2}$" });
const count = Type.Integer({ minimum: 0 });
const Counts = Type.Object({ added: count, changed: count, unchanged: count, closed: count });
const Order = {
  ...{ id: Type.Integer(), asOf: day, synthetic: Type.Boolean(), orderedAt: Type.String(), orderedBy: Type.String() },
  state: Type.Enum(["waiting", "imported", "refused"]),
  job: orNull(Type.Integer({ description: "Its progress is that of the job" })),
};
const View = Type.Object({
  ...Order,
  files: Type.Array(Type.Object({ name: Type.String(), sha256: Type.String(), size: count })),
  report: orNull(
    Type.Object({
      ...{ schools: Counts, groups: Counts, memberships: Counts, links: Counts, pupilCounts: Counts },
      notes: Type.Array(Type.String()),
    }),
  ),
  problems: Type.Array(
    Type.Object({ code: Type.String(), place: Type.String(), message: Type.String(), remedy: Type.String() }),
  ),
});

const listed = ({ id, asOf, synthetic, state, orderedAt, orderedBy, job }: ImportOrder) => ({
  ...{ id, asOf, synthetic, state, orderedAt, orderedBy, job },
});
const viewed = ({ order, files, problems }: OrderView) => ({
  ...listed(order),
  files: files.map(({ name, sha256, size }) => ({ name, sha256, size })),
  report: order.report,
  problems,
});

/** Problems as a table, a line each. */
export const problemsCsv = (problems: readonly Problem[]): string =>
  formatSheet(
    ["place", "code", "message", "remedy"],
    problems.map(({ place, code, message, remedy }) => [place, code, message, remedy]),
  );

/** Imports of the register for programs. */
export function ordersApi(options: Omit<ApiOptions, "tag"> & OrderOptions): RouteGroup {
  const { database, importJob } = options;
  return (server) => {
    const api = apiOn(server, { ...options, tag: "The register of schools" });
    api.get(
      "/register/imports",
      {
        ...{ access, operationId: "listRegisterImports", response: Type.Array(Type.Object(Order)), refusals },
        summary: "The newest imports into the register that were ordered",
      },
      async ({ actor, orRefuse }) => orRefuse(await ordersFor(database, actor)).map(listed),
    );
    api.get(
      "/register/imports/:order",
      {
        ...{ access, operationId: "readRegisterImport", response: View, refusals },
        summary: "One import: what was new, changed and closed, or each line that is wrong (as a table: those lines)",
        csv: ({ problems }) => problemsCsv(problems),
      },
      async ({ actor, params, orRefuse }) => viewed(orRefuse(await orderFor(database, actor, params.order))),
    );
    api.post(
      "/register/imports",
      {
        ...{ access, operationId: "orderRegisterImport", response: View, status: 202, refusals },
        summary: "Imports the department's files into the register, as a job, all or nothing",
        description: "Files as they were downloaded, also zip and gzip: what each is about is found from its columns.",
        body: Type.Object({
          asOf: Type.String({ ...day, description: "The day of the files whose names say none" }),
          synthetic: Type.Optional(Type.Boolean({ description: "Whether the schools are made up" })),
          files: Type.Array(SentFileSchema, { minItems: 1, maxItems: importLimits.files }),
        }),
        bodyBytes: 90 * 1024 * 1024,
      },
      async ({ actor, body, now, orRefuse }) => {
        const { files, problems } = sentFiles(body.files, importLimits);
        if (problems.length > 0) orRefuse(err(problems));
        const id = orRefuse(await orderImport(database, actor, { ...body, files }, importJob, now));
        return viewed(orRefuse(await orderFor(database, actor, String(id))));
      },
    );
  };
}
