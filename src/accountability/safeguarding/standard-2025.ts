import type { Source } from "../../kernel/index.js";
import type { AppliesTo, Requirement, Section, Seriousness } from "./standard.js";

const law = (citation: string): Source => ({ kind: "law", citation });
const published = (citation: string): Source => ({ kind: "published", citation });
const assumption = (why: string): Source => ({ kind: "assumption", why });

/** Statutory guidance under the Education Act 2002 section 175 (academies: section 157 and their funding agreement). */
const keepingSafe = (part: string) =>
  published(`Keeping children safe in education, statutory guidance, edition of 1 September 2025, ${part}`);

const lead = "the designated safeguarding lead";
const head = "the head";
const staff = "staff chosen by the officer";
const pupils = "pupils chosen by the officer";
const governors = "the governor for safeguarding";
const office = "whoever keeps the single central record";

interface Asks {
  readonly evidence: readonly string[];
  readonly asked: readonly string[];
  readonly request?: string;
  readonly decisive?: boolean;
  readonly appliesTo?: AppliesTo;
}

function requirement(id: string, seriousness: Seriousness, text: string, source: Source, asks: Asks): Requirement {
  return { request: null, decisive: false, appliesTo: "all", ...asks, id, seriousness, text, source };
}

const recruitment: Section = {
  id: "recruitment",
  title: "Single central record and safer recruitment",
  requirements: [
    requirement(
      "recruitment.record",
      "immediate",
      "The single central record shows for every adult who has to be on it each check that the law asks for, with its date and who made it.",
      law(
        "School Staffing (England) Regulations 2009, regulations 12 and 24 and Schedule 2; for academies, Education (Independent School Standards) Regulations 2014, Schedule, Part 4",
      ),
      {
        decisive: true,
        evidence: [
          "the record itself, read line by line for a sample of at least ten adults",
          "personnel files of the same adults",
        ],
        asked: [office, head],
        request: "Have the single central record open, and the personnel files of all staff at hand.",
      },
    ),
    requirement(
      "recruitment.barred",
      "immediate",
      "Nobody works in regulated activity without a barred list check made before the first day.",
      law("Safeguarding Vulnerable Groups Act 2006, sections 7 to 11"),
      {
        decisive: true,
        evidence: [
          "certificate numbers and dates in the record against the first days of work",
          "risk assessments where a certificate was awaited",
        ],
        asked: [office, head],
        request: "List everybody who began work in the last twelve months, with the first day.",
      },
    ),
    requirement(
      "recruitment.panel",
      "serious",
      "At least one person of each appointment panel is trained in safer recruitment.",
      law("School Staffing (England) Regulations 2009, regulation 9"),
      {
        evidence: ["certificates of training", "panel lists of the last three appointments"],
        asked: [head],
        request:
          "Have the panel lists of the last three appointments and the certificates of the trained members ready.",
      },
    ),
    requirement(
      "recruitment.references",
      "serious",
      "References are taken up before interview where possible, compared with the application, and gaps in employment are asked about and explained.",
      keepingSafe("part three"),
      { evidence: ["files of the last three appointments"], asked: [head, office] },
    ),
    requirement(
      "recruitment.others",
      "serious",
      "Agency staff, contractors, volunteers, trainees and governors are checked as their roles ask, and visitors are identified and accompanied.",
      keepingSafe("part three"),
      {
        evidence: ["letters of agencies and contractors", "the visitors' book and the way the officer was received"],
        asked: [office, "reception"],
        request: "Have the written confirmations of agencies and contractors ready.",
      },
    ),
  ],
};

const training: Section = {
  id: "training",
  title: "Designated lead, training and induction",
  requirements: [
    requirement(
      "training.lead",
      "immediate",
      "A senior member of staff is designated lead, with the time, the authority and a deputy; one of them can be reached whenever pupils are in school.",
      keepingSafe("part two and annex C"),
      {
        decisive: true,
        evidence: ["job descriptions", "the rota", "asking three members of staff who the lead is"],
        asked: [head, lead, staff],
        request: "Have the job descriptions of the lead and deputies and the rota ready.",
      },
    ),
    requirement(
      "training.lead-trained",
      "serious",
      "The lead and deputies were trained for the role within the last two years and keep up to date every year.",
      keepingSafe("part two and annex C"),
      {
        evidence: ["certificates with dates"],
        asked: [lead],
        request: "Have the certificates of the lead and deputies ready.",
      },
    ),
    requirement(
      "training.staff",
      "serious",
      "Everybody who works with children has read part one (or annex A) of the guidance, was trained at induction, and is brought up to date at least every year.",
      keepingSafe("parts one and two"),
      {
        evidence: ["the training record with dates", "what staff say when asked about a case"],
        asked: [lead, staff],
        request: "Have the training record of all staff, with dates and with those on leave, ready.",
      },
    ),
    requirement(
      "training.knows",
      "serious",
      "Staff know the signs of abuse, neglect and exploitation, to whom to go, and that anyone may refer a child.",
      keepingSafe("part one"),
      { evidence: ["conversations with at least five members of staff in different roles"], asked: [staff] },
    ),
  ],
};

const policies: Section = {
  id: "policies",
  title: "Policies",
  requirements: [
    requirement(
      "policies.child-protection",
      "serious",
      "There is a child protection policy that is this school's own, reviewed within the year, approved by the governing body, and published.",
      law(
        "Education Act 2002, section 175 (maintained schools) and section 157 (academies), with the statutory guidance, part two",
      ),
      {
        evidence: ["the policy with its date and the minute of approval", "the school's website"],
        asked: [lead, governors],
        request: "Send the child protection policy and the minute that approved it.",
      },
    ),
    requirement(
      "policies.conduct",
      "ordinary",
      "A staff code of conduct covers low-level concerns, acceptable use of technology, and staff and pupil relationships.",
      keepingSafe("part two and part four, section two"),
      {
        evidence: ["the code", "signatures or records that staff have read it"],
        asked: [head],
        request: "Send the code of conduct.",
      },
    ),
    requirement(
      "policies.behaviour",
      "ordinary",
      "The behaviour policy says how bullying, child-on-child abuse and the use of reasonable force are dealt with, and each significant use of force is recorded.",
      law("Education and Inspections Act 2006, sections 89 and 93"),
      {
        evidence: ["the policy", "the record of force used"],
        asked: [head, staff],
        request: "Send the behaviour policy; have the record of force used ready.",
      },
    ),
    requirement(
      "policies.whistleblowing",
      "ordinary",
      "Staff can raise concerns about the school's own practice, know how, and are protected when they do.",
      law("Employment Rights Act 1996, part IVA (protected disclosures)"),
      { evidence: ["the procedure", "what staff say"], asked: [staff] },
    ),
  ],
};

const allegations: Section = {
  id: "allegations",
  title: "Allegations and concerns about adults",
  requirements: [
    requirement(
      "allegations.threshold",
      "immediate",
      "Every allegation that may meet the harm threshold was taken to the local authority's designated officer without delay, and nothing was investigated before.",
      keepingSafe("part four, section one"),
      {
        decisive: true,
        evidence: ["every allegation file of the last two years", "dates of contact with the designated officer"],
        asked: [head, "the chair of governors"],
        request: "Have all files on allegations of the last two years ready, also those found to be false.",
      },
    ),
    requirement(
      "allegations.referral",
      "immediate",
      "Where somebody was removed, or would have been, because of harm or risk of harm to a child, the Disclosure and Barring Service was told; and the Teaching Regulation Agency was considered.",
      law("Safeguarding Vulnerable Groups Act 2006, section 35; Education Act 2002, sections 141D and 141E"),
      {
        decisive: true,
        evidence: ["files of leavers after an allegation", "copies of referrals"],
        asked: [head, office],
      },
    ),
    requirement(
      "allegations.low-level",
      "ordinary",
      "Low-level concerns are reported, recorded, kept together, and read for patterns.",
      keepingSafe("part four, section two"),
      {
        evidence: ["the record of low-level concerns"],
        asked: [head, staff],
        request: "Have the record of low-level concerns ready.",
      },
    ),
  ],
};

const online: Section = {
  id: "online",
  title: "Online safety",
  requirements: [
    requirement(
      "online.filtering",
      "serious",
      "Filtering and monitoring work on the school's devices, somebody senior is responsible, and they were reviewed within the year.",
      keepingSafe("part two; Department for Education, filtering and monitoring standards"),
      {
        evidence: ["trying it on a pupil's device with the officer watching", "the review", "reports acted on"],
        asked: [lead, "whoever runs the network"],
        request: "Have the last review of filtering and monitoring ready, and a pupil's device.",
      },
    ),
    requirement(
      "online.taught",
      "ordinary",
      "Pupils are taught to stay safe online, and parents are told what the school asks of their children there.",
      law(
        "Children and Social Work Act 2017, section 34, with the Relationships Education, Relationships and Sex Education and Health Education (England) Regulations 2019",
      ),
      { evidence: ["the curriculum", "what pupils say"], asked: [pupils, staff] },
    ),
  ],
};

const attendance: Section = {
  id: "attendance",
  title: "Attendance and children missing education",
  requirements: [
    requirement(
      "attendance.absence",
      "serious",
      "Unexplained absence is followed up on the first day; there are at least two emergency contacts for each pupil where possible.",
      published(
        "Working together to improve school attendance, statutory guidance from 19 August 2024; Keeping children safe in education 2025, part two",
      ),
      {
        evidence: ["the day's register followed for three absent pupils", "contact details of a sample"],
        asked: ["the attendance lead", lead],
        request: "Have the attendance register of the last four weeks ready.",
      },
    ),
    requirement(
      "attendance.missing",
      "immediate",
      "A pupil who is gone is looked for: the local authority is told of every deletion from the register and of absence as the law asks, and nobody was taken off the roll without a lawful ground.",
      law(
        "School Attendance (Pupil Registration) (England) Regulations 2024, regulations 9 and 13; Education Act 1996, section 436A",
      ),
      {
        decisive: true,
        evidence: ["every deletion of the last twelve months with its ground and the return to the authority"],
        asked: ["the attendance lead", lead],
        request: "List every pupil taken off the roll in the last twelve months, with ground, date and destination.",
      },
    ),
  ],
};

const help: Section = {
  id: "help",
  title: "Early help and referrals",
  requirements: [
    requirement(
      "help.referral",
      "immediate",
      "A child who may be suffering significant harm is referred at once, also without consent where need be, and the school follows up what comes of it.",
      law("Children Act 1989, sections 17 and 47; Children Act 2004, sections 16E to 16H (safeguarding partners)"),
      {
        decisive: true,
        evidence: [
          "at least five case files from concern to outcome, chosen by the officer",
          "dates between concern and referral",
        ],
        asked: [lead],
        request: "Have the child protection files ready for the officer to choose from.",
      },
    ),
    requirement(
      "help.early",
      "serious",
      "Children and families who need help early are seen, offered it, and the school takes its part in their plans.",
      law("Children Act 2004, section 10; Working together to safeguard children 2023"),
      { evidence: ["early help plans", "minutes of meetings attended"], asked: [lead, "the pastoral lead"] },
    ),
    requirement(
      "help.child-on-child",
      "serious",
      "Abuse between children, and sexual violence and harassment in particular, is recorded, taken seriously, and both children are kept safe and supported.",
      keepingSafe("parts one and five"),
      {
        evidence: ["records and risk assessments", "what pupils say"],
        asked: [lead, pupils],
        request: "Have the records of abuse between children of the last twelve months ready.",
      },
    ),
  ],
};

const records: Section = {
  id: "records",
  title: "Record keeping and sharing",
  requirements: [
    requirement(
      "records.files",
      "serious",
      "Concerns, discussions, decisions and their reasons are written down at once, with dates, in one confidential file a child.",
      keepingSafe("part two"),
      { evidence: ["the chronologies of five files chosen by the officer"], asked: [lead] },
    ),
    requirement(
      "records.transfer",
      "serious",
      "When a pupil moves, the child protection file goes to the new school within five days, apart from the main file and against a receipt.",
      keepingSafe("part two and annex C"),
      {
        evidence: ["receipts of the last five moves"],
        asked: [lead],
        request: "Have the receipts for child protection files that were sent on ready.",
      },
    ),
    requirement(
      "records.protection",
      "ordinary",
      "The files are kept where only those who need them can read them, and for as long as the law asks.",
      law("UK General Data Protection Regulation, article 5; Data Protection Act 2018, Schedule 1, paragraph 18"),
      { evidence: ["who has access", "the retention schedule"], asked: [lead] },
    ),
  ],
};

const voice: Section = {
  id: "voice",
  title: "Voice of pupils",
  requirements: [
    requirement(
      "voice.trusted",
      "serious",
      "Pupils of each age, and those who find it hard to speak, know an adult to go to, trust that something happens, and feel safe.",
      published("Working together to safeguard children 2023, chapter 1 (a child-centred approach)"),
      {
        evidence: ["conversations with at least two groups of pupils without staff", "the last survey of pupils"],
        asked: [pupils],
        request: "Choose a quiet room where the officer can talk with pupils; the officer names them on the day.",
      },
    ),
    requirement(
      "voice.needs",
      "serious",
      "Children with special educational needs, health needs or little English are safeguarded with their further risks in mind.",
      keepingSafe("part two"),
      {
        evidence: ["case files", "what the co-ordinator for special needs says"],
        asked: ["the co-ordinator for special educational needs", lead],
      },
    ),
  ],
};

const harms: Section = {
  id: "harms",
  title: "Prevent and female genital mutilation",
  requirements: [
    requirement(
      "harms.prevent",
      "serious",
      "The risk that pupils are drawn into terrorism is assessed, staff know the signs, and the school knows how to refer.",
      law("Counter-Terrorism and Security Act 2015, section 26"),
      {
        evidence: ["the risk assessment", "what staff say"],
        asked: [lead, staff],
        request: "Send the Prevent risk assessment.",
      },
    ),
    requirement(
      "harms.mutilation",
      "serious",
      "Teachers know that they must themselves report to the police where a girl under 18 appears to have suffered female genital mutilation.",
      law("Female Genital Mutilation Act 2003, section 5B"),
      { evidence: ["what teachers say", "the training record"], asked: [staff] },
    ),
  ],
};

const care: Section = {
  id: "care",
  title: "Looked-after and previously looked-after children",
  requirements: [
    requirement(
      "care.teacher",
      "serious",
      "A trained designated teacher promotes their achievement and works with the virtual school head.",
      law("Children and Young Persons Act 2008, section 20; Children and Social Work Act 2017, sections 5 and 6"),
      {
        evidence: ["certificate", "personal education plans"],
        asked: ["the designated teacher"],
        request: "Have the personal education plans ready.",
      },
    ),
    requirement(
      "care.known",
      "serious",
      "Staff who need to know a child's legal status, contact arrangements and social worker know them.",
      keepingSafe("part two"),
      {
        evidence: ["files of looked-after pupils and of those with a social worker"],
        asked: ["the designated teacher", lead],
      },
    ),
  ],
};

const oversight: Section = {
  id: "oversight",
  title: "Governance and oversight",
  requirements: [
    requirement(
      "oversight.board",
      "serious",
      "The governing body, or the trust's board, knows the school's safeguarding from its own visits and questions, was trained, and has a member who leads on it.",
      law(
        "Education Act 2002, section 175 (maintained schools); Education (Independent School Standards) Regulations 2014, Schedule, paragraph 7 (academies)",
      ),
      {
        evidence: ["minutes", "notes of visits", "training record of governors"],
        asked: [governors],
        request: "Send the minutes of the last three meetings at which safeguarding was discussed.",
      },
    ),
    requirement(
      "oversight.last-audit",
      "serious",
      "The actions of the last audit or of the last yearly return to the safeguarding partners were done.",
      assumption(
        "An audit whose actions nobody follows up is paper. The paper asks for a yearly audit, and the second can see whether the first was heeded.",
      ),
      {
        evidence: ["the last action list with what was done"],
        asked: [lead, governors],
        request: "Send the last action list with what was done on each.",
      },
    ),
    requirement(
      "oversight.site",
      "ordinary",
      "The site is secure in proportion to its risks, and others who use the premises have arrangements for safeguarding.",
      keepingSafe("part two"),
      { evidence: ["a walk round the site", "letting agreements"], asked: [head, "the site manager"] },
    ),
  ],
};

const elsewhere: Section = {
  id: "elsewhere",
  title: "Pupils educated elsewhere, early years and boarding",
  requirements: [
    requirement(
      "elsewhere.alternative",
      "immediate",
      "For every pupil placed in alternative provision or with another provider the school has written confirmation of checks on the staff, knows where the pupil is each day, and visits.",
      keepingSafe(
        "part two (alternative provision); Education Act 2002, section 29A, for pupils directed elsewhere by a maintained school",
      ),
      {
        decisive: true,
        evidence: [
          "the list of placements with confirmations and dates of visits",
          "attendance reports of three placements",
        ],
        asked: [lead, "whoever arranges placements"],
        request: "List every pupil educated elsewhere for any part of the week, with the provider's confirmation.",
        appliesTo: "all",
      },
    ),
    requirement(
      "elsewhere.early-years",
      "serious",
      "In the early years the ratios, paediatric first aid, intimate care, and rules on phones and cameras are as the framework asks.",
      law("Childcare Act 2006, section 40, with the statutory framework for the early years foundation stage"),
      {
        evidence: ["rota and certificates", "a visit to the setting"],
        asked: ["the early years lead"],
        request: "Have the rota and first aid certificates of the early years ready.",
        appliesTo: "early-years",
      },
    ),
    requirement(
      "elsewhere.work",
      "ordinary",
      "Employers who take pupils under 16 for work experience are checked as the placement asks.",
      keepingSafe("part three"),
      { evidence: ["letters of employers"], asked: ["whoever arranges work experience"], appliesTo: "secondary-ages" },
    ),
    requirement(
      "elsewhere.boarding",
      "serious",
      "Boarders are kept safe at night: supervision, contact with an independent person, guardians.",
      law("Children Act 1989, section 87, with the national minimum standards for boarding schools"),
      { evidence: ["duty rota", "what boarders say"], asked: ["the head of boarding", pupils], appliesTo: "boarding" },
    ),
  ],
};

/** The sections in the order in which they are walked through. */
export const sections2025: readonly Section[] = [
  recruitment,
  training,
  policies,
  allegations,
  online,
  attendance,
  help,
  records,
  voice,
  harms,
  care,
  oversight,
  elsewhere,
];
