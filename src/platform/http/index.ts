export { dayInEngland } from "../day/index.js";
export type { Access, AccessPorts, Refusal } from "./access.js";
export { type Api, type ApiOptions, apiOn } from "./api.js";
export { serveAssets, serveOfflinePages, serveScript } from "./assets.js";
export { cursorPage, pageQuery, readCursor } from "./cursors.js";
export { filesOfDisc } from "./disc-files.js";
export { HttpError, RefusedError } from "./errors.js";
export { Form, type FormProps } from "./form.js";
export type { AnswerStore } from "./idempotency.js";
export { KeptPages } from "./kept-pages.js";
export { type ListenAddress, listen, portIsFree, stopOnSignals } from "./listen.js";
export { type ApiContext, apiBase, apiVersion, type Operation, type PublishedOperation } from "./operations.js";
export {
  type FileParts,
  type PageAnswer,
  type PageContext,
  type PageParts,
  type Pages,
  type PagesOptions,
  pagesOn,
  type Redirect,
} from "./pages.js";
export { buildServer, type RouteGroup, type Server, type ServerOptions } from "./server.js";
export { statusOf } from "./statuses.js";
export { answersIn, httpMigrations } from "./store.js";
export { SentFileSchema, sentFiles, type UploadedFile, type UploadLimits } from "./uploads.js";
