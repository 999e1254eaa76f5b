/** How the value of a control becomes values of parameters by year. */
export type ControlShape =
  /** The value itself, from the first year on. */
  | "level"
  /** The number of years in which the parameters rise from 0 to 1 in equal steps. */
  | "years-to-full"
  /** A yearly growth: declared values of the first year, multiplied by one more power of 1 + value each year. */
  | "growth"
  /** A factor on the declared values. */
  | "factor";

/** One thing that a person moves. */
export interface Control {
  /** Unique and stable among all controls, in kebab-case. */
  readonly id: string;
  readonly label: string;
  readonly unit: string;
  readonly shape: ControlShape;
  /** The parameters that it sets, all alike. */
  readonly paths: readonly string[];
  readonly widget: "range" | "number" | "select";
  readonly low: number;
  readonly high: number;
  readonly step: number;
  /** Where it changes nothing: parameters keep their declared values. */
  readonly neutral: number;
  /** Where it stands when the lever is first switched on. */
  readonly suggested: number;
}

/** What one proposal of the paper can change in the simulation. */
export interface Lever {
  readonly id: string;
  /** The proposal's id, as `R4`; `pay` is a plain comparison and no proposal. */
  readonly proposal: string;
  readonly label: string;
  /** What it changes, in one or two plain sentences. */
  readonly changes: string;
  readonly controls: readonly Control[];
}
