import Type from "typebox";

const nullable = <T extends Type.TSchema>(schema: T) => Type.Union([schema, Type.Null()]);

/** One declared parameter. */
export const ParameterSchema = Type.Object({
  path: Type.String(),
  label: Type.String(),
  unit: Type.String(),
  values: Type.Array(
    Type.Object({
      from: Type.String({ description: "The first day on which it holds" }),
      value: Type.Number(),
      status: Type.Enum<["law", "published", "proposal", "assumption"]>(["law", "published", "proposal", "assumption"]),
      source: Type.String({ description: "Document, page and date; or the reason and who answers for it" }),
      href: nullable(Type.String()),
    }),
  ),
  bounds: Type.Object({ low: Type.Number(), high: Type.Number() }),
  range: nullable(
    Type.Object({
      distribution: Type.Enum<["triangular", "uniform"]>(["triangular", "uniform"]),
      low: Type.Number(),
      mode: Type.Number(),
      high: Type.Number(),
      as: Type.Enum<["value", "factor"]>(["value", "factor"]),
      why: Type.String(),
      together: nullable(Type.String()),
    }),
  ),
  forms: nullable(Type.Array(Type.Object({ value: Type.Number(), label: Type.String() }))),
  structural: Type.Boolean(),
});

/** A change of a parameter. */
const OverrideSchema = Type.Object({
  path: Type.String({ maxLength: 100 }),
  from: Type.Integer({ description: "The calendar year in which the first academic year begins" }),
  to: nullable(Type.Integer({ description: "The first year that isn't changed; null for all that follow" })),
  value: Type.Number(),
});

/** What a run is asked for: a link of the simulator, or changes; one of the two. */
export const RunAskedSchema = Type.Object({
  link: Type.Optional(Type.String({ maxLength: 20_000 })),
  overrides: Type.Optional(Type.Array(OverrideSchema, { minItems: 1, maxItems: 500 })),
  seed: Type.Optional(Type.Integer({ minimum: 0, maximum: 0xffff_ffff })),
});

const BandSchema = nullable(Type.Object({ low: Type.Number(), high: Type.Number() }));
const BandsSchema = Type.Object({ parameters: BandSchema, chance: BandSchema, structure: BandSchema });

/** What a run came to. */
export const RunSchema = Type.Object({
  model: Type.String(),
  data: Type.String(),
  result: Type.String({
    description: "Hash of every count and sum, as the page and the command line show it for this scenario",
  }),
  link: Type.String({ description: "The scenario as a link's part after the #" }),
  share: Type.Number({ description: "The share of people that was simulated: counts are those of the country" }),
  notices: Type.Array(Type.String()),
  figures: Type.Array(
    Type.Object({
      figure: Type.String(),
      year: Type.Integer(),
      baseline: nullable(Type.Number()),
      scenario: nullable(Type.Number()),
      difference: nullable(Type.Number()),
      level: BandsSchema,
      effect: BandsSchema,
    }),
  ),
  costs: Type.Array(
    Type.Object({ proposal: Type.String(), label: Type.String(), pounds: Type.Array(nullable(Type.Number())) }),
  ),
});
