import Type from "typebox";
import { itemKinds, itemStatuses } from "./item.js";
import { phases } from "./study.js";

const day = Type.String({ maxLength: 10, examples: ["2027-05-04"] });
const nullable = <T extends Parameters<typeof Type.Union>[0][number]>(schema: T) => Type.Union([schema, Type.Null()]);
const number = Type.Number();
const whole = Type.Integer();
const text = Type.String();

export const StudyDraftSchema = Type.Object({
  ...{
    id: Type.String({ maxLength: 60 }),
    title: Type.String({ maxLength: 200 }),
    subject: Type.String({ maxLength: 60 }),
  },
  ...{ phase: Type.Enum([...phases]), cycle: whole, answerBy: day, opens: day, closes: day, eraseOn: day },
});

export const SampleOrderSchema = Type.Object({
  schools: Type.Integer({ description: "Units: schools, or small schools drawn as one." }),
  pupilsPerSchool: whole,
  tilt: Type.Number({ description: "How much strata with many disadvantaged pupils are raised: 0 is proportional." }),
  method: Type.Enum(["systematic", "coordinated"]),
  rotation: number,
  seed: whole,
});

const BookletsSchema = Type.Object({
  seed: whole,
  blocks: Type.Array(Type.Object({ name: text, items: Type.Array(text), minutes: number })),
  booklets: Type.Array(Type.Array(whole)),
});

export const StudySchema = Type.Object({
  ...{
    id: text,
    title: text,
    subject: text,
    phase: Type.Enum([...phases]),
    cycle: whole,
    answerBy: day,
    opens: day,
    closes: day,
    eraseOn: day,
  },
  ...{
    design: nullable(SampleOrderSchema),
    booklets: nullable(BookletsSchema),
    erasedAt: nullable(text),
    version: whole,
  },
});

export const BookletOrderSchema = Type.Object({
  ...{ blocks: whole, booklets: whole, size: whole, minutes: number, leastOfEach: whole, seed: whole },
});

export const SchoolSchema = Type.Object({
  ...{ urn: text, unit: whole, choice: whole, stratum: text, probability: number, size: number },
  ...{
    state: Type.Enum(["reserve", "invited", "accepted", "refused"]),
    reason: text,
    sessionOn: nullable(text),
    roll: nullable(whole),
    version: whole,
  },
});

/** A school of a sample with its name and region. */
export const SampleSchoolSchema = Type.Object({ ...SchoolSchema.properties, name: text, region: nullable(text) });

export const PupilSchema = Type.Object({
  ...{
    id: text,
    line: nullable(whole),
    code: nullable(text),
    booklet: whole,
    sex: text,
    disadvantaged: text,
    born: nullable(text),
  },
  ...{ arrangements: Type.Array(text), attendance: text, state: text, version: whole },
});

const HistorySchema = Type.Object({
  ...{
    study: Type.String({ maxLength: 60 }),
    cycle: whole,
    exposures: Type.Integer({ minimum: 0 }),
    drift: nullable(number),
  },
  ...{ driftError: nullable(number), decision: Type.String({ maxLength: 500 }) },
});

export const ItemChangeSchema = Type.Object({
  status: Type.Optional(Type.Enum([...itemStatuses])),
  history: Type.Optional(HistorySchema),
});

export const ItemSchema = Type.Object({
  ...{
    id: text,
    subject: text,
    phases: Type.Array(text),
    construct: text,
    stimulus: text,
    stimulusText: text,
    kind: Type.Enum([...itemKinds]),
  },
  prompt: text,
  options: Type.Array(Type.Object({ id: text, text })),
  marks: Type.Array(Type.Object({ answer: text, score: whole })),
  ...{
    maximum: whole,
    seconds: whole,
    curricula: Type.Record(Type.String(), Type.Boolean()),
    status: Type.Enum([...itemStatuses]),
  },
  history: Type.Array(HistorySchema),
  version: whole,
});
