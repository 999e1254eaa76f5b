import type { ListedSchool } from "../../register/index.js";
import type { SchoolPage } from "../quality-mark/index.js";

/** Schools at a time: more intervals can't be read side by side. */
export const mostCompared = 6;

/** A school of a comparison. */
export interface Side {
  readonly school: ListedSchool;
  /** Its page of the review; null where the review has none. */
  readonly measured: SchoolPage | null;
  /** Why it is here, as "3.2 km away"; null for those that the reader chose. */
  readonly because: string | null;
}
