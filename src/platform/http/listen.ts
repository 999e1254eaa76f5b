import { createServer } from "node:net";
import { err, ok, type Problem, type Result } from "../../kernel/index.js";
import type { Server } from "./server.js";

export interface ListenAddress {
  /** As `127.0.0.1`, or `0.0.0.0` for every network of the machine. */
  readonly host: string;
  /** From 0 (any free one) to 65535. */
  readonly port: number;
}

/** What the system says when it refuses a port, in our words. */
function refusal(code: string, { host, port }: ListenAddress): Problem | null {
  const place = `port ${port} on ${host}`;
  const other = `PORT=${port < 65_000 ? port + 1 : 3001} npm start`;
  switch (code) {
    case "EADDRINUSE":
      return {
        code: "port-in-use",
        place,
        message: "another program is using this port already",
        remedy: `Stop that program, or choose another port: ${other}`,
      };
    case "EACCES":
      return {
        code: "port-not-allowed",
        place,
        message: "the system does not let this user open the port",
        remedy: `Ports below 1024 are for the administrator. Choose a higher one: PORT=3000 npm start`,
      };
    case "EADDRNOTAVAIL":
    case "ENOTFOUND":
      return {
        code: "address-not-available",
        place,
        message: "this machine has no such network address",
        remedy: "Use HOST=127.0.0.1 for this machine only, or HOST=0.0.0.0 for every network it is in.",
      };
    default:
      return null;
  }
}

/** Whether the port can be had: asked before long work, so that nobody waits for a server that then can't start. */
export function portIsFree(address: ListenAddress): Promise<Result<null, Problem>> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once("error", (error: NodeJS.ErrnoException) => {
      const problem = refusal(error.code ?? "", address);
      if (problem) resolve(err(problem));
      else reject(error);
    });
    probe.listen(address.port, address.host, () => probe.close(() => resolve(ok(null))));
  });
}

/**
 * Begins to listen.
 * @returns the address to open in a browser, or why not and what to do
 * @throws {Error} when it fails for a reason that a person can't mend by choosing another address.
 */
export async function listen(server: Server, address: ListenAddress): Promise<Result<string, Problem>> {
  try {
    await server.listen(address);
  } catch (error) {
    const code = error instanceof Error && "code" in error ? String(error.code) : "";
    const problem = refusal(code, address);
    if (!problem) throw error;
    return err(problem);
  }
  const bound = server.server.address();
  const port = bound !== null && typeof bound === "object" ? bound.port : address.port;
  const open = ["0.0.0.0", "::", "127.0.0.1"].includes(address.host) ? "localhost" : address.host;
  return ok(`http://${open.includes(":") ? `[${open}]` : open}:${port}/`);
}

/** An answer that takes longer than this after the signal is cut off. */
const patienceSeconds = 10;

/**
 * Stops in good order on Ctrl-C or `kill`: answers what was asked, closes, then runs `afterwards` (the database).
 * A second Ctrl-C stops at once.
 *
 * @returns a function that takes the listeners away again
 */
export function stopOnSignals(server: Server, afterwards: () => Promise<void>): () => void {
  let stopping = false;
  const stop = (signal: NodeJS.Signals) => {
    const code = signal === "SIGINT" ? 130 : 143;
    if (stopping) process.exit(code);
    stopping = true;
    setTimeout(() => server.server.closeAllConnections(), patienceSeconds * 1000).unref();
    server
      .close()
      .then(afterwards)
      .then(
        () => process.exit(0),
        (error: unknown) => {
          process.stderr.write(`could not stop in good order: ${error instanceof Error ? error.message : error}\n`);
          process.exit(1);
        },
      );
  };
  process.on("SIGINT", stop);
  process.on("SIGTERM", stop);
  return () => {
    process.off("SIGINT", stop);
    process.off("SIGTERM", stop);
  };
}
