/** Runs pieces of work one after another, in the order they came, whether or not an earlier one failed. */
export type InTurn = <T>(work: () => Promise<T>) => Promise<T>;

/** A queue of its own: a connection can do one thing at a time. */
export function takingTurns(): InTurn {
  let last: Promise<unknown> = Promise.resolve();
  return (work) => {
    const result = last.then(work);
    last = result.catch(() => {});
    return result;
  };
}
