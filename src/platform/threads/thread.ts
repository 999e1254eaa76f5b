import { parentPort, Worker, workerData } from "node:worker_threads";
import type { Progress } from "../../kernel/index.js";

/** What a thread tells whoever started it. */
type Message =
  | { readonly kind: "stage"; readonly name: string; readonly total: number | null }
  | { readonly kind: "done"; readonly steps: number }
  | { readonly kind: "note"; readonly text: string }
  | { readonly kind: "result"; readonly value: unknown }
  | { readonly kind: "failure"; readonly error: Error };

/** A piece of work on another thread: its result, which never comes once it is stopped, and a way to stop it at once. */
export interface ThreadWork<Answer> {
  readonly result: Promise<Answer>;
  stop(): Promise<void>;
}

/**
 * Starts a module that calls {@link workInThread} on a thread of its own, so that this one stays free for signals and requests.
 * @param module as `new URL("./review-thread.js", import.meta.url)`; where only its TypeScript stands beside, that is started
 * @param input anything that can be cloned between threads
 */
export function startThread<Answer>(module: URL, input: unknown, progress: Progress): ThreadWork<Answer> {
  const fromSource = import.meta.url.endsWith(".ts");
  const file = fromSource ? new URL(module.href.replace(/\.js$/, ".ts")) : module;
  // From source, as in tests, a thread has to learn TypeScript first.
  const fromTypeScript = `import("tsx/esm/api").then(({ register }) => (register(), import("${file.href}")))`;
  const worker = new Worker(fromSource ? fromTypeScript : file, { eval: fromSource, workerData: input });
  let stopped = false;
  const result = new Promise<Answer>((resolve, reject) => {
    worker.on("message", (message: Message) => {
      if (message.kind === "stage") progress.stage(message.name, message.total);
      else if (message.kind === "done") progress.done(message.steps);
      else if (message.kind === "note") progress.note(message.text);
      else if (message.kind === "failure") reject(message.error);
      else resolve(message.value as Answer);
    });
    worker.on("error", reject);
    worker.on("exit", (code) => {
      if (!stopped) reject(new Error(`the thread ended before its work was done (code ${code})`));
    });
  });
  return {
    result,
    async stop() {
      stopped = true;
      await worker.terminate();
    },
  };
}

/** Does the thread's work: reads the input, tells the progress, answers the result or the failure. */
export function workInThread<Input>(work: (input: Input, progress: Progress) => Promise<unknown>): void {
  const port = parentPort;
  if (!port) throw new Error("this module does its work in a thread: start it with startThread");
  const say = (message: Message) => port.postMessage(message);
  const progress: Progress = {
    stage: (name, total = null) => say({ kind: "stage", name, total }),
    done: (steps) => say({ kind: "done", steps }),
    note: (text) => say({ kind: "note", text }),
  };
  work(workerData as Input, progress).then(
    (value) => say({ kind: "result", value }),
    (error: unknown) => say({ kind: "failure", error: error instanceof Error ? error : new Error(String(error)) }),
  );
}
