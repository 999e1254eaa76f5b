import type { Problem } from "../../kernel/index.js";
import { chainStart, hashOf, type StoredEvent } from "./chain.js";
import { problemCodes } from "./problem-codes.js";

/** An event with the hash it was stored with. */
export type HashedEvent = StoredEvent & { readonly hash: string };

/** Problems beyond these are counted only. */
export const mostProblems = 100;
/** Events that don't fit and are compared with one another, to tell moved ones from changed ones. */
const mostSuspects = 16;

/** One pass over the log, event by event in the order of their numbers; it keeps no more of them than it needs. */
export interface ChainCheck {
  add(event: HashedEvent): void;
  /** What was found, once all events up to `number` were added. */
  finish(number: number): { readonly problems: readonly Problem[]; readonly more: number };
}

const problem = (code: keyof typeof problemCodes, place: string, message: string): Problem => ({
  ...{ code, place, message },
  remedy: problemCodes[code].remedy,
});

const placeOf = ({ number, stream, version }: StoredEvent) => `event ${number} (${stream}, version ${version})`;

function changed(event: StoredEvent): Problem {
  const message = "its hash is not that of its content and of the hash before it";
  return problem("log-event-changed", placeOf(event), message);
}

/** Of the events that don't fit: which stand at another's place, which only follow one that does, and which were changed. */
function tellApart(suspects: readonly HashedEvent[], hashBefore: ReadonlyMap<number, string>): Problem[] {
  const numbers = suspects.map(({ number }) => number);
  const before = [...hashBefore.values(), ...suspects.map(({ hash }) => hash)];
  return suspects.flatMap((event) => {
    const number = numbers.find((n) => before.some((hash) => hashOf(hash, { ...event, number: n }) === event.hash));
    if (number === event.number) return [];
    if (number === undefined) return [changed(event)];
    return [problem("log-event-moved", placeOf(event), `it was appended as number ${number}`)];
  });
}

/** Begins a pass. */
export function checkChain(): ChainCheck {
  const problems: Problem[] = [];
  const suspects: HashedEvent[] = [];
  const hashBefore = new Map<number, string>();
  let more = 0;
  let last = { number: 0, hash: chainStart };
  const report = (found: Problem) => {
    if (problems.length < mostProblems) problems.push(found);
    else more += 1;
  };
  const missing = (from: number, to: number) => {
    const place = from === to ? `event ${from}` : `events ${from} to ${to}`;
    report(problem("log-event-missing", place, "taken out of the log, so that the next one can't be checked either"));
  };
  return {
    add(event) {
      if (event.number > last.number + 1) missing(last.number + 1, event.number - 1);
      else if (hashOf(last.hash, event) !== event.hash) {
        if (suspects.length < mostSuspects) {
          suspects.push(event);
          hashBefore.set(event.number, last.hash);
        } else report(changed(event));
      }
      last = event; // go on from what stands there, so that one change is one problem
    },
    finish(number) {
      for (const found of tellApart(suspects, hashBefore)) report(found);
      if (last.number < number) {
        const words = `the head is at ${number}, the last event is ${last.number}`;
        report(problem("log-tail-missing", `events ${last.number + 1} to ${number}`, words));
      }
      return { problems, more };
    },
  };
}
