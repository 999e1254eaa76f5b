import { readdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import type { Problem, Result } from "../../kernel/index.js";
import { onStop, terminalProgress } from "../terminal/index.js";
import { startThread } from "./thread.js";

/** Takes away what stopped work had begun to write. */
function removeParts(folder: string): void {
  try {
    for (const name of readdirSync(folder))
      if (name.startsWith(".") && name.includes(`.${process.pid}.`)) rmSync(join(folder, name), { force: true });
  } catch {
    // No folder, nothing begun.
  }
}

/**
 * Does work in a thread, with its progress on the terminal, and prints its answer or its problems; Ctrl-C leaves nothing half-written.
 * @param folder where the work writes; null where it doesn't
 * @param say prints problems for people, and an answer
 * @param code of an answer; 0 unless given
 * @returns the exit code: that of the answer, or 1 for problems
 */
export async function runInThread<Answer>(
  thread: URL,
  order: unknown,
  folder: string | null,
  json: boolean,
  say: { readonly problems: (problems: readonly Problem[]) => string; readonly answer: (answer: Answer) => string },
  code: (answer: Answer) => number = () => 0,
): Promise<number> {
  const progress = terminalProgress();
  const work = startThread<Result<Answer, readonly Problem[]>>(thread, order, progress);
  const done = onStop(async () => {
    await work.stop();
    progress.abandon();
    if (folder !== null) removeParts(folder);
    process.stderr.write("\nStopped. Nothing was written; run the same command to start again.\n");
  });
  const answer = await work.result;
  done();
  progress.end();
  if (!answer.ok) {
    if (json) process.stdout.write(`${JSON.stringify({ problems: answer.error })}\n`);
    process.stderr.write(`${say.problems(answer.error)}\n`);
    return 1;
  }
  process.stdout.write(json ? `${JSON.stringify(answer.value)}\n` : say.answer(answer.value));
  return code(answer.value);
}
