import type { Family } from "./families.js";

/** Λx, unit by unit: x is effects×w, the answer scalars×w. */
export function times(
  families: readonly Family[],
  factors: readonly Float64Array[],
  x: Float64Array,
  w: number,
  scalars: number,
): Float64Array {
  const out = new Float64Array(scalars * w);
  families.forEach(({ units, width, effects, firstScalar, firstEffect }, f) => {
    const factor = factors[f]!;
    for (let unit = 0; unit < units; unit++)
      for (let i = 0; i < width; i++)
        for (let j = 0; j < effects; j++) {
          const value = factor[i * effects + j]!;
          if (value === 0) continue;
          const to = (firstScalar + unit * width + i) * w;
          for (let c = 0, from = (firstEffect + unit * effects + j) * w; c < w; c++)
            out[to + c]! += value * x[from + c]!;
        }
  });
  return out;
}
