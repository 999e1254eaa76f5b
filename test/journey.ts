import { expect } from "vitest";
import { registerOfficers } from "../src/accountability/safeguarding/service-officers.js";
import { saveSites } from "../src/accountability/safeguarding/store-plans.js";
import { civilDate, type GroupUid, type Urn } from "../src/kernel/index.js";
import { jobKinds } from "../src/main/parts.js";
import type { Database } from "../src/platform/database/index.js";
import { type Actor, type Role, roles, systemActor } from "../src/platform/identity/index.js";
import { type JobId, runToEnd } from "../src/platform/jobs/index.js";
import { schoolWith, updateRegister } from "../src/register/index.js";
import { type PublishedAnswers, publishedAnswers } from "./published-answers.js";
import { madeUpOfficer, region } from "./safeguarding-region.js";
import { openSampleYear } from "./sample-cases.js";
import { registerOfReview, reviewDay } from "./saved-review.js";
import { type WholeProduct, wholeProduct } from "./whole-product.js";

/** When the journey is made, but where a part says otherwise. */
export const today = new Date("2026-11-26T12:00:00Z");
/** The year of the cases, a trust and a special school. */
export const [year, trust, specialist] = ["2026-27", "90001", "900901"] as const;
/** An officer with an interest in a trust that no school of the region is in. */
export const tiedOfficer = madeUpOfficer(1, {
  person: "officer-1",
  interests: [
    {
      ...{ kind: "other", in: { kind: "trust", uid: "99999" }, words: "Made up." },
      ...{ from: civilDate("2026-09-01"), to: null, declared: civilDate("2026-09-01") },
    },
  ],
});
/** The answer as an object. */
export const body = (answer: { readonly body: unknown }) => answer.body as Readonly<Record<string, unknown>>;

/** Someone who holds every role everywhere, under a name of their own: what roles may do is tested elsewhere. */
export const everybody = (id: string, urns: readonly string[], ...only: Role[]): Actor => ({
  ...{ kind: "person", id, name: `${id} Made-Up` },
  grants: (only.length > 0 ? only : roles).flatMap((role) => [
    { role, scope: { kind: "country" } as const },
    { role, scope: { kind: "region", code: region } as const },
    { role, scope: { kind: "trust", uid: trust as GroupUid } as const },
    ...urns.map((urn) => ({ role, scope: { kind: "school", urn: urn as Urn } as const })),
  ]),
});

/** A way through every operation of the interface, with what its parts find out for those that follow. */
export interface Journey {
  readonly product: WholeProduct;
  readonly database: Database;
  readonly answers: PublishedAnswers;
  /** Schools of the region with cases, in the order of the register. */
  readonly urns: readonly string[];
  /** The address parameters that reads are asked with; those of one operation alone stand under its id. */
  readonly known: Map<string, string>;
  as(id: string): Journey["answers"]["ask"];
  runJob(job: number): Promise<void>;
}

/** The whole product with a trust, a special school, safeguarding officers and the year's open cases. */
export async function begin(database: Database): Promise<Journey> {
  const product = await wholeProduct(database);
  const { review } = product;
  const urns = review.pages.flatMap(({ urn, regionCode, kind }) =>
    regionCode === region && kind === "mainstream" ? [urn] : [],
  );
  const register = registerOfReview(review.schools);
  const special = schoolWith({
    ...{ urn: specialist as Urn, name: "Larkrise Special School", type: "Community special school", status: "open" },
    authority: register.schools.find(({ urn }) => urn === urns[0])!.authority,
  });
  const group = {
    ...{ uid: trust as GroupUid, groupId: null, name: "The Heron Trust", type: "Multi-academy trust" },
    ...{ status: "open" as const, companyNumber: null, ukprn: null, opened: null, closed: null },
    ...{ town: null, postcode: null },
  };
  const memberships = [
    { urn: urns[0] as Urn, groupUid: trust as GroupUid, joined: civilDate("2016-09-01"), left: null },
  ];
  // The region's schools are the primaries of the country.
  const schools = register.schools.map((one) =>
    urns.includes(one.urn) ? { ...one, lowAge: 4, highAge: 11, pupils: 210 } : one,
  );
  const contents = { ...register, schools: [...schools, special], groups: [group], memberships };
  const source = { name: "invented", asOf: reviewDay, synthetic: true, files: [] };
  expect(await updateRegister(database, contents, source)).toMatchObject({ ok: true });
  await openSampleYear(database, review, 1);
  const officers = [tiedOfficer, madeUpOfficer(2, { person: "officer-2" })];
  expect(
    await registerOfficers(database, systemActor("tests"), officers, new Date("2026-09-01T09:00:00Z")),
  ).toMatchObject({ ok: true });
  await saveSites(
    database.queries,
    [...urns, specialist].map((urn, i) => ({ urn: urn as Urn, east: i, north: i, precision: "given" as const })),
  );
  const answers = await publishedAnswers(product);
  return {
    ...{ product, database, answers, urns },
    known: new Map([
      ...Object.entries({ urn: urns[0]!, region, code: region, year, authority: "330", readFindings: specialist }),
    ]),
    as: (id) => (operation, asked) => {
      product.actAs(everybody(id, [...urns, specialist]));
      return answers.ask(operation, asked);
    },
    async runJob(job) {
      expect(await runToEnd(database, job as JobId, jobKinds)).toMatchObject({ state: "succeeded" });
    },
  };
}
