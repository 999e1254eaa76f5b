import type { CivilDate } from "../../kernel/index.js";

/** Where one value comes from. An assumption has a reason and somebody who answers for it; everything else has a document. */
export type ValueSource =
  | {
      readonly status: "law" | "published";
      readonly title: string;
      /** The document's address. */
      readonly href: string;
      /** Page, table or file within it; null where the document is one table. */
      readonly page: string | null;
      /** When it was published, as 2026-04-23, or a month or year where no more is known. */
      readonly published: string;
    }
  | { readonly status: "proposal"; readonly proposal: string; readonly why: string }
  | { readonly status: "assumption"; readonly why: string; readonly owner: string };

/** One value and the first day on which it holds. */
export interface SourcedValue {
  readonly from: CivilDate;
  readonly value: number;
  readonly source: ValueSource;
}

/** How sure a value is: what a draw of the parameter can be. */
export interface Range {
  /** Triangular rises from `low` to `mode` and falls to `high`; uniform passes over the mode. */
  readonly distribution: "triangular" | "uniform";
  readonly low: number;
  readonly mode: number;
  readonly high: number;
  /** Whether a draw stands for every year's value, or multiplies each. A factor's mode is 1. */
  readonly as: "value" | "factor";
  /** Why this wide, and where from. */
  readonly why: string;
  /** Parameters that name the same are drawn together, at the same place of each one's range. */
  readonly together: string | null;
}

/** One of the forms between which a switch chooses; its number is the parameter's value. */
export interface FormChoice {
  readonly value: number;
  readonly label: string;
}

/** A number that goes into the simulation, with its values by date and where each comes from. */
export interface SimulationParameter {
  /** Dotted and stable, as `teachers.leaving.under-55.physics`. Renamed ones go into the table of aliases. */
  readonly path: string;
  /** In the reader's words. */
  readonly label: string;
  /** As `£ a year` or `share, 0–1`. */
  readonly unit: string;
  /** In order of time, oldest first. */
  readonly values: readonly SourcedValue[];
  /** The least and greatest value that an override may give. */
  readonly bounds: { readonly low: number; readonly high: number };
  /** Null where no uncertainty is carried; the reason then stands in the source. */
  readonly range: Range | null;
  /** The forms of a switch; null for a number. */
  readonly forms: readonly FormChoice[] | null;
  /** Whether the forms are rival models of the same behaviour, and so an uncertainty, rather than a choice of policy. */
  readonly structural: boolean;
}

/**
 * The value that holds in an academic year: that of its first day, 1 September.
 * @param year the calendar year in which the academic year begins
 * @throws {RangeError} when the year is before the first value: there is no default.
 */
export function valueInYear(parameter: SimulationParameter, year: number): SourcedValue {
  const day = `${year}-09-01`;
  const found = parameter.values.findLast(({ from }) => from <= day);
  if (found) return found;
  const first = parameter.values[0]?.from ?? "on no day: it has no value at all";
  throw new RangeError(`${parameter.path} has no value on ${day}; its first begins ${first}`);
}
