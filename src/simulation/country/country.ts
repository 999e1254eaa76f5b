/** Schools as columns; positions are stored in people's rows. Primary schools stand first, then secondary; within a phase by place. */
export interface SchoolColumns {
  readonly count: number;
  /** Where the secondary schools begin. */
  readonly firstSecondary: number;
  /** Region × 5 + fifth: 0 to 44. */
  readonly place: Uint8Array;
  /** Pupils of the phase's cohorts that the school takes, as weights: pupils on roll in the first census. */
  readonly size: Float64Array;
  /** Cumulated shares of `size` within the phase and place, the last of each 1. */
  readonly within: Float64Array;
  /** Schools of a phase and place: `starts[phase · 45 + place]` to the next; length 91. */
  readonly starts: Uint32Array;
  /** What the school's present funding is, over what the formula would give it, before both are brought to the same sum. */
  readonly presentFunding: Float64Array;
}

/** Trusts as columns; those of a region and size stand together. */
export interface TrustColumns {
  readonly count: number;
  /** Position in `regions`; a trust's schools are all there. */
  readonly region: Uint8Array;
  /** Position in `trustSizes`, 1 to 5. */
  readonly size: Uint8Array;
  /** By school: its trust, or `noTrust`. */
  readonly ofSchool: Uint16Array;
}

/** The trust of a school that has none. */
export const noTrust = 65535;

/** Training providers as columns; those of a kind and region stand together, the largest first. */
export interface ProviderColumns {
  readonly count: number;
  /** Position in `providerKinds`. */
  readonly kind: Uint8Array;
  /** Position in `regions`; the national programme's is that of its office. */
  readonly region: Uint8Array;
  /** Subject × provider: share of the subject's recruits who apply to the provider. */
  readonly applicants: Float64Array;
  /** Subject × provider: share of the subject's places beyond the trainees of the first census. */
  readonly spare: Float64Array;
}

/** Teachers as columns, in any order; `length` rows are in use. */
export interface TeacherColumns {
  length: number;
  readonly id: Uint32Array;
  readonly school: Uint16Array;
  readonly subject: Uint8Array;
  readonly age: Uint8Array;
  /** Years of service completed. */
  readonly service: Uint8Array;
  /** Hundredths of full time. */
  readonly fte: Uint8Array;
  readonly grade: Uint8Array;
  /** 0 man, 1 woman. */
  readonly sex: Uint8Array;
  /** Position in `loanPlans`. */
  readonly plan: Uint8Array;
  /** Years of service owed after a sabbatical. */
  readonly owed: Uint8Array;
  /** Years of payment from the recruitment fund that are left. */
  readonly funded: Uint8Array;
  /** Balance of the student loan, pence. */
  readonly balance: Int32Array;
  /** Loan on entry to the profession, pence. */
  readonly loan: Int32Array;
}

/** Probabilities with which a pupil of a primary place goes to a secondary place of the region: 45 × 5, cumulated over fifths. */
export type Transfers = Float64Array;

/** A country on the day of its first census. Nothing in it changes by a run. */
export interface Country {
  readonly name: string;
  /** Calendar year in which the first simulated academic year begins; the census is of the year before. */
  readonly firstYear: number;
  readonly schools: SchoolColumns;
  readonly teachers: TeacherColumns;
  /** The first person's number of entrants. */
  readonly nextId: number;
  readonly pupils: PupilTotals;
  /** Phase × place (90): share of pupils who are disadvantaged, and who have support or a plan. */
  readonly disadvantaged: Float64Array;
  readonly support: Float64Array;
  readonly transfers: Transfers;
  /** Phase × region: pounds a pupil in 2023. */
  readonly units: Float64Array;
  /** Mean pay of a full-time equivalent in November 2020, pounds. */
  readonly meanPay: number;
  /** By phase: pupils a full-time equivalent on the day of the census. */
  readonly pupilsPerTeacher: Float64Array;
  readonly providers: ProviderColumns;
  readonly trusts: TrustColumns;
  /** Trainees of the first census, who enter in the first year, by subject. */
  readonly trainees: Float64Array;
  readonly entrants: {
    /** Kind (newly qualified, returner, new to the sector) × age band: cumulated shares. */
    readonly ages: Float64Array;
    /** By phase: share of women. */
    readonly women: Float64Array;
  };
  /** Hash of everything above. */
  readonly hash: string;
}

/** How many pupils there are in each year group, Reception to Year 13, on the day of the census: length 14. */
export interface PupilTotals {
  readonly yearGroups: readonly number[];
}

/** Room for so many teachers. Written out without spreads: engines then give every one the same shape, and loops over them stay compiled. */
export function teacherColumns(room: number): TeacherColumns {
  return {
    length: 0,
    id: new Uint32Array(room),
    school: new Uint16Array(room),
    subject: new Uint8Array(room),
    age: new Uint8Array(room),
    service: new Uint8Array(room),
    fte: new Uint8Array(room),
    grade: new Uint8Array(room),
    sex: new Uint8Array(room),
    plan: new Uint8Array(room),
    owed: new Uint8Array(room),
    funded: new Uint8Array(room),
    balance: new Int32Array(room),
    loan: new Int32Array(room),
  };
}

/** The same teachers with room for more of them, if there isn't room yet. */
export function withRoom(columns: TeacherColumns, more: number): TeacherColumns {
  const wanted = columns.length + more;
  if (wanted <= columns.id.length) return columns;
  const wider = teacherColumns(Math.ceil(wanted * 1.1));
  wider.id.set(columns.id);
  wider.school.set(columns.school);
  wider.subject.set(columns.subject);
  wider.age.set(columns.age);
  wider.service.set(columns.service);
  wider.fte.set(columns.fte);
  wider.grade.set(columns.grade);
  wider.sex.set(columns.sex);
  wider.plan.set(columns.plan);
  wider.owed.set(columns.owed);
  wider.funded.set(columns.funded);
  wider.balance.set(columns.balance);
  wider.loan.set(columns.loan);
  wider.length = columns.length;
  return wider;
}

/** Copies row `from` over row `to`. */
export function copyTeacher(columns: TeacherColumns, from: number, to: number): void {
  columns.id[to] = columns.id[from]!;
  columns.school[to] = columns.school[from]!;
  columns.subject[to] = columns.subject[from]!;
  columns.age[to] = columns.age[from]!;
  columns.service[to] = columns.service[from]!;
  columns.fte[to] = columns.fte[from]!;
  columns.grade[to] = columns.grade[from]!;
  columns.sex[to] = columns.sex[from]!;
  columns.plan[to] = columns.plan[from]!;
  columns.owed[to] = columns.owed[from]!;
  columns.funded[to] = columns.funded[from]!;
  columns.balance[to] = columns.balance[from]!;
  columns.loan[to] = columns.loan[from]!;
}
