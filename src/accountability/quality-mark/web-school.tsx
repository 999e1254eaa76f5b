import { readableNumber } from "../../platform/charts/index.js";
import { Govuk } from "../../platform/pages/index.js";
import { markSentence } from "./marks/mark.js";
import type { PublishedReview, SchoolPage } from "./published.js";
import { GroupsOfPupils, OutcomesOneByOne } from "./web-other-figures.js";
import {
  HowItCameAbout,
  MeasureFigure,
  MeasureInWords,
  measured,
  type SchoolContentOptions,
  YearByYear,
} from "./web-school-measure.js";
import {
  capitalised,
  counted,
  DecisionTag,
  decisionMeaning,
  longDate,
  nobodyHeard,
  percentage,
  spelt,
} from "./web-words.js";

/** What was decided of a school, and why. */
export function DecisionBox({ review, school }: { review: PublishedReview; school: SchoolPage }) {
  const { mark } = school;
  return (
    <section class={`site-decision site-decision--${school.decision}`} aria-labelledby="decision">
      <h2 class="govuk-heading-m" id="decision">
        Decision: <DecisionTag decision={school.decision} />
      </h2>
      <p class="govuk-body">{decisionMeaning(school.decision)}</p>
      {mark && (
        <p class="govuk-body">
          {markSentence(mark) + (mark.words === null || mark.state === "ended" ? "" : ` ${mark.words}`)}
        </p>
      )}
      {review.standing === "nobody-heard" && <p class="govuk-body">{nobodyHeard}</p>}
      {school.reasons.length > 0 && (
        <>
          <h3 class="govuk-heading-s">{school.reasons.length === 1 ? "The reason" : "The reasons"}</h3>
          <ul class="govuk-list govuk-list--bullet">
            {school.reasons.map((reason) => (
              <li>{reason.text}</li>
            ))}
          </ul>
        </>
      )}
    </section>
  );
}

/** What a reliability means for a reader: how far the figure was drawn towards the average. */
function reliabilityInWords(reliability: number): string {
  const kept = percentage(reliability);
  if (reliability >= 0.8)
    return `High (${kept}). There are enough pupils for the figure to be mostly the school's own.`;
  if (reliability >= 0.5)
    return `Moderate (${kept}). Part of the difference from the average may be chance, so the figure was drawn towards the average by the rest.`;
  return `Low (${kept}). Most of the difference from the average may be chance, so the figure was drawn strongly towards the average.`;
}

function WhoseResultsCount({ school }: { school: SchoolPage }) {
  const pupils = school.pupils === null ? "not computed" : counted(school.pupils, "pupil");
  const equivalents = school.pupilEquivalents === null ? "not computed" : readableNumber(school.pupilEquivalents, 1);
  const rows: readonly (readonly [string, string])[] = [
    ["Pupils", `${pupils} spent at least some of the measured time here`],
    ["Pupil-equivalents", `${equivalents}: a pupil who was here for half the time counts as half`],
    ["Reliability", school.reliability === null ? "not computed" : reliabilityInWords(school.reliability)],
  ];
  return (
    <Govuk
      is="summary-list"
      options={{ rows: rows.map(([key, value]) => ({ key: { text: key }, value: { text: value } })) }}
    />
  );
}

/** The papers that the decision was made with. */
export function Evidence({ school }: { school: SchoolPage }) {
  const { safeguarding, accounts } = school;
  const rows = [
    {
      key: { text: "Safeguarding audit" },
      value: {
        text: safeguarding
          ? `${capitalised(spelt(safeguarding.outcome))}, ${longDate(safeguarding.on)}`
          : "No audit has come yet. That is neither a pass nor a failure.",
      },
    },
    {
      key: { text: "Accounts" },
      value: {
        text: accounts
          ? `${capitalised(spelt(accounts.opinion))}, ${longDate(accounts.on)}`
          : "No auditor's opinion has come yet. That is neither a pass nor a failure.",
      },
    },
  ];
  return <Govuk is="summary-list" options={{ rows }} />;
}

/** Reasons that speak of the papers, and not of the measure. */
const ofThePapers = /^(safeguarding|accounts)-/;

function NotComputed({ school }: { school: SchoolPage }) {
  const own = school.reasons.filter((reason) => !ofThePapers.test(reason.code));
  const why =
    own.map((reason) => reason.text).join(" ") ||
    (school.decision === "in-review" ? "" : decisionMeaning(school.decision));
  return <Govuk is="inset-text" options={{ text: `The measure was not computed for this school. ${why}`.trim() }} />;
}

/** The measure of a school with its uncertainty, and how it came about. */
export function MeasureParts(options: SchoolContentOptions) {
  const { school } = options;
  const full = measured(options);
  if (!full) return <NotComputed school={school} />;
  return (
    <>
      <MeasureInWords {...full} />
      <MeasureFigure {...full} />
      <h2 class="govuk-heading-l">How the figure came about</h2>
      <HowItCameAbout {...full} />
      <h2 class="govuk-heading-l">Whose results count</h2>
      <WhoseResultsCount school={school} />
      <h2 class="govuk-heading-l">Year by year</h2>
      <YearByYear {...full} />
      {school.outcomes.length > 0 && (
        <>
          <h2 class="govuk-heading-l">Each outcome on its own</h2>
          <OutcomesOneByOne outcomes={school.outcomes} confidence={full.measure.words.confidence} />
        </>
      )}
      {school.subgroups.length > 0 && (
        <>
          <h2 class="govuk-heading-l">Groups of pupils</h2>
          <GroupsOfPupils
            subgroups={school.subgroups}
            decimals={full.measure.words.decimals}
            confidence={full.measure.words.confidence}
          />
        </>
      )}
    </>
  );
}
