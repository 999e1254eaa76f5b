/** Codes of the pupils' categories while they are made; the tables' levels are in these orders. */
export const levels = {
  yesNo: ["no", "yes"],
  sen: ["none", "support", "plan"],
  provision: ["mainstream", "special", "alternative"],
  language: ["english", "other"],
  sex: ["boy", "girl"],
  ethnicGroup: ["white", "mixed", "asian", "black", "chinese", "other"],
  status: ["main", "subsidiary"],
} as const;

/** Pupils of one phase as columns. Codes are those of {@link levels}; schools, authorities and years are the country's places. */
export interface PupilRows {
  readonly pupil: Float64Array;
  readonly school: Int32Array;
  readonly authority: Int32Array;
  readonly year: Int32Array;
  readonly outcome: Float64Array;
  /** Primary only; empty otherwise. */
  readonly reading: Float64Array;
  readonly maths: Float64Array;
  readonly prior: Float64Array;
  readonly fsm: Int32Array;
  readonly idaci: Float64Array;
  readonly sen: Int32Array;
  readonly provision: Int32Array;
  readonly language: Int32Array;
  readonly sex: Int32Array;
  readonly month: Float64Array;
  readonly ethnic: Int32Array;
  readonly lookedAfter: Int32Array;
  /** Raw prior attainment before it is mapped to the published scores; only where the solver asks for it. */
  readonly latent: Float64Array | null;
}

/** Room for so many pupils. */
export function roomForPupils(count: number, subjects: boolean, latent: boolean): PupilRows {
  const numbers = (used = true) => new Float64Array(used ? count : 0);
  const codes = () => new Int32Array(count);
  return {
    pupil: numbers(),
    school: codes(),
    authority: codes(),
    year: codes(),
    outcome: numbers(),
    reading: numbers(subjects),
    maths: numbers(subjects),
    prior: numbers(),
    fsm: codes(),
    idaci: numbers(),
    sen: codes(),
    provision: codes(),
    language: codes(),
    sex: codes(),
    month: numbers(),
    ethnic: codes(),
    lookedAfter: codes(),
    latent: latent ? numbers() : null,
  };
}

/** Spells of one phase as columns that grow. */
export interface SpellRows {
  count: number;
  pupil: Float64Array;
  school: Int32Array;
  entered: Int32Array;
  left: Int32Array;
  status: Int32Array;
}

/** Room for the spells of so many pupils, to begin with. */
export function roomForSpells(pupils: number): SpellRows {
  const room = Math.ceil(pupils * 1.3) + 16;
  return {
    count: 0,
    pupil: new Float64Array(room),
    school: new Int32Array(room),
    entered: new Int32Array(room),
    left: new Int32Array(room),
    status: new Int32Array(room),
  };
}

/** Appends a spell. Days as in the census: the first and the last on roll. */
export function addSpell(
  rows: SpellRows,
  pupil: number,
  school: number,
  entered: number,
  left: number,
  status: number,
): void {
  if (rows.count === rows.pupil.length) grow(rows);
  const row = rows.count++;
  rows.pupil[row] = pupil;
  rows.school[row] = school;
  rows.entered[row] = entered;
  rows.left[row] = left;
  rows.status[row] = status;
}

function grow(rows: SpellRows): void {
  const room = Math.ceil(rows.pupil.length * 1.25);
  const longer = <T extends Float64Array | Int32Array>(to: T, from: T): T => {
    to.set(from);
    return to;
  };
  rows.pupil = longer(new Float64Array(room), rows.pupil);
  rows.school = longer(new Int32Array(room), rows.school);
  rows.entered = longer(new Int32Array(room), rows.entered);
  rows.left = longer(new Int32Array(room), rows.left);
  rows.status = longer(new Int32Array(room), rows.status);
}
