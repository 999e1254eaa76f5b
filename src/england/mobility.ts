import { columnOf, missingDay } from "../kernel/index.js";
import type { England, EnglandPhase } from "./england.js";
import { placesOf } from "./moments.js";
import { windowOf } from "./specification.js";

/** How pupils moved, by mainstream school with at least thirty pupils ever on roll. */
export interface Mobility {
  /** Percentage of the pupils ever on roll during the window who finished elsewhere. */
  readonly leavers: Float64Array;
  /** Percentage of the roll, over the January counts of the window, who came at the usual time. */
  readonly stable: Float64Array;
}

const fewest = 30;
/** Days from the window's beginning to the middle of January of its first year. */
const january = 136;

/** Counts leavers and joiners from the spells; all cohorts together. */
export function mobilityOf(england: England, phase: EnglandPhase): Mobility {
  const schools = england.schools.length;
  const [ever, left, onRoll, stayed] = [0, 1, 2, 3].map(() => new Float64Array(schools)) as [
    Float64Array,
    Float64Array,
    Float64Array,
    Float64Array,
  ];
  const pupils = columnOf(phase.pupils, "pupil", "number").values;
  const lastSchool = placesOf(phase.pupils, england.schools);
  const year = columnOf(phase.pupils, "year", "category");
  const spells = {
    pupil: columnOf(phase.spells, "pupil", "number").values,
    school: placesOf(phase.spells, england.schools),
    entered: columnOf(phase.spells, "entered", "date").days,
    left: columnOf(phase.spells, "left", "date").days,
    status: columnOf(phase.spells, "status", "category"),
  };
  const windows = year.levels.map((level) => windowOf(phase.phase, Number(level.slice(0, 4))));
  const main = spells.status.levels.indexOf("main");
  let row = 0;
  let firstOfPupil = 0;
  for (let at = 0; at < spells.pupil.length; at++) {
    if (spells.pupil[at] !== pupils[row]) {
      row++;
      firstOfPupil = at;
    }
    if (spells.status.codes[at] !== main) continue;
    const school = spells.school[at]!;
    const window = windows[year.codes[row]!]!;
    const until = spells.left[at] === missingDay ? window.to : spells.left[at]!;
    for (let y = 0; y < window.years; y++) {
      const day = window.from + january + Math.round(365.25 * y);
      if (spells.entered[at]! > day || until < day) continue;
      onRoll[school]!++;
      if (spells.entered[at]! <= window.from) stayed[school]!++;
    }
    let counted = false;
    for (let before = firstOfPupil; before < at; before++) if (spells.school[before] === school) counted = true;
    if (counted) continue;
    ever[school]!++;
    if (school !== lastSchool[row]) left[school]!++;
  }
  const shown = [...ever.keys()].filter((s) => england.schools[s]!.kind === "mainstream" && ever[s]! >= fewest);
  return {
    leavers: Float64Array.from(shown, (s) => (100 * left[s]!) / ever[s]!),
    stable: Float64Array.from(shown, (s) => (100 * stayed[s]!) / onRoll[s]!),
  };
}
