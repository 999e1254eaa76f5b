import type { FigureRow, StudyResults, TrendRow } from "./results.js";

/** A value of a table that is written as CSV; null is an empty field. */
export type TableValue = string | number | null;

/** A table to be written. */
export interface ResultTable {
  readonly header: readonly string[];
  readonly rows: readonly (readonly TableValue[])[];
}

/** Figures are written with nine significant digits: more than any has, and the same on every machine. */
const figure = (value: number | null) => (value === null ? null : Number(value.toPrecision(9)));

/** Log-likelihoods are compared by their differences, so they keep more digits. */
const exact = (value: number) => Number(value.toFixed(6));

const uncertain = ({
  value,
  standardError,
  low,
  high,
  parts,
  degreesOfFreedom,
  n,
  weighted,
}: Omit<FigureRow, "cycle">) =>
  [
    value,
    standardError,
    low,
    high,
    parts.sampling,
    parts.measurement,
    parts.linking,
    parts.items,
    degreesOfFreedom,
    n,
    weighted,
  ].map(figure);

const uncertainHeader = [
  "value",
  "standard_error",
  "low",
  "high",
  "variance_sampling",
  "variance_measurement",
  "variance_linking",
  "variance_items",
  "degrees_of_freedom",
  "pupils",
  "weighted",
];

/** Every published figure. */
export function figuresTable(figures: readonly FigureRow[]): ResultTable {
  return {
    header: ["cycle", "statistic", "of", "group", "level", ...uncertainHeader],
    rows: figures.map((row) => [row.cycle, row.statistic, row.of, row.group, row.level, ...uncertain(row)]),
  };
}

/** Every published change. */
export function trendsTable(trends: readonly TrendRow[]): ResultTable {
  return {
    header: [
      "from",
      "to",
      "statistic",
      "of",
      "group",
      "level",
      ...uncertainHeader,
      "covariance",
      "p",
      "adjusted_p",
      "distinguishable",
    ],
    rows: trends.map((row) => [
      ...[row.from, row.to, row.statistic, row.of, row.group, row.level],
      ...uncertain(row),
      ...[figure(row.covariance ?? null), figure(row.p), figure(row.adjustedP), row.distinguishable ? "yes" : "no"],
    ]),
  };
}

/** Item parameters; as many columns of intercepts as the item of most points has. */
export function itemsTable({ items }: Pick<StudyResults, "items">): ResultTable {
  const most = Math.max(1, ...items.map(({ maximum }) => maximum));
  const steps = Array.from({ length: most }, (_, k) => k + 1);
  return {
    header: [
      ...["item", "model", "maximum", "construct", "curricula", "fixed", "pupils", "facility", "slope", "slope_error"],
      ...["difficulty", "intercept_error", "guessing", "infit", "outfit", ...steps.map((k) => `intercept_${k}`)],
      ...steps.map((k) => `intercept_${k}_error`),
      ...["difficulty_error", "guessing_error"],
      ...steps.map((k) => `threshold_${k}`),
      ...steps.map((k) => `threshold_${k}_error`),
    ],
    rows: items.map((item) => [
      ...[
        item.item,
        item.model,
        item.maximum,
        item.construct,
        item.curricula.join(" "),
        item.fixed ? "yes" : "no",
        item.n,
      ],
      ...[item.facility, item.slope, item.slopeError, item.difficulty, item.interceptError].map(figure),
      ...[item.guessing, item.infit, item.outfit].map(figure),
      ...steps.map((k) => figure(item.intercepts[k] ?? null)),
      ...steps.map((k) => figure(item.interceptErrors[k] ?? null)),
      ...[item.difficultyError ?? null, item.guessingError ?? null].map(figure),
      ...steps.map((k) => figure(item.thresholds?.[k - 1] ?? null)),
      ...steps.map((k) => figure(item.thresholdErrors?.[k - 1] ?? null)),
    ]),
  };
}

/** How items function for groups of pupils. */
export function difTable({ dif }: Pick<StudyResults, "dif">): ResultTable {
  return {
    header: [
      ...["item", "group", "reference", "focal", "pupils_reference", "pupils_focal", "method", "delta", "delta_error"],
      ...["effect", "chi_square", "p", "class", "logistic_difference", "logistic_p_uniform", "logistic_p_nonuniform"],
      ...["logistic_added_r2", "logistic_class", "rmsd_focal", "rmsd_reference", "bias_focal"],
    ],
    rows: dif.map((row) => [
      ...[row.item, row.group, row.reference, row.focal, row.referencePupils, row.focalPupils, row.method],
      ...[row.delta, row.deltaError, row.effect, row.chiSquare, row.p].map(figure),
      row.class,
      ...[row.logistic?.difference, row.logistic?.uniformP, row.logistic?.nonUniformP, row.logistic?.addedR2].map(
        (value) => figure(value ?? null),
      ),
      row.logistic?.class ?? null,
      ...[row.rmsd, row.referenceRmsd, row.bias].map(figure),
    ]),
  };
}

/** Items by conditional likelihood, beside the marginal difficulties; as many columns of thresholds as the item of most points has. */
export function conditionalTable({ conditional }: Pick<StudyResults, "conditional">): ResultTable {
  const most = Math.max(1, ...conditional.flatMap(({ items }) => items.map(({ maximum }) => maximum)));
  const steps = Array.from({ length: most }, (_, k) => k + 1);
  return {
    header: [
      ...["cycle", "item", "model", "maximum", "difficulty", "difficulty_error", "marginal_difficulty", "difference"],
      ...["difference_error", "z", "adjusted_p"],
      ...steps.flatMap((k) => [`threshold_${k}`, `threshold_${k}_error`, `intercept_${k}`, `intercept_${k}_error`]),
    ],
    rows: conditional.flatMap(({ cycle, items }) =>
      items.map((row) => [
        ...[cycle, row.item, row.model, row.maximum],
        ...[row.difficulty, row.difficultyError, row.marginal, row.difference, row.differenceError].map(figure),
        ...[row.z, row.adjustedP].map(figure),
        ...steps.flatMap((k) =>
          [row.thresholds[k - 1], row.thresholdErrors[k - 1], row.intercepts[k], row.interceptErrors[k]].map((value) =>
            figure(value ?? null),
          ),
        ),
      ]),
    ),
  };
}

/** The conditional fits themselves and Andersen's tests, a row each. */
export function conditionalTestsTable({ conditional }: Pick<StudyResults, "conditional">): ResultTable {
  return {
    header: ["cycle", "test", "log_likelihood", "pupils", "items", "statistic", "degrees_of_freedom", "p", "left_out"],
    rows: conditional.flatMap(({ cycle, logLikelihood, informative, items, joint, tests }) => [
      [cycle, "all items", figure(logLikelihood), informative, items.length, null, null, null, null],
      ...(joint
        ? [
            [
              ...[cycle, "marginal beside conditional (F)", null, informative, items.length, figure(joint.f)],
              ...[`${joint.directions.toFixed(2)}; ${joint.freedom}`, figure(joint.p), null],
            ],
          ]
        : []),
      ...tests.map((test) => [
        ...[cycle, `Andersen by ${test.by}: ${test.levels.map(({ level }) => level).join(", ")}`],
        ...[figure(test.logLikelihood), test.levels.reduce((sum, { pupils }) => sum + pupils, 0), test.items],
        ...[figure(test.chiSquare), test.degreesOfFreedom, figure(test.p), test.leftOut.join(" ")],
      ]),
    ]),
  };
}

/** How well the model fits, and how the search ended. */
export function calibrationTable({
  calibration: record,
  items,
}: Pick<StudyResults, "calibration" | "items">): ResultTable {
  const header = [
    ...["model", "pupils", "items", "parameters", "log_likelihood", "deviance", "aic", "bic"],
    ...["converged", "gradient", "evaluations", "nodes", "errors"],
  ];
  if (!record) return { header, rows: [] };
  const { model, persons, parameters, logLikelihood, converged, gradient, iterations, nodes, errors } = record;
  const deviance = -2 * logLikelihood;
  return {
    header,
    rows: [
      [
        ...[model, persons, items.length, parameters],
        ...[logLikelihood, deviance, deviance + 2 * parameters, deviance + parameters * Math.log(persons)].map(exact),
        ...[converged ? "yes" : "no", figure(gradient), iterations, nodes, errors],
      ],
    ],
  };
}

/** The groups' ability distributions on the calibration's scale. */
export function groupsTable({ calibration }: Pick<StudyResults, "calibration">): ResultTable {
  return {
    header: ["group", "pupils", "weighted", "mean", "mean_error", "sd", "sd_error"],
    rows: (calibration?.groups ?? []).map((row) => [
      row.group,
      ...[row.n, row.weighted, row.mean, row.meanError, row.sd, row.sdError].map(figure),
    ]),
  };
}

/** The links between cycles. */
export function linksTable({ links }: Pick<StudyResults, "links">): ResultTable {
  return {
    header: [
      "from",
      "to",
      "method",
      "common_items",
      "slope",
      "intercept",
      "linking_error",
      "jackknife_error",
      "unit_error",
      "error_method",
      "left_out",
    ],
    rows: links.map((row) => [
      ...[row.from, row.to, row.method, row.commonItems],
      ...[row.slope, row.intercept, row.linkingError, row.jackknifeError ?? null, row.unitError].map(figure),
      row.errorMethod,
      (row.leftOut ?? []).map(({ item, reason }) => `${item}: ${reason}`).join("; "),
    ]),
  };
}

/** How each item's difficulty moved between cycles. */
export function driftTable({ drift }: Pick<StudyResults, "drift">): ResultTable {
  return {
    header: ["item", "from", "to", "change", "error", "spread", "flagged", "linked"],
    rows: drift.map((row) => [
      row.item,
      row.from,
      row.to,
      figure(row.change),
      figure(row.error ?? null),
      figure(row.spread),
      row.flagged ? "yes" : "no",
      row.linked === undefined ? null : row.linked ? "yes" : "no",
    ]),
  };
}

/** The coefficients of the latent regressions. */
export function regressionsTable({ regressions }: Pick<StudyResults, "regressions">): ResultTable {
  return {
    header: ["cycle", "coefficient", "estimate", "standard_error"],
    rows: regressions.flatMap(({ cycle, coefficients }) =>
      coefficients.map(({ name, estimate, standardError }) => [cycle, name, figure(estimate), figure(standardError)]),
    ),
  };
}

/** The figures and changes without the items that a curriculum favours. */
export function curriculumTable({ curriculum }: Pick<StudyResults, "curriculum">): ResultTable {
  return curriculum ? trendsTable(curriculum.trends) : { header: [], rows: [] };
}

/** What was held back, and why. */
export function heldBackTable({ disclosed }: Pick<StudyResults, "disclosed">): ResultTable {
  return {
    header: ["cycle", "group", "level", "statistic", "reason"],
    rows: disclosed.heldBack.map(({ cycle, group, level, statistic, reason }) => [
      cycle,
      group,
      level,
      statistic,
      reason,
    ]),
  };
}
