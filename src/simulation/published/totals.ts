/** A phase's numbers by year: pupils, and teachers as full-time equivalents. */
export interface PhaseNumbers {
  readonly pupils: readonly number[];
  readonly teachers: readonly number[];
}

/** Subject (in the order of `subjects`) × year; null where none is published. */
export type SubjectSeries = readonly (readonly (number | null)[])[];

/** What is published of a country's teachers, trainees and pupils. A year is named by the calendar year in which it begins. */
export interface TeacherTotals {
  /** First year of `primary` and `secondary`. */
  readonly firstNumbers: number;
  readonly primary: PhaseNumbers;
  readonly secondary: PhaseNumbers;
  /** First year of `flows`: a flow of 2011 happened between the censuses of November 2010 and November 2011. */
  readonly firstFlows: number;
  readonly flows: {
    /** Leavers under 55, and of 55 and over, each as a share of all teachers of the subject. */
    readonly under55: SubjectSeries;
    readonly over55: SubjectSeries;
    /** Full-time equivalents. */
    readonly newlyQualified: SubjectSeries;
    readonly returners: SubjectSeries;
    readonly newToSector: SubjectSeries;
  };
  /** First year of `stocks`. */
  readonly firstStocks: number;
  /** Year × secondary subject × age band (under 35, 35 to 54, 55 and over): qualified teachers, full-time equivalents. */
  readonly stocks: readonly (readonly (readonly number[])[])[];
  /** By age band, secondary, November 2017: share of women, age bands of each kind of entrant, and share that left. */
  readonly shares: {
    readonly women: readonly number[];
    readonly newlyQualified: readonly number[];
    readonly returners: readonly number[];
    readonly newToSector: readonly number[];
    readonly leaving: readonly number[];
  };
  /** By census from `firstStocks`: shares of the ages 35 to 54 among secondary teachers of those ages; deduced. */
  readonly middleAges: readonly (readonly number[])[];
  /** By the same censuses: shares of the ages 55 to 67 and over among those of 55 and over; deduced. */
  readonly olderAges: readonly (readonly number[])[];
  /** By the same censuses and by subject (all of secondary for primary): of teachers of 35 to 54, the share of 54; deduced. */
  readonly atFiftyFour: readonly (readonly number[])[];
  readonly firstTrainees: number;
  /** Postgraduates who began. */
  readonly trainees: SubjectSeries;
  readonly firstNeed: number;
  readonly need: SubjectSeries;
  /** Postgraduates who began, 2021 to 2024, in the order of `providerKinds`. */
  readonly training: {
    /** Year × kind × region of the provider, without the national programme. */
    readonly byRegion: readonly (readonly (readonly number[])[])[];
    /** Year × kind × subject. */
    readonly bySubject: readonly (readonly (readonly number[])[])[];
  };
}

/** Schools of one phase, region and fifth of deprivation. */
export interface SchoolCell {
  readonly schools: number;
  readonly pupils: number;
  /** Per cent of pupils: eligible for free school meals in the last six years; SEN support; education, health and care plan. */
  readonly disadvantaged: number;
  readonly support: number;
  readonly plans: number;
  /** Teachers of those schools that the workforce table knows. */
  readonly fte: number;
  readonly headcount: number;
  /** Mean gross pay of a full-time equivalent, pounds. */
  readonly pay: number;
  readonly pupilsPerTeacher: number;
  /** The deciles of pupils on roll, from least to greatest: 11 values. */
  readonly sizes: readonly number[];
}

/** Trusts, and the schools in them, by size of trust in the order of `trustSizes` without the first. */
export interface TrustTotals {
  /** Region × size: trusts whose schools are mostly there. */
  readonly trusts: readonly (readonly number[])[];
  /** Phase × region × fifth × size: schools in trusts of the size. */
  readonly schools: readonly (readonly (readonly (readonly number[])[])[])[];
}

/** What is published of schools. */
export interface SchoolTotals {
  /** Phase × region × fifth; the first fifth is the least deprived. */
  readonly cells: readonly (readonly (readonly SchoolCell[])[])[];
  /** Region × phase: unit of funding, pounds a pupil, 2023/24. */
  readonly units: readonly (readonly number[])[];
  readonly trusts: TrustTotals;
}

/** What follows from the published figures by arithmetic. */
export interface DerivedTotals {
  readonly intake: {
    /** First year of `intakes`. */
    readonly first: number;
    /** Pupils who entered Reception in a year. */
    readonly intakes: readonly number[];
    /** Of Year 6, those who go on to Year 7 of a state school. */
    readonly transfer: number;
    /** Of Year 11 into a school's Year 12; of Year 12 into Year 13. */
    readonly stayingOn: readonly number[];
    /** The worst difference from the published pupils of a phase and year, as a share. */
    readonly worst: number;
  };
  /** First year of `stocks`. */
  readonly firstStock: number;
  /** Year × subject: teachers, full-time equivalents. */
  readonly stocks: readonly (readonly number[])[];
  /** By subject: how far a stock carried by flows from 2011 to 2017 is from the published one, as a share. */
  readonly carriedError: readonly number[];
  /** By subject: posts without a teacher of the subject, as a share of the stock of 2024. */
  readonly unfilled: readonly number[];
}
