import { readFileSync } from "node:fs";
import type { Asset } from "../pages/index.js";
import { scriptedPolicy } from "./policy.js";
import type { Server } from "./server.js";

const open = { access: "anyone", impersonal: true } as const;

/** Serves files for ever: their addresses hold the hash of their content. */
export function serveAssets(server: Server, assets: readonly Asset[]): void {
  for (const { path, type, body } of assets)
    server.get(path, { config: open }, (_request, reply) =>
      reply.type(type).header("cache-control", "public, max-age=31536000, immutable").send(body),
    );
}

/**
 * Serves a script under an address that stays, as a service worker needs it: browsers ask each time whether it is still the same.
 * @param scope the addresses below which it may work, as `/audits/`
 */
export function serveScript(server: Server, { path, type, body }: Asset, scope: string): void {
  server.get(path, { config: open }, (_request, reply) =>
    reply
      .type(type)
      .header("cache-control", "no-cache")
      .header("service-worker-allowed", scope)
      .header("content-security-policy", scriptedPolicy)
      .send(body),
  );
}

const offlinePages = readFileSync(new URL("offline-pages.js", import.meta.url), "utf8");

/** Serves what service workers share, which they import as `offline-pages.js` of their scope. */
export const serveOfflinePages = (server: Server, scope: string): void =>
  serveScript(server, { path: `${scope}offline-pages.js`, type: "text/javascript", body: offlinePages }, scope);
