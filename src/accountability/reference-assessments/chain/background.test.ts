import { describe, expect, it } from "vitest";
import type { Column } from "../../../kernel/index.js";
import {
  type LatentRegression,
  latentRegression,
  plausibleValues,
  type Responses,
} from "../../../statistics/item-response/index.js";
import { madeUpItems, madeUpResponses, valueIn } from "../../../statistics/item-response/made-up-responses.js";
import { keyedDraws } from "../../../statistics/random/index.js";
import { type BackgroundMaterial, backgroundOf } from "./background.js";

const pupils = 1200;
const wide = 36;
const { normal, uniform } = keyedDraws(11, 3);

/** Columns that six unseen numbers make, every third a category; each of three questionnaires is missing for a tenth of the pupils. */
const factor = (i: number, f: number) => normal(i, f);
const columns: Column[] = Array.from({ length: wide }, (_, c) => {
  const value = (i: number) =>
    uniform(i, 100 + Math.floor(c / 12)) < 0.1 ? Number.NaN : 0.8 * factor(i, c % 6) + 0.6 * normal(i, 10 + c) + 3 * c;
  const values = Float64Array.from({ length: pupils }, (__, i) => value(i));
  if (c % 3 !== 0) return { kind: "number", name: `b${c}`, values };
  const codes = Int32Array.from(values, (one) =>
    Number.isNaN(one) ? -1 : one - 3 * c < -0.5 ? 0 : one - 3 * c < 0.5 ? 1 : 2,
  );
  return { kind: "category", name: `b${c}`, codes, levels: ["low", "middle", "high"] };
});
/** Free meals have nothing to do with the other columns: no component tells of them. */
const meals = Int32Array.from({ length: pupils }, (_, i) => (uniform(i, 999) < 0.3 ? 1 : 0));
const gap = 0.6;
const abilities = Float64Array.from(
  { length: pupils },
  (_, i) => 0.5 * factor(i, 0) - 0.3 * factor(i, 1) - gap * meals[i]! + 0.6 * normal(i, 8),
);
const items = madeUpItems(Array.from({ length: 6 }, (_, j) => ({ slope: 1, intercepts: [1 - 0.4 * j] })));
const responses: Responses = madeUpResponses(items, abilities, 5);
const rows = Int32Array.from({ length: pupils }, (_, i) => i);

function material(
  groups: readonly string[],
  conditioning: BackgroundMaterial["study"]["conditioning"],
  background = columns.map(({ name }) => name),
): BackgroundMaterial {
  const table = new Map<string, Column>(columns.map((one) => [one.name, one]));
  table.set("meals", { kind: "category", name: "meals", codes: meals, levels: ["no", "yes"] });
  return {
    persons: { name: "pupils", rows: pupils, columns: table, placeOf: String },
    weights: new Float64Array(pupils).fill(1),
    study: {
      groups: groups.map((column) => ({ column, name: column, lower: null, higher: null, labels: new Map() })),
      ...{ background, conditioning },
    },
  };
}

function gapOfValues(made: ReturnType<typeof backgroundOf>): { readonly gap: number; readonly fit: LatentRegression } {
  const fit = valueIn(latentRegression(responses, items, made));
  const values = valueIn(plausibleValues(responses, items, fit, { count: 10, seed: 4 }));
  const mean = (level: number) => {
    let [sum, n] = [0, 0];
    for (const column of values)
      column.forEach((value, i) => {
        if (meals[i] !== level) return;
        sum += value;
        n++;
      });
    return sum / n;
  };
  return { gap: mean(0) - mean(1), fit };
}

describe("much background", () => {
  it("is condensed by itself from more than twenty columns, to the share asked for, with a column for each level and for what is missing", () => {
    const made = backgroundOf(material(["meals"], { components: "when-many", share: 0.9 }), rows);
    // 24 numbers and what is missing of each; 12 categories of three levels and what is missing, less one each.
    expect(made.components!.columns).toBe(24 * 2 + 12 * 3);
    expect(made.components!.share).toBeGreaterThanOrEqual(0.9);
    expect(made.components!.kept).toBeLessThan(50);
    expect(made.names.slice(0, 3)).toEqual(["constant", "meals: yes", "component 1"]);
    const half = backgroundOf(material(["meals"], { components: "always", share: 0.5 }), rows);
    expect(half.components!.kept).toBeLessThan(made.components!.kept);
    expect(half.components!.share).toBeGreaterThanOrEqual(0.5);
  });

  it("is taken as it is where it is little, or where the study wants that", () => {
    const little = ["b1", "b2", "b3"];
    expect(backgroundOf(material([], { components: "when-many", share: 0.9 }, little), rows).components).toBeNull();
    const never = backgroundOf(material([], { components: "never", share: 0.9 }), rows);
    expect(never.components).toBeNull();
    // What is missing is the same in all columns of a questionnaire.
    expect(never.names).toHaveLength(1 + 24 + 12 * 2 + 3);
    const always = backgroundOf(material([], { components: "always", share: 1 }, little), rows);
    expect(always.components).toMatchObject({ columns: 2 * 2 + 3, kept: 2 + 2 + 1 });
  });

  it("never has more columns than one for twenty pupils, and says so", () => {
    const few = rows.subarray(0, 300);
    const made = backgroundOf(material(["meals"], { components: "when-many", share: 0.9 }), few);
    expect(made.names).toHaveLength(15);
    expect(made.notes.join()).toContain("too few persons for more");
  });

  it("leaves a group's gap as it is, though no component tells of the group; without the group in the model it would shrink (recovery)", () => {
    const of = (group: 0 | 1) => {
      const own = [...abilities].filter((_, i) => meals[i] === group);
      return own.reduce((a, b) => a + b, 0) / own.length;
    };
    const truth = of(0) - of(1);
    const direct = gapOfValues(backgroundOf(material(["meals"], { components: "when-many", share: 0.9 }), rows));
    // Of 360 and 840 pupils with six questions each a gap is known to about 0.07 given their abilities.
    expect(Math.abs(direct.gap - truth)).toBeLessThan(0.15);
    const without = gapOfValues(backgroundOf(material([], { components: "when-many", share: 0.9 }), rows));
    expect(without.gap).toBeLessThan(0.75 * truth);
    // The components carry what the columns tell of ability: nearly as much as all of them.
    const all = gapOfValues(backgroundOf(material(["meals"], { components: "never", share: 0.9 }), rows));
    expect(direct.fit.explained).toBeGreaterThan(0.85 * all.fit.explained);
  });
});
