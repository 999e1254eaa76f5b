import fc from "fast-check";
import { expect, it } from "vitest";
import { portableExp, portableLog } from "./exponential.js";
import { happens } from "./logistic-chance.js";

const byFormula = (word: number, logit: number) => word / 2 ** 32 < 1 / (1 + portableExp(-logit));
const word = fc.integer({ min: 0, max: 0xffff_ffff });

it("answers as the formula does, for any draw and any log-odds", () => {
  fc.assert(
    fc.property(word, fc.double({ min: -40, max: 40, noNaN: true }), (drawn, logit) => {
      expect(happens(drawn, logit)).toBe(byFormula(drawn, logit));
    }),
    { numRuns: 5000 },
  );
});

it("answers as the formula does on the edge: with the log-odds of the draw itself, and of its class's ends", () => {
  fc.assert(
    fc.property(word, fc.integer({ min: -3, max: 3 }), (drawn, step) => {
      const share = drawn / 2 ** 32;
      const edge = Math.floor(share * 1024) / 1024;
      for (const p of [share, edge, edge + 1 / 1024]) {
        if (p <= 0 || p >= 1) continue;
        const logit = portableLog(p / (1 - p)) * (1 + step * 2 ** -52);
        expect(happens(drawn, logit)).toBe(byFormula(drawn, logit));
      }
    }),
    { numRuns: 5000 },
  );
});

it("never happens without odds, and always with endless ones", () => {
  fc.assert(
    fc.property(word, (drawn) => {
      expect(happens(drawn, Number.NEGATIVE_INFINITY)).toBe(false);
      expect(happens(drawn, Number.POSITIVE_INFINITY)).toBe(true);
    }),
  );
});
