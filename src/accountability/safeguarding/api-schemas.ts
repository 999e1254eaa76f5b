import Type from "typebox";

const day = Type.String({ pattern: "^[0-9]{4}-[0-9]{2}-[0-9]{2}$", description: "A day, as 2026-11-26." });
const urn = Type.String({ pattern: "^[0-9]{6}$" });
const orNull = <T extends Parameters<typeof Type.Union>[0][number]>(schema: T) => Type.Union([schema, Type.Null()]);

/** Secure or not secure. */
export const OutcomeSchema = Type.Union([Type.Literal("secure"), Type.Literal("not-secure")]);

/** A school's newest outcome that counts. */
export const SignedOutcomeSchema = Type.Object({ urn, outcome: OutcomeSchema, on: day, audit: Type.String() });

/** What anybody may know of a charter. */
export const CharterSchema = Type.Object({
  charter: Type.String(),
  name: Type.String(),
  status: Type.Union([
    Type.Literal("chartered"),
    Type.Literal("not-yet"),
    Type.Literal("lapsed"),
    Type.Literal("suspended"),
  ]),
  from: day,
  until: day,
});

/** An officer with suspensions and interests, for whoever may change them. */
export const OfficerSchema = Type.Object({
  charter: Type.String(),
  name: Type.String(),
  region: Type.String(),
  from: day,
  until: day,
  suspensions: Type.Array(
    Type.Object({ from: day, to: orNull(day), why: Type.String(), endedBecause: orNull(Type.String()) }),
  ),
  interests: Type.Array(
    Type.Object({
      number: Type.Integer({ description: "Its place in the list, from 1." }),
      kind: Type.String(),
      in: Type.Object({ kind: Type.String(), code: Type.String({ description: "URN, UID or code." }) }),
      from: day,
      to: orNull(day),
      declared: day,
      words: Type.String(),
    }),
  ),
  version: Type.Integer(),
});

const SourceSchema = Type.Object({
  kind: Type.String(),
  citation: Type.Optional(Type.String()),
  why: Type.Optional(Type.String()),
});

/** A version of the audit standard. */
export const StandardSchema = Type.Object({
  version: Type.String(),
  from: day,
  changes: Type.Array(Type.String()),
  sections: Type.Array(
    Type.Object({
      id: Type.String(),
      title: Type.String(),
      requirements: Type.Array(
        Type.Object({
          id: Type.String(),
          text: Type.String(),
          evidence: Type.Array(Type.String()),
          asked: Type.Array(Type.String()),
          request: orNull(Type.String()),
          decisive: Type.Boolean(),
          seriousness: Type.String(),
          appliesTo: Type.String(),
          source: SourceSchema,
        }),
      ),
    }),
  ),
});

/** An audit as a list has it: no word of what was found. */
export const AuditSchema = Type.Object({
  id: Type.String(),
  urn,
  school: Type.String(),
  year: Type.Integer(),
  kind: Type.String(),
  officer: Type.String(),
  standard: orNull(Type.String()),
  state: Type.String(),
  plannedOn: orNull(day),
  signedOn: orNull(day),
  outcome: orNull(OutcomeSchema),
  version: Type.Integer(),
});

const EvidenceSchema = Type.Object(
  { what: Type.String({ minLength: 1, maxLength: 1000 }), seen: day },
  { additionalProperties: false },
);
const judgement = Type.Union([
  Type.Literal("met"),
  Type.Literal("partly-met"),
  Type.Literal("not-met"),
  Type.Literal("not-applicable"),
]);
const words = Type.String({ maxLength: 10_000 });

/** An answer as a device sends it. */
export const SentAnswerSchema = Type.Object({
  judgement,
  note: words,
  evidence: Type.Array(EvidenceSchema, { maxItems: 100 }),
  action: words,
  mended: orNull(day),
  base: Type.Integer({
    minimum: 0,
    maximum: 1_000_000,
    description: "The version of the answer that it changes; 0 where there was none.",
  }),
  client: Type.String({
    pattern: "^[0-9a-f-]{36}$",
    description: "Made by the device: the same again is answered, not saved twice.",
  }),
});

/** An answer as it is kept. */
export const AnswerSchema = Type.Object({
  requirement: Type.String(),
  judgement,
  note: words,
  evidence: Type.Array(EvidenceSchema),
  action: words,
  mended: orNull(day),
  version: Type.Integer(),
});

/** What became of an answer. */
export const ReceiptSchema = Type.Union([
  Type.Object({ kind: Type.Literal("saved"), version: Type.Integer() }),
  Type.Object({ kind: Type.Literal("conflict"), current: AnswerSchema }),
]);

/** A file of evidence, without its bytes. */
export const EvidenceFileSchema = Type.Object({
  id: Type.String(),
  requirement: Type.String(),
  name: Type.String(),
  type: Type.String(),
  size: Type.Integer({ description: "Bytes" }),
  sha256: Type.String(),
  addedAt: Type.String(),
  erasedAt: orNull(Type.String({ description: "When its bytes were erased, some time after the signature" })),
});

/** An audit with its answers, as far as the caller may read them, and its actions. */
export const AuditViewSchema = Type.Object({
  audit: AuditSchema,
  reasons: Type.Array(Type.Object({ code: Type.String(), requirement: orNull(Type.String()), text: Type.String() })),
  answers: Type.Array(AnswerSchema),
  actions: Type.Array(
    Type.Object({
      requirement: Type.String(),
      text: Type.String(),
      seriousness: Type.String(),
      due: day,
      state: Type.String(),
    }),
  ),
  files: Type.Array(EvidenceFileSchema),
});

/** A plan and what it comes to. */
export const PlanSchema = Type.Object({
  id: Type.Integer(),
  region: Type.String(),
  year: Type.Integer(),
  madeAt: Type.String(),
  adoptedAt: orNull(Type.String()),
  figures: Type.Object({
    schools: Type.Integer(),
    officers: Type.Integer(),
    days: Type.Number(),
    cost: Type.Number(),
    bound: Type.Number({ description: "No assignment within these loads and bars costs less." }),
    gap: Type.Number({ description: "How far above the bound the plan may be, as a share of it." }),
    kilometres: Type.Number(),
    greedyCost: Type.Number(),
    greedyLeft: Type.Integer(),
    changed: Type.Integer(),
  }),
});

/** One visit of a plan. */
export const VisitSchema = Type.Object({
  urn,
  school: Type.String(),
  officer: Type.String(),
  officerName: Type.String(),
  plannedOn: day,
  days: Type.Number(),
  pairedWith: orNull(urn),
  kilometres: Type.Number(),
  changed: Type.Boolean(),
});

/** An escalation; what was seen is for the region's duty officers. */
export const EscalationSchema = Type.Object({
  id: Type.String(),
  urn,
  raisedAt: Type.String(),
  dueAt: Type.String(),
  acknowledgedAt: orNull(Type.String()),
  closedAt: orNull(Type.String()),
  words: Type.String(),
});
