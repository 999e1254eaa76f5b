import { makeEngland } from "./england.js";
import { type FromWorker, serveSimulation, type ToWorker } from "./port.js";

/** One end of a channel of messages. */
interface Port {
  onmessage: ((event: never) => void) | null;
  postMessage(message: null): void;
}

/** What a Web Worker has of its global scope; written out, since the folder is compiled without the browser's types. */
interface WorkerScope {
  postMessage(message: FromWorker, transfer: readonly ArrayBuffer[]): void;
  readonly MessageChannel: new () => { readonly port1: Port; readonly port2: Port };
  addEventListener(type: "message", hear: (event: { readonly data: ToWorker }) => void): void;
}

/**
 * Serves the simulation in a Web Worker.
 * @param scope the worker's `self`
 */
export function serveWebWorker(scope: WorkerScope): void {
  // A message to oneself waits behind those that have arrived, and isn't held up for milliseconds as a timer is.
  const { port1, port2 } = new scope.MessageChannel();
  let goOn: () => void = () => {};
  port1.onmessage = () => goOn();
  serveSimulation(
    {
      post: (message, transfer) => scope.postMessage(message, transfer),
      listen: (hear) => scope.addEventListener("message", ({ data }) => hear(data)),
      pause: () =>
        new Promise((resolve) => {
          goOn = resolve;
          port2.postMessage(null);
        }),
    },
    makeEngland,
  );
}
