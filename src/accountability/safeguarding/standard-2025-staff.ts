import type { Section } from "./standard.js";
import {
  governors,
  head,
  keepingSafe,
  law,
  lead,
  office,
  published,
  pupils,
  requirement,
  staff,
} from "./standard-2025-words.js";

export const recruitment: Section = {
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

export const training: Section = {
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

export const policies: Section = {
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

export const allegations: Section = {
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

export const online: Section = {
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

export const attendance: Section = {
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

export const help: Section = {
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
