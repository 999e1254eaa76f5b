import { engineInputs } from "../../inputs/index.js";
import { declare } from "./detail.js";
import { leverDetails } from "./levers.js";
import { moneyDetails } from "./money.js";
import { teacherDetails } from "./teachers.js";

/** Every number that goes into the simulation, in the order of the engine's inputs. */
export const simulationParameters = declare(engineInputs, { ...teacherDetails, ...moneyDetails, ...leverDetails });
