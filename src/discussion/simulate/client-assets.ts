import { readFile } from "node:fs/promises";
import { type Asset, asset } from "../../platform/pages/index.js";
import { bundleClient, type ClientScript, clientScripts, clientSource } from "./bundle-client.js";

/** The scripts of the simulator under the addresses of their content. */
export type ClientAssets = Readonly<Record<ClientScript, Asset>>;

/** A script as it was built, or made now where the server runs from source. */
async function scriptText(name: ClientScript): Promise<string> {
  if (import.meta.url.endsWith(".ts")) return bundleClient(name, clientSource());
  return readFile(new URL(`./client/${name}.js`, import.meta.url), "utf8");
}

async function makeAssets(): Promise<ClientAssets> {
  const entries = clientScripts.map(async (name) => {
    const script = asset(`simulate/${name}`, "js", "text/javascript; charset=utf-8", await scriptText(name));
    return [name, script] as const;
  });
  const [page, worker] = await Promise.all(entries);
  return { page: page![1], worker: worker![1] };
}

let made: Promise<ClientAssets> | null = null;

/** The scripts of the simulator, read once. */
export function clientAssets(): Promise<ClientAssets> {
  made ??= makeAssets();
  return made;
}
