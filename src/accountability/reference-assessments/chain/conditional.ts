import { err, ok, type Problem, type Progress, type Result } from "../../../kernel/index.js";
import { studentCdf } from "../../../statistics/distributions/index.js";
import {
  andersenTest,
  type Calibration,
  type ConditionalComparison,
  type ConditionalFit,
  compareWithMarginal,
  conditionalRasch,
  lowAndHigh,
  type Outcome,
  type Responses,
  thresholds,
} from "../../../statistics/item-response/index.js";
import { adjustForMultiplicity } from "../../../statistics/survey/index.js";
import type { DisclosureRule } from "../parameters.js";
import type { ConditionalItemRow, ConditionalRecord, ConditionalTestRow } from "../published/results.js";
import type { StudyMaterial } from "../study/material.js";
import { studyProblem } from "../study/problem.js";
import { type CalibrationSample, calibrationSample, modelsOf } from "./calibration.js";
import { levelsOf } from "./cells.js";
import { conditionalErrorsOf } from "./errors.js";
import { cycleSample } from "./links.js";
import type { Scaled } from "./scaling.js";
import { rowsOfCycles } from "./subset.js";

/** The study with Rasch and partial credit for a fit by conditional likelihood alone, where it names no model. */
export function withConditionalModel(material: StudyMaterial): StudyMaterial {
  const { study, notes } = material;
  if (study.calibration.isModelNamed) return material;
  const said = study.defaults.filter(
    (sentence) => notes.includes(sentence) && sentence.startsWith("Items are calibrated"),
  );
  return {
    ...material,
    study: { ...study, calibration: { ...study.calibration, model: "rasch" } },
    notes: [
      ...notes.filter((note) => !said.includes(note)),
      "No model is named: items are of the Rasch model, or of partial credit where they have several points.",
    ],
  };
}

/** Refuses items that have slopes or guess: conditional likelihood knows none. @param use alone it holds no item, beside a calibration those known are compared */
export function checkConditional(
  { study, items }: StudyMaterial,
  use: "alone" | "beside",
): Result<null, readonly Problem[]> {
  const models = modelsOf(items, study.calibration.model);
  const other = items.filter(
    ({ fixed, guessing }, k) =>
      !["rasch", "partial-credit"].includes(models[k]!) ||
      (use === "beside" && fixed !== null && (fixed.slope !== 1 || (fixed.guessing ?? 0) > 0)) ||
      (guessing ?? 0) > 0,
  );
  if (other.length === 0) return ok(null);
  const { isModelNamed } = study.calibration;
  const place = study.placeOf(["calibration", ...(isModelNamed ? ["model"] : use === "alone" ? [] : ["crossCheck"])]);
  const named = other.slice(0, 8).map(({ name }) => name);
  const why = isModelNamed ? "" : "; the model was left to its default, two-parameter";
  return err([
    studyProblem(
      "conditional-needs-equal-slopes",
      place,
      `${other.length} of ${items.length} items have a slope or guessing: ${named.join(", ")}${other.length > named.length ? " …" : ""}${why}`,
    ),
  ]);
}

const known = (value: number | undefined) => (value === undefined || !Number.isFinite(value) ? null : value);

/** Conditional and marginal numbers of each item. @param freedom of the differences' errors */
function rowsOf(
  sample: CalibrationSample,
  models: ReturnType<typeof modelsOf>,
  fit: ConditionalFit,
  comparison: ConditionalComparison | null,
): readonly ConditionalItemRow[] {
  const freedom = comparison?.joint?.freedom ?? Number.POSITIVE_INFINITY;
  const z = sample.items.map((_, i) =>
    comparison ? known(comparison.difference[i]! / comparison.differenceError[i]!) : null,
  );
  const tested = z.flatMap((one, i) => (one === null ? [] : [{ i, p: 2 * studentCdf(-Math.abs(one), freedom) }]));
  const adjusted = new Map<number, number>();
  adjustForMultiplicity(
    tested.map(({ p }) => p),
    "holm",
  ).forEach((p, k) => void adjusted.set(tested[k]!.i, p));
  const errors = sample.items.map((_, i) => new Float64Array(fit.items.intercepts[i]!.length).fill(Number.NaN));
  fit.free.forEach(({ of, category }, k) => {
    errors[of]![category] = fit.standardError[k]!;
  });
  return sample.items.map(({ name, maximum }, i) => ({
    ...{ item: name, model: models[i]!, maximum },
    ...{ difficulty: fit.difficulty[i]!, difficultyError: fit.difficultyError[i]! },
    thresholds: thresholds(fit.items, i),
    thresholdErrors: [...fit.thresholdErrors[i]!].map(known),
    intercepts: [...fit.items.intercepts[i]!].map(known),
    interceptErrors: [...errors[i]!].map(known),
    marginal: known(comparison?.marginal[i]),
    difference: known(comparison?.difference[i]),
    differenceError: known(comparison?.differenceError[i]),
    ...{ z: z[i]!, adjustedP: adjusted.get(i) ?? null },
  }));
}

/** Each pupil once, in the levels of a grouping; whoever is in none, or in one of few pupils, counts for nothing. */
function inLevels(responses: Responses, codes: Int32Array, words: readonly string[], fewest: number): Responses {
  const pupils = new Uint32Array(words.length);
  codes.forEach((code, person) => {
    if (code >= 0 && responses.weights![person]! > 0) pupils[code]! += 1;
  });
  return {
    ...responses,
    group: Uint16Array.from(codes, (code) => Math.max(0, code)),
    groups: words,
    weights: responses.weights!.map((weight, person) =>
      codes[person]! >= 0 && pupils[codes[person]!]! >= fewest ? weight : 0,
    ),
  };
}

/** Andersen's tests by score, by cycle and by the groups of the study, and why one is left out. */
function testsOf(
  material: StudyMaterial,
  responses: Responses,
  rows: Int32Array | null,
  rule: DisclosureRule,
): { readonly tests: readonly ConditionalTestRow[]; readonly notes: readonly string[] } {
  const { study, cycles, cycle } = material;
  const once: Responses = {
    ...responses,
    weights: Float64Array.from(responses.booklet, (_, person) => Number((responses.weights?.[person] ?? 1) > 0)),
  };
  const own = (codes: Int32Array) => (rows ? Int32Array.from(rows, (row) => codes[row]!) : codes);
  const levels: { readonly by: string; readonly responses: Responses }[] = [
    { by: "score", responses: lowAndHigh(once) },
    ...(rows === null && cycles.length > 1
      ? [{ by: "cycle", responses: inLevels(once, Int32Array.from(cycle), cycles, rule.fewestPupils) }]
      : []),
    ...study.groups.map((group) => {
      const { codes, words } = levelsOf(material, group);
      return { by: group.name, responses: inLevels(once, own(codes), words, rule.fewestPupils) };
    }),
  ];
  const notes: string[] = [];
  const tests = levels.flatMap(({ by, responses: compared }): ConditionalTestRow[] => {
    const found = andersenTest(compared);
    if (!found.ok) {
      notes.push(
        ...found.error.map(({ place, message }) => `Andersen's test by ${by} is left out: ${place}: ${message}.`),
      );
      return [];
    }
    const { levels: told, ...rest } = found.value;
    return [
      {
        by,
        ...rest,
        levels: told.map(({ name, informative, logLikelihood }) => ({
          level: name,
          pupils: informative,
          logLikelihood,
        })),
      },
    ];
  });
  return { tests, notes };
}

/** The whole of one conditional calibration. @param rows the pupils of one cycle; null for all */
function recordOf(
  material: StudyMaterial,
  sample: CalibrationSample,
  calibration: Calibration | null,
  cycle: { readonly name: string; readonly rows: Int32Array } | null,
  rule: DisclosureRule,
): Result<ConditionalRecord, readonly Problem[]> {
  const { method, words } = conditionalErrorsOf(material, cycle?.rows);
  const within = <T>(outcome: Outcome<T>): Result<T, readonly Problem[]> =>
    outcome.ok
      ? outcome
      : err(outcome.error.map((one) => ({ ...one, place: `${cycle?.name ?? material.study.title}: ${one.place}` })));
  const fit = within(conditionalRasch(sample.responses, method));
  if (!fit.ok) return fit;
  if (!fit.value.converged)
    return err([
      studyProblem(
        "calibration-not-converged",
        cycle?.name ?? material.study.title,
        `the conditional likelihood's search ended with a gradient of ${fit.value.gradient.toPrecision(3)} standard errors (${fit.value.reason})`,
      ),
    ]);
  const clusters = method.method === "sandwich" ? method : {};
  const comparison = calibration
    ? within(compareWithMarginal(sample.responses, fit.value, calibration, clusters))
    : ok(null);
  if (!comparison.ok) return comparison;
  const { tests, notes } = testsOf(material, sample.responses, cycle?.rows ?? null, rule);
  const { logLikelihood, parameters, informative, iterations, gradient, cautions } = fit.value;
  return ok({
    cycle: cycle?.name ?? null,
    ...{ logLikelihood, parameters, informative, iterations, gradient },
    persons: sample.responses.booklet.length,
    errors: words,
    items: rowsOf(sample, modelsOf(sample.items, material.study.calibration.model), fit.value, comparison.value),
    joint: comparison.value?.joint ?? null,
    tests,
    cautions: [...cautions.map(({ text }) => text), ...notes],
  });
}

/** A study's items by conditional likelihood alone, all cycles at once. */
export function conditionalAlone(
  material: StudyMaterial,
  rule: DisclosureRule,
  progress: Progress,
): Result<ConditionalRecord, readonly Problem[]> {
  progress.stage("calibrating by conditional likelihood");
  return recordOf(material, calibrationSample(material), null, null, rule);
}

/** Conditional beside marginal likelihood, for every calibration of a study that asks for it: the one of all cycles, or each cycle's. */
export function crossChecks(
  material: StudyMaterial,
  scaled: Pick<Scaled, "responses" | "items" | "calibration" | "alone">,
  rule: DisclosureRule,
  progress: Progress,
): Result<readonly ConditionalRecord[], readonly Problem[]> {
  if (material.study.calibration.crossCheck === "none") return ok([]);
  progress.stage("calibrating by conditional likelihood too");
  if (scaled.calibration) {
    const one = recordOf(material, scaled, scaled.calibration, null, rule);
    return one.ok ? ok([one.value]) : one;
  }
  const rows = rowsOfCycles(material.cycle, material.cycles.length);
  const records: ConditionalRecord[] = [];
  for (const [k, { cycle, calibration }] of scaled.alone.entries()) {
    const own = { name: cycle, rows: rows[k]! };
    const one = recordOf(material, cycleSample(scaled, cycle, own.rows), calibration, own, rule);
    if (!one.ok) return one;
    records.push(one.value);
  }
  return ok(records);
}
