export { chainStart, hashOf, type StoredEvent } from "./chain.js";
export { StaleStream } from "./stale-stream.js";
export { appendEvents, appendMany, type Entry, type Head, type NewEvent, readHead, readStream } from "./store.js";
export { type LogReport, type Verifier, type VersionedTable, verifyLog, versionsAgree } from "./verify.js";

/** The log's own tables; they come before those of every proposal. */
export const logMigrations = { schema: "log", folder: new URL("./", import.meta.url) };
