import Type, { type TSchema } from "typebox";

const orNull = <T extends TSchema>(schema: T) => Type.Union([schema, Type.Null()]);

/** What the public sees: one of the five decisions, or what became of a published mark, or that nothing is public yet. */
export const DecisionSchema = Type.Union([
  Type.Literal("awarded"),
  Type.Literal("refused"),
  Type.Literal("awaiting-evidence"),
  Type.Literal("not-enough-evidence"),
  Type.Literal("awaiting-framework"),
  Type.Literal("suspended"),
  Type.Literal("expired"),
  Type.Literal("withdrawn"),
  Type.Literal("ended"),
  Type.Literal("in-review"),
  Type.Literal("no-case"),
]);

const schoolsCounted = Type.Integer({ minimum: 0 });

/** Counts of decisions in a country, a region or an authority. */
export const CountsSchema = Type.Object({
  code: Type.String(),
  name: Type.String(),
  schools: Type.Integer({ minimum: 0 }),
  decisions: Type.Object({
    awarded: schoolsCounted,
    refused: schoolsCounted,
    "awaiting-evidence": schoolsCounted,
    "not-enough-evidence": schoolsCounted,
    "awaiting-framework": schoolsCounted,
    suspended: schoolsCounted,
    expired: schoolsCounted,
    withdrawn: schoolsCounted,
    ended: schoolsCounted,
    "in-review": schoolsCounted,
    "no-case": schoolsCounted,
  }),
});

const figureOf = (description: string) =>
  Type.Object(
    { estimate: Type.Number(), predictionError: Type.Number(), lower: Type.Number(), upper: Type.Number() },
    { description },
  );

const lineFields = {
  urn: Type.String(),
  name: Type.String(),
  phase: Type.String(),
  authority: Type.String(),
  region: Type.String(),
  decision: DecisionSchema,
  valueAdded: orNull(Type.Number({ description: "In the outcome's units; null where it was not computed." })),
  lower: orNull(Type.Number()),
  upper: orNull(Type.Number()),
  pupilEquivalents: orNull(Type.Number({ minimum: 0 })),
};

/** A school as a line of a list. */
export const SchoolLineSchema = Type.Object(lineFields);

/** A school's whole answer. */
export const SchoolSchema = Type.Object({
  ...lineFields,
  regionCode: Type.String(),
  kind: Type.String(),
  trust: orNull(Type.String()),
  town: orNull(Type.String()),
  standardError: orNull(Type.Number()),
  predictionError: orNull(Type.Number()),
  reliability: orNull(Type.Number({ minimum: 0, maximum: 1 })),
  pupils: orNull(Type.Integer({ minimum: 0 })),
  probabilityBelow: orNull(Type.Number({ minimum: 0, maximum: 1 })),
  probabilityOtherwise: orNull(
    Type.Number({
      minimum: 0,
      maximum: 1,
      description:
        "Of another decision on another draw of pupils; null where the decision does not rest on value added.",
    }),
  ),
  reasons: Type.Array(Type.Object({ code: Type.String(), text: Type.String() })),
  mark: orNull(
    Type.Object(
      {
        academicYear: Type.String(),
        state: Type.String(),
        publishedOn: Type.String(),
        awardedOn: orNull(Type.String()),
        until: orNull(Type.String({ description: "The first day on which the mark no longer holds." })),
        suspendedOn: orNull(Type.String()),
        endedOn: orNull(Type.String()),
        words: orNull(Type.String({ description: "Why it is suspended, withdrawn or ended." })),
      },
      { description: "The mark as it stands; null where nothing has been published of a case." },
    ),
  ),
  explanation: Type.Array(
    Type.Object({ code: Type.String(), label: Type.String(), change: Type.Number(), total: Type.Number() }),
  ),
  years: Type.Array(
    Type.Object({
      year: Type.String(),
      valueAdded: Type.Number(),
      standardError: Type.Number({ description: "With the uncertainty of the model's coefficients." }),
      lower: Type.Number(),
      upper: Type.Number(),
      pupilEquivalents: Type.Number(),
      lessAverage: orNull(
        figureOf("The current year's figure less the published average of the years; null of earlier years."),
      ),
    }),
  ),
  subgroups: Type.Array(
    Type.Object(
      {
        name: Type.String(),
        pupils: orNull(Type.Integer({ minimum: 0 })),
        figure: orNull(figureOf("What the school adds for pupils like the group's.")),
        difference: orNull(figureOf("The same less what it adds for its other pupils.")),
      },
      { description: "A group of pupils; null where the school has too few in it or outside it. Decides nothing." },
    ),
  ),
  outcomes: Type.Array(
    Type.Object(
      { outcome: Type.String(), figure: figureOf("What the school adds to it, in its standard deviations.") },
      { description: "One outcome of a composite on its own. Decides nothing." },
    ),
  ),
  safeguarding: orNull(Type.Object({ outcome: Type.String(), on: Type.String() })),
  accounts: orNull(Type.Object({ opinion: Type.String(), on: Type.String() })),
});

const count = Type.Integer({ minimum: 0 });
const agreement = orNull(Type.Number({ minimum: -1, maximum: 1 }));

/** The same schools measured in other ways, the chance in the decisions, and the agreement of the years. */
const ComparisonSchema = Type.Object({
  models: Type.Array(
    Type.Object({
      code: Type.String(),
      label: Type.String(),
      how: Type.String(),
      notComputed: orNull(Type.String({ description: "Why there is no figure; null where there is." })),
      pupils: count,
      awarded: count,
      refused: count,
      other: count,
      changed: count,
      newlyRefused: count,
      noLongerRefused: count,
      compared: count,
      correlation: agreement,
      rankCorrelation: agreement,
      largestMove: orNull(Type.Object({ school: Type.String(), inForce: Type.Number(), alternative: Type.Number() })),
    }),
  ),
  chance: orNull(Type.Object({ schools: count, expected: Type.Number(), refused: count, refusedAgain: Type.Number() })),
  stability: orNull(
    Type.Object({
      lasting: Type.Number({ minimum: 0 }),
      yearly: Type.Number({ minimum: 0 }),
      modelled: agreement,
      pairs: Type.Array(
        Type.Object({
          from: Type.String(),
          to: Type.String(),
          schools: count,
          shown: agreement,
          plain: agreement,
          corrected: orNull(Type.Number({ description: "Chance may put it above 1." })),
        }),
      ),
    }),
  ),
});

/** The review and its measures, without the checks (those are in `/model.json`). */
export const ReviewSchema = Type.Object({
  id: Type.Integer(),
  title: Type.String(),
  academicYear: Type.String(),
  synthetic: Type.Boolean(),
  standing: Type.Union([Type.Literal("nobody-heard"), Type.Literal("in-review"), Type.Literal("published")], {
    description: "Whether decisions are the rule's alone, not public yet, or as they were published.",
  }),
  measures: Type.Array(
    Type.Object({
      phase: Type.String(),
      title: Type.String(),
      outcomeDeviation: Type.Number(),
      line: Type.Number(),
      refusalProbability: Type.Number(),
      fewestPupilEquivalents: Type.Number(),
      formula: Type.String(),
      pupils: Type.Integer(),
      alternatives: Type.Array(
        Type.Object({
          label: Type.String(),
          awarded: Type.Integer(),
          refused: Type.Integer(),
          changed: Type.Integer(),
        }),
      ),
      comparison: orNull(ComparisonSchema),
      notes: Type.Array(Type.String()),
    }),
  ),
});

/** A region with its authorities. */
export const RegionSchema = Type.Object({ region: CountsSchema, authorities: Type.Array(CountsSchema) });

/** A page of schools; `total` counts all that match. */
export const SchoolsSchema = Type.Object({
  total: Type.Integer({ minimum: 0 }),
  offset: Type.Integer({ minimum: 0 }),
  limit: Type.Integer({ minimum: 1 }),
  schools: Type.Array(SchoolLineSchema),
});

/** What a list of schools may be narrowed by. */
export const SchoolsQuerySchema = Type.Object(
  {
    text: Type.Optional(
      Type.String({ minLength: 1, maxLength: 100, description: "Part of a name or town, or a URN." }),
    ),
    phase: Type.Optional(Type.String({ minLength: 1, maxLength: 40 })),
    region: Type.Optional(Type.String({ minLength: 1, maxLength: 20, description: "The code of a region." })),
    decision: Type.Optional(DecisionSchema),
    offset: Type.Integer({ minimum: 0, maximum: 1_000_000, default: 0 }),
    limit: Type.Integer({ minimum: 1, maximum: 1000, default: 100 }),
  },
  { additionalProperties: false },
);
