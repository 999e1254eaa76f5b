import { accepted, assembleBooklets, drawsOf, permanentOrder } from "../../../src/statistics/survey/index.js";
import type { AssessmentShape } from "./shape.js";

/** A question with its true parameters: two-parameter, or generalised partial credit with two points. */
export interface SimulatedQuestion {
  readonly name: string;
  readonly stimulus: string;
  readonly maximum: 1 | 2;
  readonly slope: number;
  /** In each cycle. */
  readonly difficulty: readonly [number, number];
}

/** The questions of both cycles, and the booklets of each: positions of questions in order. */
export interface QuestionBank {
  readonly questions: readonly SimulatedQuestion[];
  readonly booklets: readonly (readonly (readonly number[])[])[];
}

const perBlock = 6;
/** Half the distance of the steps of a question of two points. */
const step = 0.5;

/** Makes the bank of a seed. Common questions drift by chance; that is what a linking error is the error of. */
export function questionBank(shape: AssessmentShape, seed: number): QuestionBank {
  const draws = drawsOf(seed, "questions");
  const questions: SimulatedQuestion[] = [];
  const places: number[][][] = [[], []];
  const make = (name: string, stimulus: string, last: boolean, drift: number) => {
    const difficulty = 0.9 * draws.normal();
    questions.push({
      ...{ name, stimulus, maximum: last ? 2 : 1, slope: 1.1 * Math.exp(0.25 * draws.normal()) },
      difficulty: [difficulty, difficulty + drift],
    });
    return questions.length - 1;
  };
  for (let b = 0; b < shape.blocks; b++) {
    const blocks: number[][] = [[], []];
    let ofStimulus = 0;
    for (let q = 0; q < perBlock; q++) {
      const stimulus = `B${b + 1}S${Math.floor(q / shape.stimulus) + 1}`;
      if (q % shape.stimulus === 0) ofStimulus = shape.drift[0] * draws.normal();
      const last = q === perBlock - 1;
      const common = b < shape.commonBlocks && q < shape.commonInBlock;
      const drift = ofStimulus + shape.drift[1] * draws.normal();
      if (common)
        for (const block of blocks)
          block[q] = block === blocks[0] ? make(`B${b + 1}Q${q + 1}`, stimulus, last, drift) : blocks[0]![q]!;
      else
        for (const [c, block] of blocks.entries())
          block[q] = make(`B${b + 1}Q${q + 1}C${c + 1}`, `${stimulus}C${c + 1}`, last, 0);
    }
    blocks.forEach((block, c) => void places[c]!.push(block));
  }
  const blocks = Array.from({ length: shape.blocks }, (_, b) => ({ name: `B${b + 1}`, minutes: 20, content: {} }));
  const { booklets } = accepted(assembleBooklets(blocks, { booklets: shape.blocks, size: 3 }, seed, { tries: 1 }));
  return {
    questions,
    booklets: places.map((ofCycle) => booklets.map((booklet) => booklet.flatMap((b) => ofCycle[b]!))),
  };
}

/** Which booklet each pupil of a cycle gets: by turns through a random order. */
export function handOut(pupils: number, booklets: number, seed: number): Uint16Array {
  const given = new Uint16Array(pupils);
  permanentOrder(
    Array.from({ length: pupils }, (_, i) => `pupil ${i}`),
    seed,
  ).forEach((pupil, k) => {
    given[pupil] = k % booklets;
  });
  return given;
}

/** The score of an ability on a question, where `at` is uniform in (0, 1). */
export function scoreOf({ slope, maximum, difficulty }: SimulatedQuestion, cycle: number, ability: number, at: number) {
  const distance = ability - difficulty[cycle]!;
  if (maximum === 1) return at < 1 / (1 + Math.exp(-slope * distance)) ? 1 : 0;
  const first = Math.exp(slope * (distance + step));
  const second = first * Math.exp(slope * (distance - step));
  const all = 1 + first + second;
  return at < 1 / all ? 0 : at < (1 + first) / all ? 1 : 2;
}
