import { missingDay, type Random } from "../kernel/index.js";
import { assumptions } from "./assumptions.js";
import { nearestCount } from "./neighbours.js";
import type { Person } from "./person.js";
import { placeKind, type Roll } from "./roll.js";
import { addSpell, type SpellRows } from "./rows.js";

/** The window of one cohort in day numbers: `from` is in it, `to` is not. */
export interface Window {
  readonly from: number;
  readonly to: number;
  /** Years from beginning to end: 4 or 5. */
  readonly years: number;
  /** First day of reception, for pupils who have been at a primary school all along. */
  readonly reception: number;
}

const main = 0;
const subsidiary = 1;
/** Days of the academic year on which terms begin, about. */
const termStarts = [0, 125, 230] as const;
const lastDayOfMove = 315;

/**
 * Draws the schools that a pupil went through on the way to the last, writes the spells, and answers the sum of the schools'
 * true effects by the time spent at each: by the rules of membership, a main registration counts before a subsidiary one, and
 * time on no roll counts for no school.
 *
 * @param schoolOf the country's place of a school of the roll
 */
export function drawPath(
  person: Person,
  roll: Roll,
  s: number,
  cohort: number,
  window: Window,
  pupil: number,
  schoolOf: Int32Array,
  spells: SpellRows,
  random: Random,
): number {
  const effectOf = (k: number) => roll.persistent[k]! + roll.ofYear[cohort * roll.school.length + k]!;
  const length = window.to - window.from;
  const usualEntry = roll.startsHere[s] === 1 ? window.from : window.reception;
  if (person.arrivesLate) {
    const day = dayOfMove(window, random);
    addSpell(spells, pupil, schoolOf[s]!, day, missingDay, main);
    return (effectOf(s) * (window.to - day)) / length;
  }
  const u = random.uniform();
  const joins = joiningOf(roll, s);
  if (u >= joins) {
    const returns =
      roll.phase === "primary"
        ? assumptions.alternativeSpell.value.primary
        : assumptions.alternativeSpell.value.secondary;
    if (u < joins + (1 - joins) * returns && roll.kind[s] === placeKind.mainstream && roll.alternative.length > 0)
      return alternativeInTheMiddle(roll, s, window, usualEntry, pupil, schoolOf, spells, effectOf, random);
    addSpell(spells, pupil, schoolOf[s]!, usualEntry, missingDay, main);
    return effectOf(s);
  }
  const day = roll.kind[s] === placeKind.alternative ? lateDay(window, random) : dayOfMove(window, random);
  let effect = (effectOf(s) * (window.to - day)) / length;
  const before = schoolBefore(roll, s, random);
  const gap = random.uniform() < assumptions.gapShare.value ? 20 + random.below(240) : 0;
  const left = day - gap; // first day no longer at the school before
  const twice = random.uniform() < assumptions.secondMove.value;
  if (left <= window.from + 5) {
    // The time out reaches back to the beginning of the window: the pupil was nowhere before.
    addSpell(spells, pupil, schoolOf[s]!, day, missingDay, main);
    return effect;
  }
  let since = window.from;
  let entry = roll.startsHere[before] === 1 ? window.from : window.reception;
  if (twice && left - window.from > 60) {
    const first = schoolBefore(roll, before, random);
    if (first !== before) {
      const change = window.from + 20 + random.below(left - window.from - 40);
      const firstEntry = roll.startsHere[first] === 1 ? window.from : window.reception;
      addSpell(spells, pupil, schoolOf[first]!, firstEntry, change - 1, main);
      effect += (effectOf(first) * (change - window.from)) / length;
      since = change;
      entry = change;
    }
  }
  addSpell(spells, pupil, schoolOf[before]!, entry, left - 1, main);
  addSpell(spells, pupil, schoolOf[s]!, day, missingDay, main);
  return effect + (effectOf(before) * (left - since)) / length;
}

/** Nearly all of alternative provision's leavers come late from mainstream schools; a third of special schools' came during the window. */
function joiningOf(roll: Roll, s: number): number {
  if (roll.kind[s] === placeKind.alternative) return 0.97;
  return roll.kind[s] === placeKind.special ? 0.33 : roll.joining[s]!;
}

/** Away for some months and back: half stay registered at their own school and are subsidiary at the provider. */
function alternativeInTheMiddle(
  roll: Roll,
  s: number,
  window: Window,
  usualEntry: number,
  pupil: number,
  schoolOf: Int32Array,
  spells: SpellRows,
  effectOf: (k: number) => number,
  random: Random,
): number {
  const provider = roll.alternative[random.below(roll.alternative.length)]!;
  const day = dayOfMove(window, random);
  const back = Math.min(window.to - 10, day + 40 + random.below(260));
  if (random.uniform() < 0.5) {
    addSpell(spells, pupil, schoolOf[s]!, usualEntry, missingDay, main);
    addSpell(spells, pupil, schoolOf[provider]!, day, back - 1, subsidiary);
    return effectOf(s);
  }
  addSpell(spells, pupil, schoolOf[s]!, usualEntry, day - 1, main);
  addSpell(spells, pupil, schoolOf[provider]!, day, back - 1, main);
  addSpell(spells, pupil, schoolOf[s]!, back, missingDay, main);
  const away = (back - day) / (window.to - window.from);
  return effectOf(s) * (1 - away) + effectOf(provider) * away;
}

/** A mainstream school nearby, or anywhere in the region; the same school where there is no other. */
function schoolBefore(roll: Roll, s: number, random: Random): number {
  const at = s * nearestCount;
  if (random.uniform() >= assumptions.farMoves.value && roll.nearest[at]! >= 0) {
    const u = random.uniform();
    for (let k = 0; k < nearestCount && roll.nearest[at + k]! >= 0; k++)
      if (u < roll.nearestWeight[at + k]!) return roll.nearest[at + k]!;
  }
  const far = roll.mainstream[random.below(roll.mainstream.length)] ?? s;
  return far === s ? (roll.nearest[at]! >= 0 ? roll.nearest[at]! : s) : far;
}

/** A day within the window: half of the moves are at the beginning of a term, not at the window's first day. */
function dayOfMove(window: Window, random: Random): number {
  const year = random.below(window.years);
  const atTerm = random.uniform() < 0.5;
  const inYear = atTerm ? termStarts[random.below(3)]! : 1 + random.below(lastDayOfMove - 1);
  const day = window.from + Math.round(365.25 * year) + (year === 0 && inYear === 0 ? termStarts[1] : inYear);
  return Math.min(day, window.to - 20);
}

/** A day in the last two years of the window. */
function lateDay(window: Window, random: Random): number {
  return window.to - 20 - random.below(600);
}
