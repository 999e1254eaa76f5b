// Keeps the pages of a session that is under way on the tablet, so that they open without a connection. Nothing else is kept, and what is kept
// goes when the session ends.

const pages = "session-pages";
const files = "session-files";

const isSession = (path) => /^\/assessment-fieldwork\/sessions\/[0-9A-Z]{12}(\/(blocks\/\d+|end))?$/.test(path);
const isFile = (path) => path.startsWith("/assets/") || path.startsWith("/assessment-fieldwork/session-");

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
    const words =
      "<!doctype html><html lang='en'><meta charset='utf-8'><title>No connection</title><h1>No connection</h1>" +
      "<p>This page isn’t kept on this tablet. Go back: your answers are safe.</p>";
    if (request.mode === "navigate")
      return new Response(words, { status: 503, headers: { "content-type": "text/html; charset=utf-8" } });
    throw error;
  }
}

self.addEventListener("fetch", (event) => {
  const { request } = event;
  const { origin, pathname } = new URL(request.url);
  if (origin !== self.location.origin || request.method !== "GET") return;
  if (isFile(pathname)) event.respondWith(fromServer(request, files));
  else if (request.mode === "navigate" && isSession(pathname)) event.respondWith(fromServer(request, pages));
});

self.addEventListener("message", (event) => {
  const { keep, clear } = event.data ?? {};
  if (clear) event.waitUntil(Promise.all([caches.delete(pages), caches.delete(files)]));
  if (keep)
    event.waitUntil(
      Promise.all(
        keep.map(async (path) => {
          const response = await fetch(path, { headers: { accept: isFile(path) ? "*/*" : "text/html" } });
          const cache = await caches.open(isFile(path) ? files : pages);
          if (response.ok && !response.redirected) await cache.put(new URL(path, self.location.origin).href, response);
        }),
      ).then(
        () => event.source?.postMessage({ kept: keep.length }),
        () => {}, // without a connection what is kept already has to do
      ),
    );
});
