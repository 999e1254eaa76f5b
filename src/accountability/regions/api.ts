import Type from "typebox";
import { type CivilDate, parseCivilDate } from "../../kernel/index.js";
import type { Database } from "../../platform/database/index.js";
import { type ApiOptions, apiOn, HttpError, type RouteGroup } from "../../platform/http/index.js";
import { findAuthority } from "../../register/index.js";
import { answersCsv } from "./csv.js";
import { duties } from "./duties.js";
import { findSchoolPlace, loadDutyRegister } from "./store-duties.js";
import { answerables, regionOfAuthority } from "./who-answers.js";

const Day = Type.String({ pattern: "^\\d{4}-\\d{2}-\\d{2}$", description: "A day, as 2027-09-01; today unless given" });
const OnDay = Type.Object({ on: Type.Optional(Day) });
const Nullable = (schema: ReturnType<typeof Type.String>) => Type.Union([schema, Type.Null()]);

const AnswerSchema = Type.Object({
  duty: Type.String({ description: "The duty in words" }),
  dutyCode: Type.String(),
  office: Type.String(),
  officeCode: Nullable(Type.String()),
  post: Nullable(Type.String()),
  officer: Nullable(
    Type.String({ description: "Null where the post is vacant or the holder is not one of our offices" }),
  ),
  contact: Type.String(),
  delegated: Type.Union([
    Type.Object({ by: Type.String(), until: Type.String(), reasons: Type.String() }),
    Type.Null(),
  ]),
  standing: Type.Union([Type.Literal("law"), Type.Literal("proposed")]),
});

const DutySchema = Type.Object({
  code: Type.String(),
  title: Type.String(),
  what: Type.String(),
  holder: Type.String(),
  post: Nullable(Type.String()),
  standing: Type.String(),
  source: Type.String(),
  from: Type.String(),
  to: Nullable(Type.String()),
});

const RegionSchema = Type.Object({
  code: Type.String(),
  name: Type.String(),
  office: Type.String(),
  authorities: Type.Array(Type.String()),
});

function dayOf(on: string | undefined, today: CivilDate): CivilDate {
  const day = parseCivilDate(on ?? today);
  if (!day.ok) throw new HttpError(400, "period-unreadable", day.error);
  return day.value;
}

/** Who is responsible, for programs. */
export function regionsApi(options: Omit<ApiOptions, "tag"> & { readonly database: Database }): RouteGroup {
  const { queries } = options.database;
  return (server) => {
    const api = apiOn(server, { ...options, tag: "Regions and duties (A6)" });
    api.get(
      "/schools/:urn/responsible",
      {
        ...{
          access: "anyone",
          operationId: "readResponsible",
          query: OnDay,
          response: Type.Array(AnswerSchema),
          csv: answersCsv,
        },
        summary: "Who answers for each duty at a school on a day",
      },
      async ({ params, query, today }) => {
        const on = dayOf(query.on, today);
        const school = await findSchoolPlace(queries, params.urn, on);
        if (!school)
          throw new HttpError(404, "school-unknown", `The register knows no school with the URN "${params.urn}".`);
        return answerables(await loadDutyRegister(queries, on), school);
      },
    );
    api.get(
      "/duties",
      {
        access: "anyone",
        operationId: "listDuties",
        summary: "Every duty with its holder and its source",
        response: Type.Array(DutySchema),
      },
      async () =>
        duties.map(({ source, ...duty }) => ({
          ...duty,
          source: source.kind === "assumption" ? source.why : source.citation,
        })),
    );
    api.get(
      "/office-regions",
      {
        access: "anyone",
        operationId: "listOfficeRegions",
        summary: "The regions in force on a day with their offices and authorities",
        query: OnDay,
        response: Type.Array(RegionSchema),
      },
      async ({ query, today }) => {
        const register = await loadDutyRegister(queries, dayOf(query.on, today));
        return register.regions.map(({ code, name, office }) => ({
          ...{ code, name, office },
          authorities: [...register.regionOf]
            .filter(([, region]) => region === code)
            .map(([authority]) => authority)
            .sort(),
        }));
      },
    );
    api.get(
      "/authorities/:authority/office-region",
      {
        ...{ access: "anyone", operationId: "readOfficeRegion", query: OnDay },
        summary: "The region of an authority on a day; one that was abolished lies where its successors lie",
        response: Type.Object({
          authority: Type.String(),
          region: Nullable(Type.String()),
          drawing: Type.Union([Type.Integer(), Type.Null()]),
        }),
      },
      async ({ params, query, today }) => {
        if (!findAuthority(params.authority))
          throw new HttpError(404, "authority-unknown", `There is no authority "${params.authority}".`);
        const register = await loadDutyRegister(queries, dayOf(query.on, today));
        return {
          authority: params.authority,
          region: regionOfAuthority(register.regionOf, params.authority),
          drawing: register.drawing,
        };
      },
    );
  };
}
