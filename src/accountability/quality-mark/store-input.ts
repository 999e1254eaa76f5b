import type { AuthorityCode, CivilDate, DatedValue, Parameter, Urn } from "../../kernel/index.js";
import type { ModelRecord } from "../value-added/index.js";
import type { AccountsOpinion, Decision, SafeguardingOutcome, SchoolKind } from "./decision.js";
import type { PublishedReview, SchoolPage } from "./published.js";

/** A file that a review was made from. */
export interface ReviewInput {
  readonly name: string;
  /** 64 hexadecimal digits. */
  readonly sha256: string;
}

/** A parameter with the value that was in force on the day of the decisions. */
export type ParameterInForce = Pick<Parameter<unknown>, "id" | "label" | "unit"> & DatedValue<unknown>;

/** A review ready to be published: what its pages show, and what a later check needs to make it again. */
export interface ReviewToPublish extends Omit<PublishedReview, "id" | "standing"> {
  /** The day whose parameters were applied. */
  readonly decidedOn: CivilDate;
  /** The program's version, as its package or commit says. */
  readonly codeVersion: string;
  readonly inputs: readonly ReviewInput[];
  readonly parameters: readonly ParameterInForce[];
}

/** A school of the review with its decision; it stands in the register under the same URN. */
export interface ReviewedSchool
  extends Omit<
    SchoolPage,
    "urn" | "authority" | "region" | "regionCode" | "kind" | "decision" | "mark" | "safeguarding" | "accounts"
  > {
  readonly urn: Urn;
  readonly kind: SchoolKind;
  readonly decision: Decision;
  /** Its names, and its region's, come from the register. */
  readonly authorityCode: AuthorityCode;
  readonly safeguarding: { readonly outcome: SafeguardingOutcome; readonly on: CivilDate } | null;
  readonly accounts: { readonly opinion: AccountsOpinion; readonly on: CivilDate } | null;
  /** SHA-256 of what the decision was made from: 64 hexadecimal digits. */
  readonly inputsHash: string;
}

/** What was decided of a school, and the hash of what it was decided from. */
export type DecisionRecord = Pick<
  ReviewedSchool,
  "phase" | "decision" | "reasons" | "inputsHash" | "valueAdded" | "lower" | "upper" | "probabilityBelow"
> & { readonly urn: string };

/** A published review as its own evidence: what it was made from, by which program, and what came out. */
export interface ReviewRecord extends Omit<ReviewToPublish, "measures"> {
  readonly id: number;
  /** When it was saved, as ISO 8601 in UTC. */
  readonly savedAt: string;
  readonly fits: readonly { readonly phase: string; readonly model: ModelRecord }[];
  /** In order of URN. */
  readonly decisions: readonly DecisionRecord[];
}
