import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { createServer } from "node:net";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { describeProblem } from "../../kernel/index.js";
import { type Site, siteAssets } from "../pages/index.js";
import { buildServer, HttpError, listen, type Server } from "./index.js";

const open = { config: { access: "anyone" as const } };

const site: Site = {
  product: "Greenpaper",
  assets: siteAssets(),
  navigation: [],
  phase: { tag: "Alpha", text: "A working model." },
  footer: [],
  colophon: [],
};

function makeServer(
  onFailure: (error: unknown) => void = () => {},
  band: () => Promise<string | null> = async () => "Made up",
) {
  return buildServer({
    version: "1.2.3",
    site,
    band,
    onFailure,
    routes: [
      (server) => {
        server.get("/text", open, async () => "some text");
        server.get("/broken", open, async () => {
          throw new Error("the password of the database is hunter2");
        });
        server.get("/api/broken", open, async () => {
          throw new Error("the password of the database is hunter2");
        });
        server.get("/busy", open, async () => {
          throw new HttpError(503, "no-review-yet", "Wait a little.", 10);
        });
        server.get("/api/busy", open, async () => {
          throw new HttpError(503, "no-review-yet", "Wait a little.", 10);
        });
      },
    ],
  });
}

describe("every answer", () => {
  let server: Server;
  beforeAll(async () => {
    server = await makeServer();
  });
  afterAll(() => server.close());

  it("forbids scripts, inline styles, frames and foreign files, and does not insist on HTTPS", async () => {
    const { headers } = await server.inject("/text");
    expect(headers["content-security-policy"]).toBe(
      "default-src 'none';style-src 'self';img-src 'self';form-action 'self';base-uri 'none';frame-ancestors 'none'",
    );
    expect(headers["strict-transport-security"]).toBeUndefined();
    expect(headers["x-content-type-options"]).toBe("nosniff");
    expect(headers["x-frame-options"]).toBe("DENY");
    expect(headers["referrer-policy"]).toBe("no-referrer");
  });

  it("has an ETag, and is not sent again to whoever has it", async () => {
    const first = await server.inject("/text");
    const etag = first.headers.etag;
    expect(etag).toMatch(/^"[\w-]{27}"$/);
    expect(first.headers["cache-control"]).toBe("no-cache");
    for (const known of [etag!, `W/${etag}`, `"other", ${etag}`]) {
      const again = await server.inject({ url: "/text", headers: { "if-none-match": known } });
      expect([again.statusCode, again.body]).toEqual([304, ""]);
    }
    const other = await server.inject({ url: "/text", headers: { "if-none-match": '"other"' } });
    expect(other.statusCode).toBe(200);
  });

  it("serves the styles for ever under an address that holds their hash", async () => {
    const { statusCode, headers } = await server.inject(site.assets.govuk.path);
    expect(statusCode).toBe(200);
    expect(headers["content-type"]).toBe("text/css; charset=utf-8");
    expect(headers["cache-control"]).toBe("public, max-age=31536000, immutable");
  });

  it("says that it is well, and in which version", async () => {
    expect((await server.inject("/health")).json()).toEqual({ status: "ok", version: "1.2.3" });
  });
});

describe("an error", () => {
  let server: Server;
  const failures: unknown[] = [];
  beforeAll(async () => {
    server = await makeServer((error) => failures.push(error));
  });
  afterAll(() => server.close());

  it("is a page for people, with the band and a way on", async () => {
    const { statusCode, headers, body } = await server.inject("/nowhere?secret=1");
    expect([statusCode, headers["content-type"], headers["cache-control"]]).toEqual([
      404,
      "text/html; charset=utf-8",
      "no-store",
    ]);
    expect(body).toContain("There is nothing at /nowhere.");
    expect(body).toContain("Made up");
    expect(body).not.toContain("secret");
  });

  it("is problem+json for programs", async () => {
    const answer = await server.inject("/api/nowhere");
    expect(answer.headers["content-type"]).toMatch(/^application\/problem\+json/);
    expect(answer.json()).toMatchObject({
      status: 404,
      code: "not-found",
      title: "Page not found",
      type: "about:blank",
    });
  });

  it.each(["/broken", "/api/broken"])("of ours at %s tells the log everything and the reader nothing", async (url) => {
    failures.length = 0;
    const { statusCode, body } = await server.inject(url);
    expect(statusCode).toBe(500);
    expect(body).not.toContain("hunter2");
    expect(failures).toEqual([new Error("the password of the database is hunter2")]);
  });

  it.each(["/busy", "/api/busy"])("that passes, at %s, says when to come back, and is no failure", async (url) => {
    failures.length = 0;
    const { statusCode, headers, body } = await server.inject(url);
    expect([statusCode, headers["retry-after"]]).toEqual([503, "10"]);
    expect(body).toContain("Wait a little.");
    expect(failures).toEqual([]);
  });

  it("is shown even where the band's own source is broken", async () => {
    const broken = await makeServer(
      () => {},
      () => Promise.reject(new Error("no database")),
    );
    const { statusCode, body } = await broken.inject("/nowhere");
    expect(statusCode).toBe(404);
    expect(body).toContain("There is nothing at /nowhere.");
    await broken.close();
  });
});

describe("listening", () => {
  it("on a port in use answers what, where and what to do, and throws nothing", async () => {
    const other = createServer();
    await new Promise<void>((resolve) => other.listen(0, "127.0.0.1", resolve));
    const { port } = other.address() as { port: number };
    const server = await makeServer();
    const answer = await listen(server, { host: "127.0.0.1", port });
    expect(answer.ok).toBe(false);
    if (!answer.ok) {
      expect(answer.error.code).toBe("port-in-use");
      expect(describeProblem(answer.error)).toBe(
        `port ${port} on 127.0.0.1: another program is using this port already. ` +
          `Stop that program, or choose another port: PORT=${port < 65_000 ? port + 1 : 3001} npm start`,
      );
    }
    await server.close();
    await new Promise((resolve) => other.close(resolve));
  });

  it("on an address that is not this machine's says so", async () => {
    const server = await makeServer();
    const answer = await listen(server, { host: "192.0.2.1", port: 0 }); // reserved for documentation: nobody has it
    expect(answer).toMatchObject({ ok: false, error: { code: "address-not-available" } });
    await server.close();
  });

  it("gives the address to open", async () => {
    const server = await makeServer();
    const answer = await listen(server, { host: "127.0.0.1", port: 0 });
    expect(answer.ok && /^http:\/\/localhost:\d+\/$/.test(answer.value)).toBe(true);
    if (answer.ok)
      expect(await (await fetch(`${answer.value}text`.replace("localhost", "127.0.0.1"))).text()).toBe("some text");
    await server.close();
  });
});

/** A process that serves until it is told to stop; `slow` answers after a second. */
const program = `
  const { buildServer, listen, stopOnSignals } = await import(${JSON.stringify(new URL("./index.ts", import.meta.url).href)});
  const { siteAssets } = await import(${JSON.stringify(new URL("../pages/index.ts", import.meta.url).href)});
  const site = { product: "P", assets: siteAssets(), navigation: [], phase: { tag: "A", text: "b" }, footer: [], colophon: [] };
  const server = await buildServer({ version: "1", site, band: async () => null, routes: [(s) => {
    s.get("/slow", { config: { access: "anyone" } }, async () => { console.log("asked"); await new Promise((r) => setTimeout(r, 1000)); return "answered"; });
  }] });
  stopOnSignals(server, async () => console.log("closed in good order"));
  const at = await listen(server, { host: "127.0.0.1", port: 0 });
  console.log(at.value);
`;

describe("stopping", () => {
  async function start(): Promise<{
    child: ChildProcess;
    url: string;
    output: () => string;
    printed: (text: string) => Promise<void>;
  }> {
    const child = spawn(process.execPath, ["--import", "tsx", "--input-type=module", "-e", program], {
      cwd: fileURLToPath(new URL("../../..", import.meta.url)),
      stdio: ["ignore", "pipe", "inherit"],
    });
    let text = "";
    child.stdout!.on("data", (chunk) => {
      text += chunk;
    });
    const printed = async (wanted: string) => {
      while (!text.includes(wanted)) {
        if (child.exitCode !== null) throw new Error(`the server ended with ${child.exitCode}: ${text}`);
        await new Promise((resolve) => setTimeout(resolve, 20));
      }
    };
    await printed("http://");
    const url = /http:\/\/\S+/.exec(text)![0].replace("localhost", "127.0.0.1");
    return { child, url, output: () => text, printed };
  }

  it.each(["SIGINT", "SIGTERM"] as const)("on %s answers what was asked, closes and ends with 0", async (signal) => {
    const { child, url, output, printed } = await start();
    const answer = fetch(`${url}slow`).then((response) => response.text());
    await printed("asked");
    child.kill(signal);
    expect(await answer).toBe("answered");
    const asked = Date.now();
    const [code] = child.exitCode === null ? await once(child, "exit") : [child.exitCode];
    expect(code).toBe(0);
    expect(Date.now() - asked).toBeLessThan(5000); // and does not wait for browsers to let go
    expect(output()).toContain("closed in good order");
  });

  it("on a second Ctrl-C stops at once", async () => {
    const { child, url, printed } = await start();
    const answer = fetch(`${url}slow`).catch(() => "cut off");
    await printed("asked");
    child.kill("SIGINT");
    await new Promise((resolve) => setTimeout(resolve, 100));
    child.kill("SIGINT");
    const [code] = child.exitCode === null ? await once(child, "exit") : [child.exitCode];
    expect(code).toBe(130);
    expect(await answer).toBe("cut off");
  });
});
