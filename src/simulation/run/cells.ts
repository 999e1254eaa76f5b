import { cellCount, fifths, phases, placeCount, providerKinds, regions, subjects, trustSizes } from "../classes.js";
import type { Breakdown } from "../engine.js";

const width = fifths.length;

const words: readonly (readonly [string, readonly string[]])[] = [
  ["england", ["england"]],
  ["phase", phases],
  ["subject", subjects],
  ["region", regions],
  ["fifth", fifths],
  ["subject-region", subjects.flatMap((subject) => regions.map((region) => `${subject}/${region}`))],
  ["provider-kind", providerKinds],
  ["region-provider-kind", regions.flatMap((region) => providerKinds.map((kind) => `${region}/${kind}`))],
  ["trust-size", trustSizes],
  ["phase-fifth", phases.flatMap((phase) => fifths.map((fifth) => `${phase}/${fifth}`))],
];

/** The ways of dividing what is counted, with where each one's cells begin. */
export const breakdowns: readonly Breakdown[] = words.map(([name, cells], i) => ({
  name,
  cells,
  from: words.slice(0, i).reduce((sum, [, before]) => sum + before.length, 0),
}));

/** Cells of all breakdowns. */
export const resultCells = words.reduce((sum, [, cells]) => sum + cells.length, 0);

const fromOf = Object.fromEntries(breakdowns.map(({ name, from }) => [name, from])) as Readonly<Record<string, number>>;

/** For each subject, region and fifth (855): the cells of the result it counts in, one a breakdown. */
const cellsOfTeachers: readonly Uint16Array[] = Array.from({ length: cellCount }, (_, cell) => {
  const [subject, place] = [Math.floor(cell / placeCount), cell % placeCount];
  const [region, fifth] = [Math.floor(place / width), place % width];
  const phase = subject === 0 ? 0 : 1;
  return Uint16Array.of(
    fromOf.england!,
    fromOf.phase! + phase,
    fromOf.subject! + subject,
    fromOf.region! + region,
    fromOf.fifth! + fifth,
    fromOf["subject-region"]! + subject * regions.length + region,
    fromOf["phase-fifth"]! + phase * width + fifth,
  );
});

/** For each phase, region and fifth (90). */
const cellsOfPlaces: readonly Uint16Array[] = Array.from({ length: phases.length * placeCount }, (_, cell) => {
  const [phase, place] = [Math.floor(cell / placeCount), cell % placeCount];
  const [region, fifth] = [Math.floor(place / width), place % width];
  return Uint16Array.of(
    fromOf.england!,
    fromOf.phase! + phase,
    fromOf.region! + region,
    fromOf.fifth! + fifth,
    fromOf["phase-fifth"]! + phase * width + fifth,
  );
});

/** For each subject, region and kind of provider (513). */
const cellsOfTraining: readonly Uint16Array[] = Array.from(
  { length: subjects.length * regions.length * providerKinds.length },
  (_, cell) => {
    const [row, kind] = [Math.floor(cell / providerKinds.length), cell % providerKinds.length];
    const [subject, region] = [Math.floor(row / regions.length), row % regions.length];
    return Uint16Array.of(
      fromOf.england!,
      fromOf.phase! + (subject === 0 ? 0 : 1),
      fromOf.subject! + subject,
      fromOf.region! + region,
      fromOf["subject-region"]! + row,
      fromOf["provider-kind"]! + kind,
      fromOf["region-provider-kind"]! + region * providerKinds.length + kind,
    );
  },
);

/** For each phase, region, fifth and size of trust (540). */
const cellsOfAccounts: readonly Uint16Array[] = Array.from(
  { length: phases.length * placeCount * trustSizes.length },
  (_, cell) => {
    const [group, size] = [Math.floor(cell / trustSizes.length), cell % trustSizes.length];
    return Uint16Array.of(...cellsOfPlaces[group]!, fromOf["trust-size"]! + size);
  },
);

/** Result cells by kind of fine cell. */
export const coarse = {
  teachers: cellsOfTeachers,
  places: cellsOfPlaces,
  training: cellsOfTraining,
  accounts: cellsOfAccounts,
} as const;

/** Adds fine cells, from a position, into the cells of a result that they count in. */
export function addUp(fine: Float64Array, from: number, into: readonly Uint16Array[], cells: Float64Array): void {
  for (let i = 0; i < into.length; i++) {
    const value = fine[from + i]!;
    if (value === 0) continue;
    const each = into[i]!;
    for (let k = 0; k < each.length; k++) cells[each[k]!]! += value;
  }
}
