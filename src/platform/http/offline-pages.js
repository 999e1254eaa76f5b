// What the service workers share: the pages of work that is under way are kept on the device, so that they open without a connection. Nothing else
// is kept, and what is kept goes when a page or the worker says so. A worker imports this from its own scope and says what is its.

/**
 * @param name of its stores, as `audit`
 * @param isPage, isFile which addresses are kept
 * @param absent what is said, as HTML, in place of a page that isn't kept
 */
self.keepPages = ({ name, isPage, isFile, absent }) => {
  const [pages, files] = [`${name}-pages`, `${name}-files`];
  self.addEventListener("install", () => self.skipWaiting());
  self.addEventListener("activate", (event) => event.waitUntil(self.clients.claim()));

  /** Asks the server, keeps a good answer, and falls back on what is kept. */
  async function fromServer(request, store) {
    const cache = await caches.open(store);
    try {
      const response = await fetch(request);
      if (response.ok && !response.redirected) await cache.put(request.url, response.clone());
      return response;
    } catch (error) {
      const kept = await cache.match(request.url);
      if (kept) return kept;
      if (request.mode !== "navigate") throw error;
      const words = `<!doctype html><html lang='en'><meta charset='utf-8'><title>No connection</title><h1>No connection</h1>${absent}`;
      return new Response(words, { status: 503, headers: { "content-type": "text/html; charset=utf-8" } });
    }
  }

  self.addEventListener("fetch", (event) => {
    const { request } = event;
    const { origin, pathname } = new URL(request.url);
    if (origin !== self.location.origin || request.method !== "GET") return;
    if (isFile(pathname)) event.respondWith(fromServer(request, files));
    else if (request.mode === "navigate" && isPage(pathname)) event.respondWith(fromServer(request, pages));
  });

  async function keepOne(path) {
    const response = await fetch(path, { headers: { accept: isFile(path) ? "*/*" : "text/html" } });
    const cache = await caches.open(isFile(path) ? files : pages);
    if (response.ok && !response.redirected) await cache.put(new URL(path, self.location.origin).href, response);
  }

  self.addEventListener("message", (event) => {
    const { keep, clear } = event.data ?? {};
    if (clear) event.waitUntil(Promise.all([caches.delete(pages), caches.delete(files)]));
    if (keep)
      event.waitUntil(
        Promise.all(keep.map(keepOne)).then(
          () => event.source?.postMessage({ kept: keep.length }),
          () => {}, // without a connection what is kept already has to do
        ),
      );
  });
};
