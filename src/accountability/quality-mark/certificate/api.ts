import Type from "typebox";
import type { Database } from "../../../platform/database/index.js";
import { type ApiOptions, apiOn, type RouteGroup } from "../../../platform/http/index.js";
import { checkCode } from "./service.js";

export interface CertificateApiOptions extends Omit<ApiOptions, "tag"> {
  readonly database: Database;
}

const orNull = (schema: ReturnType<typeof Type.String>) => Type.Union([schema, Type.Null()]);

const Check = Type.Object({
  finding: Type.String({
    description: "unreadable, unknown, different (forged or altered), holds, suspended, expired, withdrawn or replaced",
  }),
  genuine: Type.Boolean(),
  holds: Type.Boolean(),
  urn: orNull(Type.String()),
  name: orNull(Type.String()),
  academicYear: orNull(Type.String()),
  awardedOn: orNull(Type.String()),
  until: orNull(Type.String()),
  on: Type.String(),
});

/** The interface for programs to certificates. */
export function certificateApi({ database, ...options }: CertificateApiOptions): RouteGroup {
  return (server) =>
    apiOn(server, { ...options, tag: "Certificates" }).get(
      "/certificates/:code",
      {
        access: "anyone",
        operationId: "checkCertificate",
        summary: "Whether the code of a certificate is genuine, and whether the mark still holds",
        response: Check,
      },
      async ({ params: { code }, now }) => {
        const { finding, issued, on } = await checkCode(database, code, now);
        const known = issued?.certificate;
        return {
          ...{ finding, genuine: issued !== null, holds: finding === "holds", on },
          ...{ urn: known?.urn ?? null, name: known?.name ?? null, academicYear: known?.academicYear ?? null },
          ...{ awardedOn: known?.awardedOn ?? null, until: known?.until ?? null },
        };
      },
    );
}
