import type { CalibrationOptions, LatentGroup } from "./calibration.js";
import type { Layout, State } from "./layout.js";
import { type Caution, listed } from "./outcome.js";

/** A slope below this share of the middle one tells next to nothing, and upsets links that divide by it. */
const lowShare = 0.25;
/** Logits per standard deviation of the first group from which an item is nearly a step. */
const steep = 6;
const smallGroup = 30;
const narrow = 0.05;

const median = (values: readonly number[]) => [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;

function slopeCautions(layout: Layout, state: State): Caution[] {
  const free = layout.responses.items.map((_, i) => i).filter((i) => layout.slopeAt[i]! >= 0);
  const name = (i: number) => layout.responses.items[i]!.name;
  const middle = median(free.map((i) => Math.abs(state.slope[i]!)));
  const pick = (is: (slope: number) => boolean) => free.filter((i) => is(state.slope[i]!)).map(name);
  const negative = pick((slope) => slope < 0);
  const low = pick((slope) => slope >= 0 && slope < lowShare * middle);
  const step = pick((slope) => slope * state.sd[0]! > steep);
  const cautions: Caution[] = [];
  if (negative.length > 0)
    cautions.push({
      code: "negative-slope",
      names: negative,
      text: `Abler persons do worse on ${listed(negative)}: the slope is negative. Look at the key, and leave the item out of any link.`,
    });
  if (low.length > 0)
    cautions.push({
      code: "low-slope",
      names: low,
      text: `${listed(low)} hardly tells abler persons from others: the slope is less than a quarter of the middle one. Leave it out of any link.`,
    });
  if (step.length > 0)
    cautions.push({
      code: "steep-slope",
      names: step,
      text: `The curve of ${listed(step)} is nearly a step: its slope rests on few persons near its difficulty.`,
    });
  return cautions;
}

function categoryCautions(layout: Layout, state: State): Caution[] {
  const known = (i: number) =>
    layout.interceptAt.subarray(layout.offset[i]!, layout.offset[i + 1]!).every((at) => at < 0);
  const empty = layout.responses.items.filter(
    (_, i) => !known(i) && state.intercept.subarray(layout.offset[i]!, layout.offset[i + 1]!).includes(-Infinity),
  );
  if (empty.length === 0) return [];
  const names = empty.map(({ name }) => name);
  return [
    {
      code: "category-not-observed",
      names,
      text: `Nobody has some score of ${listed(names)}: its probability is taken as zero, and it has no parameter.`,
    },
  ];
}

function groupCautions(groups: readonly LatentGroup[], layout: Layout): Caution[] {
  const cautions: Caution[] = [];
  const free = groups.filter((_, g) => layout.meanAt[g]! >= 0 || layout.sdAt[g]! >= 0);
  const small = free.filter(({ n }) => n < smallGroup).map(({ name }) => name);
  if (small.length > 0)
    cautions.push({
      code: "small-group",
      names: small,
      text: `Fewer than ${smallGroup} persons are in ${listed(small)}: the mean and standard deviation rest on very little.`,
    });
  const flat = free.filter(({ sd }) => sd < narrow).map(({ name }) => name);
  if (flat.length > 0)
    cautions.push({
      code: "no-spread",
      names: flat,
      text: `The persons of ${listed(flat)} differ no more than chance would make them: the standard deviation goes to zero.`,
    });
  for (const { name, notTaken } of groups)
    if (notTaken.length > 0 && groups.length > 1)
      cautions.push({
        code: "items-not-taken",
        names: [name, ...notTaken],
        text: `Nobody of ${name} was given ${listed(notTaken)}: the parameters come from the other groups.`,
      });
  return cautions;
}

function priorCautions({ priors }: CalibrationOptions): Caution[] {
  const parts: string[] = [];
  if (priors?.guessing) parts.push(`logit of guessing N(${priors.guessing.mean}, ${priors.guessing.sd}²)`);
  if (priors?.slope) parts.push(`logarithm of slopes N(${priors.slope.mean}, ${priors.slope.sd}²)`);
  if (parts.length === 0) return [];
  return [
    {
      code: "priors",
      names: [],
      text: `The estimates are drawn towards what was thought beforehand: ${parts.join("; ")}.`,
    },
  ];
}

/** What a reader of a calibration has to know. */
export function cautionsOf(
  layout: Layout,
  state: State,
  groups: readonly LatentGroup[],
  reflected: boolean,
  options: CalibrationOptions,
): readonly Caution[] {
  const turned: Caution = {
    code: "reflected",
    names: [],
    text: "The search ended where most slopes were negative. The scale was turned round, which changes no probability.",
  };
  return [
    ...slopeCautions(layout, state),
    ...(reflected ? [turned] : []),
    ...categoryCautions(layout, state),
    ...groupCautions(groups, layout),
    ...priorCautions(options),
  ];
}
