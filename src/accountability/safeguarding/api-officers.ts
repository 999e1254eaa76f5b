import Type from "typebox";
import { OfficerSchema } from "./api-schemas.js";
import { type Api, dayOf, refusals, type SafeguardingApi } from "./api-shared.js";
import type { InterestIn } from "./interests.js";
import { changeOfficerBy, viewOfficer } from "./service-officers.js";
import type { KeptOfficer } from "./store-officers.js";

const codeOf = (within: InterestIn) =>
  within.kind === "school" ? within.urn : within.kind === "trust" ? within.uid : within.code;

const shown = ({ charter, name, region, chartered, suspensions, interests, version }: KeptOfficer) => ({
  ...{ charter, name, region, version, from: chartered.from, until: chartered.to },
  suspensions: suspensions.map(({ from, to, why, endedBecause = null }) => ({ from, to, why, endedBecause })),
  interests: interests.map((one, i) => ({
    ...{ number: i + 1, kind: one.kind, from: one.from, to: one.to, declared: one.declared, words: one.words },
    in: { kind: one.in.kind, code: codeOf(one.in) },
  })),
});

const admins = { roles: ["administrator"] } as const;
const whoChanges = {
  roles: ["administrator", "regional-officer", "regional-director", "safeguarding-officer"],
} as const;
const path = "/safeguarding/officers/:charter";
const day = Type.String({ maxLength: 10, description: "A day, as 2026-11-26." });
const why = Type.String({ minLength: 1, maxLength: 1000 });

/** Routes of one officer: charter renewed, suspended and restored, an interest ended. */
export function addOfficers(api: Api, { database }: SafeguardingApi): void {
  const same = {
    response: OfficerSchema,
    version: ({ version }: { readonly version: number }) => version,
    refusals,
  } as const;
  api.get(
    path,
    {
      ...{ ...same, access: whoChanges, operationId: "readOfficer" },
      summary: "An officer with suspensions and interests, for whoever may change them",
    },
    async ({ actor, params, orRefuse }) => shown(orRefuse(await viewOfficer(database, actor, params.charter)).officer),
  );
  api.post(
    `${path}/renewal`,
    {
      ...{ ...same, access: admins, ifMatch: true, operationId: "renewCharter" },
      summary: "Renews a charter from the day on which it lapses, or from today where it has, for one term at most",
      body: Type.Object({ until: day }),
    },
    async ({ actor, params, body, version, now, orRefuse }) => {
      const change = { kind: "renewed", until: dayOf(body.until) } as const;
      return shown(orRefuse(await changeOfficerBy(database, actor, params.charter, change, version, now)));
    },
  );
  api.post(
    `${path}/suspension`,
    {
      ...{ ...same, access: admins, ifMatch: true, operationId: "suspendCharter" },
      summary: "Suspends a charter from a day on: its officer begins, signs and reads nothing until it is restored",
      body: Type.Object({ from: day, why }),
    },
    async ({ actor, params, body, version, now, orRefuse }) => {
      const change = { kind: "suspended", from: dayOf(body.from), why: body.why.trim() } as const;
      return shown(orRefuse(await changeOfficerBy(database, actor, params.charter, change, version, now)));
    },
  );
  api.post(
    `${path}/restoration`,
    {
      ...{ ...same, access: admins, ifMatch: true, operationId: "restoreCharter" },
      summary: "Ends the suspension of a charter on a day, from which it holds again",
      body: Type.Object({ on: day, why }),
    },
    async ({ actor, params, body, version, now, orRefuse }) => {
      const change = { kind: "suspension-ended", on: dayOf(body.on), why: body.why.trim() } as const;
      return shown(orRefuse(await changeOfficerBy(database, actor, params.charter, change, version, now)));
    },
  );
  api.post(
    `${path}/interests/:number/end`,
    {
      ...{ ...same, access: whoChanges, ifMatch: true, operationId: "endInterest" },
      summary: "Says on which day a declared interest ended; some bar for years after",
      body: Type.Object({ on: day }),
    },
    async ({ actor, params, body, version, now, orRefuse }) => {
      const change = { kind: "interest-ended", at: interestAt(params.number), on: dayOf(body.on) } as const;
      return shown(orRefuse(await changeOfficerBy(database, actor, params.charter, change, version, now)));
    },
  );
}

/** The place in the list, from 0, of an interest that a path or a form numbers; -1 where it is no number. */
const interestAt = (number: string) => (/^[1-9]\d{0,3}$/.test(number) ? Number(number) - 1 : -1);
