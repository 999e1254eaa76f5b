// Finds a Chromium for the browser tests: one that is installed, Debian's (installed when we are root), or the one inside npm.
import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";

const places = [process.env.CHROMIUM, "/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"];

/** The path of a browser on this machine, or null. */
export function installedBrowser() {
  return places.find((path) => path && existsSync(path)) ?? null;
}

/** Makes sure that there is a browser and says what it did; the tests start the one that `installedBrowser` or npm gives. */
export async function findBrowser(say) {
  if (installedBrowser()) return;
  if (process.getuid?.() === 0 && existsSync("/usr/bin/apt-get")) {
    say("no browser found; installing Debian's Chromium for the browser tests …");
    const environment = { ...process.env, DEBIAN_FRONTEND: "noninteractive" };
    for (const args of [
      ["update", "-qq"],
      ["install", "-y", "-qq", "--no-install-recommends", "chromium"],
    ])
      spawnSync("apt-get", args, { stdio: ["ignore", 2, 2], env: environment });
  }
  if (!installedBrowser()) say("no installed browser; the tests use the Chromium that ships inside an npm package");
}
