import { neighboursOf } from "./country.js";
import type { LinearModel, LinearRow } from "./linear.js";
import { costsOf, limitsOf } from "./measure.js";
import type { DrawingTask } from "./settings.js";

/** The linear model of a task and where its columns stand. */
export interface BoundModel {
  readonly model: LinearModel;
  /** The share of a block that a slot serves; whole in a drawing. */
  block(block: number, slot: number): number;
  /** Columns that are whole in a drawing come first; so many. */
  readonly whole: number;
  /** How far, in averages of regions, schools and pupils may be out of balance beyond the tolerance: held at 0 but in a diagnosis. */
  readonly schoolsSlack: number;
  readonly pupilsSlack: number;
  /** The rows of each optional wish, so that a diagnosis can leave one out. */
  readonly blockOf: Int32Array;
}

/** What a diagnosis leaves out of the model. */
export interface LeftOut {
  readonly fixed?: number;
  readonly apart?: number;
}

const unlimited = Number.POSITIVE_INFINITY;

/**
 * The relaxed task: every block served by one slot, every open slot within its limits, seats with their offices, and for each border
 * whether its sides have different slots. That regions are in one piece comes as cuts while it is solved, and a first few here: who is
 * served by an office that isn't next door shares it with a neighbour.
 */
export function boundModel(task: DrawingTask, leftOut: LeftOut = {}): BoundModel {
  const { country, settings, blocks, seats, slots } = task;
  const { units, borders, offices } = country;
  const costs = costsOf(task);
  const blockOf = new Int32Array(units.length);
  blocks.forEach((members, b) => {
    for (const unit of members) blockOf[unit] = b;
  });
  const mayClose = settings.regions < offices.length;
  const openAt = blocks.length * slots;
  const whole = openAt + (mayClose ? slots : 0);
  const shown = costs.km > 0 ? borders.filter(({ a, b, km }) => km > 0 && blockOf[a] !== blockOf[b]) : [];
  const columns = whole + shown.length * slots + 2;
  const [schoolsSlack, pupilsSlack] = [columns - 2, columns - 1];
  const cost = new Float64Array(columns);
  const least = new Float64Array(columns);
  const most = new Float64Array(columns).fill(1);
  most.fill(0, schoolsSlack);
  const rows: LinearRow[] = [];
  const row = (from: number, to: number, cells: readonly (readonly [number, number])[]) =>
    rows.push({ least: from, most: to, columns: cells.map(([c]) => c), factors: cells.map(([, f]) => f) });
  const block = (b: number, slot: number) => b * slots + slot;
  const open = (slot: number): [number, number][] => (mayClose ? [[openAt + slot, 1]] : []);
  const each = Array.from({ length: slots }, (_, slot) => slot);

  blocks.forEach((members, b) => {
    for (const slot of each)
      cost[block(b, slot)] = members.reduce((sum, i) => sum + (units[i]!.today === slot ? 0 : costs.change[i]!), 0);
    row(
      1,
      1,
      each.map((slot) => [block(b, slot), 1]),
    );
  });
  addLimits(task, { row, block, open, schoolsSlack, pupilsSlack, mayClose });
  if (mayClose) {
    row(settings.regions, settings.regions, each.flatMap(open));
    blocks.forEach((_, b) => {
      for (const slot of each)
        row(0, unlimited, [
          [openAt + slot, 1],
          [block(b, slot), -1],
        ]);
    });
  }
  seats.forEach((seat, slot) => {
    const at = block(blockOf[seat]!, slot);
    if (mayClose)
      row(0, 0, [
        [at, 1],
        [openAt + slot, -1],
      ]);
    else least[at] = 1;
  });
  task.fixed.forEach((slot, unit) => {
    if (slot !== -1 && leftOut.fixed !== unit) least[block(blockOf[unit]!, slot)] = 1;
  });
  task.apart.forEach(([x, y], i) => {
    if (leftOut.apart !== i)
      for (const slot of each)
        row(-unlimited, 1, [
          [block(blockOf[x]!, slot), 1],
          [block(blockOf[y]!, slot), 1],
        ]);
  });
  shown.forEach(({ a, b, km }, i) => {
    for (const slot of each) {
      const apart = whole + i * slots + slot;
      cost[apart] = (costs.km * km) / 2;
      const [x, y] = [block(blockOf[a]!, slot), block(blockOf[b]!, slot)];
      row(0, unlimited, [
        [apart, 1],
        [x, -1],
        [y, 1],
      ]);
      row(0, unlimited, [
        [apart, 1],
        [x, 1],
        [y, -1],
      ]);
    }
  });
  addNeighbourRows(task, blockOf, block, row);
  return { model: { cost, least, most, rows }, block, whole, schoolsSlack, pupilsSlack, blockOf };
}

type AddRow = (from: number, to: number, cells: readonly (readonly [number, number])[]) => void;

interface LimitColumns {
  readonly row: AddRow;
  readonly block: (b: number, slot: number) => number;
  readonly open: (slot: number) => [number, number][];
  readonly schoolsSlack: number;
  readonly pupilsSlack: number;
  readonly mayClose: boolean;
}

/** Schools and pupils of each slot within the limits, in averages of regions so that the numbers are near one. */
function addLimits(task: DrawingTask, { row, block, open, schoolsSlack, pupilsSlack, mayClose }: LimitColumns): void {
  const { country, blocks, slots } = task;
  const limits = limitsOf(task);
  for (let slot = 0; slot < slots; slot++)
    for (const [what, slack] of [
      ["schools", schoolsSlack],
      ["pupils", pupilsSlack],
    ] as const) {
      const { mean, least, most } = limits[what];
      const sum = blocks.map((members, b): [number, number] => [
        block(b, slot),
        members.reduce((total, i) => total + country.units[i]![what], 0) / mean,
      ]);
      const times = (factor: number) => open(slot).map(([column]): [number, number] => [column, -factor]);
      row(mayClose ? 0 : least / mean, unlimited, [...sum, ...times(least / mean), [slack, 1]]);
      row(-unlimited, mayClose ? 0 : most / mean, [...sum, ...times(most / mean), [slack, -1]]);
    }
}

function addNeighbourRows(
  { country, blocks, seats }: DrawingTask,
  blockOf: Int32Array,
  block: (b: number, slot: number) => number,
  row: AddRow,
): void {
  const neighbours = neighboursOf(country);
  seats.forEach((seat, slot) => {
    blocks.forEach((members, b) => {
      if (b === blockOf[seat] || members.length > 1) return;
      const around = new Set(neighbours[members[0]!]!.map(({ unit }) => blockOf[unit]!));
      row(0, unlimited, [...[...around].map((next): [number, number] => [block(next, slot), 1]), [block(b, slot), -1]]);
    });
  });
}
