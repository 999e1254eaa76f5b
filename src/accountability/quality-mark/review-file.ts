import type { SettingPath } from "../../ingest/settings-file.js";
import type { CivilDate } from "../../kernel/index.js";
import type { DeclaredOutcome } from "../measures/index.js";
import type { AlternativesWanted, ContextCovariate, MeasureSpecification } from "../value-added/index.js";
import type { AccountsOpinion, SafeguardingOutcome, SchoolKind } from "./decision.js";

/** How files are written, as far as the review says; null is found out. */
export interface WrittenAs {
  readonly separator: "," | ";" | "\t" | "|" | null;
  readonly encoding: "utf-8" | "windows-1252" | "utf-16" | null;
  readonly decimal: "." | "," | null;
  readonly missingMarks: readonly string[] | null;
}

/** Files of one kind: paths or patterns that begin at the folder of the review file. */
export interface ReviewFiles {
  readonly patterns: readonly string[];
  readonly format: WrittenAs;
  /** Where the review file speaks of them, as `["evidence", "safeguarding"]`. */
  readonly path: SettingPath;
}

/** A measure's specification in which the kinds of some covariates are still to be found in the files. */
export interface DraftSpecification extends Omit<MeasureSpecification, "context"> {
  readonly context: readonly (Omit<ContextCovariate, "kind"> & { readonly kind: ContextCovariate["kind"] | null })[];
}

/** What each word of a file stands for, in lower case. */
export type WordMeanings<Meaning> = ReadonlyMap<string, Meaning>;

/** The columns that together tell pupils apart in the membership table or the spells, and the words of the status. */
export interface MembershipFiles extends ReviewFiles {
  readonly pupil: readonly string[];
  /** The words of the spells' status, to those that the specification's reader knows. */
  readonly status: WordMeanings<"main" | "subsidiary" | "alternative provision" | "guest">;
}

/** The table of schools. */
export interface SchoolFiles extends ReviewFiles {
  readonly school: string;
  readonly name: string | null;
  readonly kind: string | null;
  readonly phase: string | null;
  readonly region: string | null;
  readonly authority: string | null;
  readonly kinds: WordMeanings<SchoolKind>;
}

/** A table of outcomes by school. */
export interface EvidenceFiles<Outcome> extends ReviewFiles {
  readonly school: string;
  /** The column of the outcome or opinion. */
  readonly outcome: string;
  readonly date: string | null;
  readonly words: WordMeanings<Outcome>;
}

/** The decision's numbers as far as the review file sets them; null is looked up by date. */
export interface DecisionSettings {
  readonly line: { readonly value: number; readonly unit: "outcome" | "standard-deviations" } | null;
  readonly refusalProbability: number | null;
  readonly fewestPupilEquivalents: number | null;
}

/** A review as its owner describes it: whose results, measured how, decided by which rule. */
export interface ReviewFile {
  /** The review file's own path, absolute. */
  readonly path: string;
  readonly title: string;
  /** The day whose agreed values hold; null is today. */
  readonly date: CivilDate | null;
  /**
   * `pupil` is the column's own name; where several columns tell pupils apart it is their names with " + " between them,
   * and "row" where every row is a pupil: the reader of the files makes these columns.
   */
  readonly specification: DraftSpecification;
  /** What the file says of each outcome, for the rule on which measures may decide (proposal A3). */
  readonly declaredOutcomes: readonly DeclaredOutcome[];
  readonly pupils: ReviewFiles & {
    /** The columns that together tell pupils apart; none where every row is a pupil. */
    readonly pupil: readonly string[];
  };
  readonly membership: MembershipFiles | null;
  readonly schools: SchoolFiles | null;
  readonly safeguarding: EvidenceFiles<SafeguardingOutcome> | null;
  readonly accounts: EvidenceFiles<AccountsOpinion> | null;
  readonly decision: DecisionSettings;
  /** The other ways of measuring that are tried. */
  readonly alternatives: AlternativesWanted;
  /** Where a setting stands, as `exam.yaml, line 8, column 3`. */
  placeOf(path: SettingPath): string;
}
