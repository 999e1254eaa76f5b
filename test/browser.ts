import { existsSync } from "node:fs";
import { type Browser, chromium, type Page } from "playwright-core";

const places = [process.env.CHROMIUM, "/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"];

/** The browser that ships inside an npm package, unpacked with its own libraries: for machines without one. */
async function packagedBrowser(): Promise<string> {
  // Must be set before the import: tells the package to unpack the libraries that a bare system lacks.
  process.env.AWS_EXECUTION_ENV ??= "AWS_Lambda_nodejs20.x";
  const { default: packaged } = await import("@sparticuz/chromium");
  return packaged.executablePath();
}

/**
 * Starts the Chromium of `CHROMIUM`, of the system or of the npm package, without a window.
 * The package's own flags are left aside: they switch off web security, which the tests are here to see.
 */
export async function startBrowser(): Promise<Browser> {
  const executablePath = places.find((path) => path !== undefined && existsSync(path)) ?? (await packagedBrowser());
  return chromium.launch({
    executablePath,
    headless: true,
    env: Object.fromEntries(Object.entries(process.env).filter((e): e is [string, string] => e[1] !== undefined)),
    args: ["--no-sandbox", "--disable-gpu", "--disable-background-networking"],
  });
}

/**
 * Waits for what somebody does on a page, and until the page that it leads to is there: whoever looks earlier may see the page that was left.
 * @param act what leads to another page: a click, a key
 */
export async function arrive(page: Page, act: Promise<unknown>): Promise<void> {
  await Promise.all([page.waitForEvent("domcontentloaded"), act]);
}
