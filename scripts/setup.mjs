// Idempotent set-up with nothing but Node: installs the packages once, builds when the sources changed,
// and, asked for with --browser, makes sure that the browser tests find a browser.
import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { closeSync, existsSync, openSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const root = join(dirname(fileURLToPath(import.meta.url)), "..");
const stamp = join(root, "node_modules", ".setup-stamp");
const lock = join(root, ".setup.lock");
const say = (text) => process.stderr.write(`[setup] ${text}\n`);

function fingerprint() {
  const hash = createHash("sha256");
  for (const file of ["package.json", "package-lock.json"]) hash.update(readFileSync(join(root, file)));
  return hash.update(`${process.version} ${process.platform}-${process.arch}`).digest("hex");
}

const installed = () => existsSync(stamp) && readFileSync(stamp, "utf8") === fingerprint();

function checkNode() {
  const [major, minor] = process.versions.node.split(".").map(Number);
  if (major > 20 || (major === 20 && minor >= 19)) return;
  say(
    `Node 20.19 or newer is needed, this is ${process.version}. Install it from your system or nodejs.org and try again.`,
  );
  process.exit(1);
}

function ownerIsAlive() {
  const pid = Number(readFileSync(lock, "utf8"));
  if (!pid) return Date.now() - statSync(lock).mtimeMs < 5000;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error.code === "EPERM";
  }
}

/** Runs `work` while holding the set-up lock: `npm start` and `npm test` may be started together. */
async function alone(work) {
  for (let waited = 0; ; waited++) {
    try {
      const file = openSync(lock, "wx");
      writeFileSync(file, String(process.pid));
      closeSync(file);
      break;
    } catch (error) {
      if (error.code !== "EEXIST") {
        say(`can't write in ${root} (${error.code}). Make the folder writable, or copy the project to one that is.`);
        process.exit(1);
      }
      let alive = false;
      try {
        alive = ownerIsAlive();
      } catch {
        alive = false; // the owner finished between the two looks
      }
      if (!alive) rmSync(lock, { force: true });
      else {
        if (waited === 0) say("another set-up is running; waiting for it");
        Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 300);
      }
    }
  }
  try {
    return await work();
  } finally {
    rmSync(lock, { force: true });
  }
}

function install() {
  say("installing packages (npm ci), once, about half a minute …");
  const npm = process.env.npm_execpath;
  const args = ["ci", "--no-audit", "--no-fund", "--prefer-offline", "--loglevel=error"];
  const environment = { ...process.env, PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD: "1" };
  const options = { cwd: root, stdio: ["ignore", 2, 2], env: environment };
  const run = npm ? spawnSync(process.execPath, [npm, ...args], options) : spawnSync("npm", args, options);
  if (run.status !== 0) {
    say("npm ci failed; its message is above. Check the network and the disk, then run the same command again.");
    process.exit(run.status ?? 1);
  }
  writeFileSync(stamp, fingerprint());
}

checkNode();
const wanted = new Set(process.argv.slice(2));
await alone(async () => {
  if (!installed()) install();
  if (wanted.has("--build")) {
    const { buildIfChanged } = await import("./build.mjs");
    const started = Date.now();
    if (await buildIfChanged()) say(`built in ${((Date.now() - started) / 1000).toFixed(1)} s`);
  }
  if (wanted.has("--browser")) {
    const { findBrowser } = await import("./browser.mjs");
    await findBrowser(say);
  }
});
