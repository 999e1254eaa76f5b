export { HttpError } from "./errors.js";
export { type ListenAddress, listen, portIsFree, stopOnSignals } from "./listen.js";
export { buildServer, type RouteGroup, type Server, type ServerOptions } from "./server.js";
