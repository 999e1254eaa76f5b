import { civilDate, type Parameter } from "../../../kernel/index.js";

/** Why somebody visits a school, and whether that is accountability. */
export interface VisitPurpose {
  /** Stable, in kebab-case. */
  readonly code: string;
  readonly label: string;
  /** Whether a holder of the mark is spared it. */
  readonly accountability: boolean;
  /** Why it is, or isn't. */
  readonly why: string;
}

const purpose = (code: string, label: string, accountability: boolean, why: string): VisitPurpose => ({
  ...{ code, label, accountability, why },
});

/** The purposes of visits, and which of them the mark spares a school. */
export const visitPurposes: Parameter<readonly VisitPurpose[]> = {
  id: "accountability.quality-mark.visit-purposes",
  label: "Purposes of visits, and whether each is external accountability",
  unit: "purposes",
  values: [
    {
      from: civilDate("2016-09-01"),
      value: [
        purpose(
          "inspection",
          "Inspection or review of a school's quality",
          true,
          "It judges what the mark has judged.",
        ),
        purpose(
          "monitoring",
          "Monitoring visit after an earlier judgement",
          true,
          "It judges again what the mark has judged.",
        ),
        purpose(
          "thematic",
          "Thematic or subject review",
          true,
          "It judges one aspect of a school, and the mark is of the whole.",
        ),
        purpose(
          "authority-review",
          "Review by the local authority or a commissioner",
          true,
          "The paper spares a holder all other external accountability, whoever would carry it out.",
        ),
        purpose(
          "safeguarding-concern",
          "A concern that a child is at risk",
          false,
          "Protecting a child is not accountability: nothing may stand in its way.",
        ),
        purpose("criminal-investigation", "A criminal investigation", false, "The mark spares nobody the law."),
        purpose(
          "health-and-safety",
          "Enforcement of health and safety or fire safety",
          false,
          "It protects people in a building and judges no education.",
        ),
        purpose("invited", "A visit that the school has asked for", false, "A school may ask in whom it likes."),
      ],
      source: {
        kind: "assumption",
        why:
          "The paper exempts holders from any other external accountability and lists no exceptions. What protects a child or follows the law is read as " +
          "something else than accountability; every visit that ends in a judgement of the school is read as accountability, whoever makes it",
      },
    },
  ],
};

/** Kinds of link after which a mark goes on with the one school that follows the one that held it. */
export const sameSchoolLinks: Parameter<readonly string[]> = {
  id: "accountability.quality-mark.same-school-links",
  label: "Links of the register by which a school goes on under another URN",
  unit: "types of link",
  values: [
    {
      from: civilDate("2016-09-01"),
      value: ["Successor", "Predecessor"],
      source: {
        kind: "assumption",
        why:
          "A school that becomes an academy gets a new URN and keeps its pupils, teachers and buildings, so its mark holds until its own date. A school " +
          "that comes from a merger, an amalgamation or a split is another school, which no measure has judged yet",
      },
    },
  ],
};
