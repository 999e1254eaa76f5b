import { ok, type Problem, type Progress, type Result } from "../../../kernel/index.js";
import type { DisclosureRule } from "../parameters.js";
import type { LinkRecord, RegressionRecord } from "../published/results.js";
import type { StudyMaterial } from "../study/material.js";
import { type Estimated, estimateStudy } from "./estimate.js";
import { type CyclePopulation, populationOfCycle } from "./population.js";
import { alignedValues, onScale, type ReportingScale, reportingScale } from "./scale.js";
import type { Scaled } from "./scaling.js";
import { rowsOfCycles } from "./subset.js";

/** Estimates from responses, with the populations they rest on. */
export interface ScaledEstimates {
  readonly scale: ReportingScale;
  readonly figures: Estimated;
  readonly regressions: readonly RegressionRecord[];
  readonly plausibleValues: number;
  readonly notes: readonly string[];
}

/** Population models, plausible values and estimates of a study whose items are on one scale. */
export function estimateScaled(
  material: StudyMaterial,
  scaled: Pick<Scaled, "responses" | "itemsOf" | "drawItems" | "linksOn">,
  rule: DisclosureRule,
  confidence: number,
  progress: Progress,
): Result<ScaledEstimates, readonly Problem[]> {
  const { study, cycles } = material;
  const rows = rowsOfCycles(material.cycle, cycles.length);
  const populations: CyclePopulation[] = [];
  for (const [k, own] of rows.entries()) {
    progress.stage(cycles.length > 1 ? `drawing plausible values of ${cycles[k]}` : "drawing plausible values");
    const options = { count: study.draws.count, drawItems: scaled.drawItems };
    const made = populationOfCycle(material, scaled.responses, scaled.itemsOf(k), cycles[k]!, own, options);
    if (!made.ok) return made;
    populations.push(made.value);
  }
  progress.stage("estimating");
  const weights = Float64Array.from(rows[0]!, (row) => material.weights[row]!);
  const { withinItems } = populations[0]!;
  const anchored = material.items.some(({ fixed }) => fixed !== null);
  const drawn = populations.map((one) => one.values);
  // A scale that is the first cycle's own is so in every value; one that is given stands, but for what the sets of items do to it.
  const together = study.scale.kind === "given" ? withinItems : 1;
  const aligned = anchored ? drawn : alignedValues(drawn, together, weights);
  const scale = reportingScale(study, cycles[0]!, aligned[0]!, weights);
  const values = aligned.map((theta) => ({ values: onScale(scale, theta), withinItems, together: true }));
  const links = scaled.linksOn(scale.slope);
  const between = (from: string, to: string): LinkRecord | null =>
    links.find((one) => one.from === from && one.to === to) ?? null;
  const figures = estimateStudy(material, values, between, rule, confidence);
  if (!figures.ok) return figures;
  return ok({
    ...{ scale, figures: figures.value, plausibleValues: values[0]!.values.length },
    regressions: populations.map(({ record }) => record),
    notes: populations.flatMap(({ notes }) => notes),
  });
}
