import Type from "typebox";
import { respondentKinds } from "./consultation.js";

const oneOf = <Words extends string[]>(...words: readonly [...Words]) => Type.Enum<Words>([...words]);
const nullable = <T extends Type.TSchema>(schema: T) => Type.Union([schema, Type.Null()]);
const text = (maxLength: number) => Type.String({ minLength: 1, maxLength });

/** A day, as 2027-01-11. */
export const DaySchema = Type.String({ pattern: "^\\d{4}-\\d{2}-\\d{2}$" });

const QuestionSchema = Type.Union([
  Type.Object({ id: text(80), kind: Type.Literal("open"), text: text(1000) }),
  Type.Object({ id: text(80), kind: Type.Literal("choice"), text: text(1000), options: Type.Array(text(300)) }),
]);

/** What the group writes of a consultation. */
export const DraftSchema = Type.Object({
  title: text(200),
  about: Type.String({ maxLength: 5000 }),
  opens: DaySchema,
  closes: DaySchema,
  questions: Type.Array(QuestionSchema, { maxItems: 60 }),
});

const EvidenceSchema = Type.Object({
  title: text(300),
  link: Type.String({ maxLength: 500, description: "Empty where it has no address" }),
  shows: text(3000),
});

/** A response, as it is sent. */
export const ResponseSchema = Type.Object({
  respondent: Type.Enum(respondentKinds),
  name: Type.String({ maxLength: 200, description: "Empty to answer without one" }),
  answers: Type.Record(Type.String({ maxLength: 80 }), Type.String({ maxLength: 20_000 })),
  evidence: Type.Array(EvidenceSchema, { maxItems: 20 }),
  mayBePublished: Type.Boolean(),
});

const StatementSchema = Type.Object({
  number: Type.Integer(),
  words: Type.String(),
  restsOn: Type.Array(Type.Integer()),
});

const AgreementSchema = oneOf("in", "out", "open");

const StatementRoundsSchema = Type.Object({
  statement: StatementSchema,
  agreement: AgreementSchema,
  rounds: Type.Array(
    Type.Object({
      round: Type.Integer(),
      agreement: AgreementSchema,
      summary: Type.Object({
        ratings: Type.Integer(),
        counts: Type.Array(Type.Integer(), { description: "How many gave each rating, from 1 to 9" }),
        median: Type.Number(),
        lowerQuartile: Type.Number(),
        upperQuartile: Type.Number(),
        shareAgainst: Type.Number(),
        shareFor: Type.Number(),
        percentile30: Type.Number(),
        percentile70: Type.Number(),
        disagreement: Type.Boolean(),
      }),
      remarks: Type.Array(Type.String()),
      movement: nullable(
        Type.Object({
          members: Type.Integer(),
          changed: Type.Integer(),
          meanChange: nullable(Type.Number()),
          narrowedBy: Type.Number(),
        }),
      ),
    }),
  ),
});

const ReportSchema = Type.Object({
  respondents: Type.Array(Type.Object({ kind: Type.String(), responses: Type.Integer() })),
  responses: Type.Integer(),
  notShown: Type.Integer(),
  questions: Type.Array(
    Type.Object({
      id: Type.String(),
      text: Type.String(),
      answered: Type.Integer(),
      chosen: Type.Array(Type.Object({ option: Type.String(), count: Type.Integer() })),
    }),
  ),
  evidence: Type.Array(
    Type.Object({ title: Type.String(), link: Type.String(), shows: Type.String(), response: Type.Integer() }),
  ),
  statements: Type.Array(StatementRoundsSchema),
  agreedIn: Type.Integer(),
  agreedOut: Type.Integer(),
  leftOpen: Type.Integer(),
  members: Type.Integer(),
});

/** A consultation as everybody who may see it sees it. */
export const ConsultationSchema = Type.Object({
  id: Type.String(),
  title: Type.String(),
  about: Type.String(),
  state: oneOf("draft", "open", "rating", "reported"),
  opens: DaySchema,
  closes: DaySchema,
  questions: Type.Array(QuestionSchema),
  rounds: Type.Integer(),
  roundOpen: Type.Boolean(),
  report: nullable(ReportSchema),
  version: Type.Integer(),
});

/** A response as it was received. */
export const ReceivedResponseSchema = Type.Object({
  number: Type.Integer(),
  respondent: Type.String(),
  name: Type.String(),
  answers: Type.Record(Type.String(), Type.String()),
  evidence: Type.Array(Type.Object({ title: Type.String(), link: Type.String(), shows: Type.String() })),
  mayBePublished: Type.Boolean(),
  hiddenBecause: nullable(Type.String()),
});

/** What the group sees of its statements and ratings. */
export const GroupViewSchema = Type.Object({
  statements: Type.Array(StatementRoundsSchema),
  ratedNow: nullable(Type.Integer()),
});

const CriterionSchema = Type.Object({
  id: text(80),
  title: text(200),
  question: text(1000),
  evidence: Type.Array(text(300), { maxItems: 20 }),
  required: Type.Boolean(),
  measure: text(80),
  statement: nullable(Type.Integer({ minimum: 1 })),
  without: nullable(text(1000)),
});

const kinds = Type.Array(oneOf("special", "pupil-referral-unit", "alternative-provision"), { maxItems: 3 });

/** A framework put before the group. */
export const ProposedFrameworkSchema = Type.Object({
  title: text(200),
  from: DaySchema,
  kinds,
  criteria: Type.Array(CriterionSchema, { maxItems: 60 }),
  consultation: text(80),
});

/** A framework as it was adopted. */
export const FrameworkSchema = Type.Object({
  version: Type.Integer(),
  title: Type.String(),
  from: DaySchema,
  kinds,
  criteria: Type.Array(CriterionSchema),
  consultation: Type.String(),
  adoptedAt: Type.String(),
  adoptedBy: Type.String(),
});

const FindingSchema = Type.Object({
  criterion: text(80),
  outcome: oneOf("met", "not-met"),
  on: DaySchema,
  grounds: text(5000),
});

/** What was found in a school, sent or kept. */
export const FindingsSchema = Type.Object({
  framework: Type.Integer({ minimum: 1 }),
  findings: Type.Array(FindingSchema, { maxItems: 60 }),
});

/** What is kept of a school, with the reasons that follow. */
export const SchoolFindingsSchema = Type.Object({
  urn: Type.String(),
  kind: Type.String(),
  framework: Type.Integer(),
  findings: Type.Array(FindingSchema),
  reasons: Type.Array(Type.Object({ bearing: Type.String(), code: Type.String(), text: Type.String() })),
  version: Type.Integer(),
});
