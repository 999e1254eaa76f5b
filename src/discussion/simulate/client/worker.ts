import { serveWebWorker } from "../../../simulation/web-worker.js";

serveWebWorker({
  MessageChannel,
  postMessage: (message, transfer) => postMessage(message, { transfer: [...transfer] }),
  addEventListener: (type, hear) => addEventListener(type, hear),
});
