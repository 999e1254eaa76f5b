import { fifths, phases, placeCount, regions } from "../classes.js";
import { portableExp } from "../exponential.js";
import type { SchoolCell, SchoolTotals } from "../published/totals.js";
import type { SchoolColumns, Transfers } from "./country.js";
import { cumulatedShares, evenShare } from "./spread.js";

/** The value at a share of a row of deciles, straight between them. */
function atDecile(deciles: readonly number[], share: number): number {
  const at = share * (deciles.length - 1);
  const k = Math.min(deciles.length - 2, Math.floor(at));
  return deciles[k]! + (at - k) * (deciles[k + 1]! - deciles[k]!);
}

/** Sizes of a cell's schools: one at the middle of each equal share of the published distribution, brought to the cell's pupils. */
function sizesOf(cell: SchoolCell, scale: number): Float64Array {
  const sizes = Float64Array.from({ length: cell.schools }, (_, k) => atDecile(cell.sizes, (k + 0.5) / cell.schools));
  const sum = sizes.reduce((a, b) => a + b, 0);
  return sum > 0 ? sizes.map((size) => (size * cell.pupils * scale) / sum) : sizes;
}

/**
 * Schools as published for each phase, region and fifth: their number, their pupils and the distribution of their sizes.
 * @param pupils of each phase in the first census, to which the pupils of the tables are brought
 */
export function makeSchools(totals: SchoolTotals, pupils: readonly number[], spreadOfFunding: number): SchoolColumns {
  const cells = phases.map((_, phase) => totals.cells[phase]!.flat());
  const count = cells.flat().reduce((sum, cell) => sum + cell.schools, 0);
  const columns = {
    place: new Uint8Array(count),
    size: new Float64Array(count),
    within: new Float64Array(count),
    starts: new Uint32Array(phases.length * placeCount + 1),
    presentFunding: new Float64Array(count),
  };
  let at = 0;
  for (let phase = 0; phase < phases.length; phase++) {
    const known = cells[phase]!.reduce((sum, cell) => sum + cell.pupils, 0);
    for (let place = 0; place < placeCount; place++) {
      columns.starts[phase * placeCount + place] = at;
      const sizes = sizesOf(cells[phase]![place]!, pupils[phase]! / known);
      columns.within.set(cumulatedShares(sizes), at);
      for (const size of sizes) {
        columns.place[at] = place;
        columns.size[at] = size;
        columns.presentFunding[at] = portableExp(spreadOfFunding * standing(evenShare(at, 0)));
        at++;
      }
    }
  }
  columns.starts[phases.length * placeCount] = at;
  const { place, size, within, starts, presentFunding } = columns;
  return { count, firstSecondary: starts[placeCount]!, place, size, within, starts, presentFunding };
}

/** A share as a deviation of mean 0 and standard deviation 1 (triangular, so that none is far out). */
function standing(share: number): number {
  const side = share < 0.5 ? share : 1 - share;
  const fromEdge = Math.sqrt(2 * side);
  return (share < 0.5 ? fromEdge - 1 : 1 - fromEdge) * Math.sqrt(6);
}

/** Shares of pupils by phase and place: of a key of the cells, from per cent. */
export function sharesOf(totals: SchoolTotals, share: (cell: SchoolCell) => number): Float64Array {
  return Float64Array.from(totals.cells.flatMap((phase) => phase.flat()).map((cell) => share(cell) / 100));
}

/** How much likelier a pupil goes to a school of the own fifth, or of the next, than to one farther off. */
const affinity = (apart: number) => (apart === 0 ? 6 : apart === 1 ? 2 : 0.5);

/**
 * Where pupils go from a primary place, within the region: every secondary fifth gets its share of the region's pupils and the own fifth is
 * likelier (proportional fitting).
 */
export function makeTransfers(schools: SchoolColumns): Transfers {
  const weight = (phase: number, place: number) => {
    let sum = 0;
    for (let s = schools.starts[phase * placeCount + place]!; s < schools.starts[phase * placeCount + place + 1]!; s++)
      sum += schools.size[s]!;
    return sum;
  };
  const width = fifths.length;
  const transfers = new Float64Array(placeCount * width);
  for (let region = 0; region < regions.length; region++) {
    const share = (phase: number) => {
      const weights = Array.from({ length: width }, (_, f) => weight(phase, region * width + f));
      const sum = weights.reduce((a, b) => a + b, 0);
      return weights.map((w) => (sum > 0 ? w / sum : 0));
    };
    const [from, to] = [share(0), share(1)];
    const table = from.map((_, f) => to.map((_, g) => affinity(Math.abs(f - g))));
    for (let round = 0; round < 200; round++) {
      scaleRows(table, from);
      scaleColumns(table, to);
    }
    for (let f = 0; f < width; f++) cumulate(table[f]!, transfers, (region * width + f) * width);
  }
  return transfers;
}

function scaleRows(table: number[][], wanted: readonly number[]): void {
  for (const [f, row] of table.entries()) {
    const sum = row.reduce((a, b) => a + b, 0);
    if (sum > 0) for (let g = 0; g < row.length; g++) row[g]! *= wanted[f]! / sum;
  }
}

function scaleColumns(table: number[][], wanted: readonly number[]): void {
  for (let g = 0; g < wanted.length; g++) {
    const sum = table.reduce((a, row) => a + row[g]!, 0);
    if (sum > 0) for (const row of table) row[g]! *= wanted[g]! / sum;
  }
}

function cumulate(row: readonly number[], into: Float64Array, at: number): void {
  const sum = row.reduce((a, b) => a + b, 0);
  let before = 0;
  for (const [g, value] of row.entries()) {
    before += sum > 0 ? value / sum : 1 / row.length;
    into[at + g] = g === row.length - 1 ? 1 : before;
  }
}
