import {
  addDays,
  type CivilDate,
  dateInWords,
  dayNumber,
  err,
  ok,
  type Problem,
  type Result,
} from "../../kernel/index.js";

/** How a question is answered. */
export type Question =
  | { readonly id: string; readonly text: string; readonly kind: "open" }
  | { readonly id: string; readonly text: string; readonly kind: "choice"; readonly options: readonly string[] };

/** Where a consultation stands. */
export type ConsultationState =
  /** The group writes the questions; nobody else sees them. */
  | "draft"
  /** Anybody may respond, between its first and its last day. */
  | "open"
  /** The group reads, writes statements and rates them in rounds. */
  | "rating"
  /** The report is out. */
  | "reported";

/** A call of the Expert Working Group (proposal A4), without its responses. */
export interface Consultation {
  readonly id: string;
  readonly title: string;
  /** Why it is asked and what becomes of the answers. */
  readonly about: string;
  readonly state: ConsultationState;
  readonly opens: CivilDate;
  /** The last day for responses. */
  readonly closes: CivilDate;
  readonly questions: readonly Question[];
  /** Rounds of rating begun so far; the last may be under way. */
  readonly rounds: number;
  readonly roundOpen: boolean;
}

/** Who a respondent speaks for. */
export const respondentKinds = [
  "special school",
  "pupil referral unit",
  "alternative provider",
  "mainstream school",
  "parent or carer",
  "pupil",
  "local authority",
  "trust",
  "charity",
  "union or association",
  "researcher",
  "somebody else",
] as const;

export type RespondentKind = (typeof respondentKinds)[number];

/** A piece of evidence that a respondent brings. */
export interface Evidence {
  readonly title: string;
  /** Where it can be read; empty where it has no address. */
  readonly link: string;
  /** What it shows, in the respondent's words. */
  readonly shows: string;
}

/** What a respondent sends. */
export interface Response {
  readonly respondent: RespondentKind;
  /** Name or organisation; empty to answer without one. */
  readonly name: string;
  /** Answers by question; a question may be left out. */
  readonly answers: Readonly<Record<string, string>>;
  readonly evidence: readonly Evidence[];
  /** Whether the answers may be shown; they are counted in any case. */
  readonly mayBePublished: boolean;
}

const refuse = (code: string, place: string, message: string, remedy: string): Problem => ({
  ...{ code, place, message, remedy },
});

/** Whether the questions and the dates of a draft can be put to people. */
export function checkConsultation(
  draft: Pick<Consultation, "title" | "about" | "opens" | "closes" | "questions">,
  fewestDays: number,
): Result<null, readonly Problem[]> {
  const problems: Problem[] = [];
  const incomplete = (place: string, message: string, remedy: string) =>
    problems.push(refuse("consultation-incomplete", place, message, remedy));
  if (draft.title.trim() === "") incomplete("title", "it is empty", "Give the consultation a title.");
  if (draft.about.trim() === "")
    incomplete("about", "it is empty", "Say why it is asked and what becomes of the answers.");
  const days = dayNumber(draft.closes) - dayNumber(draft.opens) + 1;
  if (days < fewestDays)
    problems.push(
      refuse(
        "consultation-too-short",
        "closes",
        `${Math.max(0, days)} days are fewer than the ${fewestDays} that people are given`,
        `Close on ${dateInWords(addDays(draft.opens, fewestDays - 1))} or later.`,
      ),
    );
  if (draft.questions.length === 0) incomplete("questions", "there are none", "Write at least one question.");
  const seen = new Set<string>();
  for (const question of draft.questions) {
    const place = `question "${question.id}"`;
    if (question.text.trim() === "") incomplete(place, "it has no words", "Write the question or leave it out.");
    if (seen.has(question.id)) incomplete(place, "there are two with this id", "Give one of them another id.");
    seen.add(question.id);
    if (question.kind === "choice" && new Set(question.options).size < 2)
      incomplete(
        place,
        "it offers fewer than two different answers",
        "Write two options or more, or ask an open question.",
      );
  }
  return problems.length > 0 ? err(problems) : ok(null);
}

const longestAnswer = 20_000;

/** Whether a response can be received on a day: the consultation is open, and the answers are to its questions. */
export function checkResponse(
  consultation: Consultation,
  response: Response,
  on: CivilDate,
): Result<null, readonly Problem[]> {
  if (consultation.state !== "open" || on < consultation.opens || on > consultation.closes)
    return err([
      refuse(
        "consultation-not-open",
        consultation.title,
        `it takes responses from ${dateInWords(consultation.opens)} to ${dateInWords(consultation.closes)}`,
        "Write to the group, or look whether another consultation is open.",
      ),
    ]);
  const problems: Problem[] = [];
  const answered = Object.entries(response.answers).filter(([, answer]) => answer.trim() !== "");
  if (answered.length === 0 && response.evidence.length === 0)
    problems.push(
      refuse("response-empty", "answers", "nothing was answered", "Answer at least one question, or bring evidence."),
    );
  for (const [id, answer] of answered) problems.push(...answerProblems(consultation, id, answer));
  response.evidence.forEach((evidence, i) => {
    if (evidence.title.trim() === "" || evidence.shows.trim() === "")
      problems.push(
        refuse(
          "evidence-incomplete",
          `evidence ${i + 1}`,
          "its title or what it shows is missing",
          "Fill in both, or leave it out.",
        ),
      );
    if (evidence.link !== "" && !/^https?:\/\/[^\s]+$/.test(evidence.link))
      problems.push(
        refuse(
          "evidence-link",
          `evidence ${i + 1}`,
          "its link is no address of a page",
          "Begin it with https://, or leave it empty.",
        ),
      );
  });
  return problems.length > 0 ? err(problems) : ok(null);
}

function answerProblems({ questions }: Consultation, id: string, answer: string): Problem[] {
  const place = `question "${id}"`;
  const question = questions.find((asked) => asked.id === id);
  if (!question)
    return [refuse("question-unknown", place, "it was not asked", "Answer the questions of this consultation.")];
  if (question.kind === "choice" && !question.options.includes(answer))
    return [
      refuse(
        "answer-not-offered",
        place,
        `"${answer.slice(0, 60)}" is not one of its answers`,
        `Choose one of: ${question.options.join(", ")}.`,
      ),
    ];
  if (answer.length > longestAnswer)
    return [
      refuse(
        "answer-too-long",
        place,
        `${answer.length} characters are more than ${longestAnswer}`,
        "Shorten it, and bring the rest as evidence.",
      ),
    ];
  return [];
}

/** What the group may do next. */
export type ConsultationStep = "open" | "close" | "begin-round" | "end-round" | "report";

/** What stands besides the consultation's own record when a step is asked for. */
export interface StepFacts {
  readonly today: CivilDate;
  readonly fewestDays: number;
  readonly mostRounds: number;
  /** Statements written so far. */
  readonly statements: number;
  /** Fewest ratings that a statement has in the round under way. */
  readonly fewestRated: number;
  readonly fewestRatings: number;
}

/**
 * The consultation after a step, or why it can't be taken now.
 *
 * It is opened when its questions and dates stand, closed after its last day, rated in rounds that each begin after the one before ended, and
 * reported after a first round at the least.
 */
export function takeStep(
  consultation: Consultation,
  step: ConsultationStep,
  facts: StepFacts,
): Result<Consultation, readonly Problem[]> {
  const { state, rounds, roundOpen } = consultation;
  const not = (message: string, remedy: string) =>
    err([refuse("consultation-step", consultation.title, message, remedy)]);
  switch (step) {
    case "open": {
      if (state !== "draft") return not(`it is ${state} already`, "Nothing is left to open.");
      const checked = checkConsultation(consultation, facts.fewestDays);
      return checked.ok ? ok({ ...consultation, state: "open" }) : checked;
    }
    case "close":
      if (state !== "open") return not(`it is ${state}, not open`, "Only an open consultation is closed.");
      if (facts.today <= consultation.closes)
        return not(
          `people were told that they can answer until ${dateInWords(consultation.closes)}`,
          `Close it on ${dateInWords(addDays(consultation.closes, 1))} or later.`,
        );
      return ok({ ...consultation, state: "rating" });
    case "begin-round":
      if (state !== "rating") return not(`it is ${state}`, "Rounds are held between the close and the report.");
      if (roundOpen) return not(`round ${rounds} is under way`, "End it first.");
      if (facts.statements === 0)
        return not("there is no statement to rate", "Write statements from the responses first.");
      if (rounds >= facts.mostRounds)
        return not(`${rounds} rounds were held, the most there may be`, "Report what is open as open.");
      return ok({ ...consultation, rounds: rounds + 1, roundOpen: true });
    case "end-round":
      if (!roundOpen) return not("no round is under way", "Begin one first.");
      if (facts.fewestRated < facts.fewestRatings)
        return not(
          `a statement has ${facts.fewestRated} ratings, fewer than the ${facts.fewestRatings} that can agree on anything`,
          "Ask the members who have not rated, and end the round then.",
        );
      return ok({ ...consultation, roundOpen: false });
    case "report":
      if (state !== "rating" || roundOpen || rounds === 0)
        return not("no round of rating has ended", "Hold at least one round, and end it.");
      return ok({ ...consultation, state: "reported" });
  }
}
