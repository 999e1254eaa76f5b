import Type from "typebox";

const nullable = <T extends Type.TSchema>(schema: T) => Type.Union([schema, Type.Null()]);
const text = Type.String();
const texts = Type.Array(text);

const uncertain = {
  value: Type.Number(),
  standardError: Type.Number(),
  low: Type.Number({ description: "Lower end of the interval" }),
  high: Type.Number(),
  parts: Type.Object(
    { sampling: Type.Number(), measurement: Type.Number(), linking: Type.Number(), items: Type.Number() },
    { description: "Variances by source; they sum to the squared standard error" },
  ),
  degreesOfFreedom: nullable(Type.Number()),
  n: Type.Integer({ description: "Pupils of the sample" }),
  weighted: Type.Number({ description: "Pupils that they stand for" }),
};

const statistic = Type.Enum(["mean", "sd", "percentile", "standard", "gap", "standardised-gap", "rank-gap"]);
const of = nullable(Type.String({ description: "The percentile, as P10, or the standard's name" }));
const whose = { statistic, group: nullable(text), level: nullable(text), of };

const FigureSchema = Type.Object({ cycle: text, ...whose, ...uncertain });
const TrendSchema = Type.Object({
  ...{ from: text, to: text, ...whose, ...uncertain },
  p: Type.Number({ description: "Two-sided probability of such a change were there none" }),
  adjustedP: Type.Number({ description: "The same, corrected for the comparisons published together (Holm)" }),
  distinguishable: Type.Boolean(),
});

const heading = {
  assessment: Type.String({ description: "As year-4-mathematics" }),
  publication: Type.Integer(),
  phase: text,
  subject: text,
  synthetic: Type.Boolean({ description: "Whether the pupils are made up" }),
  publishedAt: text,
  cycles: texts,
};

/** An assessment as the list has it. */
export const AssessmentSummarySchema = Type.Object({
  ...heading,
  figures: Type.Array(FigureSchema),
  trends: Type.Array(TrendSchema),
});

const ItemSchema = Type.Object({
  item: text,
  model: text,
  maximum: Type.Integer(),
  construct: nullable(text),
  curricula: texts,
  fixed: Type.Boolean(),
  n: Type.Integer(),
  facility: Type.Number(),
  slope: Type.Number(),
  slopeError: nullable(Type.Number()),
  difficulty: nullable(Type.Number()),
  interceptError: nullable(Type.Number()),
  intercepts: Type.Array(nullable(Type.Number())),
  guessing: Type.Number(),
  infit: nullable(Type.Number()),
  outfit: nullable(Type.Number()),
});

const CalibrationSchema = Type.Object({
  model: text,
  logLikelihood: Type.Number(),
  parameters: Type.Integer(),
  persons: Type.Integer(),
  nodes: Type.Integer(),
  iterations: Type.Integer(),
  converged: Type.Boolean(),
  gradient: Type.Number(),
  errors: text,
  groups: Type.Array(
    Type.Object({
      group: text,
      n: Type.Integer(),
      weighted: Type.Number(),
      mean: Type.Number(),
      meanError: nullable(Type.Number()),
      sd: Type.Number(),
      sdError: nullable(Type.Number()),
    }),
  ),
  cautions: texts,
});

/** One assessment with its record. */
export const AssessmentSchema = Type.Object({
  ...heading,
  figures: Type.Array(FigureSchema),
  trends: Type.Array(TrendSchema),
  heldBack: Type.Array(
    Type.Object({
      cycle: text,
      group: nullable(text),
      level: nullable(text),
      statistic: nullable(statistic),
      reason: text,
    }),
  ),
  rule: Type.Object({ fewestPupils: Type.Integer(), fewestSchools: Type.Integer(), fewestOnASide: Type.Integer() }),
  items: Type.Array(ItemSchema),
  links: Type.Array(
    Type.Object({
      from: text,
      to: text,
      method: text,
      commonItems: Type.Integer(),
      slope: Type.Number(),
      intercept: Type.Number(),
      linkingError: Type.Number(),
      unitError: Type.Number(),
      errorMethod: text,
      cautions: texts,
    }),
  ),
  drift: Type.Array(
    Type.Object({
      item: text,
      from: text,
      to: text,
      change: Type.Number(),
      spread: Type.Number(),
      flagged: Type.Boolean(),
    }),
  ),
  calibration: nullable(CalibrationSchema),
  scale: Type.Object({ slope: Type.Number(), intercept: Type.Number(), words: text }),
  confidence: Type.Number(),
  plausibleValues: Type.Integer(),
  notes: texts,
  withoutFavoured: nullable(
    Type.Object({
      favoured: texts,
      neutral: Type.Integer(),
      figures: Type.Array(FigureSchema),
      trends: Type.Array(TrendSchema),
    }),
  ),
  record: Type.Object({
    title: text,
    stage: text,
    code: text,
    date: text,
    inputs: Type.Array(Type.Object({ name: text, sha256: text })),
    seed: Type.Integer(),
  }),
});
