// Keeps the pages of a session that is under way on the tablet, so that they open without a connection. What is kept goes when the session ends.

importScripts("/assessment-fieldwork/offline-pages.js");

self.keepPages({
  name: "session",
  isPage: (path) => /^\/assessment-fieldwork\/sessions\/[0-9A-Z]{12}(\/(blocks\/\d+|end))?$/.test(path),
  isFile: (path) => path.startsWith("/assets/") || path.startsWith("/assessment-fieldwork/session-"),
  absent: "<p>This page isn’t kept on this tablet. Go back: your answers are safe.</p>",
});
