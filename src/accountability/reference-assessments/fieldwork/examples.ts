import type { FrameSchool } from "./frame.js";
import type { Item } from "./item.js";

/** Made-up primary schools of a frame: sizes and shares of free meals that vary, in nine regions. */
export function madeUpSchools(count: number): FrameSchool[] {
  return Array.from({ length: count }, (_, n) => ({
    urn: String(900_000 + n),
    region: `E1200000${(n % 9) + 1}`,
    ...{ type: "Community school", typeGroup: "Local authority maintained schools", lowAge: 4, highAge: 11 },
    pupils: 105 + ((n * 137) % 420),
    freeSchoolMealsPercent: (n * 61) % 55,
  }));
}

const constructs = ["number", "measurement", "geometry"];

/** A made-up item; every third is a number, and neighbours share a stimulus. */
export function madeUpItem(n: number): Item {
  const stimulus = `S${Math.floor(n / 2)}`;
  const isNumber = n % 3 === 0;
  return {
    ...{ id: `Q${n}`, subject: "mathematics", phases: ["year-4"], construct: constructs[n % 3]!, stimulus },
    stimulusText: `A made-up shop sells ${10 + Math.floor(n / 2)} apples.`,
    kind: isNumber ? "number" : "choice",
    prompt: `Made-up question ${n}: how many are left when ${1 + (n % 2)} are sold?`,
    options: isNumber ? [] : ["A", "B", "C"].map((id, k) => ({ id, text: String(7 + n + k) })),
    marks: isNumber ? [{ answer: String(8 + n), score: 1 }] : [{ answer: "B", score: 1 }],
    ...{ maximum: 1, seconds: 90, curricula: { "2014": true, "2028": n % 5 !== 0 }, status: "ready", history: [] },
  };
}
