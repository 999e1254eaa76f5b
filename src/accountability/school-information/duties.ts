import type { CivilDate, Source } from "../../kernel/index.js";
import { civilDate } from "../../kernel/index.js";

/** What becomes of a duty to publish when the regulations go. */
export type Fate =
  /** This page shows it: the school need not. */
  | "shown-here"
  /** It is the school's choice; the page links to what the school keeps. */
  | "school-chooses"
  /** Another law asks for it still: the page links to it. */
  | "other-law";

/** One thing that a school must publish on its own website under the regulations. */
export interface PublishingDuty {
  readonly id: string;
  readonly title: string;
  /** What has to be published, in short. */
  readonly what: string;
  /** From when, and to when where it is no longer asked. */
  readonly from: CivilDate;
  readonly to: CivilDate | null;
  readonly source: Source;
  readonly fate: Fate;
  /** Where on this page, or in which other law. */
  readonly where: string;
  /** The phases that it asks of; null for every school. */
  readonly phases: readonly string[] | null;
  /** The school's office may give a link or a statement for it. */
  readonly kept: boolean;
}

const in2012 = civilDate("2012-09-01");
const in2016 = civilDate("2016-09-01");

const law = (more = ""): Source => ({
  kind: "law",
  citation: `School Information (England) Regulations 2008, Schedule 4 as put in by the School Information (England) (Amendment) Regulations 2012 (SI 2012/1124)${more}`,
});

const primary = ["primary", "middle-deemed-primary", "all-through", "middle-deemed-secondary"];
const secondary = ["secondary", "middle-deemed-secondary", "all-through"];

/** The duties of the regulations, in their order. */
export const publishingDuties: readonly PublishingDuty[] = [
  {
    ...{ id: "contact", title: "Name, address and whom to ask", from: in2012, to: null, source: law(), phases: null },
    what: "The school's name, postal address and telephone number, and who answers questions from the public.",
    ...{ fate: "shown-here", where: "About the school; the school may add a telephone number", kept: true },
  },
  {
    ...{ id: "admissions", title: "Admission arrangements", from: in2012, to: null, source: law(), phases: null },
    what: "How places are given, or how to learn it from the local authority.",
    fate: "other-law",
    where: "School Admissions Code 2021: the admission authority publishes them each year by 15 March",
    kept: true,
  },
  {
    ...{ id: "inspection", title: "Latest inspection report", from: in2012, to: null, source: law(), phases: null },
    what: "A copy of the latest report, or where it is.",
    ...{ fate: "shown-here", where: "Quality Mark, with its reasons", kept: false },
  },
  {
    ...{ id: "key-stage-2", title: "Key Stage 2 results", from: in2012, to: null, phases: primary },
    what: "Results in reading, writing and mathematics; since 2016 progress and scaled scores.",
    source: law(", results replaced in 2016"),
    ...{ fate: "shown-here", where: "What the school adds", kept: false },
  },
  {
    ...{ id: "key-stage-4", title: "Key Stage 4 results", from: in2012, to: null, phases: secondary },
    what: "Results at 16; since 2016 Progress 8, Attainment 8, English and mathematics, the English Baccalaureate, destinations.",
    source: law(", results replaced in 2016"),
    ...{ fate: "shown-here", where: "What the school adds", kept: false },
  },
  {
    ...{ id: "tables", title: "Link to the performance tables", from: in2012, to: null, source: law(), phases: null },
    what: "Where the Secretary of State publishes the school's results.",
    ...{ fate: "shown-here", where: "What the school adds, and its data to download", kept: false },
  },
  {
    ...{ id: "curriculum", title: "Curriculum", from: in2012, to: null, source: law(), phases: null },
    what: "The content of every subject in every year, reading schemes, courses at 16, and how to learn more.",
    ...{ fate: "school-chooses", where: "The school's own statement or link", kept: true },
  },
  {
    ...{ id: "behaviour", title: "Behaviour policy", from: in2012, to: null, source: law(), phases: null },
    what: "The measures that the head sets for behaviour.",
    fate: "other-law",
    where: "Education and Inspections Act 2006, section 89: made known to parents, pupils and staff each year",
    kept: true,
  },
  {
    ...{ id: "pupil-premium", title: "Pupil premium", from: in2012, to: null, source: law(), phases: null },
    what: "How much comes, how it was spent and what it did.",
    fate: "other-law",
    where: "Conditions of grant of the pupil premium: a strategy statement each year",
    kept: true,
  },
  {
    ...{ id: "special-needs", title: "Special educational needs", from: in2012, to: null, source: law(), phases: null },
    what: "The report on the school's policy for pupils with special needs.",
    fate: "other-law",
    where: "Children and Families Act 2014, section 69",
    kept: true,
  },
  {
    ...{ id: "charging", title: "Charges and remissions", from: in2012, to: null, source: law(), phases: null },
    what: "What is charged for, and for whom it is waived.",
    fate: "other-law",
    where: "Education Act 1996, section 457: the policy itself stays a duty",
    kept: true,
  },
  {
    ...{ id: "ethos", title: "Ethos and values", from: in2012, to: null, source: law(), phases: null },
    what: "A statement of what the school stands for.",
    ...{ fate: "school-chooses", where: "The school's own statement or link", kept: true },
  },
  {
    ...{ id: "phonics-and-courses", title: "Reading schemes and list of courses", phases: null },
    ...{ from: in2012, to: in2016, source: law(", merged with the curriculum in 2016") },
    what: "Names of reading schemes and of courses, apart from the curriculum.",
    ...{ fate: "school-chooses", where: "With the curriculum", kept: false },
  },
];

/** The duties that hold on a day for a school of a phase; all phases where it is null. */
export function dutiesFor(phase: string | null, on: CivilDate): readonly PublishingDuty[] {
  return publishingDuties.filter(
    (duty) =>
      on >= duty.from &&
      (duty.to === null || on < duty.to) &&
      (phase === null || duty.phases === null || duty.phases.includes(phase)),
  );
}

/** By what a school is bound to publish. */
export type Bond = "regulations" | "funding-agreement" | "not-bound";

/** Academies are bound by their funding agreements, which mostly ask for the same; independent schools are not bound by these. */
export function bondOf(type: string): Bond {
  const plain = type.toLowerCase();
  if (/academy|free school|city technology|studio school|university technical/.test(plain)) return "funding-agreement";
  if (/community|foundation|voluntary|local authority nursery|pupil referral/.test(plain)) return "regulations";
  return "not-bound";
}
