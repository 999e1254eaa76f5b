import type { ItemModel, ItemParameters } from "./items.js";
import type { Caution } from "./outcome.js";

/** An item whose parameters are known from elsewhere: they stay as they are. */
export interface FixedItem {
  readonly name: string;
  readonly slope: number;
  /** Maximum + 1 numbers, of which the first is 0. */
  readonly intercepts: ArrayLike<number>;
  /** 0 where left out. */
  readonly guessing?: number;
}

/** What is known of a group's ability distribution; what is left out is estimated. */
export interface FixedGroup {
  readonly name: string;
  readonly mean?: number;
  readonly sd?: number;
}

/** Normal distributions of what is thought of a parameter beforehand. Only where asked for, and printed among the cautions. */
export interface Priors {
  /** Of the logit of the guessing of three-parameter items. */
  readonly guessing?: { readonly mean: number; readonly sd: number };
  /** Of the logarithm of free slopes. */
  readonly slope?: { readonly mean: number; readonly sd: number };
}

export interface CalibrationOptions {
  /** One for all, or one an item. */
  readonly model: ItemModel | readonly ItemModel[];
  /**
   * What holds the scale. `persons` (the default): the first group has mean 0, and standard deviation 1 where no item has a known slope. `items`: the
   * mean difficulty is 0, and the geometric mean of the slopes 1 where none is known; all groups are free. With fixed items these hold it, and all
   * groups are free.
   */
  readonly identify?: "persons" | "items";
  readonly fixed?: readonly FixedItem[];
  /** Guessing that is known of three-parameter items whose slope and intercept are estimated. From 0 to below 1. */
  readonly guessing?: readonly { readonly name: string; readonly value: number }[];
  readonly groups?: readonly FixedGroup[];
  /**
   * Whether booklets without common items may be held together by their persons: they were given at random to one population. Without it such booklets
   * are refused.
   */
  readonly equivalentPersons?: boolean;
  readonly priors?: Priors;
  /** Points of the ability distribution, equally spaced over ± `reach` standard deviations of each group; chosen from the data where left out. */
  readonly nodes?: { readonly count: number; readonly reach?: number };
  /** The largest of the gradient's elements, in standard errors of its parameter, at which the search ends; 1e-6. */
  readonly tolerance?: number;
  /** Evaluations of the likelihood at the most; 500. */
  readonly iterations?: number;
  /** A calibration of the same items to start from, as for replicate weights. */
  readonly start?: Calibration;
}

/** The ability distribution of a group of persons: normal, on the calibration's scale. */
export interface LatentGroup {
  readonly name: string;
  readonly mean: number;
  readonly sd: number;
  /** Persons with a weight and a response, and the sum of their weights. */
  readonly n: number;
  readonly weighted: number;
  /** Items that nobody of the group was given. */
  readonly notTaken: readonly string[];
}

/** The points at which a group's distribution N(mean, sd) is taken: mean + sd · `z[q]`, with probability `share[q]`. */
export interface Nodes {
  readonly z: Float64Array;
  readonly share: Float64Array;
}

/** One estimated number of a calibration. */
export interface FreeParameter {
  readonly kind: "slope" | "intercept" | "guessing" | "mean" | "sd";
  /** Position of the item, or of the group for `mean` and `sd`. */
  readonly of: number;
  /** The category of an intercept; 0 otherwise. */
  readonly category: number;
  /** As `M1 slope`. */
  readonly name: string;
}

/** Item parameters and ability distributions by marginal maximum likelihood. */
export interface Calibration {
  readonly items: ItemParameters;
  readonly groups: readonly LatentGroup[];
  /** Weighted by the sampling weights as they are; without priors. */
  readonly logLikelihood: number;
  /** How many numbers were estimated, those that only place the scale not counted. */
  readonly parameters: number;
  /** What was estimated, in the order of a covariance matrix. */
  readonly free: readonly FreeParameter[];
  readonly nodes: Nodes;
  /** Evaluations of the likelihood. */
  readonly iterations: number;
  readonly converged: boolean;
  /** Why the search ended. */
  readonly reason: string;
  /** The largest element of the gradient, in standard errors of its parameter were the abilities known. */
  readonly gradient: number;
  readonly cautions: readonly Caution[];
  readonly options: CalibrationOptions;
}
