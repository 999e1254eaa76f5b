import type { CalibrationOptions, FixedItem } from "./calibration.js";
import { componentsOf } from "./components.js";
import type { ItemModel } from "./items.js";
import { countCategories, layOut } from "./layout.js";
import { listed, type Refusal } from "./outcome.js";
import type { Responses } from "./responses.js";

function modelFaults({ items }: Responses, options: CalibrationOptions): Refusal[] {
  const { model } = options;
  if (typeof model !== "string" && model.length !== items.length)
    return [
      {
        code: "model-items-differ",
        place: "model",
        message: `there are ${model.length} models for ${items.length} items`,
        remedy: "Name one model for all items, or one an item in the items' order",
      },
    ];
  const twoCategories: readonly ItemModel[] = ["rasch", "two-parameter", "three-parameter"];
  return items.flatMap(({ name, maximum }, i): Refusal[] => {
    const own = typeof model === "string" ? model : model[i]!;
    const place = `item "${name}"`;
    if (maximum > 1 && twoCategories.includes(own))
      return [
        {
          code: "model-needs-two-categories",
          place,
          message: `it has scores up to ${maximum}, and the model ${own} is for 0 and 1`,
          remedy: `Ask for ${own === "rasch" ? "partial-credit" : "generalised-partial-credit"}`,
        },
      ];
    const known = [...(options.fixed ?? []), ...(options.guessing ?? [])].some((one) => one.name === name);
    if (own === "three-parameter" && !known && !options.priors?.guessing)
      return [
        {
          code: "guessing-not-identified",
          place,
          message: "its guessing is hardly ever told by responses alone",
          remedy:
            "State its guessing or all of its parameters, or give a prior of the logit of guessing (`calibration.priors`)",
        },
      ];
    return [];
  });
}

function fixedFault(responses: Responses, one: FixedItem): Refusal | null {
  const item = responses.items.find(({ name }) => name === one.name);
  const place = `item "${one.name}"`;
  if (!item)
    return {
      code: "fixed-item-unknown",
      place,
      message: "its parameters are given, and it isn't among the items",
      remedy: "Correct the name, or leave it out",
    };
  const guessing = one.guessing ?? 0;
  const numbers = Array.from(one.intercepts);
  const sound =
    numbers.length === item.maximum + 1 &&
    Number.isFinite(one.slope) &&
    numbers.every((value) => Number.isFinite(value) || value === -Infinity) &&
    numbers.some((value) => value === 0) &&
    guessing >= 0 &&
    guessing < 1 &&
    (guessing === 0 || item.maximum === 1);
  if (sound) return null;
  return {
    code: "fixed-item-invalid",
    place,
    message: `slope ${one.slope}, intercepts ${numbers.join(", ")}, guessing ${guessing} can't be those of an item with scores 0 to ${item.maximum}`,
    remedy: `Give a slope and ${item.maximum + 1} intercepts, of which the first is 0; guessing only with two categories, from 0 to below 1`,
  };
}

/** Known guessing of items that aren't there, don't guess, or can't guess so. */
function guessingFaults({ items }: Responses, { guessing, model }: CalibrationOptions): Refusal[] {
  return (guessing ?? []).flatMap(({ name, value }): Refusal[] => {
    const i = items.findIndex((item) => item.name === name);
    const own = typeof model === "string" ? model : model[i];
    if (i >= 0 && own === "three-parameter" && value >= 0 && value < 1) return [];
    return [
      {
        code: "known-guessing-invalid",
        place: `item "${name}"`,
        message:
          i < 0
            ? "its guessing is given, and it isn't among the items"
            : `its guessing is ${value}, and its model ${own}`,
        remedy: "Give guessing from 0 to below 1, for items of the three-parameter model",
      },
    ];
  });
}

function groupFaults({ groups, group, booklet, weights, starts }: Responses, options: CalibrationOptions): Refusal[] {
  const n = new Float64Array(groups.length);
  for (let p = 0; p < booklet.length; p++)
    if (starts[p]! < starts[p + 1]! && !(weights && weights[p] === 0)) n[group ? group[p]! : 0]!++;
  const faults: Refusal[] = [];
  groups.forEach((name, g) => {
    if (n[g] === 0)
      faults.push({
        code: "group-without-persons",
        place: `group "${name}"`,
        message: "nobody in it has a response and a weight",
        remedy: "Leave the group out, or correct the persons' groups",
      });
  });
  for (const { name, sd } of options.groups ?? [])
    if (!groups.includes(name) || (sd !== undefined && !(sd > 0 && sd < Infinity)))
      faults.push({
        code: "fixed-group-invalid",
        place: `group "${name}"`,
        message: groups.includes(name) ? `its standard deviation is ${sd}` : "it isn't among the groups",
        remedy: `Name one of ${listed(groups)}, and give a standard deviation above zero`,
      });
  return faults;
}

/** Items that tell nothing: nobody took them, or everybody who did has the same score. */
function itemFaults(responses: Responses, options: CalibrationOptions): Refusal[] {
  const { offset, observed } = countCategories(responses);
  const known = new Set(options.fixed?.map(({ name }) => name));
  return responses.items.flatMap(({ name, maximum }, i): Refusal[] => {
    if (known.has(name)) return [];
    const scored: number[] = [];
    for (let k = 0; k <= maximum; k++) if (observed[offset[i]! + k]! > 0) scored.push(k);
    const place = `item "${name}"`;
    if (scored.length === 0)
      return [
        {
          code: "item-without-responses",
          place,
          message: "nobody took it",
          remedy: "Leave it out, or correct the booklets",
        },
      ];
    if (scored.length > 1) return [];
    const score = scored[0]!;
    const how =
      score === 0
        ? "nobody got a point on it"
        : score === maximum
          ? "everybody got it right"
          : `everybody scored ${score}`;
    return [
      {
        code: "item-without-variation",
        place,
        message: `${how}, so that its difficulty has no estimate`,
        remedy: "Leave it out of the calibration, or fix its parameters",
      },
    ];
  });
}

/** Parts of the items that no person joins, and whether each has something that holds its scale. */
function connectionFaults(responses: Responses, options: CalibrationOptions): Refusal[] {
  const { items, groups } = responses;
  const equivalent = options.equivalentPersons ?? false;
  const component = componentsOf(responses, equivalent);
  const held = new Set<number>();
  const fixed = new Set(options.fixed?.map(({ name }) => name));
  items.forEach(({ name }, i) => {
    if (fixed.has(name)) held.add(component[i]!);
  });
  const parts = new Map<number, string[]>();
  items.forEach(({ name }, i) => {
    const part = parts.get(component[i]!) ?? [];
    part.push(name);
    parts.set(component[i]!, part);
  });
  if (parts.size === 1 && (fixed.size === 0 || held.size > 0)) return [];
  if (equivalent)
    groups.forEach((name, g) => {
      const known = options.groups?.find((one) => one.name === name)?.mean !== undefined;
      if (known || (g === 0 && fixed.size === 0)) held.add(component[items.length + g]!);
    });
  const loose = [...parts].filter(([part]) => !held.has(part));
  if (loose.length === 0) return [];
  return loose.map(([, names], at) => ({
    code: "booklets-disconnected",
    place: `items ${listed(names)}`,
    message: `part ${at + 1} of ${loose.length}: no person took one of these items and one of any other, so that they share no scale`,
    remedy: equivalent
      ? "Add booklets or persons that join the parts, or calibrate each part alone"
      : "Add booklets that join the parts, calibrate each alone, or say that persons were given booklets at random from one population (equivalentPersons)",
  }));
}

/** More parameters than the shares of different answers can tell apart: one item, or two with a slope each. */
function countFaults(responses: Responses, options: CalibrationOptions): Refusal[] {
  const { layout } = layOut(responses, options);
  const { booklets, booklet, group, items } = responses;
  const given = new Set(
    booklet.length > 0 ? Array.from(booklet, (b, p) => b + booklets.length * (group ? group[p]! : 0)) : [],
  );
  let told = 0;
  for (const key of given) {
    const answers = booklets[key % booklets.length]!.reduce((all, item) => all * (items[item]!.maximum + 1), 1);
    told += answers - 1;
    if (told >= layout.free.length) return [];
  }
  if (options.priors) return [];
  return [
    {
      code: "parameters-not-told",
      place: `items ${listed(items.map(({ name }) => name))}`,
      message: `there are ${layout.free.length} numbers to estimate, and the different answers tell ${told}`,
      remedy: "Add items, ask for a simpler model, or fix parameters",
    },
  ];
}

/** Why a calibration can't be identified, or an option can't be; empty where nothing stands against it. */
export function checkCalibration(responses: Responses, options: CalibrationOptions): readonly Refusal[] {
  const faults = [
    ...modelFaults(responses, options),
    ...(options.fixed ?? []).flatMap((one) => fixedFault(responses, one) ?? []),
    ...guessingFaults(responses, options),
    ...groupFaults(responses, options),
  ];
  if (faults.length > 0) return faults;
  const items = itemFaults(responses, options);
  if (items.length > 0) return items;
  const parts = connectionFaults(responses, options);
  return parts.length > 0 ? parts : countFaults(responses, options);
}
