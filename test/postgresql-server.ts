import { type ChildProcess, execFileSync, spawn, spawnSync } from "node:child_process";
import { chownSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import pg from "pg";

/** A running server, or why there is none. */
export type TestServer =
  | {
      readonly url: string;
      readonly version: string;
      readonly stop: () => Promise<void>;
      /** Stops it as `pg_ctl stop -m` does, keeps it away for some milliseconds, and starts it again on its files and port. */
      readonly restart: (mode: "fast" | "immediate", awayMilliseconds: number) => Promise<void>;
    }
  | { readonly missing: string };

const oldestMajor = 15;

/** Folders with `initdb` and `postgres`, Debian's newest version first. */
function foldersWithPostgresql(): string[] {
  const debian = "/usr/lib/postgresql";
  const versions = existsSync(debian) ? readdirSync(debian).sort((a, b) => Number(b) - Number(a)) : [];
  const folders = [
    ...versions.map((version) => join(debian, version, "bin")),
    "/usr/local/bin",
    ...(process.env.PATH ?? "").split(delimiter),
  ];
  return folders.filter((folder) => existsSync(join(folder, "initdb")) && existsSync(join(folder, "postgres")));
}

function versionIn(folder: string): string {
  const words = spawnSync(join(folder, "postgres"), ["--version"], { encoding: "utf8" }).stdout ?? "";
  return /\d+(\.\d+)?/.exec(words)?.[0] ?? "0";
}

function findPostgresql(): { folder: string; version: string } | null {
  const found = foldersWithPostgresql().map((folder) => ({ folder, version: versionIn(folder) }));
  return found.find(({ version }) => Number.parseInt(version, 10) >= oldestMajor) ?? null;
}

function installPostgresql(say: (text: string) => void): void {
  say("no PostgreSQL found; installing Debian's for the database tests, once …");
  const environment = { ...process.env, DEBIAN_FRONTEND: "noninteractive" };
  for (const args of [
    ["update", "-qq"],
    ["install", "-y", "-qq", "--no-install-recommends", "postgresql"],
  ])
    spawnSync("apt-get", args, { stdio: ["ignore", 2, 2], env: environment });
}

/** Whom the server runs as: PostgreSQL refuses root, so root lends it an ordinary user. */
function ordinaryUser(): { uid: number; gid: number } | Record<string, never> {
  if (process.getuid?.() !== 0) return {};
  const lines = readFileSync("/etc/passwd", "utf8")
    .split("\n")
    .map((line) => line.split(":"));
  const user = lines.find(([name]) => name === "postgres") ?? lines.find(([name]) => name === "nobody");
  return user ? { uid: Number(user[2]), gid: Number(user[3]) } : {};
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer().once("error", reject);
    server.listen(0, "127.0.0.1", () => {
      const address = server.address();
      server.close(() => resolve(typeof address === "object" && address ? address.port : 0));
    });
  });
}

async function untilItAnswers(url: string, server: ChildProcess): Promise<void> {
  for (let attempt = 0; attempt < 200; attempt++) {
    if (server.exitCode !== null) throw new Error(`postgres ended with code ${server.exitCode}`);
    const client = new pg.Client({ connectionString: url });
    try {
      await client.connect();
      await client.end();
      return;
    } catch {
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  }
  throw new Error("postgres did not answer within ten seconds");
}

async function run(folder: string, version: string): Promise<TestServer> {
  const home = mkdtempSync(join(tmpdir(), "greenpaper-postgresql-"));
  const user = ordinaryUser();
  if ("uid" in user) chownSync(home, user.uid, user.gid);
  const files = join(home, "data");
  const options = { cwd: home, env: { PATH: process.env.PATH, TZ: "Europe/London" }, ...user };
  const initial = ["-D", files, "-U", "tests", "--auth=trust", "--encoding=UTF8", "--locale=C.UTF-8", "--no-sync"];
  execFileSync(join(folder, "initdb"), initial, { ...options, stdio: ["ignore", "ignore", "pipe"] });
  const port = await freePort();
  const settings = [
    `port=${port}`,
    "listen_addresses=127.0.0.1",
    `unix_socket_directories=${home}`,
    "fsync=off",
    "max_connections=50",
  ];
  const start = () =>
    spawn(join(folder, "postgres"), ["-D", files, ...settings.flatMap((setting) => ["-c", setting])], {
      ...options,
      stdio: "ignore",
    });
  let server = start();
  const kill = () => server.kill("SIGQUIT"); // immediate shutdown: nothing in it is worth keeping
  process.once("exit", kill);
  const end = async (signal: NodeJS.Signals) => {
    if (server.exitCode !== null || server.signalCode !== null) return;
    const ended = new Promise((resolve) => server.once("exit", resolve));
    server.kill(signal);
    await ended;
  };
  const stop = async () => {
    process.off("exit", kill);
    await end("SIGQUIT");
    rmSync(home, { recursive: true, force: true });
  };
  const restart = async (mode: "fast" | "immediate", awayMilliseconds: number) => {
    await end(mode === "fast" ? "SIGINT" : "SIGQUIT");
    await new Promise((resolve) => setTimeout(resolve, awayMilliseconds));
    server = start();
    await untilItAnswers(url, server);
  };
  const url = `postgres://tests@127.0.0.1:${port}/postgres`;
  try {
    await untilItAnswers(url, server);
  } catch (error) {
    await stop();
    throw error;
  }
  return { url, version, stop, restart };
}

/**
 * Starts a PostgreSQL server of the tests' own, on a free port with files in a temporary folder: one that is installed, or as root
 * Debian's, which is installed for it.
 */
export async function startPostgresql(say: (text: string) => void): Promise<TestServer> {
  let found = findPostgresql();
  if (!found && process.getuid?.() === 0 && existsSync("/usr/bin/apt-get")) {
    installPostgresql(say);
    found = findPostgresql();
  }
  if (!found) return { missing: `no PostgreSQL ${oldestMajor} or newer is installed and it can't be installed here` };
  try {
    return await run(found.folder, found.version);
  } catch (error) {
    const missing = `PostgreSQL ${found.version} did not start: ${error instanceof Error ? error.message : error}`;
    say(missing);
    return { missing };
  }
}
