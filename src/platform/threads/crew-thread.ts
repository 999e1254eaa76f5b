import { type MessagePort, receiveMessageOnPort, workerData } from "node:worker_threads";
import { jobs } from "../../statistics/parallel/index.js";
import { type CrewCall, takeParts } from "./crew-parts.js";

// One thread of a crew: sleeps until it is woken, takes what was posted meanwhile, helps, and sleeps again. It never returns to an event
// loop, so that the thread that called it can wait for it without one.
const { port, wake } = workerData as { readonly port: MessagePort; readonly wake: Int32Array };

for (;;) {
  const seen = Atomics.load(wake, 0);
  const posted = receiveMessageOnPort(port) as { message: CrewCall } | undefined;
  if (!posted) {
    Atomics.wait(wake, 0, seen);
    continue;
  }
  const { job, input, parts, progress } = posted.message;
  takeParts(jobs.get(job)!, input as never, parts, progress, (error) => port.postMessage(error));
}
