import { backgroundOf } from "../../src/accountability/reference-assessments/chain/background.js";
import type { Column } from "../../src/kernel/index.js";
import {
  type ItemParameters,
  latentRegression,
  type Outcome,
  plausibleValues,
  type Responses,
} from "../../src/statistics/item-response/index.js";
import { keyedDraws } from "../../src/statistics/random/index.js";

const pupils = 2000;
const items = 12;
const wide = 60;

function valueIn<T>(outcome: Outcome<T>): T {
  if (!outcome.ok) throw new Error(JSON.stringify(outcome.error));
  return outcome.value;
}

const truth: ItemParameters = {
  names: Array.from({ length: items }, (_, j) => `I${j + 1}`),
  models: Array.from({ length: items }, () => "rasch"),
  slope: new Float64Array(items).fill(1),
  intercepts: Array.from({ length: items }, (_, j) => Float64Array.of(0, 1.5 - (3 * j) / (items - 1))),
  guessing: new Float64Array(items),
};

/** Pupils with sixty columns of six unseen numbers, a tenth missing by questionnaire; one column of two levels of its own; and a group that no column tells of. */
function draw(seed: number) {
  const { normal, uniform } = keyedDraws(seed, 21);
  const missing = (i: number, c: number) => uniform(i, 100 + Math.floor(c / 15)) < 0.1;
  const columns: Column[] = Array.from({ length: wide }, (_, c) => ({
    ...{ kind: "number", name: `b${c}` },
    values: Float64Array.from({ length: pupils }, (__, i) =>
      missing(i, c) ? Number.NaN : 0.8 * normal(i, c % 6) + 0.6 * normal(i, 10 + c),
    ),
  }));
  const levels = (name: string, draws: number): Column & { readonly kind: "category" } => ({
    ...{ kind: "category", name, levels: ["no", "yes"] },
    codes: Int32Array.from({ length: pupils }, (_, i) => Number(uniform(i, draws) < 0.3)),
  });
  const [group, other] = [levels("group", 900), levels("other", 901)];
  const ability = Float64Array.from(
    { length: pupils },
    (_, i) =>
      0.5 * normal(i, 0) - 0.3 * normal(i, 1) + 0.6 * normal(i, 8) - 0.6 * group.codes[i]! - 0.6 * other.codes[i]!,
  );
  const scores = new Uint8Array(pupils * items);
  for (let i = 0; i < pupils; i++)
    for (let j = 0; j < items; j++)
      scores[i * items + j] = Number(uniform(i, 200 + j) < 1 / (1 + Math.exp(-ability[i]! - truth.intercepts[j]![1]!)));
  const responses: Responses = {
    items: truth.names.map((name) => ({ name, maximum: 1 })),
    booklets: [Uint16Array.from({ length: items }, (_, j) => j)],
    booklet: new Uint16Array(pupils),
    starts: Uint32Array.from({ length: pupils + 1 }, (_, i) => i * items),
    ...{ scores, weights: null, group: null, groups: ["all"] },
  };
  return { columns: [...columns, group, other], group: group.codes, other: other.codes, ability, responses };
}

function gapBy(codes: Int32Array, values: readonly ArrayLike<number>[]): number {
  const [sum, n] = [
    [0, 0],
    [0, 0],
  ];
  for (const column of values)
    codes.forEach((code, i) => {
      sum[code]! += column[i]!;
      n[code]! += 1;
    });
  return sum[0]! / n[0]! - sum[1]! / n[1]!;
}

const ways = {
  "group and components": { groups: ["group"], components: "always" },
  "group and all columns": { groups: ["group"], components: "never" },
  "components alone": { groups: [], components: "always" },
} as const;

/**
 * Gaps of plausible values less those of the abilities, means of `seeds` samples with their Monte Carlo errors: of a group that stands in the model or doesn't, and of a column
 * that only the components know.
 */
export function backgroundRecovery(seeds: number) {
  const found = new Map<string, { group: number[]; other: number[]; explained: number[]; columns: number[] }>();
  for (let seed = 1; seed <= seeds; seed++) {
    const { columns, group, other, ability, responses } = draw(seed);
    const persons = {
      name: "pupils",
      rows: pupils,
      columns: new Map(columns.map((one) => [one.name, one])),
      placeOf: String,
    };
    for (const [name, { groups, components }] of Object.entries(ways)) {
      const study = {
        groups: groups.map((column) => ({
          column,
          name: column,
          lower: null,
          higher: null,
          labels: new Map<string, string>(),
        })),
        background: columns.map((one) => one.name).filter((one) => one !== "group"),
        conditioning: { components, share: 0.9 },
      };
      const rows = Int32Array.from({ length: pupils }, (_, i) => i);
      const design = backgroundOf({ persons, weights: new Float64Array(pupils).fill(1), study }, rows);
      const fit = valueIn(latentRegression(responses, truth, design));
      const values = valueIn(plausibleValues(responses, truth, fit, { count: 10, seed, parameterDraws: design }));
      const own = found.get(name) ?? { group: [], other: [], explained: [], columns: [] };
      found.set(name, own);
      own.group.push(gapBy(group, values) - gapBy(group, [ability]));
      own.other.push(gapBy(other, values) - gapBy(other, [ability]));
      own.explained.push(fit.explained);
      own.columns.push(design.names.length);
    }
  }
  const mean = (values: readonly number[]) => values.reduce((a, b) => a + b, 0) / values.length;
  const round = (value: number) => Math.round(value * 1e3) / 1e3;
  const told = (values: readonly number[]) => {
    const centre = mean(values);
    const error = Math.sqrt(values.reduce((sum, one) => sum + (one - centre) ** 2, 0) / (seeds - 1) / seeds);
    return { bias: round(centre), error: round(error) };
  };
  return {
    seeds,
    ...Object.fromEntries(
      [...found].map(([name, { group, other, explained, columns }]) => [
        name,
        { group: told(group), other: told(other), explained: round(mean(explained)), columns: round(mean(columns)) },
      ]),
    ),
  };
}
