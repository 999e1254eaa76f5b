import type { Consultation, Evidence, RespondentKind, Response } from "./consultation.js";
import {
  type Agreement,
  type AgreementParameters,
  agreementOf,
  type Movement,
  movementBetween,
  type Rating,
  type RoundSummary,
  summariseRound,
} from "./delphi.js";

/** A response as it was received. */
export interface ReceivedResponse extends Response {
  readonly number: number;
  readonly hiddenBecause: string | null;
}

/** A sentence that the group rates: whether it belongs into the framework. */
export interface Statement {
  readonly number: number;
  readonly words: string;
  readonly restsOn: readonly number[];
}

/** One member's rating. */
export interface MemberRating {
  readonly statement: number;
  readonly round: number;
  readonly member: string;
  readonly rating: Rating;
  readonly remark: string;
}

/** How one statement fared over the rounds. */
export interface StatementRounds {
  readonly statement: Statement;
  /** One a round that it was rated in, in their order. */
  readonly rounds: readonly {
    readonly round: number;
    readonly summary: RoundSummary;
    readonly agreement: Agreement;
    /** Remarks without their members' names. */
    readonly remarks: readonly string[];
    /** Against the round before; null in the first. */
    readonly movement: Movement | null;
  }[];
  /** After its last round; open where it was never rated. */
  readonly agreement: Agreement;
}

/** What the group reports: made from the records alone. */
export interface Report {
  /** Responses by kind of respondent, the most frequent first. */
  readonly respondents: readonly { readonly kind: RespondentKind; readonly responses: number }[];
  readonly responses: number;
  /** Of the responses, how many are not shown: not to be published, or hidden by the group. */
  readonly notShown: number;
  readonly questions: readonly {
    readonly id: string;
    readonly text: string;
    readonly answered: number;
    /** Of a question with options, how many chose each; empty for an open one. */
    readonly chosen: readonly { readonly option: string; readonly count: number }[];
  }[];
  readonly evidence: readonly (Evidence & { readonly response: number })[];
  readonly statements: readonly StatementRounds[];
  readonly agreedIn: number;
  readonly agreedOut: number;
  readonly leftOpen: number;
  /** Members who rated at least once. */
  readonly members: number;
}

const isShown = (response: ReceivedResponse) => response.mayBePublished && response.hiddenBecause === null;

/** The rounds of one statement, summed up, with how the members moved. */
export function roundsOf(
  statement: Statement,
  ratings: readonly MemberRating[],
  parameters: AgreementParameters,
): StatementRounds {
  const own = ratings.filter((rating) => rating.statement === statement.number);
  const numbers = [...new Set(own.map(({ round }) => round))].sort((a, b) => a - b);
  const byMember = (round: number) =>
    new Map(own.filter((rating) => rating.round === round).map(({ member, rating }) => [member, rating]));
  const rounds = numbers.map((round, i) => {
    const summary = summariseRound([...byMember(round).values()]);
    const remarks = own.filter((rating) => rating.round === round && rating.remark !== "").map(({ remark }) => remark);
    return {
      ...{ round, summary, agreement: agreementOf(summary, parameters) },
      remarks: remarks.sort(), // in the order of the alphabet, so that the order tells nothing of the members
      movement: i === 0 ? null : movementBetween(byMember(numbers[i - 1]!), byMember(round)),
    };
  });
  return { statement, rounds, agreement: rounds.at(-1)?.agreement ?? "open" };
}

/** The report of a consultation; the same records give the same report. */
export function makeReport(
  consultation: Consultation,
  responses: readonly ReceivedResponse[],
  statements: readonly Statement[],
  ratings: readonly MemberRating[],
  parameters: AgreementParameters,
): Report {
  const kinds = [...new Set(responses.map(({ respondent }) => respondent))];
  const counted = kinds.map((kind) => ({ kind, responses: responses.filter((r) => r.respondent === kind).length }));
  const rated = statements.map((statement) => roundsOf(statement, ratings, parameters));
  const count = (agreement: Agreement) => rated.filter((statement) => statement.agreement === agreement).length;
  return {
    respondents: counted.sort((a, b) => b.responses - a.responses || (a.kind < b.kind ? -1 : 1)),
    responses: responses.length,
    notShown: responses.filter((response) => !isShown(response)).length,
    questions: consultation.questions.map((question) => {
      const answers = responses
        .map((response) => response.answers[question.id] ?? "")
        .filter((answer) => answer !== "");
      const options = question.kind === "choice" ? question.options : [];
      return {
        ...{ id: question.id, text: question.text, answered: answers.length },
        chosen: options.map((option) => ({ option, count: answers.filter((answer) => answer === option).length })),
      };
    }),
    evidence: responses
      .filter(isShown)
      .flatMap(({ number, evidence }) => evidence.map((piece) => ({ ...piece, response: number }))),
    statements: rated,
    ...{ agreedIn: count("in"), agreedOut: count("out"), leftOpen: count("open") },
    members: new Set(ratings.map(({ member }) => member)).size,
  };
}
