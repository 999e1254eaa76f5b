import { ok, type Problem, type Progress, type Result } from "../../../kernel/index.js";
import { responsesToItems } from "../../../statistics/item-response/index.js";
import type { DisclosureRule } from "../parameters.js";
import type { CurriculumComparison } from "../published/results.js";
import type { StudyMaterial } from "../study/material.js";
import { calibrated } from "./calibration.js";
import { linkCycles, linkRecord } from "./links.js";
import { estimateScaled } from "./scaled-estimates.js";
import type { Scaled } from "./scaling.js";

/** Fewer items than this are no test of the rest. */
const fewestNeutral = 10;

/** Items that the curriculum of some cycle covers and that of another doesn't. */
export function favouredItems({ items, study }: Pick<StudyMaterial, "items" | "study">): readonly string[] {
  const taught = [...new Set(study.cycles.flatMap(({ curriculum }) => (curriculum === null ? [] : [curriculum])))];
  return items
    .filter(({ curricula }) => {
      const covering = taught.filter((one) => curricula.includes(one)).length;
      return covering > 0 && covering < taught.length;
    })
    .map(({ name }) => name);
}

/**
 * The study again without the items that one cycle's curriculum favours: calibrated, regressed and estimated anew, linked by the other items. Null where the
 * study names no curricula, none differ, or too few items are left.
 */
export function compareCurricula(
  material: StudyMaterial,
  { alone, responses, sdOf }: Scaled,
  rule: DisclosureRule,
  confidence: number,
  progress: Progress,
): Result<CurriculumComparison | null, readonly Problem[]> {
  const favoured = favouredItems(material);
  const left = material.items.map((_, k) => k).filter((k) => !favoured.includes(material.items[k]!.name));
  if (favoured.length === 0 || left.length < fewestNeutral || alone.length < 2) return ok(null);
  progress.stage("without the items that a curriculum favours");
  const items = left.map((k) => material.items[k]!);
  const neutral: StudyMaterial = {
    ...material,
    items,
    responses: responsesToItems(material.responses!, left),
    study: { ...material.study, standards: [], percentiles: [] },
  };
  const sample = { responses: responsesToItems(responses, left), items };
  const calibration = calibrated(sample, neutral);
  if (!calibration.ok) return calibration;
  const pairs = linkCycles(neutral, alone, favoured);
  if (!pairs.ok) return pairs;
  const estimated = estimateScaled(
    neutral,
    {
      responses: sample.responses,
      itemsOf: () => calibration.value.items,
      drawItems: null,
      linksOn: (slope) => pairs.value.map((pair) => linkRecord(neutral, pair, slope * sdOf[pair.from]!)),
    },
    rule,
    confidence,
    progress,
  );
  if (!estimated.ok) return estimated;
  const { figures, trends } = estimated.value.figures.disclosed;
  return ok({
    favoured,
    neutral: items.length,
    figures: figures.filter(({ statistic }) => statistic === "mean" || statistic === "gap"),
    trends: trends.filter(({ statistic }) => statistic === "mean" || statistic === "gap"),
  });
}
