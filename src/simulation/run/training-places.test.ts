import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { providerKinds, regions, subjects } from "../classes.js";
import { makeEngland } from "../england.js";
import { englandTeachers } from "../published/england-teachers.js";
import {
  firstTraining,
  offerPlaces,
  type PlacesRule,
  recruit,
  rollGuarantee,
  type TrainingState,
} from "./training-places.js";

const { providers, trainees } = makeEngland();
const rows = subjects.length * providers.count;
const sum = (values: ArrayLike<number>) => Array.from(values).reduce((a, b) => a + b, 0);
const ruleOf = (places: number, more: Partial<PlacesRule> = {}): PlacesRule => ({
  ...{ places: new Float64Array(subjects.length).fill(places), cut: 0.25, growth: 0.15 },
  ...more,
});
const first = firstTraining(providers, trainees);
const physics = subjects.indexOf("physics");
const of = (row: Float64Array, subject = physics) =>
  row.subarray(subject * providers.count, (subject + 1) * providers.count);

describe("providers", () => {
  it("are as many as accredited, and share all applicants and all spare places", () => {
    expect(providers.count).toBe(179);
    for (let s = 0; s < subjects.length; s++) {
      expect(sum(of(providers.applicants, s))).toBeCloseTo(1, 12);
      expect(sum(of(providers.spare, s))).toBeCloseTo(1, 12);
    }
  });

  // published: Initial Teacher Training Census 2024/25, by kind of provider and subject, and by kind and region
  it("have the trainees of the census: every subject's exactly, each kind's and region's within two heads a subject", () => {
    const close = (has: number, wants: number) => expect(Math.abs(has - wants)).toBeLessThanOrEqual(2 + wants / 500);
    for (let s = 0; s < subjects.length; s++) expect(sum(of(first.trainees, s))).toBe(trainees[s]);
    const began = englandTeachers.training;
    for (const [kind] of providerKinds.entries()) {
      const isKind = (k: number) => providers.kind[k % providers.count] === kind;
      for (let s = 0; s < subjects.length; s++)
        close(sum(of(first.trainees, s).filter((_, p) => isKind(p))), began.bySubject.at(-1)![kind]![s]!);
      if (kind < 2)
        for (let r = 0; r < regions.length; r++)
          close(
            sum(first.trainees.filter((_, k) => isKind(k) && providers.region[k % providers.count] === r)),
            began.byRegion.at(-1)![kind]![r]!,
          );
    }
  });
});

describe("places", () => {
  const afterYears = (years: number, rule: PlacesRule, guarantee: number): readonly TrainingState[] => {
    const states: TrainingState[] = [first];
    for (let t = 0; t < years; t++) {
      const before = states.at(-1)!;
      const offered = offerPlaces(providers, before, rule, trainees);
      states.push({ offered, guaranteed: rollGuarantee(before, offered, guarantee), trainees: first.trainees });
    }
    return states;
  };

  it("are the country's in the first year, and fall towards what is filled, but for those guaranteed", () => {
    const free = afterYears(6, ruleOf(3000), 0).map(({ offered }) => (offered ? sum(of(offered)) : 0));
    expect(free[1]).toBeCloseTo(3000, 6);
    expect(free[2]).toBeLessThan(3000);
    expect(free[2]).toBeGreaterThanOrEqual(3000 - 0.25 * (3000 - trainees[physics]!)); // providers with less than one place empty count as full
    expect(free[6]).toBeLessThan(free[2]!);
    const sure = afterYears(6, ruleOf(3000), 1).map(({ offered }) => (offered ? sum(of(offered)) : 0));
    expect(sure[6]).toBeCloseTo(3000, 6);
  });

  it("grow where they are filled, and no further than the country's", () => {
    const before = { ...first, offered: first.trainees };
    const grown = offerPlaces(providers, before, ruleOf(1e6), trainees);
    for (const [k, places] of grown.entries()) expect(places).toBeCloseTo(1.15 * first.trainees[k]!, 9);
    const bound = offerPlaces(providers, before, ruleOf(trainees[physics]! * 1.05), trainees);
    expect(sum(of(bound))).toBeCloseTo(trainees[physics]! * 1.05, 6);
  });

  it("that are guaranteed stand for three years even where the country has none any more", () => {
    const given = afterYears(2, ruleOf(2000), 0.5).at(-1)!;
    let state = given;
    for (const [t, expected] of [1000, 1000, 1000, 0].entries()) {
      const offered = offerPlaces(providers, state, ruleOf(0), trainees);
      if (t < 2) expect(sum(of(offered))).toBeGreaterThanOrEqual(expected * 0.7);
      for (const [k, sure] of state.guaranteed[0].entries()) expect(offered[k]!).toBeCloseTo(sure, 9);
      state = { ...state, offered, guaranteed: rollGuarantee(state, offered, 0) };
    }
    expect(sum(state.guaranteed[0])).toBe(0);
  });

  it("are guaranteed three years ahead at once, and then one year is added and the two others stay as they are", () => {
    const [, one, two] = afterYears(2, ruleOf(3000), 1);
    expect(one!.guaranteed.map((row) => sum(of(row)))).toEqual([3000, 3000, 3000].map((n) => expect.closeTo(n, 6)));
    expect(two!.guaranteed[0]).toBe(one!.guaranteed[1]);
    expect(two!.guaranteed[1]).toBe(one!.guaranteed[2]);
  });
});

describe("recruits", () => {
  const shares = of(providers.applicants);

  it("are never more than applicants or places, are whole, and are conserved where there is room", () => {
    const anyPlaces = fc.array(fc.double({ min: 0, max: 60, noNaN: true }), {
      minLength: providers.count,
      maxLength: providers.count,
    });
    fc.assert(
      fc.property(
        anyPlaces,
        fc.integer({ min: 0, max: 8000 }),
        fc.double({ min: 0, max: 1, noNaN: true }),
        (list, n, elsewhere) => {
          const offered = Float64Array.from(list);
          const begun = recruit(providers, shares, offered, n, elsewhere);
          expect(
            begun.every((count, p) => Number.isInteger(count) && count >= 0 && count <= Math.ceil(offered[p]!)),
          ).toBe(true);
          expect(sum(begun)).toBeLessThanOrEqual(Math.min(n, sum(offered)) + 1);
          const all = recruit(providers, shares, offered, n, 1);
          expect(Math.abs(sum(all) - Math.min(n, sum(offered)))).toBeLessThanOrEqual(1);
          expect(sum(all)).toBeGreaterThanOrEqual(sum(begun));
        },
      ),
      { numRuns: 60 },
    );
  });

  it("go to others of their region first, and a share of the rest elsewhere", () => {
    const [north, south] = [0, 8];
    const here = (region: number) => providers.region.map((r) => (r === region ? 1 : 0));
    const applied = sum(shares.filter((_, p) => providers.region[p] === north)) * 1000;
    const inNorth = Float64Array.from(here(north), (is) => is * 1000);
    const roomy = recruit(providers, shares, inNorth, 1000, 0);
    expect(sum(roomy)).toBe(Math.round(applied));
    const onlySouth = Float64Array.from(here(south), (is) => is * 1000);
    const stay = sum(recruit(providers, shares, onlySouth, 1000, 0));
    expect(sum(recruit(providers, shares, onlySouth, 1000, 0.5))).toBe(Math.round(stay + 0.5 * (1000 - stay)));
  });

  it("has rows for every subject and provider", () => expect(first.trainees.length).toBe(rows));
});
