import { type Static, Type } from "typebox";
import { booklets, items } from "./schema-items.js";
import { closed, column, files, names, oneOf, optional, studyDefaults, word } from "./schema-parts.js";
import { persons, responses } from "./schema-persons.js";

const design = Type.Object(
  {
    replicates: optional(
      names("Columns of replicate weights: names, or a pattern with *, in order of number.", ["W_FSTR*"]),
    ),
    zone: optional(
      names(
        "The column with the jackknife zone; several count together where zones are numbered anew in each country.",
        ["JKCZONE", ["IDCNTRY", "JKCZONE"]],
      ),
    ),
    replicate: optional(column("The column with the half of the zone (0 and 1, or 1 and 2).", "JKCREP")),
    stratum: optional(names("The column with the stratum; several count together.", ["stratum"])),
    cluster: optional(
      names("The column with the first-stage unit; left out, `persons.school`; several count together.", ["school"]),
    ),
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
    scale: optional(
      Type.Number({
        description:
          "What the sum of the squares is multiplied by; left out, (R − 1) ÷ R for JK1, 1 for JK2 and JKn, 1 ÷ R for BRR and bootstrap, 1 ÷ (R (1 − fay)²) for Fay.",
        exclusiveMinimum: 0,
        examples: [0.5],
      }),
    ),
    factors: optional(
      Type.Array(Type.Number({ exclusiveMinimum: 0 }), {
        description:
          "What each replicate's square counts beside `scale`, in their order: JKn with given replicates needs them.",
        examples: [[0.5, 0.5, 0.6667]],
      }),
    ),
    sides: optional(
      oneOf(["one", "both"], {
        description:
          "Of JK2 from zones: a replicate a zone, or two with either half left out once and half the square each, as the IEA has had it since 2015.",
        default: "one",
      }),
    ),
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
      column: names("A column of the pupils' files; several make a group of their combinations, as `girl × north`.", [
        "fsm",
        ["sex", "region"],
      ]),
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

const conditioning = Type.Object(
  {
    components: optional(
      oneOf(["when-many", "always", "never"], {
        description:
          "Whether principal components stand in for the columns of `background`: `when-many` where these make more than 20 columns (a level of a category is one, and so is " +
          "what is missing), or more than one for every 20 pupils of a cycle. The groups are conditioned on as they are, whatever is said here.",
        default: studyDefaults.components,
      }),
    ),
    share: optional(
      Type.Number({
        description: "The share of the columns' variance that the components have together.",
        exclusiveMinimum: 0,
        maximum: 1,
        default: studyDefaults.componentShare,
      }),
    ),
  },
  { ...closed, description: "How plausible values are conditioned on much background." },
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
      names(
        "What plausible values are conditioned on beside the groups: names, or patterns with * . Numbers, or categories.",
        [["age", "books", "BG*"]],
      ),
    ),
    conditioning: optional(conditioning),
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
