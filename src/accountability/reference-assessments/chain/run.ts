import { ok, type Problem, type Progress, type Result } from "../../../kernel/index.js";
import type { DisclosureRule } from "../parameters.js";
import type { StudyResults } from "../published/results.js";
import type { StudyMaterial } from "../study/material.js";
import { checkGroups } from "./cells.js";
import { compareCurricula } from "./curriculum.js";
import { type Functioning, functioningOf } from "./dif.js";
import { checkDesigns, estimateStudy } from "./estimate.js";
import { estimateScaled } from "./scaled-estimates.js";
import { type Scaled, scaleStudy } from "./scaling.js";
import { rowsOfCycles } from "./subset.js";
import { disclosed } from "./trends.js";

/** How far the chain goes: item parameters; the links between cycles too; figures too; and what the curriculum does to the trend. */
export type ChainStage = "calibrate" | "link" | "estimate" | "run";

/** What a run needs beside the study. */
export interface ChainOptions {
  readonly stage: ChainStage;
  readonly rule: DisclosureRule;
  readonly confidence: number;
}

/** Figures from plausible values that the files already hold. */
function runGiven(
  material: StudyMaterial,
  { rule, confidence }: ChainOptions,
): Result<StudyResults, readonly Problem[]> {
  const { study, cycles, plausibleValues } = material;
  const values = rowsOfCycles(material.cycle, cycles.length).map((rows) => ({
    values: plausibleValues!.map((column) => Float64Array.from(rows, (row) => column[row]!)),
    withinItems: 0,
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
    ...{ title: study.title, subject: study.subject, population: study.population, cycles },
    scale: { slope: 1, intercept: 0, words: "the scale of the files' plausible values" },
    ...{ calibration: null, items: [], dif: [], drift: [], links: [], regressions: [], curriculum: null },
    disclosed: estimated.value.disclosed,
    designs: estimated.value.designs,
    shared: estimated.value.shared,
    plausibleValues: plausibleValues!.length,
    seed: study.draws.seed,
    confidence,
    notes: [...material.notes, ...notes],
  });
}

/** What calibration and links alone give. */
function scaledOnly(
  material: StudyMaterial,
  scaled: Scaled,
  functioning: Functioning,
  { rule, confidence }: ChainOptions,
): StudyResults {
  const { study, cycles, notes } = material;
  return {
    ...{ title: study.title, subject: study.subject, population: study.population, cycles },
    scale: { slope: 1, intercept: 0, words: "logits" },
    ...{ calibration: scaled.record, items: scaled.rows, dif: functioning.rows, drift: scaled.drift },
    ...{ regressions: [], curriculum: null },
    links: scaled.linksOn(1),
    disclosed: disclosed([], [], [], rule, confidence),
    ...{
      designs: [],
      shared: [],
      plausibleValues: 0,
      seed: study.draws.seed,
      confidence,
      notes: [...notes, ...functioning.notes],
    },
  };
}

/** Runs a study as far as asked; refuses a calibration that isn't identified or didn't converge, and then publishes nothing. */
export function runStudy(
  material: StudyMaterial,
  options: ChainOptions,
  progress: Progress,
): Result<StudyResults, readonly Problem[]> {
  const { stage, rule, confidence } = options;
  if (material.plausibleValues) {
    progress.stage("estimating");
    return runGiven(material, options);
  }
  const refused = checkGroups(material, rule);
  if (!refused.ok) return refused;
  const designs = stage === "calibrate" || stage === "link" ? ok(null) : checkDesigns(material);
  if (!designs.ok) return designs;
  const scaled = scaleStudy(material, stage !== "calibrate", progress);
  if (!scaled.ok) return scaled;
  progress.stage("comparing items between groups");
  const functioning = functioningOf(material, scaled.value.responses, scaled.value.common, rule);
  if (!functioning.ok) return functioning;
  const base = scaledOnly(material, scaled.value, functioning.value, options);
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
