import type { Brand } from "../../../kernel/index.js";
import type { ItemModel } from "../../../statistics/item-response/index.js";

/** Variances by source, on the reporting scale. */
export interface Parts {
  readonly sampling: number;
  readonly measurement: number;
  readonly linking: number;
  readonly items: number;
}

/**
 * What a figure says. `percentile` and `standard` have the fraction or the name in `of`; `gap` is the first level less the second, `standardised-gap` the same in
 * standard deviations of all pupils, `rank-gap` the department's index of mean ranks (0 no difference, 10 everybody of the one above everybody of the other).
 */
export type Statistic = "mean" | "sd" | "percentile" | "standard" | "gap" | "standardised-gap" | "rank-gap";

interface Uncertain {
  readonly value: number;
  readonly standardError: number;
  readonly low: number;
  readonly high: number;
  readonly parts: Parts;
  /** Null where it is infinite. */
  readonly degreesOfFreedom: number | null;
  /** Pupils of the sample, and those they stand for. */
  readonly n: number;
  readonly weighted: number;
}

/** A published figure of one cycle. */
export interface FigureRow extends Uncertain {
  readonly cycle: string;
  readonly statistic: Statistic;
  /** Null for all pupils. */
  readonly group: string | null;
  /** A level of the group; of a gap both, as `not eligible less eligible`. */
  readonly level: string | null;
  /** `P10`, or the standard's name. */
  readonly of: string | null;
}

/** A published change between two cycles. */
export interface TrendRow extends Uncertain {
  readonly from: string;
  readonly to: string;
  readonly statistic: Statistic;
  readonly group: string | null;
  readonly level: string | null;
  readonly of: string | null;
  /**
   * Sampling covariance of the two figures by the schools that both cycles have, which the sampling part has less twice; null where none is counted. Publications
   * from before it was kept are without.
   */
  readonly covariance?: number | null;
  /** Two-sided probability of such a change were there none. */
  readonly p: number;
  /** Corrected for the number of comparisons published together, by Holm's rule. */
  readonly adjustedP: number;
  readonly distinguishable: boolean;
}

/** A figure that isn't published, and why. */
export interface HeldBack {
  readonly cycle: string;
  readonly group: string | null;
  readonly level: string | null;
  readonly statistic: Statistic | null;
  readonly reason: string;
}

/** Figures, changes, and what was held back by which rule. */
export interface FigureTables {
  readonly figures: readonly FigureRow[];
  readonly trends: readonly TrendRow[];
  readonly heldBack: readonly HeldBack[];
  readonly rule: { readonly fewestPupils: number; readonly fewestSchools: number; readonly fewestOnASide: number };
}

/**
 * Figures that have passed disclosure control. Only `passDisclosure` makes them: what stores or shows figures asks for this type, and so can't be given others.
 */
export type DisclosedFigures = Brand<FigureTables, "DisclosedFigures">;

/** An item as it was calibrated. */
export interface ItemRow {
  readonly item: string;
  readonly model: ItemModel;
  readonly maximum: number;
  readonly construct: string | null;
  readonly curricula: readonly string[];
  readonly fixed: boolean;
  /** Pupils with a score, and the weighted share of the maximum that they reached. */
  readonly n: number;
  /** Of them, those of each cycle; publications from before it was kept are without. */
  readonly taken?: readonly { readonly cycle: string; readonly n: number }[];
  readonly facility: number;
  readonly slope: number;
  readonly slopeError: number | null;
  /** b of logit = slope × (θ − b); of several points the mean of the thresholds. Null where a category was never scored. */
  readonly difficulty: number | null;
  readonly difficultyError?: number | null;
  /** Where categories k − 1 and k are as likely as each other, with their errors; publications from before they were kept are without. */
  readonly thresholds?: readonly (number | null)[];
  readonly thresholdErrors?: readonly (number | null)[];
  /** Of the first intercept. */
  readonly interceptError: number | null;
  /** Of each intercept; null where it isn't estimated. */
  readonly interceptErrors: readonly (number | null)[];
  /** Category k has weight exp(k·slope·θ + intercepts[k]); null where a category was never scored. */
  readonly intercepts: readonly (number | null)[];
  readonly guessing: number;
  readonly guessingError?: number | null;
  /** Mean squares of residuals, 1 where the model holds; null where not computed. */
  readonly infit: number | null;
  readonly outfit: number | null;
}

/** Classes of differential functioning: negligible, slight to moderate, moderate to large. */
export type DifClass = "A" | "B" | "C";

/** How an item functions for pupils of one level beside those of another at the same ability. Numbers that couldn't be computed are null. */
export interface DifRow {
  readonly item: string;
  readonly group: string;
  readonly reference: string;
  readonly focal: string;
  /** Pupils of either level with a score of the item. */
  readonly referencePupils: number;
  readonly focalPupils: number;
  /** Mantel for items of several points. */
  readonly method: "Mantel-Haenszel" | "Mantel";
  /** ETS's Δ: below 0 the item is harder for the focal level. Null for several points. */
  readonly delta: number | null;
  readonly deltaError: number | null;
  /** Focal less reference mean score at the same total, in standard deviations of the item. */
  readonly effect: number | null;
  readonly chiSquare: number | null;
  readonly p: number | null;
  /** ETS's class. */
  readonly class: DifClass | null;
  /** Logistic regression; null for several points and where it has no solution. */
  readonly logistic: {
    /** In logits: below 0 the item is harder for the focal level. */
    readonly difference: number;
    readonly uniformP: number;
    readonly nonUniformP: number;
    /** What the level adds to Nagelkerke's R². */
    readonly addedR2: number;
    readonly class: DifClass;
  } | null;
  /** Root mean squared deviation of the level's curve from the item's, as a share of the maximum; null where there is no common curve. */
  readonly rmsd: number | null;
  readonly referenceRmsd: number | null;
  /** Mean deviation of the focal level: above 0 it finds the item easier than the model says. */
  readonly bias: number | null;
}

/** An item by conditional maximum likelihood, beside the marginal one. Mean difficulty of all items 0; logits. */
export interface ConditionalItemRow {
  readonly item: string;
  readonly model: ItemModel;
  readonly maximum: number;
  /** Mean of the thresholds. */
  readonly difficulty: number;
  readonly difficultyError: number;
  /** Null beside a category that nobody who tells something has. */
  readonly thresholds: readonly (number | null)[];
  readonly thresholdErrors: readonly (number | null)[];
  /** Category k has weight exp(k·θ + intercepts[k]), as in the calibration's table. */
  readonly intercepts: readonly (number | null)[];
  readonly interceptErrors: readonly (number | null)[];
  /** The marginal difficulty, with mean 0 too; null without a calibration beside it, or where it has other categories. */
  readonly marginal: number | null;
  /** Conditional less marginal, its standard error, and the first in the second. */
  readonly difference: number | null;
  readonly differenceError: number | null;
  readonly z: number | null;
  /** Two-sided, corrected for the number of items by Holm's rule. */
  readonly adjustedP: number | null;
}

/** Andersen's likelihood ratio test: whether items are as difficult for one level of pupils as for another. */
export interface ConditionalTestRow {
  /** `score`, `cycle`, or a group's name. */
  readonly by: string;
  /** With the pupils who tell something. */
  readonly levels: readonly { readonly level: string; readonly pupils: number; readonly logLikelihood: number }[];
  /** Of all pupils together, by the items compared. */
  readonly logLikelihood: number;
  readonly chiSquare: number;
  readonly degreesOfFreedom: number;
  readonly p: number;
  readonly items: number;
  readonly leftOut: readonly string[];
}

/** A calibration by conditional maximum likelihood. */
export interface ConditionalRecord {
  /** Null for all cycles at once. */
  readonly cycle: string | null;
  readonly logLikelihood: number;
  readonly parameters: number;
  readonly persons: number;
  /** Pupils with neither the lowest nor the highest score of their items. */
  readonly informative: number;
  readonly iterations: number;
  readonly gradient: number;
  readonly errors: string;
  readonly items: readonly ConditionalItemRow[];
  /** Whether all differences are nought, by F; null without a calibration beside it. */
  readonly joint: {
    readonly f: number;
    readonly directions: number;
    readonly freedom: number;
    readonly p: number;
  } | null;
  readonly tests: readonly ConditionalTestRow[];
  readonly cautions: readonly string[];
}

/** What moved of an item between cycles. */
export interface DriftRow {
  readonly item: string;
  readonly from: string;
  readonly to: string;
  /** Change of difficulty beside the median of the common items, in logits; above 0 the item became harder. */
  readonly change: number;
  /** Robust standard deviation of the changes of all common items. */
  readonly spread: number;
  readonly flagged: boolean;
  /** Standard error of the change; null where it wasn't estimated. Publications from before it was kept are without. */
  readonly error?: number | null;
  /** Whether the item ties the two cycles; publications from before it was kept are without. */
  readonly linked?: boolean;
}

/** A group's ability distribution on the calibration's scale. */
export interface LatentGroupRow {
  readonly group: string;
  readonly n: number;
  readonly weighted: number;
  readonly mean: number;
  readonly meanError: number | null;
  readonly sd: number;
  readonly sdError: number | null;
}

/** The record of a calibration. */
export interface CalibrationRecord {
  readonly model: string;
  readonly logLikelihood: number;
  readonly parameters: number;
  readonly persons: number;
  readonly nodes: number;
  readonly iterations: number;
  readonly converged: boolean;
  readonly gradient: number;
  readonly errors: string;
  readonly groups: readonly LatentGroupRow[];
  readonly cautions: readonly string[];
}

/** How two cycles were put on one scale. */
export interface LinkRecord {
  readonly from: string;
  readonly to: string;
  readonly method: string;
  readonly commonItems: number;
  /** θ of the first = slope × θ of the second + intercept, each calibrated alone. */
  readonly slope: number;
  readonly intercept: number;
  /** Standard error of the link of a mean, on the reporting scale: of which items were chosen, without what estimating them adds where figures have that by themselves. */
  readonly linkingError: number;
  /** The jackknife's, with it; publications from before it was kept are without. */
  readonly jackknifeError?: number;
  /** Items of both cycles that don't tie them, and why; publications from before it was kept are without. */
  readonly leftOut?: readonly { readonly item: string; readonly reason: string }[];
  /** Relative standard error of the unit of the scale, which is what a link does to a gap. */
  readonly unitError: number;
  /** Of both errors: the groups of items that were left out, less one. */
  readonly degreesOfFreedom: number;
  readonly errorMethod: string;
  readonly cautions: readonly string[];
}

/** A latent regression, on the calibration's scale. */
export interface RegressionRecord {
  readonly cycle: string;
  readonly coefficients: readonly {
    readonly name: string;
    readonly estimate: number;
    readonly standardError: number;
  }[];
  readonly residualSd: number;
  readonly explained: number;
  readonly reliability: number;
  /** How many principal components stand in for how many columns of the background, with the share of their variance; null or left out where none do. */
  readonly components?: { readonly columns: number; readonly kept: number; readonly share: number } | null;
  readonly cautions: readonly string[];
}

/** The trend with all items and with those that no curriculum of the cycles favours. */
export interface CurriculumComparison {
  /** Items that the curriculum of some cycle covers and that of another doesn't. */
  readonly favoured: readonly string[];
  /** How many items are left without them. */
  readonly neutral: number;
  /** Means and gaps by the items left, on a scale of the first cycle. */
  readonly figures: readonly FigureRow[];
  readonly trends: readonly TrendRow[];
}

/** The schools that two cycles have in common: they make a change of less error than two samples of other schools would. */
export interface SharedSchoolsRecord {
  readonly from: string;
  readonly to: string;
  readonly schools: number;
  /** Schools of each cycle that the column tells apart. */
  readonly ofFrom: number;
  readonly ofTo: number;
  /** Whether they are enough for a covariance. */
  readonly counted: boolean;
}

/** All that a study gives. */
export interface StudyResults {
  readonly title: string;
  readonly subject: string | null;
  readonly population: string | null;
  readonly cycles: readonly string[];
  readonly scale: { readonly slope: number; readonly intercept: number; readonly words: string };
  readonly calibration: CalibrationRecord | null;
  readonly items: readonly ItemRow[];
  /** By conditional likelihood, where it was asked for: one for each calibration. */
  readonly conditional: readonly ConditionalRecord[];
  readonly dif: readonly DifRow[];
  readonly drift: readonly DriftRow[];
  readonly links: readonly LinkRecord[];
  readonly regressions: readonly RegressionRecord[];
  readonly disclosed: DisclosedFigures;
  readonly curriculum: CurriculumComparison | null;
  readonly designs: readonly {
    readonly cycle: string;
    readonly method: string;
    readonly replicates: number;
    readonly words: string;
  }[];
  readonly shared: readonly SharedSchoolsRecord[];
  readonly plausibleValues: number;
  readonly seed: number;
  readonly confidence: number;
  readonly notes: readonly string[];
}
