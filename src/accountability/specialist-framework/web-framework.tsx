import { type CivilDate, dateInWords } from "../../kernel/index.js";
import type { AdoptedFramework } from "./store.js";
import { CriteriaList } from "./web-criteria.js";
import { kindWords } from "./web-words.js";

/** One adopted framework. */
export function FrameworkContent({ framework }: { framework: AdoptedFramework }) {
  const { title, version, from, kinds, criteria, consultation, adoptedAt, adoptedBy } = framework;
  return (
    <>
      <h1 class="govuk-heading-xl">{title}</h1>
      <p class="govuk-body">
        {`Version ${version}, from ${dateInWords(from)}, for ${kinds.map((kind) => kindWords[kind].toLowerCase()).join(", ")}. Adopted on ${dateInWords(adoptedAt.slice(0, 10) as CivilDate)} by ${adoptedBy} for the Expert Working Group, on its `}
        <a class="govuk-link" href={`/specialist-framework/consultations/${consultation}#report`}>
          report
        </a>
        .
      </p>
      <CriteriaList criteria={criteria} />
      <p class="govuk-body">
        A school holds the mark where every required criterion is met, safeguarding is secure and the accounts are
        unqualified. A criterion that nobody has looked at is missing, never failed.
      </p>
    </>
  );
}
