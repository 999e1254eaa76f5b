import Type, { type TSchema } from "typebox";
import { markStates } from "../marks/mark.js";
import { decisions } from "../web-words.js";
import { type CaseCommand, caseStates } from "./case.js";

const oneOf = <T extends string>(values: readonly T[]) => Type.Unsafe<T>({ type: "string", enum: [...values] });
const orNull = <S extends TSchema>(schema: S) => Type.Union([schema, Type.Null()]);
const Day = Type.String({ pattern: "^\\d{4}-\\d{2}-\\d{2}$" });
const Reason = Type.Object({ code: Type.String(), text: Type.String() });
const Doer = Type.Object({ id: Type.String(), name: Type.String() });
const Decision = oneOf(decisions);
const State = oneOf(caseStates);
const Missing = Type.Object({ code: Type.String(), text: Type.String(), since: Day });

/** What a list of cases is narrowed to. */
export const ListQuery = Type.Object({
  cursor: Type.Optional(Type.String({ pattern: "^\\d{6}$" })),
  limit: Type.Integer({ minimum: 1, maximum: 500, default: 100 }),
  region: Type.Optional(Type.String({ pattern: "^E12\\d{6}$" })),
  authority: Type.Optional(Type.String({ pattern: "^\\d{3}$" })),
  state: Type.Optional(State),
  phase: Type.Optional(Type.String({ maxLength: 30 })),
  proposed: Type.Optional(Decision),
  missing: Type.Optional(Type.String({ maxLength: 40 })),
});

/** A case as a line of a list. */
export const CaseLineSchema = Type.Object({
  ...{ urn: Type.String(), academicYear: Type.String(), version: Type.Integer(), name: Type.String() },
  ...{ phase: Type.String(), authorityCode: Type.String(), regionCode: Type.String(), state: State },
  ...{ proposed: Decision, decision: orNull(Decision), missing: Type.Array(Missing) },
  ...{ answerBy: orNull(Day), changedAt: Type.String() },
});

const Measure = Type.Union([
  Type.Object({
    kind: Type.Literal("measured"),
    ...{ valueAdded: Type.Number(), lower: Type.Number(), upper: Type.Number(), predictionError: Type.Number() },
    ...{ pupilEquivalents: Type.Number(), probabilityOtherwise: orNull(Type.Number()) },
  }),
  Type.Object({ kind: Type.Literal("not-measured"), reason: Reason }),
]);

const Evidence = Type.Object({
  ...{ kind: Type.String(), review: Type.Integer(), phase: Type.String() },
  ...{ measure: orNull(Measure), measureRefused: orNull(Type.String()) },
  safeguarding: orNull(Type.Object({ outcome: Type.String(), on: Day, audit: Type.String() })),
  accounts: orNull(Type.Object({ opinion: Type.String(), on: Day, filing: Type.String() })),
  ...{ accountsYearEnd: Day, framework: orNull(Type.String()) },
});

/** A case. */
export const CaseSchema = Type.Object({
  ...{ urn: Type.String(), academicYear: Type.String(), version: Type.Integer(), state: State, evidence: Evidence },
  school: Type.Object({
    ...{ name: Type.String(), phase: Type.String(), kind: Type.String(), authorityCode: Type.String() },
    ...{ regionCode: Type.String(), trustUid: orNull(Type.String()) },
  }),
  proposal: Type.Object({
    ...{ decision: Decision, reasons: Type.Array(Reason), probabilityBelow: orNull(Type.Number()) },
  }),
  ...{ missing: Type.Array(Missing), answerBy: orNull(Day), inputsHash: Type.String(), changedAt: Type.String() },
  representations: Type.Array(Type.Object({ words: Type.String(), by: Doer, on: Day })),
  corrections: Type.Array(
    Type.Object({
      ...{ number: Type.Integer(), reason: Type.String(), words: Type.String(), by: Doer, on: Day },
      outcome: orNull(Type.Object({ accepted: Type.Boolean(), words: Type.String(), by: Doer, on: Day })),
    }),
  ),
  decision: orNull(
    Type.Object({
      ...{ decision: Decision, reasons: Type.Array(Reason), words: orNull(Type.String()), by: Doer, on: Day },
      ...{ secondReading: Type.Array(Type.String()), agreedBy: orNull(Doer), agreedOn: orNull(Day) },
    }),
  ),
  appeal: orNull(
    Type.Object({
      ...{ words: Type.String(), by: Doer, on: Day },
      outcome: orNull(Type.Object({ decision: Decision, words: Type.String(), by: Doer, on: Day })),
    }),
  ),
  mark: orNull(
    Type.Object({
      ...{ state: Type.String(), decision: Decision, reasons: Type.Array(Reason), from: Day, until: orNull(Day) },
      ...{ suspendedOn: orNull(Day), endedOn: orNull(Day), words: orNull(Type.String()) },
    }),
  ),
  publication: orNull(Type.Integer()),
  history: Type.Array(
    Type.Object({ version: Type.Integer(), kind: Type.String(), at: Type.String(), by: Type.String() }),
  ),
});

/** The steps that programs may take; the rest are the program's own, or need what a body can't carry. */
const steps = [
  ...(["send-to-school", "represent", "finish-answer", "settle-correction", "decide", "agree", "send-back"] as const),
  ...(["recall", "appeal", "decide-appeal", "reopen", "restore", "withdraw"] as const),
] satisfies readonly CaseCommand["kind"][];

/** A step to be taken with a case. */
export const StepSchema = Type.Object({
  step: oneOf(steps),
  decision: Type.Optional(Decision),
  words: Type.Optional(Type.String({ maxLength: 5000 })),
  answerBy: Type.Optional(Day),
  number: Type.Optional(Type.Integer({ minimum: 1, maximum: 999 })),
  accepted: Type.Optional(Type.Boolean()),
});

const Mark = {
  ...{
    urn: Type.String(),
    academicYear: Type.String(),
    state: oneOf(markStates),
    decision: Decision,
    publishedOn: Day,
  },
  ...{ awardedOn: orNull(Day), until: orNull(Day), suspendedOn: orNull(Day), endedOn: orNull(Day) },
  ...{ words: orNull(Type.String()), reasons: Type.Array(Reason) },
};

/** A school's mark on a day, in a sentence too, and every mark that was published of it. */
export const MarkSchema = Type.Object({ ...Mark, sentence: Type.String(), all: Type.Array(Type.Object(Mark)) });
