import Type from "typebox";
import type { Database } from "../../platform/database/index.js";
import { type ApiOptions, apiOn, dayInEngland, type RouteGroup } from "../../platform/http/index.js";
import { disadvantageGaps } from "./service.js";

const number = Type.Union([Type.Number(), Type.Null()]);
const interval = Type.Union([
  Type.Object({ value: Type.Number(), low: Type.Number(), high: Type.Number() }),
  Type.Null(),
]);

const GapsSchema = Type.Object({
  months: Type.Number({ description: "Months counted for a standard deviation" }),
  synthetic: Type.Boolean({ description: "Whether the assessed pupils are made up" }),
  assessed: Type.Array(
    Type.Object({
      ...{
        assessment: Type.String(),
        name: Type.String(),
        cycle: Type.String(),
        group: Type.String(),
        level: Type.String(),
      },
      index: interval,
      months: interval,
    }),
  ),
  measures: Type.Array(
    Type.Object({
      measure: Type.Object({
        ...{ id: Type.String(), title: Type.String(), kind: Type.Enum(["share", "score"]) },
        ...{ lower: Type.String(), others: Type.String() },
      }),
      years: Type.Array(
        Type.Object({
          ...{
            measure: Type.String(),
            year: Type.String(),
            lower: Type.Number(),
            others: Type.Number(),
            gap: Type.Number(),
          },
          ...{ lowerPupils: number, othersPupils: number, rankIndex: number, rankLow: number, rankHigh: number },
          ...{ rankError: number, standardised: number, months: number },
        }),
      ),
    }),
  ),
});

/** The disadvantage gap for programs. */
export function disadvantageApi(options: Omit<ApiOptions, "tag"> & { readonly database: Database }): RouteGroup {
  const { database, clock = () => new Date() } = options;
  return (server) => {
    const api = apiOn(server, { ...options, tag: "Disadvantage (A9)" });
    api.get(
      "/disadvantage",
      {
        access: "anyone",
        operationId: "readDisadvantageGaps",
        summary:
          "The disadvantage gap by year as rank index and in months, from the reference assessments and from published attainment",
        response: GapsSchema,
      },
      async () => disadvantageGaps(database.queries, dayInEngland(clock())),
    );
  };
}
