import { type ChildProcess, spawn } from "node:child_process";
import { existsSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

const places = [process.env.FIREFOX, "/usr/bin/firefox-esr", "/usr/bin/firefox"];

/** The Firefox of `FIREFOX` or of the system; null where the machine has none. */
export const firefoxHere: string | null =
  places.find((path): path is string => path !== undefined && path !== "" && existsSync(path)) ?? null;

/** A fresh profile's settings: nothing is asked, and nothing but this machine is spoken to, since all else goes to a proxy that isn't there. */
const settings: Readonly<Record<string, string | number | boolean>> = {
  "network.proxy.type": 1,
  "network.proxy.http": "127.0.0.1",
  "network.proxy.http_port": 9,
  "network.proxy.ssl": "127.0.0.1",
  "network.proxy.ssl_port": 9,
  "network.proxy.no_proxies_on": "127.0.0.1",
  "network.captive-portal-service.enabled": false,
  "network.connectivity-service.enabled": false,
  "network.dns.disablePrefetch": true,
  "network.trr.mode": 5,
  "app.update.enabled": false,
  "app.normandy.enabled": false,
  "browser.safebrowsing.malware.enabled": false,
  "browser.safebrowsing.phishing.enabled": false,
  "browser.shell.checkDefaultBrowser": false,
  "browser.aboutwelcome.enabled": false,
  "browser.startup.homepage_override.mstone": "ignore",
  "datareporting.policy.dataSubmissionEnabled": false,
  "datareporting.policy.dataSubmissionPolicyBypassNotification": true,
  "extensions.update.enabled": false,
  "services.settings.server": "http://127.0.0.1:9/",
  "toolkit.telemetry.enabled": false,
  "toolkit.telemetry.reportingpolicy.firstRun": false,
};

/** A browser that was started. */
export interface OpenFirefox {
  /** Ends it with everything that it started, and removes its profile. */
  close(): Promise<void>;
}

function killGroup({ pid }: ChildProcess): void {
  if (pid === undefined) return;
  try {
    process.kill(-pid, "SIGKILL");
  } catch (error) {
    if (!(error instanceof Error && "code" in error && error.code === "ESRCH")) throw error;
  }
}

/** Opens an address in a Firefox without a window, with a profile of its own. */
export function openFirefox(path: string, address: string): OpenFirefox {
  const home = mkdtempSync(join(tmpdir(), "firefox-"));
  const lines = Object.entries(settings).map(([name, value]) => `user_pref("${name}", ${JSON.stringify(value)});`);
  writeFileSync(join(home, "user.js"), `${lines.join("\n")}\n`);
  const browser = spawn(path, ["--headless", "--no-remote", "--profile", home, address], {
    detached: true, // a process group of its own, so that its children end with it
    stdio: "ignore",
    env: { ...process.env, HOME: home, MOZ_HEADLESS: "1", MOZ_CRASHREPORTER_DISABLE: "1", MOZ_DATA_REPORTING: "0" },
  });
  browser.on("error", () => {}); // a browser that can't be started asks for no page: the caller waits and says so
  const ended = new Promise<void>((resolve) => {
    browser.once("exit", () => resolve());
    browser.once("error", () => resolve());
  });
  const endWithUs = () => killGroup(browser);
  process.once("exit", endWithUs);
  return {
    async close() {
      killGroup(browser);
      await ended;
      process.removeListener("exit", endWithUs);
      rmSync(home, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 });
    },
  };
}
