import { type Country, type TeacherColumns, teacherColumns, withRoom } from "../country/country.js";
import { personKey } from "../draws.js";
import { careers } from "./career.js";
import { type EntryPlan, enter, setLoan } from "./enter.js";
import { leave } from "./leave.js";
import { isOfPart, luckOf, type Part } from "./part.js";
import { type PupilCounts, PupilShard } from "./pupil-shard.js";
import type { PupilYear } from "./pupil-year.js";
import { count, type Spending, settle } from "./settle.js";
import { addInto, emptyTally, type Tally } from "./tally.js";
import type { TeacherYear } from "./teacher-year.js";

/** What a shard is begun with. */
export interface Beginning {
  readonly part: Part;
  readonly seed: number;
  readonly replicate: number;
  readonly parts: { readonly pupils: boolean; readonly teachers: boolean };
  /** Mean loan of a new graduate, pence; share of those under 40 who have one. */
  readonly loan: number;
  readonly holders: number;
}

/** What shards are told, one after another; each answers, and the answers are summed in the order of the shards. */
export type Command =
  | { readonly kind: "pupils"; readonly of: PupilYear }
  | { readonly kind: "count" }
  | { readonly kind: "leave"; readonly of: TeacherYear; readonly toFifths: Float64Array }
  | { readonly kind: "enter"; readonly of: TeacherYear; readonly plan: EntryPlan }
  | { readonly kind: "settle"; readonly of: TeacherYear; readonly fundPayment: number };

/** What a shard answers; whole numbers throughout, so that their sum doesn't depend on how people were divided. */
export interface Answer {
  readonly pupils: PupilCounts | null;
  readonly tally: Tally | null;
  readonly spending: Spending | null;
  /** Teachers whose post the recruitment fund pays for. */
  readonly funded: number;
}

const nothing: Answer = { pupils: null, tally: null, spending: null, funded: 0 };

/** The people of one worker. */
export class Shard {
  readonly #country: Country;
  readonly #part: Part;
  readonly #luck: number;
  #teachers: TeacherColumns;
  /** Filled anew for every answer: the one before must be read by then. */
  readonly #tally = emptyTally();
  readonly #spending: Spending;
  readonly #pupils: PupilShard | null;

  constructor(country: Country, beginning: Beginning) {
    this.#country = country;
    this.#part = beginning.part;
    this.#luck = luckOf(beginning.seed, beginning.replicate);
    const { count: schools } = country.schools;
    this.#spending = { pay: new Float64Array(schools), programmes: new Float64Array(schools) };
    this.#teachers = beginning.parts.teachers ? this.#startTeachers(beginning) : teacherColumns(0);
    this.#pupils = beginning.parts.pupils ? new PupilShard(country, beginning.part, this.#luck) : null;
  }

  #startTeachers({ part, loan, holders }: Beginning): TeacherColumns {
    const all = this.#country.teachers;
    const own = teacherColumns(Math.ceil((1.05 * all.length) / part.every / part.shards) + 2 * 4096);
    let k = 0;
    for (let i = 0; i < all.length; i++) {
      if (!isOfPart(all.id[i]!, part)) continue;
      if (k === own.id.length) throw new RangeError(`a shard has more than its ${k} teachers`);
      own.id[k] = all.id[i]!;
      own.school[k] = all.school[i]!;
      own.subject[k] = all.subject[i]!;
      own.age[k] = all.age[i]!;
      own.service[k] = all.service[i]!;
      own.fte[k] = all.fte[i]!;
      own.grade[k] = all.grade[i]!;
      own.sex[k] = all.sex[i]!;
      setLoan(own, k, this.#country.firstYear - 1, personKey(this.#luck, own.id[k]!), loan, holders);
      k++;
    }
    own.length = k;
    return own;
  }

  /** Does what it is told and answers. */
  do(command: Command): Answer {
    if (command.kind === "pupils") return { ...nothing, pupils: this.#pupils!.step(command.of) };
    const { schools } = this.#country;
    const tally = this.#tally.fill(0);
    if (command.kind === "count") {
      count(this.#teachers, schools, tally);
      return { ...nothing, tally };
    }
    if (command.kind === "leave") {
      leave(this.#teachers, schools, command.of, this.#luck, tally);
      careers(this.#teachers, schools, command.of, command.toFifths, this.#luck, tally);
      return { ...nothing, tally };
    }
    if (command.kind === "enter") {
      this.#teachers = withRoom(this.#teachers, shareOf(command.plan, this.#part));
      enter(this.#teachers, this.#country, command.of, command.plan, this.#part, this.#luck, tally);
      let funded = 0;
      for (let i = 0; i < this.#teachers.length; i++) if (this.#teachers.funded[i]! > 0) funded++;
      return { ...nothing, tally, funded };
    }
    const spending = this.#spending;
    spending.pay.fill(0);
    spending.programmes.fill(0);
    settle(this.#teachers, schools, command.of, command.fundPayment, this.#luck, tally, spending);
    return { ...nothing, tally, spending };
  }
}

/** Most of a plan's entrants that can fall to a part: its share, and a block more. */
function shareOf(plan: EntryPlan, { every, shards }: Part): number {
  const all = plan.heads.reduce((a, b) => a + b, 0);
  return Math.ceil(all / every / shards) + 2 * 4096;
}

/** Sums answers in their order. */
export function sumAnswers(answers: readonly Answer[]): Answer {
  const [first, ...rest] = answers;
  if (!first) throw new RangeError("there is no answer to sum");
  let funded = first.funded;
  for (const { pupils, tally, spending, funded: more } of rest) {
    funded += more;
    if (tally) addInto(first.tally!, tally);
    if (spending) {
      addInto(first.spending!.pay, spending.pay);
      addInto(first.spending!.programmes, spending.programmes);
    }
    if (pupils) addPupils(first.pupils!, pupils);
  }
  return { ...first, funded };
}

function addPupils(sum: PupilCounts, more: PupilCounts): void {
  for (let i = 0; i < sum.rolls.length; i++) sum.rolls[i]! += more.rolls[i]!;
  for (let i = 0; i < sum.disadvantaged.length; i++) sum.disadvantaged[i]! += more.disadvantaged[i]!;
  for (let i = 0; i < sum.supported.length; i++) sum.supported[i]! += more.supported[i]!;
  addInto(sum.tally, more.tally);
}

/** A sample's answer brought to the whole country: every number times what one person stands for. */
export function raiseAnswer(answer: Answer, every: number): Answer {
  if (every === 1) return answer;
  const raise = (values: Float64Array | Int32Array) => {
    for (let i = 0; i < values.length; i++) values[i]! *= every;
  };
  if (answer.tally) raise(answer.tally);
  if (answer.spending) {
    raise(answer.spending.pay);
    raise(answer.spending.programmes);
  }
  if (answer.pupils) {
    raise(answer.pupils.rolls);
    raise(answer.pupils.disadvantaged);
    raise(answer.pupils.supported);
    raise(answer.pupils.tally);
  }
  return { ...answer, funded: answer.funded * every };
}
