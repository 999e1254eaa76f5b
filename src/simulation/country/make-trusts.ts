import { fifths, placeCount, regions, trustSizes } from "../classes.js";
import type { SchoolTotals } from "../published/totals.js";
import { noTrust, type SchoolColumns, type TrustColumns } from "./country.js";

const sizes = trustSizes.length - 1;

/** A step over a row of schools that has no divisor in common with its length: neighbours by size then come to different sizes of trust. */
function stepOver(length: number): number {
  const divisor = (a: number, b: number): number => (b === 0 ? a : divisor(b, a % b));
  let step = Math.max(1, Math.floor(length * 0.6180339887498949));
  while (divisor(step, length) !== 1) step++;
  return step;
}

/** Schools of every region and size of trust, in the order of the country's: as many of each phase and fifth as are published. */
function schoolsBySize(totals: SchoolTotals, schools: SchoolColumns): readonly (readonly number[])[] {
  const found: number[][] = Array.from({ length: regions.length * sizes }, () => []);
  for (const [group, counts] of totals.trusts.schools.flat(2).entries()) {
    const [from, to] = [schools.starts[group]!, schools.starts[group + 1]!];
    const region = Math.floor((group % placeCount) / fifths.length);
    const step = stepOver(to - from);
    let k = 0;
    for (const [size, count] of counts.entries())
      for (let n = 0; n < count; n++, k++) found[region * sizes + size]!.push(from + ((k * step) % (to - from)));
  }
  return found;
}

/**
 * Trusts, of which the number by region and size is published, and how many schools of each phase and fifth are in trusts of each size: schools are
 * dealt to the trusts of their region and size one after another. Which school is in which trust, and with which others, is made up.
 */
export function makeTrusts(totals: SchoolTotals, schools: SchoolColumns): TrustColumns {
  const ofSchool = new Uint16Array(schools.count).fill(noTrust);
  const [region, size]: [number[], number[]] = [[], []];
  for (const [k, own] of schoolsBySize(totals, schools).entries()) {
    const known = totals.trusts.trusts[Math.floor(k / sizes)]![k % sizes]!;
    const count = own.length === 0 ? 0 : Math.min(own.length, Math.max(1, known));
    for (const [n, school] of own.entries()) ofSchool[school] = region.length + (n % count);
    for (let n = 0; n < count; n++) {
      region.push(Math.floor(k / sizes));
      size.push(1 + (k % sizes));
    }
  }
  return { count: region.length, region: Uint8Array.from(region), size: Uint8Array.from(size), ofSchool };
}
