// Keeps the pages of audits that are under way on the device, so that they open without a connection. Nothing else is kept.
// What is kept goes when the page says so: when the audit is signed, and on signing out.

const pages = "audit-pages";
const files = "audit-files";

const isAudit = (path) => /^\/safeguarding\/(audits$|schools\/\d{6}\/(audits\/|escalate$))/.test(path);
const isFile = (path) => path.startsWith("/assets/") || path.startsWith("/safeguarding/offline-");

self.addEventListener("install", () => self.skipWaiting());
self.addEventListener("activate", (event) => event.waitUntil(self.clients.claim()));

/** Asks the server, keeps a good answer, and falls back on what is kept. */
async function fromServer(request, name) {
  const cache = await caches.open(name);
  try {
    const response = await fetch(request);
    if (response.ok && !response.redirected) await cache.put(request.url, response.clone());
    return response;
  } catch (error) {
    const kept = await cache.match(request.url);
    if (kept) return kept;
    if (request.mode === "navigate") return noConnection("This page isn’t kept on this device.");
    throw error;
  }
}

/** What is shown where there is no connection and nothing kept. */
function noConnection(sentence) {
  const words =
    "<!doctype html><html lang='en'><meta charset='utf-8'><title>No connection</title><h1>No connection</h1>" +
    `<p>${sentence} Go back to the audit: what you typed there is safe.</p><p>If a child is in danger now, ring 999.</p>`;
  return new Response(words, { status: 503, headers: { "content-type": "text/html; charset=utf-8" } });
}

self.addEventListener("fetch", (event) => {
  const { request } = event;
  const { origin, pathname } = new URL(request.url);
  if (origin !== self.location.origin) return;
  if (request.method === "POST" && /^\/safeguarding\/.*\/sign$/.test(pathname)) {
    // What an audit said stays on the device no longer than the audit is open.
    event.respondWith(fetch(request).finally(() => caches.delete(pages)));
    return;
  }
  if (request.method === "POST" && /^\/safeguarding\/.*\/files\//.test(pathname)) {
    event.respondWith(
      fetch(request).catch(() =>
        noConnection("Nothing was sent: files need a connection. Add them when there is one."),
      ),
    );
    return;
  }
  if (request.method !== "GET") return;
  if (isFile(pathname)) event.respondWith(fromServer(request, files));
  else if (request.mode === "navigate" && isAudit(pathname)) event.respondWith(fromServer(request, pages));
});

self.addEventListener("message", (event) => {
  const { keep, clear } = event.data ?? {};
  if (clear) event.waitUntil(Promise.all([caches.delete(pages), caches.delete(files)]));
  if (keep)
    event.waitUntil(
      Promise.all(
        keep.map(async (path) => {
          const response = await fetch(path, {
            headers: { accept: path.startsWith("/assets/") ? "*/*" : "text/html" },
          });
          const cache = await caches.open(isFile(path) ? files : pages);
          if (response.ok && !response.redirected) await cache.put(new URL(path, self.location.origin).href, response);
        }),
      ).then(
        () => event.source?.postMessage({ kept: keep.length }),
        () => {}, // without a connection what is kept already has to do
      ),
    );
});
