import { civilDate, type Parameter, type Source } from "../../../kernel/index.js";

/** A fact that a correction has to state. */
export interface FactAsked {
  /** As it is named in forms and programs. */
  readonly name: string;
  readonly label: string;
  readonly kind: "date" | "text" | "school";
  readonly hint: string;
}

/** What a reason has to be shown with. */
export interface EvidenceAsked {
  /** The reason's code, as in the value-added measure's list of reasons. */
  readonly reason: string;
  readonly facts: readonly FactAsked[];
  /** What the documents have to show; at least one document for each. */
  readonly documents: readonly string[];
}

const day = (name: string, label: string, hint = "For example, 2026-03-27"): FactAsked => ({
  name,
  label,
  kind: "date",
  hint,
});
const school = (name: string, label: string): FactAsked => ({ name, label, kind: "school", hint: "Six digits" });
const text = (name: string, label: string, hint: string): FactAsked => ({ name, label, kind: "text", hint });

const source: Source = {
  kind: "assumption",
  why:
    "The department's checking exercise names the reasons and asks evidence for each; its lists of what counts are in guidance of each year and differ. " +
    "Asked here is what a school holds on paper anyway and what a reader who doesn't know the pupil can check: one dated fact and one document",
};

/** The facts and documents that each reason for counting a pupil otherwise needs. */
export const correctionEvidence: Parameter<readonly EvidenceAsked[]> = {
  id: "accountability.quality-mark.correction-evidence",
  label: "Evidence for counting a pupil otherwise",
  unit: "facts and documents",
  values: [
    {
      from: civilDate("2016-09-01"),
      value: [
        {
          reason: "never-on-roll",
          facts: [
            text(
              "checked",
              "How you know",
              "For example, the admission register was searched for the name and date of birth",
            ),
          ],
          documents: ["the page of the admission register where the pupil would stand"],
        },
        {
          reason: "permanently-excluded-elsewhere",
          facts: [
            day("excludedOn", "Day of the permanent exclusion"),
            school("excludedBy", "URN of the school that excluded"),
            day("admittedOn", "Day of admission to your school"),
          ],
          documents: ["the notice of permanent exclusion, or the record of the fair access panel"],
        },
        {
          reason: "from-abroad",
          facts: [
            day("arrivedOn", "Day of arrival in England"),
            day("admittedOn", "Day of admission to your school"),
            text("country", "Country the pupil came from", "As in the admission form"),
            text("language", "First language", "Other than English"),
          ],
          documents: ["the admission form with country and first language"],
        },
        {
          reason: "left-england",
          facts: [
            day("leftOn", "Last day on your roll"),
            text("country", "Country the pupil left for", "As the parents wrote"),
          ],
          documents: ["the parents' letter, or the notice of removal from the roll"],
        },
        { reason: "died", facts: [day("diedOn", "Day")], documents: ["the notice of removal from the roll"] },
        {
          reason: "dual-roll",
          facts: [
            day("from", "First day on both rolls"),
            day("until", "Last day on both rolls"),
            school("otherSchool", "URN of the other school"),
          ],
          documents: ["the agreement on the days in each school"],
        },
        {
          reason: "other",
          facts: [text("what", "What happened", "In a sentence or two, with the days")],
          documents: ["whatever shows it"],
        },
      ],
      source,
    },
  ],
};

/** How large an uploaded document of evidence may be, and of which types. */
export const evidenceLimit: Parameter<{
  readonly bytes: number;
  readonly types: readonly string[];
  readonly documents: number;
}> = {
  id: "accountability.quality-mark.evidence-limit",
  label: "Size, types and number of documents of evidence",
  unit: "bytes, types, documents a correction",
  values: [
    {
      from: civilDate("2016-09-01"),
      value: { bytes: 5_000_000, types: ["application/pdf", "image/png", "image/jpeg"], documents: 5 },
      source: {
        kind: "assumption",
        why: "A page scanned or photographed is one or two megabytes; types that can hold programs, as word processors' files, are left out",
      },
    },
  ],
};
