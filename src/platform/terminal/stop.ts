/**
 * From now on Ctrl-C and `kill` run `stop` and then end the program with 130 or 143, as shells expect; a second one ends it at once.
 * @param stop ends in good order what is under way and says so
 * @returns takes the listeners away again
 */
export function onStop(stop: () => Promise<void>): () => void {
  let stopping = false;
  const answer = (signal: NodeJS.Signals) => {
    const code = signal === "SIGINT" ? 130 : 143;
    if (stopping) process.exit(code);
    stopping = true;
    stop().then(
      () => process.exit(code),
      (error: unknown) => {
        process.stderr.write(`could not stop in good order: ${error instanceof Error ? error.message : error}\n`);
        process.exit(1);
      },
    );
  };
  process.on("SIGINT", answer);
  process.on("SIGTERM", answer);
  return () => {
    process.off("SIGINT", answer);
    process.off("SIGTERM", answer);
  };
}
