export {
  type Actor,
  type Grant,
  holdsRole,
  type Place,
  publicActor,
  type Role,
  type Scope,
  systemActor,
} from "./actor.js";
