import Type from "typebox";
import { itemKinds, itemStatuses } from "./item.js";
import { arrangements, attendances, disadvantages, sexes } from "./pupil.js";
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
  leftOut: Type.Optional(
    Type.Array(Type.Object({ item: text, why: text }), { description: "Items that are ready and were not used" }),
  ),
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
  mostCycles: Type.Optional(
    Type.Integer({
      minimum: 1,
      description: "Items that were asked in so many cycles before are left out; 4 unless said",
    }),
  ),
  curricula: Type.Optional(
    Type.Array(Type.String({ maxLength: 60 }), {
      maxItems: 20,
      description: "Versions of curricula of which every item must say whether they cover it",
    }),
  ),
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

/** What a school says of a drawn pupil. */
export const PupilFactsSchema = Type.Object({
  sex: Type.Enum([...sexes]),
  disadvantaged: Type.Enum([...disadvantages], { description: "Whether the pupil attracts the pupil premium" }),
  born: Type.String({ maxLength: 7, description: "The month, as 2018-11; empty where it isn't said" }),
  attendance: Type.Enum(Object.keys(attendances), {
    description: "Whether the pupil takes part, or why not: those who left or are unable are not of the population",
  }),
  arrangements: Type.Array(Type.Enum(Object.keys(arrangements)), {
    maxItems: 20,
    description: "Access arrangements, as the pupil has them in lessons",
  }),
});

/** What a school has still to do. */
export const ReminderSchema = Type.Object({ kind: text, text, by: day, late: Type.Boolean() });

/** Which files are wanted. */
export const ExportOrderSchema = Type.Object({
  with: Type.Optional(
    Type.Array(Type.String({ maxLength: 60 }), {
      ...{ maxItems: 20, uniqueItems: true },
      description: "Earlier assessments of the same subject and year, so that the change since them can be told",
    }),
  ),
  curricula: Type.Optional(
    Type.Array(Type.Object({ cycle: whole, version: Type.String({ maxLength: 60 }) }), {
      ...{ maxItems: 20 },
      description: "The version of the curriculum that pupils of a cycle were taught, as the bank of items names it",
    }),
  ),
});

const counts = Type.Record(Type.String(), whole);
const share = nullable(Type.Number({ description: "0 to 1" }));

/** How an assessment goes. */
export const ProgressSchema = Type.Object({
  schools: Type.Object({ reserve: whole, invited: whole, accepted: whole, refused: whole, late: whole }),
  rates: Type.Object({ schoolsBefore: share, schoolsAfter: share, pupils: share }),
  sessions: Type.Object({ "not-started": whole, started: whole, finished: whole }),
  ...{ attendance: counts, arrangements: counts, erasedOnRequest: whole },
  days: Type.Array(Type.Object({ day, schools: whole })),
});

const HistorySchema = Type.Object({
  ...{ study: Type.String({ maxLength: 60 }), cycle: whole },
  decision: Type.String({ minLength: 1, maxLength: 500, description: "What was decided of it, and why" }),
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

/** An item with what sessions and published results say of it. */
export const ItemViewSchema = Type.Object({
  ...ItemSchema.properties,
  uses: Type.Array(Type.Object({ study: text, cycle: whole, booklets: whole, of: whole, pupils: whole }), {
    description: "Booklets that it was in, and pupils who began one: counted from sessions and paper",
  }),
  results: Type.Array(
    Type.Object({
      ...{ assessment: text, publication: whole, cycle: text, pupils: whole },
      drift: nullable(
        Type.Object({
          since: text,
          change: Type.Number({ description: "Of its difficulty beside the other common items, in logits" }),
          error: nullable(Type.Number({ description: "Standard error of the change" })),
          flagged: Type.Boolean(),
          linked: nullable(Type.Boolean({ description: "Whether it was kept as a link between the two cycles" })),
        }),
      ),
    }),
    { description: "By cycle, from the newest publication of each assessment" },
  ),
});

/** The items of a study: exposure and curricula. */
export const StudyItemsSchema = Type.Object({
  items: Type.Array(
    Type.Object({
      ...{ item: text, construct: text, curricula: Type.Record(Type.String(), Type.Boolean()) },
      cycles: Type.Array(text, { description: "Cycles before in which it was answered" }),
      ...{ booklets: nullable(whole), of: nullable(whole) },
    }),
  ),
  coverage: Type.Object({
    versions: Type.Array(Type.Object({ version: text, covers: whole, doesNot: whole, notSaid: whole })),
    favoured: Type.Array(text, { description: "Items that one version covers and another doesn't" }),
    notSaid: Type.Array(Type.Object({ item: text, versions: Type.Array(text) })),
  }),
});

/** A school of a draw's frame. */
export const FrameSchoolSchema = Type.Object({
  ...{ urn: text, size: number, stratum: text, region: nullable(text), freeSchoolMealsPercent: nullable(number) },
});

const DrawRecordSchema = Type.Object({
  ...{ seed: whole, units: whole, size: number },
  method: Type.Enum(["systematic", "pareto", "sequential-poisson"]),
  probabilities: Type.Enum(["size", "equal"]),
  coordination: nullable(Type.Object({ seed: whole, start: number, rotation: number })),
  strata: Type.Array(
    Type.Object({
      ...{ name: text, units: whole, size: number, drawn: whole, certain: whole },
      start: nullable(Type.Number({ description: "Random start of the systematic draw, 0 to 1" })),
      withoutReplacement: whole,
    }),
  ),
});

/** All that a draw can be repeated from. */
export const DrawSchema = Type.Object({
  study: Type.Object({ id: text, phase: Type.Enum([...phases]) }),
  order: SampleOrderSchema,
  record: Type.Object({
    draw: DrawRecordSchema,
    frame: Type.Object({
      ...{ sha256: text, schools: whole, pupils: whole, joined: whole },
      leftOut: Type.Array(Type.Object({ why: text, schools: whole })),
    }),
    ...{ drawnAt: text, drawnBy: text },
  }),
  schools: Type.Array(
    Type.Object({ urn: text, unit: whole, choice: whole, stratum: text, probability: number, size: number }),
  ),
});

/** What drawing anew said. */
export const DrawCheckSchema = Type.Object({
  frame: Type.Boolean({ description: "Whether the frame's fingerprint is that of the record" }),
  same: Type.Boolean({ description: "Whether the same schools, replacements and probabilities come out" }),
  schools: whole,
  differences: Type.Array(text),
});
