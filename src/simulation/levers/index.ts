export type { Control, ControlShape, Lever } from "./lever.js";
export { levers } from "./levers.js";
export {
  controlOverrides,
  controls,
  type LeverReading,
  type LeverYears,
  readSettings,
  type Settings,
  settingsOverrides,
} from "./settings.js";
