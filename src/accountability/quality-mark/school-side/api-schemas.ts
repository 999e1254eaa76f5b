import Type, { type Static } from "typebox";
import { SentFileSchema } from "../../../platform/http/index.js";

const orNull = <S extends Type.TSchema>(schema: S) => Type.Union([schema, Type.Null()]);
const text = (maxLength: number) => Type.String({ maxLength });

/** Documents as programs send them. */
export const DocumentsSchema = Type.Array(SentFileSchema, { maxItems: 5, default: [] });

/** A correction as a program drafts it; what its reason has to be shown with is checked by the rules. */
export const DraftSchema = Type.Object({
  pupil: Type.String({ maxLength: 100, description: "The reference in the pupil files; hashed at once, not kept" }),
  reason: text(60),
  action: Type.Enum(["leave-out", "shares"]),
  words: Type.Optional(text(10_000)),
  facts: Type.Record(Type.String({ maxLength: 40 }), text(10_000), { description: "By name, days as 2026-03-27" }),
  shares: Type.Optional(
    Type.Array(Type.Object({ urn: text(20), percent: text(20) }), { maxItems: 10, description: "For action shares" }),
  ),
  documents: Type.Optional(DocumentsSchema),
});

/** What a school says to its case. */
export const AnswerSchema = Type.Object({
  step: Type.Enum(["represent", "finish-answer", "appeal"]),
  words: Type.Optional(text(20_000)),
  ground: Type.Optional(Type.String({ maxLength: 60, description: "Of an appeal, from the dated list of grounds" })),
  documents: Type.Optional(DocumentsSchema),
});

const Figure = Type.Object({
  ...{ valueAdded: Type.Number(), lower: Type.Number(), upper: Type.Number(), predictionError: Type.Number() },
  pupils: Type.Number(),
});

/** What corrections would change; null while it is being computed. */
const Effect = Type.Object({
  computed: Type.Boolean(),
  before: orNull(Figure),
  after: orNull(Figure),
  problems: Type.Array(Type.Object({ code: Type.String(), message: Type.String() })),
});

const Document = Type.Object({
  ...{ id: Type.String(), part: Type.String(), name: Type.String(), type: Type.String(), sha256: Type.String() },
  correction: orNull(Type.String()),
  storedAt: Type.String(),
});

const Correction = Type.Object({
  ...{ id: Type.String(), pupilEnds: Type.String(), reason: Type.String(), action: Type.String() },
  state: Type.Enum(["draft", "raised", "accepted", "refused", "dropped"]),
  number: orNull(Type.Integer()),
  facts: Type.Record(Type.String(), Type.String()),
  effect: orNull(Effect),
  officersWords: orNull(Type.String()),
});

/** What a school has said to its newest case. */
export const SchoolSideSchema = Type.Object({
  ...{ urn: Type.String(), academicYear: Type.String(), version: Type.Integer(), state: Type.String() },
  mayAnswer: Type.Boolean(),
  corrections: Type.Array(Correction),
  documents: Type.Array(Document),
  together: orNull(Effect),
});

export type SchoolSideAnswer = Static<typeof SchoolSideSchema>;

/** A document with its bytes. */
export const DocumentSchema = Type.Object({
  ...{ id: Type.String(), name: Type.String(), type: Type.String(), sha256: Type.String(), base64: Type.String() },
});
