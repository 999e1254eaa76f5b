import Type from "typebox";

/** A value, or null. */
export const nullable = <T extends Type.TSchema>(schema: T) => Type.Union([schema, Type.Null()]);
const models = ["rasch", "partial-credit", "two-parameter", "generalised-partial-credit", "three-parameter"] as const;
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

/** A published figure. */
export const FigureSchema = Type.Object({ cycle: text, ...whose, ...uncertain });
/** A published change. */
export const TrendSchema = Type.Object({
  ...{ from: text, to: text, ...whose, ...uncertain },
  covariance: Type.Optional(
    nullable(Type.Number({ description: "Sampling covariance of the two figures by schools in both cycles" })),
  ),
  p: Type.Number({ description: "Two-sided probability of such a change were there none" }),
  adjustedP: Type.Number({ description: "The same, corrected for the comparisons published together (Holm)" }),
  distinguishable: Type.Boolean(),
});

/** A question as it was calibrated. */
export const ItemSchema = Type.Object({
  item: text,
  model: text,
  maximum: Type.Integer(),
  construct: nullable(text),
  curricula: texts,
  fixed: Type.Boolean(),
  n: Type.Integer(),
  taken: Type.Optional(
    Type.Array(Type.Object({ cycle: text, n: Type.Integer() }), { description: "Pupils with a score in each cycle" }),
  ),
  facility: Type.Number(),
  slope: Type.Number(),
  slopeError: nullable(Type.Number()),
  difficulty: nullable(Type.Number()),
  difficultyError: Type.Optional(nullable(Type.Number())),
  thresholds: Type.Optional(
    Type.Array(nullable(Type.Number()), { description: "Where scores k − 1 and k are as likely as each other" }),
  ),
  thresholdErrors: Type.Optional(Type.Array(nullable(Type.Number()))),
  interceptError: nullable(Type.Number()),
  interceptErrors: Type.Array(nullable(Type.Number())),
  intercepts: Type.Array(nullable(Type.Number())),
  guessing: Type.Number(),
  guessingError: Type.Optional(nullable(Type.Number())),
  infit: nullable(Type.Number()),
  outfit: nullable(Type.Number()),
});

const difClass = Type.Enum(["A", "B", "C"], { description: "Negligible, slight to moderate, moderate to large" });

/** How questions function for groups of pupils. */
export const DifSchema = Type.Array(
  Type.Object({
    ...{ item: text, group: text, reference: text, focal: text },
    ...{ referencePupils: Type.Integer(), focalPupils: Type.Integer() },
    method: Type.Enum(["Mantel-Haenszel", "Mantel"]),
    delta: nullable(Type.Number({ description: "ETS's Δ; below 0 harder for the focal level" })),
    ...{ deltaError: nullable(Type.Number()), effect: nullable(Type.Number()) },
    ...{ chiSquare: nullable(Type.Number()), p: nullable(Type.Number()), class: nullable(difClass) },
    logistic: nullable(
      Type.Object({
        ...{ difference: Type.Number(), uniformP: Type.Number(), nonUniformP: Type.Number() },
        ...{ addedR2: Type.Number(), class: difClass },
      }),
    ),
    ...{ rmsd: nullable(Type.Number()), referenceRmsd: nullable(Type.Number()), bias: nullable(Type.Number()) },
  }),
);

/** The record of a calibration. */
export const CalibrationSchema = Type.Object({
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

/** Calibrations by conditional maximum likelihood. */
export const ConditionalSchema = Type.Array(
  Type.Object({
    cycle: nullable(Type.String({ description: "Null for all cycles at once" })),
    ...{ logLikelihood: Type.Number(), parameters: Type.Integer(), persons: Type.Integer() },
    informative: Type.Integer({ description: "Pupils with neither the lowest nor the highest score of their items" }),
    ...{ iterations: Type.Integer(), gradient: Type.Number(), errors: text },
    items: Type.Array(
      Type.Object({
        ...{ item: text, model: Type.Enum([...models]), maximum: Type.Integer() },
        ...{ difficulty: Type.Number(), difficultyError: Type.Number() },
        thresholds: Type.Array(nullable(Type.Number())),
        thresholdErrors: Type.Array(nullable(Type.Number())),
        intercepts: Type.Array(nullable(Type.Number())),
        interceptErrors: Type.Array(nullable(Type.Number())),
        marginal: nullable(Type.Number({ description: "Marginal difficulty, mean 0" })),
        difference: nullable(Type.Number({ description: "Conditional less marginal" })),
        ...{ differenceError: nullable(Type.Number()), z: nullable(Type.Number()), adjustedP: nullable(Type.Number()) },
      }),
    ),
    joint: nullable(
      Type.Object({ f: Type.Number(), directions: Type.Number(), freedom: Type.Number(), p: Type.Number() }),
    ),
    tests: Type.Array(
      Type.Object({
        by: text,
        levels: Type.Array(Type.Object({ level: text, pupils: Type.Integer(), logLikelihood: Type.Number() })),
        ...{ logLikelihood: Type.Number(), chiSquare: Type.Number(), degreesOfFreedom: Type.Integer() },
        ...{ p: Type.Number(), items: Type.Integer(), leftOut: texts },
      }),
    ),
    cautions: texts,
  }),
);

/** What was held back, and why. */
export const HeldBackSchema = Type.Array(
  Type.Object({
    cycle: text,
    group: nullable(text),
    level: nullable(text),
    statistic: nullable(statistic),
    reason: text,
  }),
);

/** The rule of disclosure control. */
export const DisclosureRuleSchema = Type.Object({
  fewestPupils: Type.Integer(),
  fewestSchools: Type.Integer(),
  fewestOnASide: Type.Integer(),
});

/** How cycles were linked. */
export const LinksSchema = Type.Array(
  Type.Object({
    from: text,
    to: text,
    method: text,
    commonItems: Type.Integer(),
    slope: Type.Number(),
    intercept: Type.Number(),
    linkingError: Type.Number({ description: "Of a mean, without what estimating the questions adds" }),
    jackknifeError: Type.Optional(Type.Number({ description: "The same with it" })),
    leftOut: Type.Optional(Type.Array(Type.Object({ item: text, reason: text }))),
    unitError: Type.Number(),
    degreesOfFreedom: Type.Integer({ minimum: 1 }),
    errorMethod: text,
    cautions: texts,
  }),
);

/** Schools that two cycles have in common. */
export const SharedSchoolsSchema = Type.Array(
  Type.Object({
    ...{ from: text, to: text, schools: Type.Integer(), ofFrom: Type.Integer(), ofTo: Type.Integer() },
    counted: Type.Boolean({ description: "Whether they are enough for a covariance" }),
  }),
);

/** How questions moved between cycles. */
export const DriftSchema = Type.Array(
  Type.Object({
    item: text,
    from: text,
    to: text,
    change: Type.Number(),
    spread: Type.Number(),
    flagged: Type.Boolean(),
    error: Type.Optional(nullable(Type.Number({ description: "Standard error of the change" }))),
    linked: Type.Optional(Type.Boolean({ description: "Whether the item ties the two cycles" })),
  }),
);

/** The reporting scale. */
export const ScaleSchema = Type.Object({ slope: Type.Number(), intercept: Type.Number(), words: text });

/** The trend without the questions that a curriculum favours. */
export const CurriculumSchema = nullable(
  Type.Object({
    favoured: texts,
    neutral: Type.Integer(),
    figures: Type.Array(FigureSchema),
    trends: Type.Array(TrendSchema),
  }),
);

/** What results were made from. */
export const StudyRecordSchema = Type.Object({
  title: text,
  stage: text,
  code: text,
  date: text,
  inputs: Type.Array(Type.Object({ name: text, sha256: text })),
  seed: Type.Integer(),
});

/** `results.json`: all that a study gives. */
export const ResultsFileSchema = Type.Object({
  ...{ title: text, subject: nullable(text), population: nullable(text), cycles: texts, scale: ScaleSchema },
  calibration: nullable(CalibrationSchema),
  items: Type.Array(Type.Object({ ...ItemSchema.properties, model: Type.Enum([...models]) })),
  conditional: Type.Optional(ConditionalSchema),
  ...{ dif: DifSchema, drift: DriftSchema, links: LinksSchema },
  regressions: Type.Array(
    Type.Object({
      cycle: text,
      coefficients: Type.Array(Type.Object({ name: text, estimate: Type.Number(), standardError: Type.Number() })),
      ...{ residualSd: Type.Number(), explained: Type.Number(), reliability: Type.Number(), cautions: texts },
      components: Type.Optional(
        nullable(Type.Object({ columns: Type.Integer(), kept: Type.Integer(), share: Type.Number() })),
      ),
    }),
  ),
  disclosed: Type.Object({
    figures: Type.Array(FigureSchema),
    trends: Type.Array(TrendSchema),
    ...{ heldBack: HeldBackSchema, rule: DisclosureRuleSchema },
  }),
  curriculum: CurriculumSchema,
  designs: Type.Array(Type.Object({ cycle: text, method: text, replicates: Type.Integer(), words: text })),
  shared: SharedSchoolsSchema,
  ...{ plausibleValues: Type.Integer(), seed: Type.Integer(), confidence: Type.Number(), notes: texts },
});

/** `record.json`: the record with the fingerprint of the results beside it. */
export const RecordFileSchema = Type.Object({
  ...StudyRecordSchema.properties,
  stage: Type.Enum(["conditional", "calibrate", "link", "estimate", "run"]),
  resultsSha256: text,
});
