export type { Access, AccessPorts, Refusal } from "./access.js";
export { HttpError, RefusedError } from "./errors.js";
export { Form, type FormProps } from "./form.js";
export { type ListenAddress, listen, portIsFree, stopOnSignals } from "./listen.js";
export {
  dayInEngland,
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
