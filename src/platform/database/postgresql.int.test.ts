import { createServer } from "node:net";
import { expect, inject, it } from "vitest";
import { openDatabase } from "./open.js";

const server = inject("postgresql");
const missing = "missing" in server;

it("says in one sentence that no server answers, and what to do", async () => {
  const listener = createServer();
  await new Promise<void>((resolve) => listener.listen(0, "127.0.0.1", resolve));
  const port = (listener.address() as { port: number }).port;
  await new Promise((resolve) => listener.close(resolve)); // nobody listens there now
  const opening = openDatabase({ kind: "postgresql", url: `postgres://ada:secret@127.0.0.1:${port}/green` });
  await expect(opening).rejects.toMatchObject({
    code: "database-unreachable",
    message: expect.stringMatching(
      /^can't reach PostgreSQL at 127\.0\.0\.1:\d+\/green as ada: .*ECONNREFUSED.*\. Start PostgreSQL/,
    ),
  });
});

it.skipIf(missing)(`names a database that isn't there${missing ? ` (skipped: ${server.missing})` : ""}`, async () => {
  const url = Object.assign(new URL(missing ? "postgres://x" : server.url), { pathname: "/nowhere" }).href;
  await expect(openDatabase({ kind: "postgresql", url })).rejects.toMatchObject({
    code: "database-unreachable",
    message: expect.stringContaining('database "nowhere" does not exist'),
  });
});
