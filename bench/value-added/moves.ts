import type { Random } from "../../src/kernel/random.js";
import type { Moves } from "./country.js";
import type { Schools } from "./schools.js";

/** Terms that are shared out between a pupil's schools. */
const terms = 15;

/** The schools of one pupil, last school first, with shares of the terms that sum to one. */
export interface Membership {
  /** How many of the three places are filled. */
  count: number;
  readonly school: [number, number, number];
  readonly share: [number, number, number];
}

/** One membership to write every pupil's into, since there are millions. */
export function emptyMembership(): Membership {
  return { count: 0, school: [0, 0, 0], share: [0, 0, 0] };
}

/** Writes into `out` the one school of a pupil who stayed. */
export function stay(school: number, out: Membership): void {
  out.count = 1;
  out.school[0] = school;
  out.share[0] = 1;
}

/** Writes into `out` the two or three schools of a mover who ends at `last`. */
export function drawMove(last: number, moves: Moves, schools: Schools, random: Random, out: Membership): void {
  const anywhere = moves === "anywhere" || random.uniform() < 0.15;
  let second = schools.drawOrigin(last, anywhere, random);
  const third = schools.drawOrigin(second, anywhere, random);
  if (second === last) second = (second + 1) % schools.count;
  const distinct = third !== last && third !== second;
  const wantsThree = random.uniform() < 0.2;
  const atLast = 1 + random.below(terms - 1);
  const left = terms - atLast;
  const atSecond = Math.max(1, Math.floor(left * random.uniform()));
  const three = wantsThree && distinct && left > atSecond;
  out.count = three ? 3 : 2;
  out.school[0] = last;
  out.school[1] = second;
  out.school[2] = third;
  out.share[0] = atLast / terms;
  out.share[1] = (three ? atSecond : left) / terms;
  out.share[2] = three ? (left - atSecond) / terms : 0;
}
