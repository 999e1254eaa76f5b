import { type Random, seededRandom } from "../../kernel/index.js";
import { type AssessedPhase, curricula, type Subject } from "./assumptions.js";
import type { Question, QuestionBank } from "./questions.js";

/** A line of a file of items: what the bank of items takes in, by the names of its columns. */
export type BankLine = Readonly<Record<string, string>>;

interface Worded {
  readonly kind: "choice" | "number" | "marked";
  readonly question: string;
  readonly options: string;
  readonly key: string;
}

/** A sum, a story or a puzzle with its answer; two points where being one off shows half the thought. */
function mathematics({ construct, maximum }: Question, random: Random): Worded {
  const [a, b] = [3 + random.below(17), 3 + random.below(9)];
  const number = (question: string, answer: number, half: number) => ({
    ...{ kind: "number" as const, question: `Made-up question: ${question}`, options: "" },
    key: maximum === 2 ? `${answer}=2|${half}=1` : `${answer}=1`,
  });
  if (construct === "knowing") return number(`what is ${a} × ${b}?`, a * b, a * b + a);
  if (construct === "applying")
    return number(
      `a fence is ${a * b} metres long, with a post every ${a} metres and one at each end. How many posts has it?`,
      b + 1,
      b,
    );
  return number(
    `Ada thinks of a number, adds ${a} and doubles what she gets. It is ${2 * (a + b)}. What was her number?`,
    b,
    a + b,
  );
}

/** What an adult asks a child of four to do, and marks. */
function withAnAdult({ construct, maximum }: Question, random: Random): Worded {
  const n = 3 + random.below(8);
  const task =
    construct === "knowing"
      ? `count ${n} counters out`
      : construct === "applying"
        ? `give ${n} counters to a toy otter and say how many are left of ${n + 2}`
        : `say which of two rows has more counters, ${n} far apart or ${n + 1} close together, and why`;
  const points = maximum === 2 ? " Two points without help, one with it." : "";
  return { kind: "marked", question: `Made-up task: ask the child to ${task}.${points}`, options: "", key: "" };
}

const places = ["Otterbrook", "Lindmoor", "Saltwick", "Ferncombe", "Hollin Edge", "Wexley"] as const;
const animals = ["otter", "heron", "hedgehog", "fox", "owl", "hare"] as const;

/** A text that questions share. */
function readingText(name: string, random: Random) {
  const place = places[random.below(places.length)]!;
  const animal = animals[random.below(animals.length)]!;
  const [boats, hour] = [2 + random.below(7), 3 + random.below(5)];
  const text = `Made-up text ${name}. At ${hour} o’clock the ${animal} of ${place} passed ${boats} boats on its way home. Nobody saw it, for the fog was thick, and it was glad of that.`;
  return { text, place, animal, boats, hour };
}

type ReadingText = ReturnType<typeof readingText>;

function reading(
  { construct, maximum }: Question,
  { place, animal, boats, hour }: ReadingText,
  random: Random,
): Worded {
  const asked =
    construct === "knowing"
      ? {
          question: `how many boats did the ${animal} pass?`,
          right: `${boats}`,
          half: `${boats + 1}`,
          wrong: `${boats + 3}`,
        }
      : construct === "applying"
        ? {
            question: `when did the ${animal} pass?`,
            right: `in the afternoon, at ${hour}`,
            half: "during the day",
            wrong: "at midnight",
          }
        : {
            question: `why was the ${animal} glad of the fog?`,
            right: "it hid it",
            half: "it was thick",
            wrong: `it likes ${place}`,
          };
  const turn = random.below(3);
  const shown = [asked.right, asked.half, asked.wrong];
  const letters = ["A", "B", "C"];
  const at = (k: number) => letters[(k + turn) % 3]!;
  const options = letters.map((letter) => `${letter}=${shown[[0, 1, 2].find((k) => at(k) === letter)!]!}`);
  return {
    ...{ kind: "choice", question: `Made-up question: ${asked.question}`, options: options.join("|") },
    key: maximum === 2 ? `${at(0)}=2|${at(1)}=1` : `${at(0)}=1`,
  };
}

/** The questions of a phase and subject as lines of the bank of items: made-up words for each, with its construct, stimulus and curricula. */
export function bankLines(phase: AssessedPhase, subject: Subject, { questions }: QuestionBank): readonly BankLine[] {
  const random = seededRandom(1).fork(`words of ${phase} ${subject}`);
  return questions.map((question): BankLine => {
    const { name, construct, stimulus, maximum, curricula: covering } = question;
    const own = random.fork(name);
    const text = subject === "reading" ? readingText(stimulus, random.fork(stimulus)) : null;
    const worded = text
      ? reading(question, text, own)
      : phase === "reception"
        ? withAnAdult(question, own)
        : mathematics(question, own);
    return {
      ...{ item: name, subject, phases: phase, construct, stimulus, stimulus_text: text?.text ?? "", ...worded },
      ...{ maximum: String(maximum), seconds: maximum === 2 ? "120" : "75", status: "ready" },
      curricula: curricula.map((one) => `${one}=${covering.includes(one) ? "yes" : "no"}`).join("|"),
    };
  });
}
