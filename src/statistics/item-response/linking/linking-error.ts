import type { ItemParameters } from "../items.js";
import type { Outcome } from "../outcome.js";
import type { NormalGroup } from "../persons/index.js";
import { type Link, type LinkKind, type LinkOptions, link } from "./link.js";
import { type Transformation, transformGroup } from "./transform.js";

/** What a link owes to the items that happened to be chosen. */
export interface LinkingError {
  readonly link: Link;
  /** How many units were left out, one after the other. */
  readonly units: number;
  /** Standard errors over the choice of items: of A, of B, and of the new group's mean and standard deviation on the old scale. */
  readonly slope: number;
  readonly intercept: number;
  readonly mean: number;
  readonly sd: number;
  /** Covariance of A and B. */
  readonly covariance: number;
  /** The link without each unit. */
  readonly without: readonly (Transformation & { readonly unit: string; readonly mean: number; readonly sd: number })[];
}

/** How the items are left out. */
export interface LinkingErrorOptions extends LinkOptions {
  /** The new group whose figure is published. Default: mean 0, standard deviation 1. */
  readonly group?: NormalGroup;
  /** The unit of each item (its stimulus or testlet): items of one unit are left out together. Default: the item. */
  readonly unit?: (item: string) => string;
}

/**
 * Linking error by the jackknife over common items (Haberman, Lee & Qian 2009; Monseur & Berezner 2007): the link is made again without each item, or unit of
 * items, in turn; with U units the variance is (U − 1) ÷ U · Σ (x₋ᵤ − mean)². Items are taken as a sample of those that could have
 * been used, which is what drift makes them.
 *
 * @returns the error; or why there is no link, or fewer than three units to leave out
 */
export function linkingError(
  kind: LinkKind,
  old: ItemParameters,
  next: ItemParameters,
  options: LinkingErrorOptions = {},
): Outcome<LinkingError> {
  const { group = { mean: 0, sd: 1 }, unit = (item) => item, omit = [], forms = ["old", "new"] } = options;
  const whole = link(kind, old, next, options);
  if (!whole.ok) return whole;
  const units = [...new Set(whole.value.items.map(unit))];
  if (units.length < 3)
    return {
      ok: false,
      error: [
        {
          code: "link-too-few-units",
          place: `${forms[0]} and ${forms[1]}`,
          message: `${units.length} units of items tie them; leaving out one of them tells no error`,
          remedy: "Link by more units, or leave out items one by one",
        },
      ],
    };
  const without: LinkingError["without"][number][] = [];
  for (const each of units) {
    const gone = whole.value.items.filter((item) => unit(item) === each);
    const found = link(kind, old, next, { ...options, omit: [...omit, ...gone] });
    if (!found.ok) return found;
    const { slope, intercept } = found.value;
    const { mean, sd } = transformGroup(group, found.value);
    without.push({ unit: each, slope, intercept, mean, sd });
  }
  const spread = (a: (one: (typeof without)[number]) => number, b = a) => {
    const [meanA, meanB] = [a, b].map((of) => without.reduce((sum, one) => sum + of(one), 0) / units.length);
    const sum = without.reduce((total, one) => total + (a(one) - meanA!) * (b(one) - meanB!), 0);
    return ((units.length - 1) / units.length) * sum;
  };
  return {
    ok: true,
    value: {
      link: whole.value,
      units: units.length,
      slope: Math.sqrt(spread((one) => one.slope)),
      intercept: Math.sqrt(spread((one) => one.intercept)),
      mean: Math.sqrt(spread((one) => one.mean)),
      sd: Math.sqrt(spread((one) => one.sd)),
      covariance: spread(
        (one) => one.slope,
        (one) => one.intercept,
      ),
      without,
    },
  };
}

/**
 * The linking error of PISA until 2012 (OECD 2014, "PISA 2012 Technical Report", chapter 12): from the items' changes of difficulty c between two
 * Rasch calibrations on one scale, √(Σ (c − mean)² ÷ (L (L − 1))) for L items. With units of items (PISA 2003 to 2006; Monseur & Berezner 2007), √(Σ m² (c̄ − mean)² ÷ (K (K − 1) m̄²)) for K
 * units of m items. It doesn't see a change of the unit of the scale and takes all drift as chance.
 *
 * @param changes new less old difficulty, of each item
 * @param units the unit of each item
 * @returns null where there are fewer than two units
 */
export function pisa2012LinkingError(
  changes: ArrayLike<number>,
  units: readonly string[] | null = null,
): number | null {
  const all = Array.from(changes);
  const mean = all.reduce((sum, change) => sum + change, 0) / all.length;
  const groups = new Map<string, number[]>();
  all.forEach((change, j) => {
    const unit = units?.[j] ?? String(j);
    groups.set(unit, [...(groups.get(unit) ?? []), change]);
  });
  const k = groups.size;
  if (k < 2) return null;
  const size = all.length / k;
  let sum = 0;
  for (const group of groups.values()) sum += group.reduce((total, change) => total + (change - mean), 0) ** 2;
  return Math.sqrt(sum / (k * (k - 1) * size * size));
}

/**
 * The linking error of PISA since 2015 (OECD 2017, "PISA 2015 Technical Report", chapter 12): the spread, by Rousseeuw and Croux's (1993) Sₙ, of the
 * groups' differences between the means that were published and those that a recalibration with the new items' parameters gives. It is another
 * quantity than the one until 2012, and not a generalisation of it (Robitzsch & Lüdtke 2023).
 *
 * @param published means of the groups (countries, regions) from the old calibration
 * @param recalibrated means of the same groups and persons from the new one, on the same scale
 * @returns Sₙ = 1.1926 · medianᵢ (medianⱼ |dᵢ − dⱼ|); null with fewer than three groups
 */
export function pisa2015LinkingError(published: ArrayLike<number>, recalibrated: ArrayLike<number>): number | null {
  const differences = Array.from(published, (mean, g) => recalibrated[g]! - mean);
  const n = differences.length;
  if (n < 3) return null;
  const order = (values: number[], rank: number) => values.sort((a, b) => a - b)[rank - 1]!;
  // Rousseeuw and Croux's high median within, over all j, and low median without.
  const inner = differences.map((d) =>
    order(
      differences.map((other) => Math.abs(other - d)),
      Math.floor(n / 2) + 1,
    ),
  );
  return 1.1926 * order(inner, Math.floor((n + 1) / 2));
}
