/** Codes of what the work on the specialist framework refuses; listed in `docs/problems.md`. */
export const problemCodes = {
  "consultation-unknown": {
    meaning: "There is no consultation with this id, or it isn't published yet.",
    remedy: "Look at the list: `./greenpaper specialist-framework consultations`.",
  },
  "consultation-exists": {
    meaning: "A consultation is to be written under an id that another has.",
    remedy: "Choose another id.",
  },
  "consultation-incomplete": {
    meaning: "A consultation lacks something that people need before they can respond.",
    remedy: "Fill in what the message names.",
  },
  "consultation-too-short": {
    meaning: "A consultation would be open for fewer days than people are given.",
    remedy: "Close it later.",
  },
  "consultation-not-open": {
    meaning: "A response came before the consultation's first day, after its last, or to one that isn't open.",
    remedy: "Look whether another consultation is open.",
  },
  "consultation-step": {
    meaning: "The group takes a step out of its order.",
    remedy: "Do what the message says first.",
  },
  "response-empty": { meaning: "A response answers nothing.", remedy: "Answer a question, or bring evidence." },
  "response-unknown": { meaning: "There is no response with this number.", remedy: "Look at the list of responses." },
  "question-unknown": {
    meaning: "A response answers a question that was not asked.",
    remedy: "Answer the questions of this consultation.",
  },
  "answer-not-offered": {
    meaning: "An answer is none of those that the question offers.",
    remedy: "Choose one of the answers that the message lists.",
  },
  "answer-too-long": { meaning: "An answer is too long.", remedy: "Shorten it, and bring the rest as evidence." },
  "evidence-incomplete": {
    meaning: "A piece of evidence has no title, or doesn't say what it shows.",
    remedy: "Fill in both, or leave it out.",
  },
  "evidence-link": {
    meaning: "The link of a piece of evidence is no address of a page.",
    remedy: "Begin it with https://, or leave it empty.",
  },
  "statement-incomplete": {
    meaning: "A statement has no words, or rests on a response that there isn't.",
    remedy: "Write it as one sentence that can be in the framework or not, and name the responses it comes from.",
  },
  "rating-refused": {
    meaning: "A rating is no whole number from 1 to 9, of a statement that there isn't, or outside a round.",
    remedy: "Rate while a round is under way, every statement from 1 to 9.",
  },
  "framework-incomplete": {
    meaning: "A framework can't be adopted as it is.",
    remedy: "Do what the message says of the criterion it names.",
  },
  "framework-role": {
    meaning: "Somebody does what only the Expert Working Group, or only a regional officer, may do.",
    remedy: "Sign in in that role, or ask somebody who holds it.",
  },
  "finding-refused": {
    meaning:
      "A finding is of a criterion that the school's framework doesn't have, has no grounds, or is of the future.",
    remedy: "Choose a criterion of the framework that holds, and say what was seen and when.",
  },
} as const;
