/** One proposal of the green paper and how far the product does its job. */
export interface Proposal {
  /** The product's own id, as `A2`. */
  readonly id: string;
  readonly title: string;
  /** The folder that holds everything of the proposal. */
  readonly folder: string;
  /** Further folders that hold a part of it. */
  readonly alsoIn: readonly string[];
  /** The address of its own page in the product; null where it has none yet. */
  readonly page: string | null;
  readonly state: "working" | "partly" | "not yet";
  /** What works and what does not; empty where nothing does. */
  readonly stateNote: string;
  /** Whose job it is. */
  readonly who: string;
  /** The paper's point in our own words. */
  readonly sentence: string;
}

type Entry = Pick<Proposal, "id" | "title" | "folder" | "who" | "sentence"> & Partial<Proposal>;

/** A chapter's proposals: "not yet" and with one folder, unless an entry says otherwise. */
function chapter(entries: readonly Entry[]): readonly Proposal[] {
  return entries.map((entry) => ({ alsoIn: [], page: null, state: "not yet", stateNote: "", ...entry }));
}

const accountability = chapter([
  {
    id: "A1",
    title: "National Reference Assessments",
    folder: "src/accountability/reference-assessments",
    page: "/reference-assessments",
    state: "partly",
    stateNote:
      "from responses on files to the published trend with its link, gap and intervals, for any study and for three cycles of the synthetic England, with the plan, the draw from the register, the bank of questions and pupils' sessions on tablets; questions have no pictures or sound, and colleges and special schools are not in the frame",
    who: "national statistician",
    sentence:
      "Sample pupils in Reception and Years 4, 8 and 12, whatever the curriculum of the day, to tell whether the system improves.",
  },
  {
    id: "A2",
    title: "Quality Mark",
    folder: "src/accountability/quality-mark",
    alsoIn: ["src/accountability/value-added"],
    page: "/method",
    state: "working",
    stateNote:
      "the annual review runs from pupil files to every school's decision, and as cases through hearing, decision, second reading, publication, suspension, appeal and the closing of schools; what a correction does to other schools is said, not carried into their cases",
    who: "regional officer, head, public",
    sentence:
      "A yearly mark for several years' contextualised value added weighted by time in the school, secure safeguarding and unqualified accounts; its holders answer to no other external accountability.",
  },
  {
    id: "A3",
    title: "Register of accountability measures",
    folder: "src/accountability/measures",
    page: "/measures",
    state: "working",
    who: "policy official",
    sentence:
      "Floor targets stop, Key Stage 1 results leave accountability, and measures are of the whole, not of one aspect.",
  },
  {
    id: "A4",
    title: "Framework for special schools, PRUs and alternative provision",
    folder: "src/accountability/specialist-framework",
    page: "/specialist-framework",
    state: "working",
    who: "the Expert Working Group and its respondents",
    sentence: "An Expert Working Group consults and reports on how the quality of these schools can be judged.",
  },
  {
    id: "A5",
    title: "Annual safeguarding audit",
    folder: "src/accountability/safeguarding",
    page: "/safeguarding",
    state: "working",
    stateNote:
      "officers, the dated standard, the year's assignment with its gap, the audit with and without a connection, actions, second reading and escalation; evidence as words and as files",
    who: "Chartered Safeguarding Officer, designated lead",
    sentence: "A new group of Chartered Safeguarding Officers audits every school's safeguarding each year.",
  },
  {
    id: "A6",
    title: "One organisation in coterminous regions",
    folder: "src/accountability/regions",
    page: "/who-is-responsible",
    state: "working",
    stateNote:
      "draws contiguous, balanced regions with a bound, adopts them from a day on, and says for every school which office and officer answers for what",
    who: "regional director, parent",
    sentence:
      "The inspectorate and the commissioners become one organisation on the same regions, and everybody can see who does what.",
  },
  {
    id: "A7",
    title: "National Baccalaureate for primary schools",
    folder: "src/accountability/national-baccalaureate",
    who: "class teacher, pupil, parent",
    sentence: "An award for core learning, a personal project and personal development.",
  },
  {
    id: "A8",
    title: "The School Information Regulations go",
    folder: "src/accountability/school-information",
    page: "/schools",
    state: "working",
    stateNote:
      "one register-made page a school, found as one types; schools side by side without ranks; what the repeal spares, as an assumption with its range",
    who: "school office, parent",
    sentence: "The regulations of 2012 are repealed as an unnecessary burden.",
  },
  {
    id: "A9",
    title: "Ten years for disadvantaged pupils",
    folder: "src/accountability/disadvantage",
    page: "/disadvantage",
    state: "partly",
    stateNote:
      "the gap as rank index and in months, from the reference assessments and from published attainment; programmes and the support of parents are not there",
    alsoIn: ["src/funding/pupil-premium"],
    who: "programme director, family worker",
    sentence:
      "Funded policies across departments so that more disadvantaged pupils go on to Level 3 at 16, with assessments of their attainment, support for parents of under-fives and a Pupil Premium that keeps its real value.",
  },
]);

const teachers = chapter([
  {
    id: "R1",
    title: "Enough teachers",
    folder: "src/teachers/supply",
    page: "/teacher-supply",
    state: "working",
    stateNote:
      "the yearly statement of sufficiency from the simulation, by phase, subject and region with intervals, beside the department's published need; the dated shortage list by rule, which the simulator's levers can go by and the other proposals' services will read",
    who: "workforce planner, Parliament",
    sentence: "The Secretary of State answers for there being enough trained and retained teachers.",
  },
  {
    id: "R2",
    title: "One pathway into training",
    folder: "src/teachers/training",
    who: "applicant, provider",
    sentence: "One national pathway into teacher training, and no fees in shortage subjects.",
    stateNote: "a lever of the simulation; no service",
  },
  {
    id: "R3",
    title: "Regional ITE macro clusters",
    folder: "src/teachers/macro-clusters",
    who: "cluster board",
    sentence: "Regional clusters plan teacher training together, on funding guaranteed for a rolling three years.",
    stateNote: "a lever of the simulation; no service",
  },
  {
    id: "R4",
    title: "National Service Benefit",
    folder: "src/teachers/service-benefit",
    who: "teacher, loans body",
    sentence: "Teachers' loans are paid off with length of service, faster where posts are hard to fill.",
    stateNote: "a lever of the simulation; no service",
  },
  {
    id: "R5",
    title: "National Recruitment Fund",
    folder: "src/teachers/recruitment-fund",
    who: "fund manager, school",
    sentence: "Money that attracts heads and teachers of English and mathematics to deprived areas.",
    stateNote: "a lever of the simulation; no service",
  },
  {
    id: "R6",
    title: "College of Teaching",
    folder: "src/teachers/college",
    who: "teacher, employer",
    sentence: "Every teacher is a member of the College of Teaching.",
  },
  {
    id: "R7",
    title: "Entitlement to development",
    folder: "src/teachers/development",
    who: "teacher, mentor",
    sentence:
      "Development that leads to qualified teacher status within two years and a Masters-level qualification after five.",
    stateNote: "a lever of the simulation; no service",
  },
  {
    id: "R8",
    title: "Funded sabbaticals",
    folder: "src/teachers/sabbaticals",
    who: "teacher, head, region",
    sentence: "A funded sabbatical in the tenth, twentieth or thirtieth year of service.",
    stateNote: "a lever of the simulation; no service",
  },
]);

const structures = chapter([
  {
    id: "S1",
    title: "Every school in a Partnership Trust",
    folder: "src/structures/transition",
    who: "trust, region",
    sentence: "Within ten years every school is linked to others in a trust or partnership, and none stands alone.",
  },
  {
    id: "S2",
    title: "Leadership beyond one chief executive",
    folder: "src/structures/leadership",
    who: "trustees",
    sentence: "Trusts are led in more ways than by a single chief executive.",
  },
  {
    id: "S3",
    title: "The Commissioner's audit tool",
    folder: "src/structures/approval",
    who: "trust, commissioner",
    sentence: "One audit tool is the basis on which trusts are approved and may grow.",
  },
  {
    id: "S4",
    title: "No-profit guarantee",
    folder: "src/structures/articles",
    who: "lawyer, trust",
    sentence: "Every trust's articles guarantee that nobody makes a profit.",
  },
  {
    id: "S5",
    title: "Consolidated accounts",
    folder: "src/structures/accounts",
    page: "/accounts/method",
    state: "partly",
    stateNote:
      "auditors' opinions are filed, corrected, reach each school of the trust and are missing after the due day; nothing is consolidated",
    who: "trust finance, auditor, public",
    sentence: "Accounts show every payment to executives and members, also one through a shadow company.",
  },
  {
    id: "S6",
    title: "Exit clause",
    folder: "src/structures/exit",
    who: "governors",
    sentence: "No school is locked into a trust for ever.",
  },
  {
    id: "S7",
    title: "Local safety-net",
    folder: "src/structures/safety-net",
    who: "local panel",
    sentence: "Every school takes its share of children who are hard to place, and serves its community.",
  },
  {
    id: "S8",
    title: "No growth of selection",
    folder: "src/structures/selection",
    who: "admissions adjudicator",
    sentence: "Grammar schools don't expand, and selection doesn't grow.",
  },
]);

const funding = chapter([
  {
    id: "F1",
    title: "School-to-school support",
    folder: "src/funding/school-support",
    who: "trust, teaching school",
    sentence: "Teaching Schools keep training; support, development and research move to the trusts with their money.",
  },
  {
    id: "F2",
    title: "Ten-year Fairer Funding",
    folder: "src/funding/fairer-funding",
    alsoIn: ["src/funding/initiatives"],
    who: "school business manager, Treasury",
    sentence:
      "An open ten-year redistribution of enough money to all schools, and none for costly initiatives of little effect.",
    stateNote: "a lever of the simulation; no service",
  },
  {
    id: "F3",
    title: "What independent special placements cost",
    folder: "src/funding/independent-placements",
    who: "SEND commissioner",
    sentence: "A review, at once, of what placing pupils in independent special schools costs.",
  },
]);

const circulation = chapter([
  {
    id: "P0",
    title: "The paper, circulated and discussed",
    folder: "src/discussion",
    page: "/simulate",
    state: "partly",
    stateNote:
      "ten years with every teacher-side lever, in the browser, and a page a proposal with what its lever does and costs; no discussion yet",
    who: "anyone",
    sentence: "Spread the paper as widely as possible and discuss it.",
  },
]);

/** Every proposal of the paper, chapter by chapter. */
export const proposalChapters: readonly { readonly title: string; readonly proposals: readonly Proposal[] }[] = [
  { title: "Accountability", proposals: accountability },
  { title: "Recruitment and retention", proposals: teachers },
  { title: "Structures", proposals: structures },
  { title: "Further proposals", proposals: funding },
  { title: "The paper itself", proposals: circulation },
];

/** Every proposal in the order of the paper: the one list that pages, commands and `PROPOSALS.md` are made from. */
export const proposals: readonly Proposal[] = proposalChapters.flatMap((one) => one.proposals);
