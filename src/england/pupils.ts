import type { Random } from "../kernel/index.js";
import { assumptions } from "./assumptions.js";
import type { Phase } from "./england.js";
import type { Parameters, PhaseParameters } from "./parameters.js";
import { drawPath, type Window } from "./path.js";
import { emptyPerson, type Person, personDrawer } from "./person.js";
import type { Roll } from "./roll.js";
import type { PupilRows, SpellRows } from "./rows.js";
import { type OutcomeTable, outcomeTable, priorRow, priorTable, tailedScore } from "./scales.js";

/** What the loop over a region's pupils is told about the country. */
export interface Frame {
  readonly windows: readonly Window[];
  /** The country's place of each school of the roll, and of its authority. */
  readonly schoolOf: Int32Array;
  readonly authorityOf: Int32Array;
  /** Number of the first pupil. */
  readonly firstPupil: number;
}

/** What a pupil's circumstances add to the outcome, in its points. */
export function contextEffect(phase: Phase, parameters: PhaseParameters): (person: Person, kind: number) => number {
  const e = parameters.effects;
  const ethnic = Float64Array.of(0, e.mixed, e.asian, e.black, e.chinese, e.other);
  const need = Float64Array.of(0, e.support, e.plan);
  const byMonth = assumptions.progressByMonth.value[phase];
  const byIdaci = assumptions.progressByIdaci.value[phase];
  const provider = Float64Array.of(
    0,
    e.special,
    phase === "primary" ? assumptions.alternativeProgressPrimary.value : assumptions.alternativeProgress.value,
  );
  return (person, kind) =>
    e.fsm * person.fsm +
    need[person.sen]! +
    e.otherLanguage * person.otherLanguage +
    e.girls * person.girl +
    e.lookedAfter * person.lookedAfter +
    ethnic[person.ethnic]! +
    byMonth * (person.month - 6.5) +
    byIdaci * person.idaci +
    provider[kind]!;
}

/**
 * Makes every pupil of a region's phase: who they are, the schools they went through, and what they reached.
 * @param at first row to fill
 * @returns the row after the last
 */
export function fillPupils(
  roll: Roll,
  parameters: Parameters,
  frame: Frame,
  rows: PupilRows,
  spells: SpellRows,
  at: number,
  random: Random,
): number {
  const own = parameters[roll.phase];
  const draw = personDrawer(roll.phase, own);
  const context = contextEffect(roll.phase, own);
  const table = priorTable(roll.phase, own);
  const finish = roll.phase === "primary" ? subjectsOf(parameters) : attainment8Of(own);
  const person = emptyPerson();
  const n = roll.school.length;
  let row = at;
  let pupil = frame.firstPupil;
  for (let s = 0; s < n; s++) {
    const stream = random.fork(`pupils ${roll.school[s]}`);
    const kind = roll.kind[s]!;
    for (let cohort = 0; cohort < frame.windows.length; cohort++) {
      const window = frame.windows[cohort]!;
      for (let i = roll.cohort[cohort * n + s]!; i > 0; i--, row++, pupil++) {
        draw(person, roll, s, stream);
        const priorAt = priorRow(person.latent);
        const schools = drawPath(person, roll, s, cohort, window, pupil, frame.schoolOf, spells, stream);
        const effect = context(person, kind) + schools + roll.authority[s]!;
        finish(rows, row, table.place[priorAt]!, effect, roll.contrast[s]!, stream);
        rows.pupil[row] = pupil;
        rows.school[row] = frame.schoolOf[s]!;
        rows.authority[row] = frame.authorityOf[s]!;
        rows.year[row] = cohort;
        rows.prior[row] = person.hasPrior ? table.score[priorAt]! : Number.NaN;
        rows.fsm[row] = person.fsm;
        rows.idaci[row] = person.idaci;
        rows.sen[row] = person.sen;
        rows.provision[row] = kind;
        rows.language[row] = person.otherLanguage;
        rows.sex[row] = person.girl;
        rows.month[row] = person.month;
        rows.ethnic[row] = person.ethnic;
        rows.lookedAfter[row] = person.lookedAfter;
        if (rows.latent) rows.latent[row] = person.latent;
      }
    }
  }
  return row;
}

type Finish = (rows: PupilRows, row: number, place: number, effect: number, contrast: number, random: Random) => void;

function attainment8Of(own: PhaseParameters): Finish {
  const { mean, spread, bend }: OutcomeTable = outcomeTable("secondary", own, 0);
  return (rows, row, place, effect, _contrast, random) => {
    const e = random.normal();
    const b = bend[place]!;
    const noise = (e + b * (e * e - 1)) / Math.sqrt(1 + 2 * b * b);
    const raw = mean[place]! + effect + spread[place]! * noise;
    rows.outcome[row] = raw < 0 ? 0 : raw > 90 ? 90 : Math.round(2 * raw) / 2;
  };
}

function subjectsOf(parameters: Parameters): Finish {
  const [reading, maths] = [
    outcomeTable("primary", parameters.primary, 0),
    outcomeTable("primary", parameters.primary, 1),
  ];
  const { correlation, tail } = parameters.subjects;
  const own = Math.sqrt(1 - correlation * correlation);
  return (rows, row, place, effect, contrast, random) => {
    const first = random.normal();
    const second = correlation * first + own * random.normal();
    const read = tailedScore(reading.mean[place]! + effect + contrast + reading.spread[place]! * first, tail);
    const count = tailedScore(maths.mean[place]! + effect - contrast + maths.spread[place]! * second, tail);
    rows.reading[row] = Math.round(read);
    rows.maths[row] = Math.round(count);
    rows.outcome[row] = (rows.reading[row]! + rows.maths[row]!) / 2;
  };
}
