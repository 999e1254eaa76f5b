import { availableParallelism } from "node:os";
import { MessageChannel, receiveMessageOnPort, Worker } from "node:worker_threads";
import { alone, type Crew, type Job } from "../../statistics/parallel/index.js";
import { partsDone, takeParts } from "./crew-parts.js";

/** A crew of threads; end it when its work is over. What is asked of it later, the caller does alone. */
export interface ThreadCrew extends Crew {
  end(): Promise<void>;
}

/** Arrays of this size that other threads can't see are not worth copying to them. */
const copiedBytes = 1 << 20;

/** Whether the threads can see what the input holds, but for small arrays that are copied. */
function isShared(value: unknown): boolean {
  if (ArrayBuffer.isView(value)) return value.buffer instanceof SharedArrayBuffer || value.byteLength < copiedBytes;
  if (Array.isArray(value)) return value.length > 100_000 ? false : value.every(isShared);
  return typeof value !== "object" || value === null || Object.values(value).every(isShared);
}

/**
 * Starts threads that help with the jobs of the statistics. Whoever calls `run` works too, and waits without an event loop.
 * @param threads how many work at once, the caller among them; left out, as many as the machine has processors
 */
export function startCrew(threads = availableParallelism()): ThreadCrew {
  if (threads < 2) return { ...alone, end: async () => {} };
  const fromSource = import.meta.url.endsWith(".ts");
  const module = new URL(fromSource ? "./crew-thread.ts" : "./crew-thread.js", import.meta.url);
  // From source, as in tests, a thread has to learn TypeScript first.
  const fromTypeScript = `import("tsx/esm/api").then(({ register }) => (register(), import("${module.href}")))`;
  const helpers = Array.from({ length: threads - 1 }, () => {
    const { port1, port2 } = new MessageChannel();
    const wake = new Int32Array(new SharedArrayBuffer(4));
    const worker = new Worker(fromSource ? fromTypeScript : module, {
      eval: fromSource,
      workerData: { port: port2, wake },
      transferList: [port2],
    });
    worker.unref();
    port1.unref();
    return { port: port1, wake, worker };
  });
  let ended = false;
  return {
    threads,
    float64: (length) => new Float64Array(new SharedArrayBuffer(8 * length)),
    int32: (length) => new Int32Array(new SharedArrayBuffer(4 * length)),
    run<Input>(job: Job<Input>, input: Input, parts: number) {
      if (ended || parts < 2 || !isShared(input)) {
        alone.run(job, input, parts);
        return;
      }
      const progress = new Int32Array(new SharedArrayBuffer(8));
      for (const { port, wake } of helpers) {
        port.postMessage({ job: job.name, input, parts, progress });
        Atomics.add(wake, 0, 1);
        Atomics.notify(wake, 0);
      }
      const errors: unknown[] = [];
      takeParts(job, input, parts, progress, (error) => errors.push(error));
      for (let done = Atomics.load(progress, partsDone); done < parts; done = Atomics.load(progress, partsDone))
        Atomics.wait(progress, partsDone, done);
      for (const { port } of helpers)
        for (let told = receiveMessageOnPort(port); told; told = receiveMessageOnPort(port)) errors.push(told.message);
      if (errors.length > 0) throw errors[0];
    },
    async end() {
      ended = true;
      await Promise.all(helpers.map(({ worker }) => worker.terminate()));
    },
  };
}
