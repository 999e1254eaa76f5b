import { describe, expect, it } from "vitest";
import { civilDate, dayNumber, missingDay } from "../../kernel/index.js";
import { membershipExamples, noSchool } from "./examples.js";
import { rollStatus, sharesFromSpells } from "./spells.js";

const day = (text: string) => dayNumber(civilDate(text));

// Evidence: worked by hand from the dates, as told in each example.
describe("membership as a head teacher would work it out", () => {
  it.each(membershipExamples)("$title", (example) => {
    const names = [...new Set(example.spells.map((spell) => spell.school))].filter((name) => name !== noSchool).sort();
    const spells = {
      pupil: new Int32Array(example.spells.length),
      school: Int32Array.from(example.spells, (spell) => names.indexOf(spell.school)),
      entered: Int32Array.from(example.spells, (spell) => day(spell.entered)),
      left: Int32Array.from(example.spells, (spell) => (spell.left === null ? missingDay : day(spell.left))),
      status: Uint8Array.from(example.spells, (spell) => rollStatus[spell.status]),
    };
    const windows = { from: Int32Array.of(day(example.window.from)), to: Int32Array.of(day(example.window.to)) };
    const result = sharesFromSpells(spells, 1, windows, example.unit);
    if (!result.ok) throw new Error(result.error.codes.join());
    const { school, share, unaccounted } = result.value;
    const counted = Object.fromEntries(Array.from(school, (place, i) => [names[place], share[i]! * example.total]));
    expect(Object.keys(counted)).toEqual(Object.keys(example.counted));
    for (const [name, time] of Object.entries(example.counted)) expect(counted[name]).toBeCloseTo(time, 12);
    expect(unaccounted[0]! * example.total).toBeCloseTo(example.unaccounted, 12);
  });
});
