export { actFor, actingAs } from "./acting.js";
export {
  type Actor,
  type Grant,
  holdsRole,
  type Place,
  publicActor,
  reaches,
  type Scope,
  scopeCode,
  systemActor,
} from "./actor.js";
export { actorName, listRefusals, type Refusal, recordRefusal } from "./refusals.js";
export { whyNot } from "./refusing.js";
export { isRole, type Role, type RoleWords, roles, roleWords, type ScopeKind } from "./roles.js";
export { readSignInSettings, type SignInSettings } from "./settings.js";
export type { WorkEntry } from "./work.js";

/** The tables of people, roles and sessions, and the functions that policies of row-level security call: before every proposal's. */
export const identityMigrations = { schema: "platform_identity", folder: new URL("./", import.meta.url) };
