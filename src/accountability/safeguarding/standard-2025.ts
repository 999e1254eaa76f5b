import type { Section } from "./standard.js";
import { allegations, attendance, help, online, policies, recruitment, training } from "./standard-2025-staff.js";
import {
  assumption,
  governors,
  head,
  keepingSafe,
  law,
  lead,
  published,
  pupils,
  requirement,
  staff,
} from "./standard-2025-words.js";

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
