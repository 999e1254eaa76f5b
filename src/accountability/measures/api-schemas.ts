import Type from "typebox";

const text = (maxLength: number) => Type.String({ minLength: 1, maxLength });
const day = Type.String({ pattern: "^\\d{4}-\\d{2}-\\d{2}$", description: "A day, as 2027-09-01" });
const oneOf = <Words extends string[]>(...words: readonly [...Words]) => Type.Enum<Words>([...words]);
const nullable = <T extends Type.TSchema>(schema: T) => Type.Union([schema, Type.Null()]);

/** A proposed measure as JSON and YAML write it: what `ProposedMeasure` says, with its bounds. */
export const ProposedMeasureSchema = Type.Object({
  id: Type.String({ pattern: "^[a-z][a-z0-9-]{2,79}$", description: "Stable, as contextual-value-added-primary" }),
  title: text(200),
  basis: oneOf("value-added", "attainment", "rate", "judgement"),
  reads: Type.Array(text(300), { minItems: 1, maxItems: 50, description: "What it is made from" }),
  population: Type.Object({
    kinds: Type.Array(oneOf("mainstream", "special", "pupil-referral-unit", "alternative-provision"), {
      minItems: 1,
      maxItems: 4,
    }),
    pupils: text(300),
    leavesOut: Type.String({ maxLength: 300, description: "Who is left out; empty where nobody is" }),
  }),
  outcomes: Type.Array(
    Type.Object({
      column: text(120),
      keyStage: nullable(Type.Integer({ minimum: 0, maximum: 5, description: "0 is the early years" })),
      aspect: nullable(text(120)),
    }),
    { maxItems: 100 },
  ),
  usesPriorAttainment: Type.Boolean(),
  years: Type.Integer({ minimum: 1, maximum: 10 }),
  weightedByTime: Type.Boolean(),
  threshold: nullable(Type.Object({ value: Type.Number(), unit: text(100) })),
  consequence: oneOf("system-only", "published-by-school", "quality-mark", "intervention"),
  from: day,
});

const ReasonSchema = Type.Object({ code: Type.String(), text: Type.String() });

/** What the rules say of a proposal. */
export const JudgementSchema = Type.Object({
  outcome: oneOf("admitted", "refused"),
  reasons: Type.Array(ReasonSchema),
  notes: Type.Array(Type.String()),
});

/** A measure with its declarations, newest first. */
export const RegisteredMeasureSchema = Type.Object({
  id: Type.String(),
  version: Type.Integer(),
  declarations: Type.Array(
    Type.Object({
      measure: Type.String(),
      number: Type.Integer(),
      outcome: oneOf("admitted", "refused"),
      proposed: ProposedMeasureSchema,
      reasons: Type.Array(ReasonSchema),
      notes: Type.Array(Type.String()),
      from: day,
      until: nullable(day),
      withdrawnBecause: nullable(Type.String()),
      judgedAt: Type.String(),
      judgedBy: Type.String(),
    }),
  ),
});
