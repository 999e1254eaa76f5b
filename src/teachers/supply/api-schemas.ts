import Type from "typebox";

const day = Type.String({ pattern: "^\\d{4}-\\d{2}-\\d{2}$", description: "A day, as 2027-09-01" });
const nullable = <T extends Type.TSchema>(schema: T) => Type.Union([schema, Type.Null()]);

const IntervalSchema = Type.Object(
  { value: Type.Number(), low: Type.Number(), high: Type.Number() },
  { description: "Middle of the draws, and the ends of the central 90%" },
);
const year = Type.Integer({ description: "The calendar year in which the academic year begins" });

const PartSchema = Type.Object({
  phase: nullable(Type.Enum<["primary", "secondary"]>(["primary", "secondary"])),
  subject: nullable(Type.String()),
  region: nullable(Type.String()),
  lines: Type.Array(Type.Object({ year, posts: IntervalSchema, inPost: IntervalSchema, shortfall: IntervalSchema })),
});

const TrainingSchema = Type.Object({
  subject: Type.String(),
  year,
  need: IntervalSchema,
  withoutEmpty: IntervalSchema,
  recruits: IntervalSchema,
  shortfall: IntervalSchema,
  replace: Type.Number(),
  growth: Type.Number(),
  otherEntrants: Type.Number(),
  emptyToday: Type.Number(),
  conversion: Type.Number(),
});

const ShortageSchema = Type.Object({
  subject: Type.String(),
  short: Type.Boolean(),
  reasons: Type.Array(Type.Enum<["posts-unfilled", "too-few-recruits"]>(["posts-unfilled", "too-few-recruits"])),
  unfilledSure: Type.Number(),
  recruitsSure: Type.Number(),
  unfilled: IntervalSchema,
  recruits: nullable(IntervalSchema),
});

/** A statement in a list. */
export const StatementSummarySchema = Type.Object({
  id: Type.Integer(),
  year,
  state: Type.Enum<["waiting", "made", "published"]>(["waiting", "made", "published"]),
  model: nullable(Type.String()),
  dataHash: nullable(Type.String()),
  resultHash: nullable(Type.String()),
  answer: nullable(Type.String()),
  askedAt: Type.String(),
  askedBy: Type.String(),
  publishedAt: nullable(Type.String()),
  publishedBy: nullable(Type.String()),
  version: Type.Integer(),
});

/** A statement with everything that it says; the content is null while it is being made. */
export const StatementSchema = Type.Object({
  ...StatementSummarySchema.properties,
  scenario: Type.String({ description: "The scenario that was run, as canonical JSON" }),
  content: nullable(
    Type.Object({
      year,
      years: Type.Integer(),
      draws: Type.Integer(),
      parts: Type.Array(PartSchema),
      training: Type.Array(TrainingSchema),
      lines: Type.Object({ posts: Type.Number(), recruits: Type.Number(), sureness: Type.Number() }),
      shortageYears: Type.Integer(),
      shortages: Type.Array(ShortageSchema),
    }),
  ),
});

/** A shortage list. */
export const ShortageListSchema = Type.Object({
  number: Type.Integer(),
  statement: Type.Integer(),
  from: day,
  subjects: Type.Array(Type.String()),
  adoptedAt: Type.String(),
  adoptedBy: Type.String(),
});

/** What a statement is asked to look at. */
export const StatementAskedSchema = Type.Object({
  year,
  draws: Type.Optional(Type.Integer({ minimum: 20, maximum: 500, description: "100 unless given" })),
  seed: Type.Optional(Type.Integer({ minimum: 0, maximum: 0xffff_ffff, description: "1 unless given" })),
});

/** Publishing: the answer to what the statement shows. */
export const PublishSchema = Type.Object({ answer: Type.String({ minLength: 1, maxLength: 10_000 }) });

/** Adopting: the first day of the list. */
export const AdoptSchema = Type.Object({ from: day });
