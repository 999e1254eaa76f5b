import type { Random } from "../../kernel/index.js";
import { assessmentAssumptions, curricula } from "./assumptions.js";

/** A question of the bank with its true parameters. */
export interface Question {
  readonly name: string;
  readonly block: string;
  readonly construct: string;
  readonly stimulus: string;
  /** 1, or 2 for an answer that can be partly right. */
  readonly maximum: 1 | 2;
  readonly slope: number;
  /** Of all pupils in the first cycle. */
  readonly difficulty: number;
  /** How far apart the two steps of a question of two points are. */
  readonly step: number;
  readonly curricula: readonly string[];
  /** How much harder it is in each cycle by itself. */
  readonly drift: readonly number[];
}

/** The questions of a subject and phase, and which stand in each cycle's booklets. */
export interface QuestionBank {
  readonly questions: readonly Question[];
  /** By cycle and booklet: positions of questions in order of presentation. */
  readonly booklets: readonly (readonly (readonly number[])[])[];
}

const constructs = ["knowing", "applying", "reasoning"] as const;

/** A perfect difference set: its thirteen translates meet pairwise once (Singer 1938). */
const differenceSet = [0, 1, 3, 9] as const;

function coverage(random: Random): readonly string[] {
  const { onlyOld, onlyNew } = assessmentAssumptions.curriculum.value;
  const at = random.uniform();
  if (at < onlyOld) return [curricula[0]];
  return at < onlyOld + onlyNew ? [curricula[1]] : curricula;
}

/** Makes the bank, with names that the bank of items takes: nine common blocks and four new ones a cycle, five questions each, and thirteen booklets of four blocks. */
export function questionBank(name: string, random: Random): QuestionBank {
  const { all, common, questions: perBlock } = assessmentAssumptions.blocks.value;
  const cycles = assessmentAssumptions.cycles.value.length;
  const questions: Question[] = [];
  const positions = new Map<string, number[]>();
  const drifting = new Set<number>();
  const wanted = random.fork("drift");
  while (drifting.size < assessmentAssumptions.drifting.value.questions) drifting.add(wanted.below(common * perBlock));
  const addBlock = (block: string) => {
    const own = random.fork(block);
    positions.set(
      block,
      Array.from({ length: perBlock }, (_, k) => {
        const at = questions.length;
        const { by } = assessmentAssumptions.drifting.value;
        const harder = at % 2 === 0 ? by : -by;
        questions.push({
          name: `${name}_${block}_${k + 1}`,
          block,
          construct: constructs[(at + k) % constructs.length]!,
          stimulus: `${name}_${block}${k < 3 ? "a" : "b"}`,
          maximum: k === perBlock - 1 ? 2 : 1,
          slope: 1.1 * Math.exp(0.25 * own.normal()),
          difficulty: 0.9 * own.normal(),
          step: 0.5,
          curricula: coverage(own),
          drift: Array.from({ length: cycles }, (_, c) =>
            block.startsWith("c") && drifting.has(at) && c > 0 ? harder : 0,
          ),
        });
        return at;
      }),
    );
  };
  for (let b = 1; b <= common; b++) addBlock(`c${b}`);
  for (let c = 0; c < cycles; c++) for (let b = common + 1; b <= all; b++) addBlock(`n${c + 1}x${b}`);
  const blocksOf = (cycle: number) =>
    Array.from({ length: all }, (_, b) => (b < common ? `c${b + 1}` : `n${cycle + 1}x${b + 1}`));
  const booklets = Array.from({ length: cycles }, (_, cycle) => {
    const blocks = blocksOf(cycle);
    return Array.from({ length: all }, (_, k) => differenceSet.flatMap((d) => positions.get(blocks[(k + d) % all]!)!));
  });
  return { questions, booklets };
}
