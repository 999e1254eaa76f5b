// The worker's entry when the program runs from its sources (in the tests): Node 20 does not carry `--import tsx` into a worker.
import { register } from "tsx/esm/api";

register();
await import("./worker.ts");
