import {
  type Alternative,
  type Comparison,
  type Decision,
  type DecisionCounts,
  type PublishedMeasure,
  type PublishedReview,
  type ReviewReader,
  type SchoolLine,
  type SchoolPage,
  type ShownDecision,
  shownDecisions,
} from "../src/accountability/quality-mark/index.js";
import type { ReviewReportInput } from "../src/accountability/quality-mark/report-input.js";
import type { Diagnostics, ExplanationStep, ModelRecord } from "../src/accountability/value-added/index.js";
import { type Random, seededRandom } from "../src/kernel/index.js";

/** A made-up review in memory for tests of pages: the awkward cases are in it on purpose. */
export interface SampleReview {
  readonly reader: ReviewReader;
  readonly review: PublishedReview;
  readonly schools: readonly SampleSchool[];
}

/** A school as the rule decided it: nobody has been heard. */
export type SampleSchool = SchoolPage & { readonly decision: Decision };

/** Schools with a property that a page must cope with. */
export const awkward = {
  /** A name that would break a page that forgot to escape it. */
  markup: { urn: "900001", name: `St <b>Bold</b> & "Quote" O'Brien's Primary School` },
  /** A name with no place to break, as long as names get. */
  long: {
    urn: "900002",
    name: "The Most Reverend Archibald Featherstonehaugh-Cholmondeley Memorial Church of Somewhere Voluntary Controlled Junior School",
  },
  /** A special school: awaiting the framework, without a measure. */
  special: { urn: "900003", name: "Larkrise Special School" },
  /** Too few pupils. */
  tiny: { urn: "900004", name: "Isle of Nowhere Primary School" },
  /** Measured, but its audit and accounts have not come. */
  waiting: { urn: "900005", name: "Fernhill School" },
  /** Clearly below the line, with qualified accounts. */
  refused: { urn: "900006", name: "Dovecote Academy" },
} as const;

const regions = [
  { code: "E91", name: "North Vale", authorities: ["Ashdale", "Brindle and the Moors"] },
  {
    code: "E92",
    name: "Yewshire and the Long Estuary of the Merrow",
    authorities: ["Cullerton", "Dunmere", "Eastwick"],
  },
  { code: "E93", name: "South Vale", authorities: ["Fallowfield"] },
];

const line = -2;
const deviation = 9;

const normal = (x: number) => Math.exp((-x * x) / 2) / Math.sqrt(2 * Math.PI);

function sampleModel(phase: string, pupils: number, schools: number): ModelRecord {
  return {
    formula: "points ~ prior + I(prior^2) + fsm6 + sex + mean_prior + (1 | school) + (1 | school:year)",
    n: pupils,
    p: 6,
    q: schools * 4,
    method: "REML",
    criterion: 254_084.187018,
    logLikelihood: -127_042.093509,
    fixedEffects: [
      { name: "(Intercept)", estimate: 46.81234, standardError: 0.2123 },
      { name: "prior", estimate: 7.01234, standardError: 0.0312 },
      { name: "I(prior^2)", estimate: 0.4321, standardError: 0.0151 },
      { name: "fsm6: yes", estimate: -3.219, standardError: 0.0734 },
      { name: "sex: girl", estimate: 1.7781, standardError: 0.061 },
      { name: "mean of prior", estimate: 0.91, standardError: 0.44 },
    ],
    varianceComponents: [
      { group: "school", term: "(Intercept)", variance: 7.1234, standardError: 0.71 },
      { group: "school:year", term: "(Intercept)", variance: 0, standardError: null },
      { group: "residual", term: "", variance: 74.2, standardError: 0.31 },
    ],
    levels: [
      { group: "school", term: "(Intercept)", count: schools },
      { group: "school:year", term: "(Intercept)", count: schools * 3 },
    ],
    evaluations: 11,
    gradient: 3.2e-7,
    converged: true,
    convergence: { reason: "the criterion can't be expected to fall further", iterations: 9, singular: false },
    warnings:
      phase === "primary"
        ? ["The variance between a school's years is zero: no sign that years of a school differ beyond chance."]
        : [],
  };
}

function sampleDiagnostics(random: Random, pupils: number): Diagnostics {
  const tenths = Array.from({ length: 10 }, (_, k) => k + 1);
  return {
    calibration: tenths.map((tenth) => {
      const predicted = 30 + 3.4 * tenth;
      const observed = predicted + 0.12 * random.normal();
      return { tenth, predicted, observed, standardError: 0.11, pupils: Math.round(pupils / 10) };
    }),
    residualsByPrior: tenths.map((tenth) => ({
      tenth,
      prior: (tenth - 5.5) / 3,
      residual: 0.07 * random.normal(),
      standardError: 0.06,
      pupils: Math.round(pupils / 10),
    })),
    residualQuantiles: Array.from({ length: 99 }, (_, k) => {
      const theoretical = (k - 49) / 21;
      return { theoretical, observed: theoretical + 0.012 * theoretical ** 3 };
    }),
    residualsByGroup: [
      ["fsm6", "no", 0.011],
      ["fsm6", "yes", -0.034],
      ["sex", "boy", 0.004],
      ["sex", "girl", -0.004],
      ["first language", "other than English, or believed to be other than English", 0.121],
    ].map(([column, level, residual]) => ({
      column: String(column),
      level: String(level),
      residual: Number(residual),
      standardError: 0.05,
      pupils: 1200,
    })),
    residualHistogram: Array.from({ length: 32 }, (_, k) => {
      const from = -4 + k / 4;
      return { from, to: from + 0.25, pupils: Math.round(pupils * 0.25 * normal(from + 0.125)) };
    }),
    residualSpread: {
      tenths: tenths.map((tenth) => ({
        tenth,
        prior: (tenth - 5.5) / 3,
        ratio: 1.18 - 0.033 * tenth,
        standardError: 0.03,
        pupils: Math.round(pupils / 10),
      })),
      largestToSmallest: 1.35,
      errorRatio: { low: 0.968, middle: 1.001, high: 1.031 },
    },
    influence: tenths.slice(0, 5).map((k) => ({
      schools: 24,
      fromEquivalents: 30 * k - 18.5,
      toEquivalents: 30 * k + 11.5,
      change: { middle: 0.9 / k, ninth: 1.2 / k, largest: 1.6 / k },
      inErrors: { middle: 0.42 / Math.sqrt(k), ninth: 0.6 / Math.sqrt(k), largest: 0.8 / Math.sqrt(k) },
    })),
  };
}

const alternatives: readonly Alternative[] = [
  { label: "The line a tenth of a standard deviation lower", awarded: 105, refused: 3, changed: 4 },
  { label: "Refusal from a probability of 90%", awarded: 98, refused: 10, changed: 3 },
  { label: "The figure alone decides, without its interval", awarded: 79, refused: 29, changed: 22 },
];

const comparison: Comparison = {
  models: [
    {
      code: "progress-8",
      label: "Progress 8's method",
      how: "Each result less the mean of all pupils of the same year with like prior attainment: 34 groups.",
      notComputed: null,
      ...{ pupils: 17_920, awarded: 90, refused: 18, other: 6, changed: 14, newlyRefused: 12, noLongerRefused: 2 },
      ...{ compared: 109, correlation: 0.881, rankCorrelation: 0.872 },
      largestMove: { school: awkward.markup.urn, inForce: -0.4, alternative: -3.1 },
      points: Array.from({ length: 60 }, (_, k) => ({ inForce: k / 10 - 3, alternative: k / 9 - 3.4 + (k % 7) / 5 })),
    },
    {
      code: "one-year",
      label: "One year instead of several",
      how: "The same model on the pupils of 2025/26 alone, fitted anew.",
      notComputed: null,
      ...{ pupils: 6011, awarded: 99, refused: 4, other: 11, changed: 9, newlyRefused: 1, noLongerRefused: 3 },
      ...{ compared: 101, correlation: 0.93, rankCorrelation: 0.92 },
      largestMove: { school: awkward.refused.urn, inForce: -5.2, alternative: -3.3 },
      points: [],
    },
    {
      code: "no-context",
      label: "No context: prior attainment only",
      how: "",
      notComputed: "The measure in force takes no context into account.",
      ...{ pupils: 0, awarded: 0, refused: 0, other: 0, changed: 0, newlyRefused: 0, noLongerRefused: 0, compared: 0 },
      ...{ correlation: null, rankCorrelation: null, largestMove: null, points: [] },
    },
  ],
  chance: { schools: 110, expected: 4.2, refused: 7, refusedAgain: 5.1 },
  stability: {
    lasting: 7.1,
    yearly: 2.2,
    modelled: 0.763,
    pairs: [
      { from: "2023/24", to: "2024/25", schools: 108, shown: 0.91, plain: 0.55, corrected: 0.74 },
      { from: "2024/25", to: "2025/26", schools: 109, shown: 0.9, plain: 0.51, corrected: null },
    ],
  },
};

function sampleMeasure(phase: string, random: Random, schools: number): PublishedMeasure {
  const pupils = schools * 160;
  return {
    phase,
    title: phase === "primary" ? "Key Stage 2 scaled score" : "Attainment 8 points",
    outcomeDeviation: deviation,
    line,
    refusalProbability: 0.95,
    fewestPupilEquivalents: 20,
    confidence: 0.95,
    model: sampleModel(phase, pupils, schools),
    diagnostics: sampleDiagnostics(random, pupils),
    alternatives,
    comparison,
    notes: ["1,204 pupils without a baseline were kept at the mean, with an indicator of their own."],
  };
}

function explanationOf(valueAdded: number): readonly ExplanationStep[] {
  const steps: [ExplanationStep["code"], string, number][] = [
    ["outcome", "Average outcome, against the average of all pupils", -4.21],
    ["prior", "Given where the pupils started", -1.02],
    ["context", "Given the pupils' and the school's context", valueAdded * 1.3 - 0.1],
    ["elsewhere", "Given what other schools of pupils who moved added", valueAdded * 1.25],
    ["shrinkage", "Drawn towards the average as far as chance may explain it", valueAdded],
  ];
  return steps.map(([code, label, total], k) => ({
    code,
    label,
    total,
    change: total - (k === 0 ? 0 : steps[k - 1]![2]),
  }));
}

/** A school with all figures, in the way the store gives it. */
function sampleSchool(random: Random, k: number, place: { region: number; authority: number }): SampleSchool {
  const region = regions[place.region]!;
  const phase = k % 3 === 0 ? "secondary" : "primary";
  const pupils = phase === "secondary" ? 360 + random.below(500) : 30 + random.below(150);
  const standardError = Math.sqrt(1 / (1 / 7 + (pupils * 0.95) / 74));
  const valueAdded = 2.2 * random.normal();
  const half = 1.96 * standardError;
  const isRefused = valueAdded + 1.645 * standardError < line;
  return {
    urn: String(800_001 + k),
    name: `${["Ash", "Birch", "Cedar", "Dell", "Elm", "Fern", "Gorse", "Hazel"][k % 8]}${["wood", "ton", "field", "bridge", "mere"][k % 5]} ${phase === "primary" ? "Primary School" : "School"}`,
    phase,
    authority: region.authorities[place.authority]!,
    region: region.name,
    regionCode: region.code,
    kind: "mainstream",
    trust: k % 2 === 0 ? "Merrow Partnership Trust" : null,
    town: `${region.authorities[place.authority]!} Town`,
    decision: isRefused ? "refused" : "awarded",
    valueAdded,
    lower: valueAdded - half,
    upper: valueAdded + half,
    pupils,
    pupilEquivalents: pupils * 0.952,
    standardError,
    predictionError: standardError * 1.01,
    reliability: 1 - standardError ** 2 / 7.1234,
    probabilityOtherwise: isRefused ? 0.21 : 0.013,
    probabilityBelow: isRefused ? 0.991 : valueAdded < line ? 0.7 : 0.002,
    reasons: isRefused
      ? [
          {
            code: "value-added-below",
            text: "Value added is below the agreed line with a probability of at least 95%.",
          },
        ]
      : [],
    mark: null,
    explanation: explanationOf(valueAdded),
    years: ["2023/24", "2024/25", "2025/26"].map((year) => {
      const ofYear = valueAdded + random.normal();
      const error = standardError * 1.4;
      return {
        year,
        valueAdded: ofYear,
        standardError: error,
        lower: ofYear - 1.96 * error,
        upper: ofYear + 1.96 * error,
        pupilEquivalents: (pupils * 0.952) / 3,
        lessAverage:
          year === "2025/26"
            ? {
                estimate: ofYear - valueAdded,
                predictionError: standardError,
                lower: ofYear - valueAdded - 1.96 * standardError,
                upper: ofYear - valueAdded + 1.96 * standardError,
              }
            : null,
      };
    }),
    subgroups: [
      {
        name: "disadvantaged",
        pupils: Math.floor(pupils / 4),
        figure: { estimate: valueAdded - 0.3, predictionError: 1, lower: valueAdded - 2.3, upper: valueAdded + 1.7 },
        difference: { estimate: -0.4, predictionError: 0.5, lower: -1.4, upper: 0.6 },
      },
      { name: "low attainers", pupils: null, figure: null, difference: null },
    ],
    outcomes: ["english", "maths"].map((outcome, k) => ({
      outcome,
      figure: { estimate: k / 10, predictionError: 0.1, lower: k / 10 - 0.2, upper: k / 10 + 0.2 },
    })),
    safeguarding: { outcome: "secure", on: "2026-03-14" },
    accounts: { opinion: "unqualified", on: "2026-01-31" },
  };
}

const withoutMeasure = {
  valueAdded: null,
  lower: null,
  upper: null,
  pupilEquivalents: null,
  standardError: null,
  predictionError: null,
  reliability: null,
  pupils: null,
  probabilityBelow: null,
  probabilityOtherwise: null,
  explanation: [],
  years: [],
  subgroups: [],
  outcomes: [],
};

/** Ordinary schools with names that are not. */
function awkwardNames(base: readonly SampleSchool[]): readonly SampleSchool[] {
  const primary = base.find((s) => s.phase === "primary")!;
  return [
    { ...primary, ...awkward.markup },
    { ...primary, ...awkward.long, town: "Featherstonehaugh-juxta-Cholmondeley" },
  ];
}

function awkwardSchools(base: readonly SampleSchool[]): readonly SampleSchool[] {
  const primary = base.find((s) => s.phase === "primary")!;
  const secondary = base.find((s) => s.phase === "secondary")!;
  return [
    {
      ...primary,
      ...awkward.special,
      ...withoutMeasure,
      kind: "special",
      decision: "awaiting-framework",
      safeguarding: null,
      reasons: [
        { code: "framework-not-adopted", text: "Special schools wait for the framework of the Expert Working Group." },
      ],
    },
    {
      ...primary,
      ...awkward.tiny,
      ...withoutMeasure,
      town: null,
      pupils: 9,
      pupilEquivalents: 7.5,
      decision: "not-enough-evidence",
      reasons: [
        { code: "too-few-pupils", text: "7.5 pupil-equivalents are fewer than the 20 that the rule asks for." },
      ],
    },
    {
      ...secondary,
      ...awkward.waiting,
      decision: "awaiting-evidence",
      years: [],
      safeguarding: null,
      accounts: null,
      reasons: [
        { code: "safeguarding-missing", text: "The safeguarding audit has not come." },
        { code: "accounts-missing", text: "The auditor's opinion on the accounts has not come." },
      ],
    },
    {
      ...secondary,
      ...awkward.refused,
      valueAdded: -5.2,
      lower: -6.6,
      upper: -3.8,
      probabilityBelow: 0.99999,
      explanation: explanationOf(-5.2),
      decision: "refused",
      accounts: { opinion: "qualified", on: "2026-02-01" },
      reasons: [
        {
          code: "value-added-below",
          text: "Value added is below the agreed line of −2.0 with a probability of more than 99%.",
        },
        { code: "accounts-qualified", text: "The auditor qualified the accounts." },
      ],
    },
  ];
}

function countsOf(code: string, name: string, schools: readonly SchoolPage[]): DecisionCounts {
  const count = (decision: ShownDecision) => schools.filter((s) => s.decision === decision).length;
  return {
    code,
    name,
    schools: schools.length,
    decisions: Object.fromEntries(shownDecisions.map((shown) => [shown, count(shown)])) as DecisionCounts["decisions"],
  };
}

/** A seeded review of so many schools and the awkward ones. */
export function sampleReview(size = 120, seed = 1): SampleReview {
  const random = seededRandom(seed);
  const ordinary = Array.from({ length: size }, (_, k) => {
    const region = k % regions.length;
    return sampleSchool(random, k, { region, authority: random.below(regions[region]!.authorities.length) });
  });
  const schools = [...ordinary, ...awkwardNames(ordinary), ...awkwardSchools(ordinary)].toSorted((a, b) =>
    a.name.localeCompare(b.name, "en"),
  );
  const review: PublishedReview = {
    id: 1,
    title: "The Quality Mark in England",
    academicYear: "2025/26",
    synthetic: true,
    standing: "nobody-heard",
    measures: ["primary", "secondary"].map((phase) =>
      sampleMeasure(phase, random, schools.filter((s) => s.phase === phase).length),
    ),
  };
  return { review, schools, reader: readerOf(review, schools) };
}

function readerOf(review: PublishedReview, schools: readonly SchoolPage[]): ReviewReader {
  return {
    review: async () => review,
    country: async () => countsOf("E92000001", "England", schools),
    regions: async () =>
      regions.map((r) =>
        countsOf(
          r.code,
          r.name,
          schools.filter((s) => s.regionCode === r.code),
        ),
      ),
    async region(code) {
      const region = regions.find((r) => r.code === code);
      if (!region) return null;
      const own = schools.filter((s) => s.regionCode === code);
      return {
        region: countsOf(code, region.name, own),
        authorities: region.authorities.map((name, k) =>
          countsOf(
            String(800 + k),
            name,
            own.filter((s) => s.authority === name),
          ),
        ),
      };
    },
    async schools({ text, region, phase, decision, offset, limit }) {
      const wanted = text?.toLowerCase();
      const found: readonly SchoolLine[] = schools.filter(
        (s) =>
          (wanted === undefined || `${s.name}|${s.town}|${s.urn}`.toLowerCase().includes(wanted)) &&
          (region === undefined || s.regionCode === region) &&
          (phase === undefined || s.phase === phase) &&
          (decision === undefined || s.decision === decision),
      );
      return { total: found.length, lines: found.slice(offset, offset + limit) };
    },
    async measured(phase, regionCode) {
      return schools
        .filter(
          (s) => s.phase === phase && s.valueAdded !== null && (regionCode === null || s.regionCode === regionCode),
        )
        .toSorted((a, b) => a.valueAdded! - b.valueAdded!);
    },
    school: async (urn) => schools.find((s) => s.urn === urn) ?? null,
    lines: async () => new Map(schools.map((s) => [s.urn, s])),
  };
}

/** The same made-up schools as the command line's report gets them: many schools and one measure. */
export function sampleReportInput(size: number, seed = 1): ReviewReportInput {
  const { review, schools } = sampleReview(size, seed);
  const measured = schools.filter((s) => s.valueAdded !== null);
  const published = review.measures[0]!;
  return {
    title: "Chemistry <1997> & a made-up review",
    made: "23 November 2026",
    measure: {
      title: published.title,
      model: published.model,
      diagnostics: published.diagnostics,
      outcomeDeviation: deviation,
      outcomeMean: 46.8,
      notes: published.notes,
      pupils: { read: 31_022, used: 31_000, leftOut: [{ reason: "no prior attainment", count: 22 }] },
      schools: measured.map((s) => ({
        school: s.urn,
        valueAdded: s.valueAdded!,
        standardError: s.standardError!,
        predictionError: s.predictionError!,
        lower: s.lower!,
        upper: s.upper!,
        pupils: s.pupils!,
        pupilEquivalents: s.pupilEquivalents!,
        reliability: s.reliability!,
        years: s.years,
        subgroups: s.subgroups,
        outcomes: s.outcomes,
        explanation: s.explanation,
      })),
    },
    decisions: schools.map((s) => ({
      school: s.urn,
      decision: s.decision,
      reasons: s.reasons,
      probabilityBelow: s.probabilityBelow,
    })),
    alternatives: published.alternatives,
    comparison,
    parameters: { line, refusalProbability: 0.95, fewestPupilEquivalents: 20 },
    notes: ["2 schools of the evidence file are not in the pupils' file."],
    confidence: 0.95,
  };
}

/** Two facts of a calibration report: a distribution and a single figure. */
export const sampleCalibration = [
  {
    phase: "secondary",
    target: "pupils in a school",
    unit: "pupils",
    use: "given",
    labels: ["5%", "50%", "95%"],
    real: [402, 1012, 1699],
    synthetic: [398, 1004, 1712.4],
    distance: 0.0213,
    measure: "largest difference of the distribution functions",
    source: "A made-up publication, table 3",
  },
  {
    phase: "all",
    target: "pupils who change school",
    unit: "share of the pupils",
    use: "checked",
    labels: [""],
    real: [0.071],
    synthetic: [0.0695],
    distance: 0.0015,
    measure: "difference",
    source: "Another made-up publication",
  },
] as const;

/** A proposal in each state. */
export const sampleProposals = [
  ["A2", "Quality Mark", "partly", "the annual review runs; the appeal doesn't exist"],
  ["A5", "Safeguarding audit", "not yet", ""],
  ["A7", "National Baccalaureate", "working", ""],
].map(([id, title, state, stateNote]) => ({
  id: id!,
  title: title!,
  state: state!,
  stateNote: stateNote!,
  sentence: "What the paper asks, in one sentence.",
  who: "head",
  folder: "src/accountability/quality-mark",
}));
