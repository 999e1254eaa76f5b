import { createHmac } from "node:crypto";
import { describe, expect, it } from "vitest";
import { silent } from "../../../kernel/index.js";
import { plain, pupils } from "../../value-added/example-pupils.js";
import { correctableMeasure, correctMeasure } from "../../value-added/index.js";
import { type EffectSet, effectsOfSets, referenceOf } from "./effects.js";

const made = correctableMeasure(plain, { pupils, membership: null }, silent);
if (!made.ok) throw new Error("the example pupils can't be measured");
const measure = made.value;
const hash = (reference: string) => createHmac("sha256", "a key").update(reference).digest("hex");
const reference = referenceOf(pupils, plain.pupil);
const { membership, used } = measure.fitted.design;
const urn = membership.schools[2]!;
const own = [...used.rows].filter((_, i) => membership.school[i] === 2);
const elsewhere = [...used.rows].find((_, i) => membership.school[i] === 0)!;
const leave = (...rows: number[]): EffectSet => ({
  ...{ key: rows.join(), urn },
  corrections: rows.map((row) => ({ pupil: hash(reference(row)), action: "leave-out", shares: [] })),
});
const effectsOf = (...sets: EffectSet[]) => effectsOfSets(measure, sets, hash, silent);

describe("the effect of corrections", () => {
  it("is what the measure's own engine answers", () => {
    const [row, other] = own as [number, number];
    const [one, both] = effectsOf(leave(row), leave(row, other));
    const expected = correctMeasure(measure, [{ row, action: "leave-out", shares: [], place: "" }], false, silent);
    if (!expected.ok) throw new Error("can't be corrected");
    const school = expected.value.schools.find(({ before }) => before.school === urn)!;
    expect(one).toMatchObject({ held: true, notCounted: [], problems: [], others: [] });
    expect(one!.after!.valueAdded).toBe(school.after.valueAdded);
    expect(one!.after!.pupils).toBe(one!.before!.pupils - 1);
    const steps = one!.steps.reduce((sum, { difference }) => sum + difference, 0);
    expect(steps).toBeCloseTo(one!.after!.valueAdded - one!.before!.valueAdded, 9); // the steps are sums over few pupils
    expect(both!.after!.pupils).toBe(both!.before!.pupils - 2);
    expect(one!.largestElsewhere).toBeGreaterThan(0);
  });

  it("names the other school where a pupil's time is shared", () => {
    const row = own[0]!;
    const shares = [urn, membership.schools[0]!].map((school) => ({ urn: school, share: 0.5 }));
    const [effect] = effectsOf({
      key: "shared",
      urn,
      corrections: [{ pupil: hash(reference(row)), action: "shares", shares }],
    });
    expect(effect!.others.map((other) => other.urn)).toEqual([membership.schools[0]]);
    expect(effect!.after!.pupilEquivalents).toBeCloseTo(effect!.before!.pupilEquivalents - 0.5, 9);
  });

  it("is none where no such pupil counts for the school, and says so", () => {
    const [effect] = effectsOf(leave(elsewhere));
    expect(effect!.notCounted).toEqual([hash(reference(elsewhere))]);
    expect(effect!.after).toEqual(effect!.before);
  });

  it("is left out, with the reason, where it can't be computed", () => {
    const [nowhere] = effectsOf({ ...leave(own[0]!), urn: "none" });
    expect(nowhere).toMatchObject({ before: null, after: null });
    const shares = [{ urn: "none", share: 1 }];
    const [unknown] = effectsOf({
      key: "x",
      urn,
      corrections: [{ pupil: hash(reference(own[0]!)), action: "shares", shares }],
    });
    expect(unknown!.problems.map(({ code }) => code)).toEqual(["correction-school-unknown"]);
    expect(unknown!.after).toBeNull();
  });

  it("holds no reference and no result of a pupil", () => {
    const text = JSON.stringify(effectsOf(leave(own[0]!)));
    expect(text).not.toContain(`"${reference(own[0]!)}"`);
  });
});
