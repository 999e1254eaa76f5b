import { type Static, Type } from "typebox";
import { closed, column, files, names, oneOf, optional, studyDefaults, word, words, written } from "./schema-parts.js";

const persons = Type.Object(
  {
    files: optional(files),
    person: optional(
      names("The column (or columns together) that tell pupils apart; left out where each row is a pupil.", ["IDSTUD"]),
    ),
    cycle: optional(column("The column with the cycle, where the files hold several.", "year")),
    booklet: optional(column("The column with the booklet that the pupil was given.", "IDBOOK")),
    weight: optional(column("The column with the final sampling weight; left out, every pupil weighs 1.", "TOTWGT")),
    frequency: optional(
      column("The column with how many pupils had these answers, where a row is a pattern of answers.", "Freq"),
    ),
    school: optional(
      column(
        "The column with the school or other sampled unit. Used to check the design and to refuse figures of schools.",
        "IDSCHOOL",
      ),
    ),
    population: optional(
      Type.Number({
        description: "How many pupils the weights should add up to, a cycle. A sum more than 5% away is a problem.",
        exclusiveMinimum: 0,
        examples: [620_000],
      }),
    ),
    missing: optional(
      Type.Array(
        Type.Object(
          {
            columns: names("Columns, or patterns with *.", [["sex", "ASBG*"]]),
            codes: words("Values that are missing ones there, beside those of `missingMarks`.", [[8, 9]]),
          },
          closed,
        ),
        {
          description: "Codes of missing answers that only some columns have, as 9 in the background.",
          examples: [[{ columns: ["ASBG*"], codes: [8, 9] }]],
        },
      ),
    ),
    join: optional(
      Type.Array(
        Type.Object(
          {
            files,
            person: optional(
              names("Its columns with the pupil, in the order of `persons.person`; left out, called the same.", [
                "CNTSTUID",
              ]),
            ),
            cycle: optional(column("Its column with the cycle, where it holds several.", "year")),
            ...written,
          },
          closed,
        ),
        {
          description:
            "Further files with a row a pupil: weights, replicate weights, background. Their columns are named as if they stood in the " +
            "pupils' files; of a column that several files have, the first file's counts.",
          examples: [[{ files: "weights.csv" }]],
        },
      ),
    ),
    ...written,
  },
  { ...closed, description: "The pupils: one row each, with their weights and, usually, their responses." },
);

const responses = Type.Object(
  {
    items: optional(
      names(
        "The columns that hold responses, of the pupils' files or of `responses.files`: names, or patterns with * . Left out: the items of " +
          "the items table, else every column that nothing else names.",
        ["M0*", ["Item1", "Item2"]],
      ),
    ),
    exclude: optional(names("Items to leave out: an item that everybody got right has to be.", [["M031183"]])),
    files: optional(files),
    person: optional(
      names(
        "In files of their own, the column with the pupil, as the pupils' files write it; left out, called the same.",
        ["IDSTUD"],
      ),
    ),
    cycle: optional(column("In files of their own that hold several cycles, the column with the cycle.", "year")),
    item: optional(column("In a long table, the column with the item's name.", "item")),
    score: optional(column("In a long table, the column with the score or answer.", "score")),
    codes: optional(
      Type.Object(
        {
          omitted: optional(words("Codes of a question that was seen and left out.", [[9, 99]])),
          notReached: optional(words("Codes of a question at the end that the pupil didn't come to.", [[6, 96]])),
          notAdministered: optional(words("Codes of a question that wasn't in the pupil's booklet.", [[7, 97]])),
        },
        { ...closed, description: "What values that are no scores stand for." },
      ),
    ),
    omitted: optional(
      oneOf(["wrong", "not-administered"], {
        description: "How a question left out counts.",
        default: studyDefaults.omitted,
      }),
    ),
    notReached: optional(
      oneOf(["wrong", "not-administered"], {
        description: "How a question not reached counts in calibration and scores.",
        default: studyDefaults.notReached,
      }),
    ),
    blank: optional(
      oneOf(["not-administered", "omitted", "by-booklet"], {
        description:
          "What an empty field is. `by-booklet` reads the map of booklets: outside the booklet not administered, at its end not " +
          "reached, elsewhere omitted.",
        default: studyDefaults.blank,
      }),
    ),
    ...written,
  },
  {
    ...closed,
    description:
      "Where the responses stand, and how missing ones are read. With `files` they stand in files of their own: a row a pupil and a column an " +
      "item, or with `item` and `score` a row a response.",
  },
);

const items = Type.Object(
  {
    files,
    item: column("The column with the item's name, as the column of responses is called.", "item"),
    maximum: optional(column("The column with the highest score.", "maxscore")),
    key: optional(column("The column with the right answer, where responses are answers and not scores.", "key")),
    model: optional(
      column(
        "The column with the item's model: 1PL, 2PL, 3PL, PCM, GPCM, or the names of `calibration.model`.",
        "model",
      ),
    ),
    slope: optional(column("The column with a fixed slope; an item without a value is estimated.", "a")),
    difficulty: optional(
      column("The column with a fixed difficulty b: logit = slope × (θ − b). With `steps`, the item's mean.", "b"),
    ),
    steps: optional(names("Columns of fixed step parameters of polytomous items, added to the difficulty.", ["d*"])),
    guessing: optional(
      column(
        "The column with the fixed guessing parameter; slope and difficulty may stand beside it, or are estimated.",
        "c",
      ),
    ),
    construct: optional(column("The column with what the item measures.", "content")),
    stimulus: optional(column("The column with the text or picture that items share.", "unit")),
    curricula: optional(
      names("Columns, one a version of the curriculum, that say whether it covers the item (1, yes, true).", [
        ["cur2014", "cur2028"],
      ]),
    ),
    ...written,
  },
  { ...closed, description: "The items, one row each." },
);

const booklets = Type.Object(
  {
    files,
    item: column("The column with the item, in order of presentation.", "item"),
    booklet: column(
      "The column with the booklet, or with several of them, separated by spaces or semicolons.",
      "booklets",
    ),
    cycle: optional(column("The column with the cycle, where booklets differ from cycle to cycle.", "year")),
    ...written,
  },
  { ...closed, description: "Which item stands in which booklet; the order of rows is the order of presentation." },
);

const design = Type.Object(
  {
    replicates: optional(
      names("Columns of replicate weights: names, or a pattern with *, in order of number.", ["W_FSTR*"]),
    ),
    zone: optional(column("The column with the jackknife zone.", "JKCZONE")),
    replicate: optional(column("The column with the half of the zone (0 and 1, or 1 and 2).", "JKCREP")),
    stratum: optional(column("The column with the stratum.", "stratum")),
    cluster: optional(column("The column with the first-stage unit; left out, `persons.school`.", "school")),
    panel: optional(
      column(
        "The column that names a school alike in every cycle, as a URN: schools in two cycles make a change of less error. Left out, cycles count as " +
          "samples of different schools.",
        "urn",
      ),
    ),
    method: optional(
      oneOf(["JK1", "JK2", "JKn", "BRR", "Fay", "bootstrap"], {
        description: "How the replicates were, or are to be, made.",
        default: "JK2 with zones; JKn with strata; JK1 with schools alone; must be said for `replicates`",
      }),
    ),
    fay: optional(Type.Number({ description: "Fay's factor.", minimum: 0, exclusiveMaximum: 1, examples: [0.5] })),
    scale: optional(Type.Number({ description: "What the sum of squares is multiplied by.", exclusiveMinimum: 0 })),
    samplingVariance: optional(
      oneOf(["average", "first"], {
        description: "Over all plausible values, or of the first alone as the IEA did up to 2011.",
        default: studyDefaults.samplingVariance,
      }),
    ),
  },
  { ...closed, description: "How sampling errors are to be found. Left out: pupils count as a simple random sample." },
);

const group = Type.Union([
  Type.String({ minLength: 1 }),
  Type.Object(
    {
      column: column("A column of the pupils' files.", "fsm"),
      name: optional(Type.String({ description: "What the results call it.", minLength: 1, examples: ["free meals"] })),
      lower: optional(word({ description: "The level a gap is subtracted from…", examples: ["eligible"] })),
      higher: optional(word({ description: "… and the level it begins at.", examples: ["not eligible"] })),
      labels: optional(
        Type.Array(Type.Array(word({ description: "A value and its words." }), { minItems: 2, maxItems: 2 }), {
          description: "Words for values.",
          examples: [[[0, "boys"]]],
        }),
      ),
    },
    closed,
  ),
]);

const dif = Type.Object(
  {
    groups: optional(
      Type.Array(group, {
        description:
          "Whose pupils are compared at the same score: `higher` is the reference and `lower` the focal level; without them the largest level is the " +
          "reference of every other. An empty list asks for none.",
        default: "those of `groups`",
        examples: [["sex"]],
      }),
    ),
    purify: optional(
      Type.Boolean({
        description: "Whether items of class C are left out of the scores by which pupils are matched, as ETS has it.",
        default: studyDefaults.purify,
      }),
    ),
  },
  { ...closed, description: "Differential functioning of items." },
);

const normal = (of: string, mean: number) =>
  Type.Object(
    {
      mean: Type.Number({ description: "Its mean.", examples: [mean] }),
      sd: Type.Number({ description: "Its standard deviation.", exclusiveMinimum: 0, examples: [0.5] }),
    },
    { ...closed, description: `A normal distribution of ${of}.` },
  );

const calibration = Type.Object(
  {
    model: optional(
      oneOf(["rasch", "partial-credit", "two-parameter", "generalised-partial-credit", "three-parameter"], {
        description:
          "The model of items whose row names none. Items of several points take the partial-credit form of it by themselves.",
        default: studyDefaults.model,
      }),
    ),
    groups: optional(
      column("A column whose levels have latent distributions of their own, beside the cycles.", "country"),
    ),
    identify: optional(
      oneOf(["persons", "items"], {
        description: "The first group has mean 0 and standard deviation 1, or the mean difficulty is 0.",
        default: studyDefaults.identify,
      }),
    ),
    nodes: optional(Type.Integer({ description: "Nodes of the quadrature.", minimum: 11, maximum: 501 })),
    priors: optional(
      Type.Object(
        {
          guessing: optional(normal("the logit of guessing", -1.1)),
          slope: optional(normal("the logarithm of slopes", 0)),
        },
        {
          ...closed,
          description:
            "What is thought of parameters beforehand; none where it is left out. Items of three parameters need it for guessing that isn't known, and a " +
            "slope without end is held by it. The numbers stand among the cautions.",
        },
      ),
    ),
    errors: optional(
      oneOf(["observed", "sandwich", "replicates", "none"], {
        description:
          "Standard errors of items: from the observed information; robust to clusters; or by calibrating anew with each replicate weight of the design, " +
          "which takes as many short fits as there are replicates of all cycles.",
        default: "sandwich where schools are named, else observed",
      }),
    ),
    crossCheck: optional(
      oneOf(["none", "conditional"], {
        description:
          "`conditional` calibrates the same responses by conditional maximum likelihood too, which assumes nothing of the pupils' distribution, and tells how far each item's " +
          "difficulty is from it, with Andersen's tests by score, cycle and group. Rasch and partial credit only.",
        default: studyDefaults.crossCheck,
      }),
    ),
  },
  { ...closed, description: "How items are calibrated." },
);

const scale = Type.Object(
  {
    mean: optional(Type.Number({ description: "Mean of the first cycle's pupils.", default: studyDefaults.mean })),
    sd: optional(
      Type.Number({
        description: "Standard deviation of the first cycle's pupils.",
        exclusiveMinimum: 0,
        default: studyDefaults.sd,
      }),
    ),
    slope: optional(
      Type.Number({ description: "In place of these: score = slope × θ + intercept.", exclusiveMinimum: 0 }),
    ),
    intercept: optional(Type.Number({ description: "See `slope`." })),
    decimals: optional(
      Type.Integer({ description: "Decimals of figures in words.", minimum: 0, maximum: 4, default: 1 }),
    ),
  },
  { ...closed, description: "The scale on which results are reported." },
);

/** The study file: validation, type, JSON Schema for editors and the text of `--explain` are all this. */
export const studySchema = Type.Object(
  {
    title: Type.String({ description: "What the study is, in words.", minLength: 1, examples: ["Reading, Year 4"] }),
    subject: optional(Type.String({ description: "The subject.", minLength: 1, examples: ["mathematics"] })),
    population: optional(Type.String({ description: "Who is sampled.", minLength: 1, examples: ["Year 4, England"] })),
    cycle: optional(
      word({ description: "The cycle, where there is one.", default: studyDefaults.cycle, examples: [2027] }),
    ),
    cycles: optional(
      Type.Array(
        Type.Object(
          {
            cycle: word({ description: "What the cycle is called.", examples: [2022] }),
            files: optional(files),
            curriculum: optional(
              column(
                "The column of `items.curricula` with the curriculum that pupils of this cycle were taught.",
                "cur2014",
              ),
            ),
          },
          closed,
        ),
        {
          minItems: 1,
          description:
            "The cycles, oldest first; each with its files of pupils, unless `persons.cycle` tells them apart.",
          examples: [[{ cycle: 2022, files: "pupils-2022.csv" }]],
        },
      ),
    ),
    persons,
    responses: optional(responses),
    items: optional(items),
    booklets: optional(booklets),
    design: optional(design),
    groups: optional(
      Type.Array(group, { default: [], description: "Groups for which results are published.", examples: [["sex"]] }),
    ),
    background: optional(
      names("What plausible values are conditioned on beside the groups. Numbers, or categories.", [["age", "books"]]),
    ),
    dif: optional(dif),
    plausibleValues: optional(
      names("Columns with plausible values that the file already has: nothing is calibrated then.", ["ASMMAT0*"]),
    ),
    calibration: optional(calibration),
    link: optional(
      oneOf(["concurrent", "stocking-lord", "haebara", "robust", "mean-sigma"], {
        description:
          "How cycles come onto one scale: all calibrated at once, or each alone and then transformed. Fixed parameters stand in the items table.",
        default: studyDefaults.link,
      }),
    ),
    draws: optional(
      Type.Object(
        {
          count: optional(
            Type.Integer({
              description: "Plausible values.",
              minimum: 2,
              maximum: 100,
              default: studyDefaults.plausibleValues,
            }),
          ),
          seed: optional(Type.Integer({ description: "Seed of all draws.", minimum: 0, default: studyDefaults.seed })),
        },
        { ...closed, description: "How plausible values are drawn." },
      ),
    ),
    scale: optional(scale),
    standards: optional(
      Type.Array(
        Type.Object({
          name: Type.String({ minLength: 1, description: "The standard.", examples: ["Expected"] }),
          cut: Type.Number({
            description: "The lowest score that reaches it, on the reporting scale.",
            examples: [475],
          }),
        }),
        { default: [], description: "Standards: the proportion of pupils at or above each is published." },
      ),
    ),
    percentiles: optional(
      Type.Array(Type.Number({ exclusiveMinimum: 0, exclusiveMaximum: 1 }), {
        description: "Percentiles to publish, as fractions.",
        default: [...studyDefaults.percentiles],
      }),
    ),
    missingGroup: optional(
      oneOf(["own-level", "leave-out"], {
        description: "A pupil without a value of a group: a level of its own called `unknown`, or in no level.",
        default: "leave-out",
      }),
    ),
  },
  {
    ...closed,
    description: "A study: whose answers, to which questions, drawn and weighted how, reported on what scale.",
  },
);

/** The study file as it was written, checked against {@link studySchema}. */
export type WrittenStudy = Static<typeof studySchema>;

/** The JSON Schema that ships as `schemas/study.schema.json`, for editors. */
export function studyJsonSchema(): string {
  const about = { $schema: "http://json-schema.org/draft-07/schema#", title: "Greenpaper study file" };
  return `${JSON.stringify({ ...about, ...studySchema }, null, 2)}\n`;
}
