import { type CivilDate, civilDate, type Source } from "../../kernel/index.js";

/**
 * Who holds a duty: the office of the school's region, one office for the whole country, the local authority, or the body that
 * runs the school (its trust, or its governing body).
 */
export type HolderKind = "regional-office" | "national-office" | "local-authority" | "responsible-body";

/** Something that somebody has to answer for at every school. */
export interface Duty {
  /** In kebab-case and never reused. */
  readonly code: string;
  /** In a parent's words, as "Reviews the Quality Mark". */
  readonly title: string;
  /** What one may expect of whoever holds it. */
  readonly what: string;
  /** Which part of a council carries it out; its education department unless given. */
  readonly department?: string;
  readonly holder: HolderKind;
  /** The post within the office, or null where the holder is not one of our offices. */
  readonly post: Post | null;
  /** Whether it is law today or comes with the paper. */
  readonly standing: "law" | "proposed";
  readonly source: Source;
  /** The first day on which it holds, and the first on which it doesn't any more; null while it does. */
  readonly from: CivilDate;
  readonly to: CivilDate | null;
}

/** The posts of an office. */
export const posts = {
  director: "Regional director",
  "quality-mark": "Quality Mark officer",
  safeguarding: "Chief safeguarding officer",
  trusts: "Trusts and accounts officer",
  places: "Admissions and complaints officer",
  appeals: "Appeals officer",
  complaints: "Complaints officer",
} as const;

/** One of {@link posts}. */
export type Post = keyof typeof posts;

/** Whether a text names a post. */
export function isPost(text: string): text is Post {
  return Object.hasOwn(posts, text);
}

/** The day from which the nine regions are shared; before it the register says nothing. */
const coterminous = civilDate("2022-09-01");

const paper = (why: string): Source => ({ kind: "assumption", why });
const law = (citation: string): Source => ({ kind: "law", citation });

const ofTheRegion = { holder: "regional-office", from: coterminous, to: null, standing: "proposed" } as const;
const ofTheCountry = { holder: "national-office", from: coterminous, to: null, standing: "proposed" } as const;
const ofTheAuthority = { holder: "local-authority", post: null, to: null, standing: "law" } as const;

/**
 * Every duty, in the order of the public page. The paper asks that everybody can see who does what and lists no duties; each
 * regional one below is a duty that another of its proposals makes, given to the one office that proposal A6 makes.
 */
export const duties: readonly Duty[] = [
  {
    ...ofTheRegion,
    code: "quality-mark-review",
    title: "Reviews and decides the Quality Mark",
    what: "Looks at every school's evidence once a year and decides, with reasons.",
    post: "quality-mark",
    source: paper(
      "Proposal A2 reviews every school each year; A6 makes one office of each region, so that office does it.",
    ),
  },
  {
    ...ofTheCountry,
    code: "quality-mark-appeal",
    title: "Decides appeals about the Quality Mark",
    what: "Hears a school that disagrees with the decision, without the people who made it.",
    post: "appeals",
    source: paper(
      "An appeal that the deciding office heard itself would be no appeal, so it lies with a national office.",
    ),
  },
  {
    ...ofTheRegion,
    code: "external-visits",
    title: "Says whether another accountability visit may take place",
    what: "Keeps the register of schools that other inspections may not visit while they hold the mark.",
    post: "quality-mark",
    source: paper("Proposal A2 spares holders of the mark other external accountability; somebody has to say no."),
  },
  {
    ...ofTheRegion,
    code: "safeguarding-audit",
    title: "Arranges the yearly safeguarding audit",
    what: "Sends a Chartered Safeguarding Officer once a year and follows up what was found.",
    post: "safeguarding",
    source: paper(
      "Proposal A5 has chartered officers audit every school each year; they are assigned within a region.",
    ),
  },
  {
    ...ofTheAuthority,
    code: "child-at-risk",
    department: "The council's children's social care",
    title: "Acts when a child may be at risk",
    what: "Children's services make enquiries at once. In an emergency call 999.",
    from: civilDate("1991-10-14"),
    source: law("Children Act 1989, section 47, in force from 14 October 1991"),
  },
  {
    ...ofTheRegion,
    code: "trust-approval",
    title: "Approves trusts and their growth",
    what: "Decides which trust a school may join, by the Commissioner's audit tool.",
    post: "trusts",
    source: paper(
      "Proposal S3 bases approval on the Commissioner's audit tool; A6 joins the commissioners to the same office.",
    ),
  },
  {
    ...ofTheRegion,
    code: "accounts",
    title: "Receives the auditor's opinion on the accounts",
    what: "Sees to it that accounts are filed when they are due and asks about a qualified opinion.",
    post: "trusts",
    source: paper(
      "Proposal A2 asks for unqualified accounts and S5 for consolidated ones; the office that reviews chases them.",
    ),
  },
  {
    ...ofTheRegion,
    code: "admissions-safety-net",
    title: "Sees that every school takes its share of children who are hard to place",
    what: "Watches over the fair access protocols of the region's authorities and settles refusals.",
    post: "places",
    source: paper(
      "Proposal S7 makes every school honour the local safety-net and names no referee; the region's office stands nearest.",
    ),
  },
  {
    ...ofTheAuthority,
    code: "fair-access",
    title: "Finds a place for a child without one",
    what: "Runs the fair access protocol, in which every school takes part.",
    from: civilDate("2021-09-01"),
    source: law("School Admissions Code 2021, paragraphs 3.14 to 3.22, in force from 1 September 2021"),
  },
  {
    ...ofTheAuthority,
    code: "school-places",
    title: "Sees that there are enough school places",
    what: "Plans places for the children who live in its area.",
    from: civilDate("1996-11-01"),
    source: law("Education Act 1996, section 14, in force from 1 November 1996"),
  },
  {
    ...ofTheAuthority,
    code: "send-placements",
    title: "Decides education, health and care plans and the places they name",
    what: "Assesses, writes and reviews the plan, and secures what it says.",
    from: civilDate("2014-09-01"),
    source: law("Children and Families Act 2014, sections 36 to 42, in force from 1 September 2014"),
  },
  {
    ...ofTheAuthority,
    code: "education-otherwise",
    title: "Arranges education for a child who can't be at school",
    what: "After a permanent exclusion, in illness or otherwise.",
    from: civilDate("1996-11-01"),
    source: law("Education Act 1996, section 19, in force from 1 November 1996"),
  },
  {
    code: "complaints-first",
    title: "Answers a complaint about the school first",
    what: "Ask the school for its complaints procedure, which it must have.",
    holder: "responsible-body",
    post: null,
    standing: "law",
    from: civilDate("2003-09-01"),
    to: null,
    source: law(
      "Education Act 2002, section 29 (maintained schools, from 1 September 2003); Education (Independent School Standards) Regulations 2014, part 7 (academies)",
    ),
  },
  {
    ...ofTheRegion,
    code: "complaints-second",
    title: "Looks at a complaint that the school has answered",
    what: "Looks at whether the school followed its procedure and the law.",
    post: "places",
    source: paper(
      "The paper wants one organisation with clear responsibility; one office a parent can turn to is the plain reading.",
    ),
  },
  {
    ...ofTheCountry,
    code: "complaints-about-an-office",
    title: "Answers a complaint about a regional office",
    what: "Looks at how a regional office did its work.",
    post: "complaints",
    source: paper("Nobody judges a complaint about himself, so this lies outside the region."),
  },
];

/** The duties in force on a day. */
export function dutiesOn(on: CivilDate): readonly Duty[] {
  return duties.filter(({ from, to }) => from <= on && (to === null || on < to));
}
