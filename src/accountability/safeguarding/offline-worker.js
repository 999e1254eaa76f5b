// Keeps the pages of audits that are under way on the device, so that they open without a connection. What is kept goes when the page says so:
// when the audit is signed, and on signing out.

importScripts("/safeguarding/offline-pages.js");

self.keepPages({
  name: "audit",
  isPage: (path) => /^\/safeguarding\/(audits$|schools\/\d{6}\/(audits\/|escalate$))/.test(path),
  isFile: (path) => path.startsWith("/assets/") || path.startsWith("/safeguarding/offline-"),
  absent:
    "<p>This page isn’t kept on this device. Go back to the audit: what you typed there is safe.</p>" +
    "<p>If a child is in danger now, ring 999.</p>",
});

self.addEventListener("fetch", (event) => {
  const { request } = event;
  const { origin, pathname } = new URL(request.url);
  // What an audit said stays on the device no longer than the audit is open.
  if (origin === self.location.origin && request.method === "POST" && /^\/safeguarding\/.*\/sign$/.test(pathname))
    event.respondWith(fetch(request).finally(() => caches.delete("audit-pages")));
});
