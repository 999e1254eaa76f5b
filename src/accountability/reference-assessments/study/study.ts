import type { ItemModel, Priors } from "../../../statistics/item-response/index.js";
import type { ReplicateMethod } from "../../../statistics/survey/index.js";

/** A way to a setting of the study file, as `["items", "key"]`. */
export type SettingPath = readonly (string | number)[];

/** How files are written, as far as the study says; null is found out. */
export interface WrittenAs {
  readonly separator: "," | ";" | "\t" | "|" | null;
  readonly encoding: "utf-8" | "windows-1252" | "utf-16" | null;
  readonly decimal: "." | "," | null;
  readonly missingMarks: readonly string[] | null;
}

/** Files of one kind: paths or patterns that begin at the folder of the study file. */
export interface StudyFiles {
  readonly patterns: readonly string[];
  readonly format: WrittenAs;
  readonly path: SettingPath;
}

/** Further files with a row a pupil. */
export interface StudyJoin extends StudyFiles {
  /** Columns with the pupil, as many as `persons.person`. */
  readonly person: readonly string[];
  /** The column with the cycle; null where pupils are told apart without. */
  readonly cycle: string | null;
}

/** One cycle: its label, the pupils' files of its own, and the curriculum of the day. */
export interface StudyCycle {
  readonly name: string;
  /** Null where a column tells cycles apart, or there is one. */
  readonly files: StudyFiles | null;
  /** A name of `items.curricula`. */
  readonly curriculum: string | null;
}

/** Which answers count how. */
export interface MissingRules {
  readonly omittedCodes: readonly string[];
  readonly notReachedCodes: readonly string[];
  readonly notAdministeredCodes: readonly string[];
  readonly omitted: "wrong" | "not-administered";
  readonly notReached: "wrong" | "not-administered";
  readonly blank: "not-administered" | "omitted" | "by-booklet";
}

/** A group of pupils for whom results are published. */
export interface StudyGroup {
  readonly column: string;
  readonly name: string;
  /** The levels of the gap, as the file has them: `higher` − `lower`; null where the file doesn't say. */
  readonly lower: string | null;
  readonly higher: string | null;
  readonly labels: ReadonlyMap<string, string>;
}

/** The columns of the items table. */
export interface ItemColumns extends StudyFiles {
  readonly item: string;
  readonly maximum: string | null;
  readonly key: string | null;
  readonly model: string | null;
  readonly slope: string | null;
  readonly difficulty: string | null;
  readonly steps: readonly string[];
  readonly stepSign: 1 | -1;
  readonly intercepts: readonly string[];
  /** D of logit = D × slope × (θ − b). */
  readonly scaling: number;
  readonly guessing: string | null;
  readonly construct: string | null;
  readonly stimulus: string | null;
  readonly curricula: readonly string[];
}

/** How cycles come onto one scale. */
export type LinkMethod = "concurrent" | "stocking-lord" | "haebara" | "robust" | "mean-sigma";

/** A study as its owner describes it. */
export interface Study {
  /** The study file's own path, absolute. */
  readonly path: string;
  readonly title: string;
  readonly subject: string | null;
  readonly population: string | null;
  /** Oldest first; none where the column `cycleColumn` tells them apart and the file lists none. */
  readonly cycles: readonly StudyCycle[];
  readonly cycleColumn: string | null;
  readonly persons: StudyFiles & {
    readonly person: readonly string[];
    readonly booklet: string | null;
    readonly weight: string | null;
    readonly frequency: string | null;
    readonly school: string | null;
    readonly size: number | null;
    /** Codes that are missing values in columns of a name or pattern. */
    readonly missing: readonly { readonly patterns: readonly string[]; readonly codes: readonly string[] }[];
    readonly joins: readonly StudyJoin[];
  };
  readonly responses: {
    /** Names and patterns; null: those of the items table, else every column left. */
    readonly items: readonly string[] | null;
    readonly exclude: readonly string[];
    /** Files of their own with a row a pupil and a column an item; null where there are none. */
    readonly wide: StudyJoin | null;
    readonly long:
      | (StudyJoin & {
          readonly item: string;
          readonly score: string;
        })
      | null;
    readonly missing: MissingRules;
  };
  readonly items: ItemColumns | null;
  readonly booklets:
    | (StudyFiles & {
        readonly item: string;
        /** Null where the map has a column a booklet. */
        readonly booklet: string | null;
        readonly columns: readonly string[];
        readonly cycle: string | null;
      })
    | null;
  readonly design: {
    readonly replicates: readonly string[];
    readonly zone: string | null;
    readonly replicate: string | null;
    readonly stratum: string | null;
    readonly cluster: string | null;
    /** The column that names a school alike in every cycle. */
    readonly panel: string | null;
    readonly method: ReplicateMethod | null;
    readonly fay: number | null;
    readonly scale: number | null;
    /** Of each given replicate; null where they count alike. */
    readonly factors: readonly number[] | null;
    /** Whether JK2 leaves either half of a zone out. */
    readonly bothSides: boolean;
    readonly samplingVariance: "average" | "first";
  };
  readonly groups: readonly StudyGroup[];
  readonly background: readonly string[];
  /** Whether principal components stand in for the background's columns, and how much of their variance they have. */
  readonly conditioning: { readonly components: "when-many" | "always" | "never"; readonly share: number };
  /** By which groups items are looked through for differential functioning, and whether those of class C leave the matching. */
  readonly dif: { readonly groups: readonly StudyGroup[]; readonly purify: boolean };
  readonly plausibleValues: readonly string[];
  readonly calibration: {
    readonly model: ItemModel;
    /** Whether the file names the model, rather than leaving it to the default. */
    readonly isModelNamed: boolean;
    readonly groups: string | null;
    readonly identify: "persons" | "items";
    readonly nodes: number | null;
    /** Null where there are none. */
    readonly priors: Priors | null;
    readonly errors: "observed" | "sandwich" | "replicates" | "none" | null;
    readonly crossCheck: "none" | "conditional";
  };
  readonly link: LinkMethod;
  readonly draws: { readonly count: number; readonly seed: number };
  readonly scale:
    | { readonly kind: "first-cycle"; readonly mean: number; readonly sd: number }
    | { readonly kind: "given"; readonly slope: number; readonly intercept: number };
  readonly decimals: number;
  readonly standards: readonly { readonly name: string; readonly cut: number }[];
  readonly percentiles: readonly number[];
  readonly missingGroup: "own-level" | "leave-out";
  /** Columns that are made of several of the files', by the name under which the study knows them. */
  readonly combinations: ReadonlyMap<string, readonly string[]>;
  /** What the file left to its defaults, in sentences. */
  readonly defaults: readonly string[];
  /** Where a setting stands, as `study.yaml, line 8, column 3`. */
  placeOf(path: SettingPath): string;
}
