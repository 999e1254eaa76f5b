/** Says so where a slope's covariate never comes near 0: the published figure is the school's effect at 0. */
export function farFromZero({ name, values }: { readonly name: string; readonly values: Float64Array }): string[] {
  let [least, most] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (const value of values) {
    least = Math.min(least, value);
    most = Math.max(most, value);
  }
  if (least <= 0 && most >= 0) return [];
  return [
    `Each school's figure is what it adds where "${name}" is 0, but "${name}" runs from ${least} to ${most}. Take a typical value off the column to publish figures at that value.`,
  ];
}
