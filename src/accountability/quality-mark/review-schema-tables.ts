import { Type } from "typebox";
import {
  closed,
  column,
  dateText,
  files,
  oneOf,
  oneOrMore,
  optional,
  reviewDefaults,
  word,
  wordsFor,
  written,
} from "./review-schema-parts.js";

const membershipColumns = {
  files,
  pupil: oneOrMore("The column with the pupil, written as in the pupil files; as many columns as there.", ["upn"]),
  school: column("The column with the school; an empty one is time at no known school.", "urn"),
};

/** `membership`. */
export const membership = Type.Object(
  {
    table: optional(
      Type.Object(
        {
          ...membershipColumns,
          share: column("The column with the share of the pupil's time at the school, from 0 to 1.", "share"),
          remainder: optional(
            oneOf(["unaccounted", "rescale", "stop"], {
              description:
                "Where a pupil's shares add up to less than one: `unaccounted` lets the rest count for no school, " +
                "`rescale` divides the shares by their sum, `stop` reports the pupil's line.",
              default: reviewDefaults.remainder,
            }),
          ),
          ...written,
        },
        { ...closed, description: "A table of pupil, school and share of time: one row for each school of a pupil." },
      ),
    ),
    spells: optional(
      Type.Object(
        {
          ...membershipColumns,
          entered: column("The column with the first day on roll.", "entry_date"),
          left: column("The column with the last day on roll; empty is still on roll.", "leaving_date"),
          status: optional(
            column("A column that says what kind of registration a spell is; empty is a main one.", "enrol_status"),
          ),
          words: optional(wordsFor(reviewDefaults.words.status, "What the words of the `status` column stand for.")),
          unit: optional(
            oneOf(["days", "terms"], {
              description: "Time is counted in days of the calendar, or in terms by their census days.",
              default: reviewDefaults.unit,
            }),
          ),
          windows: Type.Array(
            Type.Object(
              {
                year: optional(
                  word({
                    description: "The cohort that this window is for, as in `pupils.year`.",
                    default: "every cohort without a window of its own",
                    examples: [2024],
                  }),
                ),
                from: dateText("The first day that counts.", "2019-09-01"),
                to: dateText("The first day that no longer counts.", "2024-06-01"),
              },
              closed,
            ),
            {
              minItems: 1,
              description: "The stretch of time that counts, as the key stage; one, or one for each cohort.",
              examples: [[{ from: "2019-09-01", to: "2024-06-01" }]],
            },
          ),
          ...written,
        },
        {
          ...closed,
          description: "A table of pupil, school, entry and leaving dates, from which the shares are computed.",
        },
      ),
    ),
  },
  {
    ...closed,
    minProperties: 1,
    maxProperties: 1,
    description:
      "At which schools a pupil was: `table` or `spells`. Left out: wholly at the school in `pupils.school`.",
  },
);

/** `schools`. */
export const schools = Type.Object(
  {
    files,
    school: column(
      "The column with the school's id, as the pupil files have it. Ids are text: 0123 is not 123.",
      "urn",
    ),
    name: optional(column("The column with the school's name.", "school_name")),
    kind: optional(
      column("The column that tells special schools, PRUs and alternative provision from mainstream schools.", "type"),
    ),
    words: optional(wordsFor(reviewDefaults.words.kinds, "What the words of the `kind` column stand for.")),
    phase: optional(column("The column with the phase of education.", "phase")),
    region: optional(column("The column with the region.", "region")),
    authority: optional(column("The column with the local authority.", "la")),
    ...written,
  },
  {
    ...closed,
    description: "A table of the schools. Where it is given, every school of the pupils has to be in it.",
  },
);

const evidenceColumns = {
  files,
  school: column("The column with the school's id, as the pupil files have it.", "urn"),
  date: optional(column("The column with the date of the audit or opinion.", "audited_on")),
};

/** `evidence`. */
export const evidence = Type.Object(
  {
    safeguarding: optional(
      Type.Object(
        {
          ...evidenceColumns,
          outcome: column("The column with the outcome of the audit.", "outcome"),
          words: optional(
            wordsFor(reviewDefaults.words.safeguarding, "What the words of the `outcome` column stand for."),
          ),
          ...written,
        },
        { ...closed, description: "Outcomes of the safeguarding audits; a school without one awaits evidence." },
      ),
    ),
    accounts: optional(
      Type.Object(
        {
          ...evidenceColumns,
          opinion: column("The column with the auditor's opinion.", "opinion"),
          words: optional(wordsFor(reviewDefaults.words.accounts, "What the words of the `opinion` column stand for.")),
          ...written,
        },
        { ...closed, description: "Auditors' opinions on the accounts; a school without one awaits evidence." },
      ),
    ),
  },
  { ...closed, description: "What else the Quality Mark asks for beside value added." },
);
