import type { Random } from "../../kernel/index.js";
import { assessmentAssumptions as assumed, curriculumOf } from "./assumptions.js";
import type { Question, QuestionBank } from "./questions.js";

/** Codes of the made-up files. */
export const answerCodes = { omitted: 9, notReached: 8 } as const;

/** How hard a question is for pupils of a cycle: drift, and what their curriculum does. */
export function difficultyIn(question: Question, cycle: number): number {
  const { effect } = assumed.curriculum.value;
  const covered = question.curricula.includes(curriculumOf(cycle));
  const both = question.curricula.length > 1;
  return question.difficulty + question.drift[cycle]! + (both ? 0 : covered ? -effect : effect);
}

/** A score of one question: the partial-credit model. */
function scoreOf({ slope, maximum, step }: Question, difficulty: number, theta: number, random: Random): number {
  const at = random.uniform();
  if (maximum === 1) return at < 1 / (1 + Math.exp(-slope * (theta - difficulty))) ? 1 : 0;
  const first = Math.exp(slope * (theta - difficulty + step));
  const second = first * Math.exp(slope * (theta - difficulty - step));
  const all = 1 + first + second;
  return at < 1 / all ? 0 : at < (1 + first) / all ? 1 : 2;
}

/**
 * A pupil's answers: by question, a score or a code; −1 for questions that aren't in the booklet. Questions are left out more often by who would have
 * got them wrong; slow pupils don't come to the last ones.
 */
export function answersOf(
  bank: QuestionBank,
  cycle: number,
  booklet: number,
  theta: number,
  random: Random,
): Int8Array {
  const answers = new Int8Array(bank.questions.length).fill(-1);
  const order = bank.booklets[cycle]![booklet]!;
  const { omit, slow } = assumed.omitting.value;
  const reached = random.uniform() < slow ? order.length - 1 - random.below(5) : order.length;
  order.forEach((at, place) => {
    if (place >= reached) {
      answers[at] = answerCodes.notReached;
      return;
    }
    const question = bank.questions[at]!;
    const score = scoreOf(question, difficultyIn(question, cycle), theta, random);
    const leavesOut = random.uniform() < (score === 0 ? 2 * omit : 0);
    answers[at] = leavesOut ? answerCodes.omitted : score;
  });
  return answers;
}
