/** Subjects as the department's workforce model divides teachers: primary is one, the rest are secondary. Positions are stored. */
export const subjects = [
  "primary",
  "mathematics",
  "english",
  "biology",
  "chemistry",
  "physics",
  "computing",
  "classics",
  "modern-foreign-languages",
  "geography",
  "history",
  "art-and-design",
  "business-studies",
  "design-and-technology",
  "drama",
  "music",
  "physical-education",
  "religious-education",
  "others",
] as const;

/** The regions of England, in the order of their codes E12000001 to E12000009. */
export const regions = [
  "north-east",
  "north-west",
  "yorkshire-and-the-humber",
  "east-midlands",
  "west-midlands",
  "east-of-england",
  "london",
  "south-east",
  "south-west",
] as const;

export const phases = ["primary", "secondary"] as const;

/** Fifths of a phase's pupils by their schools' share of disadvantaged pupils, the least deprived first. */
export const fifths = ["1", "2", "3", "4", "5"] as const;

/** Grades of post: main scale, upper scale, leader with classes, head. */
export const grades = ["main", "upper", "leader", "head"] as const;

/** Plans of student loan. */
export const loanPlans = ["none", "plan-1", "plan-2", "plan-5"] as const;

/** Kinds of training provider: universities and other higher education; school-centred; the national programme of salaried training. */
export const providerKinds = ["higher-education", "school-centred", "national"] as const;

/** Trusts by how many schools they have; the first are schools without one, which authorities maintain. */
export const trustSizes = ["none", "1", "2-to-5", "6-to-11", "12-to-29", "30-and-more"] as const;

export type Subject = (typeof subjects)[number];
export type Region = (typeof regions)[number];

/** The phase in which a subject is taught: 0 primary, 1 secondary. */
export const phaseOfSubject = (subject: number): number => (subject === 0 ? 0 : 1);

/** Cells in which people are counted: subject × region × fifth. */
export const cellCount = subjects.length * regions.length * fifths.length;

/** Places: region × fifth. */
export const placeCount = regions.length * fifths.length;
