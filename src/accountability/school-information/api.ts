import Type from "typebox";
import type { Database } from "../../platform/database/index.js";
import { type AnswerStore, apiOn, dayInEngland, HttpError, type RouteGroup } from "../../platform/http/index.js";
import { pairsOf } from "./compare.js";
import { trustOf } from "./facts.js";
import { suggestionsFor } from "./search.js";
import { changeOwnPage } from "./service.js";
import { loadFacts } from "./store-facts.js";
import type { KnownSchools } from "./web-known.js";

const Nullable = <T extends Parameters<typeof Type.Union>[0][number]>(schema: T) => Type.Union([schema, Type.Null()]);
const Text = Nullable(Type.String());
const Count = Nullable(Type.Integer());

const SuggestionsSchema = Type.Object({
  suggestions: Type.Array(Type.Object({ text: Type.String(), detail: Type.String(), href: Type.String() })),
});

const RelativeSchema = Type.Object({ urn: Type.String(), name: Text, on: Text, kind: Text, status: Text });

const EntrySchema = Type.Object({ link: Text, statement: Text });

const InformationSchema = Type.Object({
  urn: Type.String(),
  name: Type.String(),
  status: Type.String(),
  type: Type.String(),
  phase: Text,
  authorityCode: Type.String(),
  trust: Text,
  groups: Type.Array(
    Type.Object({ uid: Type.String(), name: Type.String(), type: Type.String(), joined: Type.String() }),
  ),
  website: Text,
  postcode: Text,
  pupils: Type.Array(
    Type.Object({
      academicYear: Type.String(),
      pupils: Count,
      girls: Count,
      boys: Count,
      plans: Count,
      support: Count,
      otherLanguage: Count,
      mealsSixYears: Count,
      mealsOf: Count,
      missing: Type.Record(Type.String(), Type.String()),
    }),
  ),
  predecessors: Type.Array(RelativeSchema),
  successors: Type.Array(RelativeSchema),
  /** The open schools that followed a closed one. */
  openSuccessors: Type.Array(Type.String()),
  formerNames: Type.Array(Type.Object({ name: Type.String(), until: Type.String() })),
  entries: Type.Record(Type.String(), EntrySchema),
  version: Type.Integer(),
});

const ChangeSchema = Type.Object({
  entries: Type.Record(
    Type.String({ maxLength: 40 }),
    Type.Object({ link: Type.String({ maxLength: 2000 }), statement: Type.String({ maxLength: 20_000 }) }),
  ),
});

const ComparisonSchema = Type.Object({
  schools: Type.Array(
    Type.Object({
      ...{ urn: Type.String(), name: Type.String(), phase: Text, because: Text },
      ...{ valueAdded: Nullable(Type.Number()), lower: Nullable(Type.Number()), upper: Nullable(Type.Number()) },
      predictionError: Nullable(Type.Number()),
    }),
  ),
  pairs: Type.Array(
    Type.Object({
      first: Type.String(),
      second: Type.String(),
      difference: Type.Number(),
      error: Type.Number(),
      probability: Type.Number(),
    }),
  ),
  notes: Type.Array(Type.String()),
});

export interface SchoolApiOptions {
  readonly database: Database;
  readonly clock: () => Date;
  readonly answers: AnswerStore;
  readonly known: KnownSchools;
}

/** What the register says of one school, and what its office adds. */
async function informationOf(database: Database, urn: string, now: Date) {
  const facts = await loadFacts(database, urn, dayInEngland(now));
  if (!facts) throw new HttpError(404, "no-such-school", `There is no school with the URN "${urn}" in the register.`);
  const { school, memberships, pupils, history, succession, own } = facts;
  const { name, status, type, phase, website, postcode } = school;
  return {
    ...{ urn: school.urn, name, status, type, phase, website, postcode, authorityCode: school.authority },
    trust: trustOf(memberships)?.group.name ?? null,
    groups: memberships.map(({ group, joined }) => ({ uid: group.uid, name: group.name, type: group.type, joined })),
    pupils: pupils.map(({ urn: _, authority: _a, laestab: _l, kind: _k, mealsNow: _m, missing, ...counts }) => ({
      ...counts,
      missing: { ...missing },
    })),
    predecessors: history.predecessors,
    successors: history.successors,
    openSuccessors: succession?.open ?? [],
    formerNames: history.formerNames,
    entries: own.entries,
    version: own.version,
  };
}

/** The interface for programs: suggestions, what is known of a school, comparisons, and the school's own additions. */
export function schoolApi({ database, clock, answers, known }: SchoolApiOptions): RouteGroup {
  return (server) => {
    const api = apiOn(server, { tag: "School information", clock, answers });
    api.get(
      "/suggestions",
      {
        ...{ access: "anyone", operationId: "suggestSchools", response: SuggestionsSchema },
        summary: "Suggests schools and trusts for words that somebody is typing.",
        query: Type.Object({ text: Type.String({ maxLength: 100 }) }),
      },
      async ({ query }) => ({ suggestions: suggestionsFor(await known.directory(), query.text) }),
    );
    api.get(
      "/schools/:urn/information",
      {
        ...{ access: "anyone", operationId: "getSchoolInformation", response: InformationSchema },
        summary: "Tells what the register says of a school, and what its office adds.",
        version: ({ version }) => version,
      },
      ({ params, now }) => informationOf(database, params.urn, now),
    );
    api.put(
      "/schools/:urn/information",
      {
        access: { roles: ["school"] },
        ...{ operationId: "changeSchoolInformation", body: ChangeSchema, response: InformationSchema, ifMatch: true },
        summary: "Replaces what a school's office adds to its page.",
        refusals: { "entry-unknown": 422, "entry-link": 422, "entry-too-long": 422 },
        version: ({ version }) => version,
      },
      async ({ params, body, actor, version, now, orRefuse }) => {
        const change = { urn: params.urn, expected: version, typed: body.entries };
        orRefuse(await changeOwnPage(database, actor, change, now));
        return informationOf(database, params.urn, now);
      },
    );
    api.get(
      "/comparison",
      {
        ...{ access: "anyone", operationId: "compareSchools", response: ComparisonSchema },
        summary: "Sets up to six schools side by side, with how probable it is that one adds more than another.",
        query: Type.Object({
          urn: Type.String({ maxLength: 200, description: "URNs with commas" }),
          with: Type.Optional(Type.Enum(["near", "authority", "alike"])),
        }),
      },
      async ({ query }) => {
        const { sides, notes } = await known.comparison(query);
        const compared = sides.flatMap(({ school: { urn, name }, measured }) =>
          measured?.valueAdded == null || measured.predictionError === null
            ? []
            : [{ urn, name, phase: measured.phase, valueAdded: measured.valueAdded, error: measured.predictionError }],
        );
        return {
          schools: sides.map(({ school, measured, because }) => ({
            ...{ urn: school.urn, name: school.name, phase: measured?.phase ?? school.phase, because },
            ...{
              valueAdded: measured?.valueAdded ?? null,
              lower: measured?.lower ?? null,
              upper: measured?.upper ?? null,
            },
            predictionError: measured?.predictionError ?? null,
          })),
          pairs: pairsOf(compared).map(({ first, second, ...pair }) => ({
            first: first.urn,
            second: second.urn,
            ...pair,
          })),
          notes,
        };
      },
    );
  };
}
