import { type CivilDate, dateInWords, type Source, valueOn } from "../../kernel/index.js";
import { Fold, Govuk, type Link, Table } from "../../platform/pages/index.js";
import { interestExamples, outcomeExamples } from "./examples.js";
import { safeguardingParameters } from "./parameters.js";
import type { Requirement, Standard } from "./standard.js";
import { standards } from "./standards.js";
import { outcomeWords, seriousnessWords } from "./web-shared.js";

const sourceWords = { law: "Law", published: "Published", assumption: "Our assumption" } as const;

/** Where something comes from, in a sentence. */
export function SourceWords({ source }: { source: Source }) {
  return (
    <>
      {sourceWords[source.kind]}: {source.kind === "assumption" ? source.why : source.citation}
    </>
  );
}

function RequirementPart({ requirement }: { requirement: Requirement }) {
  return (
    <li class="safeguarding-requirement">
      <p class="govuk-body">
        {requirement.text}
        {requirement.decisive && (
          <>
            {" "}
            <strong class="govuk-tag govuk-tag--red">Decides</strong>
          </>
        )}
      </p>
      <Fold summary={`Evidence, who is asked, and source: ${requirement.id}`}>
        <p class="govuk-body">Counts as seen: {requirement.evidence.join("; ")}.</p>
        <p class="govuk-body">Asked: {requirement.asked.join(", ")}.</p>
        <p class="govuk-body">
          Where it is not met, the action is {seriousnessWords[requirement.seriousness].toLowerCase()}.
        </p>
        <p class="govuk-body">
          <SourceWords source={requirement.source} />
        </p>
      </Fold>
    </li>
  );
}

/** The audit standard of a version. */
export function StandardContent({ standard, today }: { standard: Standard; today: CivilDate }) {
  return (
    <div class="govuk-grid-row">
      <div class="govuk-grid-column-two-thirds">
        <h1 class="govuk-heading-xl">The audit standard of {dateInWords(standard.from)}</h1>
        <p class="govuk-body-l">
          What a Chartered Safeguarding Officer looks at in a school, what counts as having seen it, and what makes a
          school not secure.
        </p>
        <p class="govuk-body">
          An audit keeps the version on which it was begun. Versions:{" "}
          {standards.map(({ version, from }, i) => (
            <>
              {i > 0 && ", "}
              {version === standard.version ? (
                <strong>{dateInWords(from)}</strong>
              ) : (
                <a class="govuk-link" href={`/safeguarding/standard?version=${version}`}>
                  {dateInWords(from)}
                </a>
              )}
            </>
          ))}
          .
        </p>
        {standard.changes.length > 0 && (
          <>
            <h2 class="govuk-heading-m">New in this version</h2>
            <ul class="govuk-list govuk-list--bullet">
              {standard.changes.map((change) => (
                <li>{change}</li>
              ))}
            </ul>
          </>
        )}
        {standard.sections.map((section) => (
          <>
            <h2 class="govuk-heading-m" id={section.id}>
              {section.title}
            </h2>
            <ol class="govuk-list govuk-list--number">
              {section.requirements.map((requirement) => (
                <RequirementPart requirement={requirement} />
              ))}
            </ol>
          </>
        ))}
        <h2 class="govuk-heading-l" id="examples">
          Worked examples
        </h2>
        <Table
          caption="What comes of findings"
          columns={[
            { heading: "Example", cell: ({ title }) => title },
            { heading: "Outcome", cell: ({ outcome }) => outcomeWords[outcome] },
          ]}
          rows={outcomeExamples}
        />
        <Table
          caption="Whether an interest bars an officer"
          columns={[
            { heading: "Example", cell: ({ title }) => title },
            { heading: "Barred", cell: ({ bars }) => (bars ? "Yes" : "No") },
          ]}
          rows={interestExamples}
        />
        <h2 class="govuk-heading-l" id="numbers">
          The numbers of the rules
        </h2>
        <Govuk
          is="summary-list"
          options={{
            rows: safeguardingParameters.map((parameter) => {
              const { value, source } = valueOn(parameter, today);
              const why = source.kind === "assumption" ? source.why : source.citation;
              return {
                key: { text: parameter.label },
                value: { text: `${value} ${parameter.unit}. ${sourceWords[source.kind]}: ${why}` },
              };
            }),
          }}
        />
      </div>
    </div>
  );
}

/** What can be done here, by who looks. */
export function StartContent({
  links,
  heading,
}: {
  links: readonly (Link & { readonly about: string })[];
  heading: string;
}) {
  return (
    <div class="govuk-grid-row">
      <div class="govuk-grid-column-two-thirds">
        <h1 class="govuk-heading-xl">{heading}</h1>
        <p class="govuk-body-l">
          Every school’s safeguarding is audited once a year by a Chartered Safeguarding Officer. The outcome, secure or
          not secure, is public, and the Quality Mark needs it; what was found is for the school.
        </p>
        {links.map(({ text, href, about }) => (
          <>
            <h2 class="govuk-heading-m">
              <a class="govuk-link" href={href}>
                {text}
              </a>
            </h2>
            <p class="govuk-body">{about}</p>
          </>
        ))}
      </div>
    </div>
  );
}
