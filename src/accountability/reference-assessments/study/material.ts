import type { Table } from "../../../kernel/index.js";
import type { FixedItem, ItemModel, Responses } from "../../../statistics/item-response/index.js";
import type { Study } from "./study.js";

/** An item as its table describes it. */
export interface StudyItem {
  readonly name: string;
  readonly maximum: number;
  /** Null takes the study's model. */
  readonly model: ItemModel | null;
  readonly construct: string | null;
  readonly stimulus: string | null;
  /** The versions of the curriculum that cover it. */
  readonly curricula: readonly string[];
  /** Known parameters; null where they are estimated. */
  readonly fixed: FixedItem | null;
  /** Guessing that is known where slope and difficulty are estimated; else null. */
  readonly guessing: number | null;
}

/** Everything that a study's files hold, checked against each other. */
export interface StudyMaterial {
  readonly study: Study;
  /** Oldest first. */
  readonly cycles: readonly string[];
  /** Of each pupil, a position in `cycles`. */
  readonly cycle: Uint16Array;
  /** Groups, background and design columns by name, a row a pupil. */
  readonly persons: Table;
  /** Sampling weights; 1 where the study has none. */
  readonly weights: Float64Array;
  readonly items: readonly StudyItem[];
  /** Null where the files have plausible values only. Without weights and groups. */
  readonly responses: Responses | null;
  /** Columns of the files; null where they are to be drawn. */
  readonly plausibleValues: readonly Float64Array[] | null;
  /** Columns of the files, in order; null where there are none. */
  readonly replicates: readonly Float64Array[] | null;
  /** What was found out or assumed, in sentences. */
  readonly notes: readonly string[];
}
