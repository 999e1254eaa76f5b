import type { CaseCommand, SchoolCase } from "./case.js";
import type { CaseContext, Outcome } from "./change.js";
import { close, openAgain, restore, suspend, withdraw } from "./mark.js";
import {
  correct,
  finishAnswer,
  represent,
  sendToSchool,
  settleCorrection,
  updateEvidence,
} from "./transitions-answer.js";
import {
  agree,
  appeal,
  decide,
  decideAppeal,
  draw,
  publish,
  recall,
  reopen,
  sendBack,
} from "./transitions-decision.js";

/**
 * Carries out a command on a case, or says every reason why not. It is the only way in which a case changes: whatever the
 * order of commands, nothing adverse is published of a school that was not heard, no award against the evidence, no decision
 * that has to be read twice and was not, and no appeal decided by who decided before.
 */
export function changeCaseState(found: SchoolCase, command: CaseCommand, context: CaseContext): Outcome {
  switch (command.kind) {
    case "update-evidence":
      return updateEvidence(found, command);
    case "send-to-school":
      return sendToSchool(found, command.answerBy, context);
    case "represent":
      return represent(found, command.words, context);
    case "correct":
      return correct(found, command, context);
    case "settle-correction":
      return settleCorrection(found, command, context);
    case "finish-answer":
      return finishAnswer(found, context);
    case "decide":
      return decide(found, command, context);
    case "draw":
      return draw(found);
    case "agree":
      return agree(found, context);
    case "send-back":
      return sendBack(found, command.words, context);
    case "recall":
      return recall(found, command.words);
    case "publish":
      return publish(found, command, context);
    case "appeal":
      return appeal(found, command.words, context);
    case "decide-appeal":
      return decideAppeal(found, command, context);
    case "reopen":
      return reopen(found, command.words);
    case "close":
      return close(found, command, context);
    case "open-again":
      return openAgain(found, command.words);
    case "suspend":
      return suspend(found, command.words, context);
    case "restore":
      return restore(found, command.words);
    case "withdraw":
      return withdraw(found, command.words, context);
  }
}
