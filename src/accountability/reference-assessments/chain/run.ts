import { err, ok, type Problem, type Progress, type Result } from "../../../kernel/index.js";
import type { DisclosureRule } from "../parameters.js";
import type { StudyResults } from "../published/results.js";
import type { StudyMaterial } from "../study/material.js";
import { studyProblem } from "../study/problem.js";
import { checkGroups } from "./cells.js";
import { checkConditional, conditionalAlone, crossChecks, withConditionalModel } from "./conditional.js";
import { compareCurricula } from "./curriculum.js";
import { functioningOf } from "./dif.js";
import { checkDesigns, estimateStudy } from "./estimate.js";
import { estimateScaled } from "./scaled-estimates.js";
import { scaleStudy } from "./scaling.js";
import { rowsOfCycles } from "./subset.js";
import { disclosed } from "./trends.js";

/** How far the chain goes: item parameters by conditional likelihood alone; item parameters; the links between cycles too; figures too; and what the curriculum does to the trend. */
export type ChainStage = "conditional" | "calibrate" | "link" | "estimate" | "run";

/** What a run needs beside the study. */
export interface ChainOptions {
  readonly stage: ChainStage;
  readonly rule: DisclosureRule;
  readonly confidence: number;
}

/** What a study gives without figures: nothing yet. */
function withoutFigures({ study, cycles, notes }: StudyMaterial, { rule, confidence }: ChainOptions): StudyResults {
  return {
    ...{ title: study.title, subject: study.subject, population: study.population, cycles },
    scale: { slope: 1, intercept: 0, words: "logits" },
    ...{
      calibration: null,
      items: [],
      conditional: [],
      dif: [],
      drift: [],
      links: [],
      regressions: [],
      curriculum: null,
    },
    disclosed: disclosed([], [], [], rule, confidence),
    ...{ designs: [], shared: [], plausibleValues: 0, seed: study.draws.seed, confidence, notes },
  };
}

/** Figures from plausible values that the files already hold. */
function runGiven(material: StudyMaterial, options: ChainOptions): Result<StudyResults, readonly Problem[]> {
  const { rule, confidence } = options;
  const { cycles, plausibleValues } = material;
  const values = rowsOfCycles(material.cycle, cycles.length).map((rows) => ({
    values: plausibleValues!.map((column) => Float64Array.from(rows, (row) => column[row]!)),
    withinItems: 0,
    together: false,
  }));
  // Values of several cycles in one file are on one scale already; what the link's error was, nobody says.
  const estimated = estimateStudy(
    material,
    values,
    () => ({ linkingError: 0, unitError: 0, degreesOfFreedom: 1 }),
    rule,
    confidence,
  );
  if (!estimated.ok) return estimated;
  const notes =
    cycles.length > 1 ? ["Changes are without the error of the link between cycles: the files don't state it."] : [];
  return ok({
    ...withoutFigures(material, options),
    scale: { slope: 1, intercept: 0, words: "the scale of the files' plausible values" },
    disclosed: estimated.value.disclosed,
    designs: estimated.value.designs,
    shared: estimated.value.shared,
    plausibleValues: plausibleValues!.length,
    notes: [...material.notes, ...notes],
  });
}

/** Item parameters by conditional likelihood alone, with Andersen's tests. */
function runConditional(
  given: StudyMaterial,
  options: ChainOptions,
  progress: Progress,
): Result<StudyResults, readonly Problem[]> {
  if (given.plausibleValues)
    return err([
      studyProblem(
        "study-setting-needed",
        given.study.placeOf(["plausibleValues"]),
        "the study has plausible values, and conditional likelihood needs responses",
        "Name the columns of responses in place of `plausibleValues`.",
      ),
    ]);
  const refused = checkGroups(given, options.rule);
  if (!refused.ok) return refused;
  const material = withConditionalModel(given);
  const possible = checkConditional(material, "alone");
  if (!possible.ok) return possible;
  const found = conditionalAlone(material, options.rule, progress);
  if (!found.ok) return found;
  const held = material.items.filter(({ fixed }) => fixed !== null).length;
  const notes =
    held > 0 ? [`The known parameters of ${held} items are not used: conditional likelihood estimates all.`] : [];
  const base = withoutFigures(material, options);
  return ok({ ...base, conditional: [found.value], notes: [...base.notes, ...notes] });
}

/** Runs a study as far as asked; refuses a calibration that isn't identified or didn't converge, and then publishes nothing. */
export function runStudy(
  material: StudyMaterial,
  options: ChainOptions,
  progress: Progress,
): Result<StudyResults, readonly Problem[]> {
  const { stage, rule, confidence } = options;
  if (stage === "conditional") return runConditional(material, options, progress);
  if (material.plausibleValues) {
    progress.stage("estimating");
    return runGiven(material, options);
  }
  const refused = checkGroups(material, rule);
  if (!refused.ok) return refused;
  const possible =
    material.study.calibration.crossCheck === "conditional" ? checkConditional(material, "beside") : ok(null);
  if (!possible.ok) return possible;
  const designs = stage === "calibrate" || stage === "link" ? ok(null) : checkDesigns(material);
  if (!designs.ok) return designs;
  const scaled = scaleStudy(material, stage !== "calibrate", progress);
  if (!scaled.ok) return scaled;
  progress.stage("comparing items between groups");
  const functioning = functioningOf(material, scaled.value.responses, scaled.value.itemsOf, rule);
  if (!functioning.ok) return functioning;
  const conditional = crossChecks(material, scaled.value, rule, progress);
  if (!conditional.ok) return conditional;
  const empty = withoutFigures(material, options);
  const base: StudyResults = {
    ...empty,
    calibration: scaled.value.record,
    items: scaled.value.rows,
    conditional: conditional.value,
    dif: functioning.value.rows,
    drift: scaled.value.drift,
    links: scaled.value.linksOn(1),
    notes: [...empty.notes, ...functioning.value.notes],
  };
  if (stage === "calibrate" || stage === "link") return ok(base);
  const estimated = estimateScaled(material, scaled.value, rule, confidence, progress);
  if (!estimated.ok) return estimated;
  const { scale, figures, regressions, plausibleValues, notes } = estimated.value;
  const curriculum = stage === "run" ? compareCurricula(material, scaled.value, rule, confidence, progress) : ok(null);
  if (!curriculum.ok) return curriculum;
  return ok({
    ...base,
    ...{
      scale,
      regressions,
      plausibleValues,
      designs: figures.designs,
      shared: figures.shared,
      disclosed: figures.disclosed,
    },
    links: scaled.value.linksOn(scale.slope),
    curriculum: curriculum.value,
    notes: [...base.notes, ...notes],
  });
}
