export { type KeyedDraws, keyedDraws, philox, subjectKey } from "./keyed.js";
