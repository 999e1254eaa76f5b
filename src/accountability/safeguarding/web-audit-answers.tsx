import type { Child } from "hono/jsx";
import type { Link } from "../../platform/pages/index.js";
import type { AuditView } from "./service-audits.js";
import { EvidenceList } from "./web-evidence.js";
import { dayWords, elementId, judgementWords } from "./web-shared.js";

/** Who looks at an audit, which decides what the page offers. */
export type Viewer = "officer" | "reader" | "lead" | "region";

/** What the page of an audit shows. */
export interface AuditPageProps {
  readonly view: AuditView;
  readonly viewer: Viewer;
  readonly csrf: string;
  readonly errors: readonly Link[];
}

/** The answers of a view as they are read before signing, while reading, and afterwards. */
export function AnswersPart({ view, change }: { view: AuditView; change: ((section: string) => Child) | null }) {
  return (
    <>
      {view.sections.map((section) => (
        <>
          <h2 class="govuk-heading-m">{section.title}</h2>
          {change?.(section.id)}
          {section.requirements.map((requirement) => {
            const answer = view.answers.get(requirement.id);
            return (
              <div class="safeguarding-answer" id={`answer-${elementId(requirement.id)}`}>
                <p class="govuk-body govuk-!-margin-bottom-1">{requirement.text}</p>
                {answer === undefined ? (
                  <p class="govuk-body">
                    <strong>No answer yet</strong>
                  </p>
                ) : (
                  <>
                    <p class="govuk-body govuk-!-margin-bottom-1">
                      <strong>{judgementWords[answer.judgement]}</strong>
                      {answer.mended !== null && `, mended on ${dayWords(answer.mended)}`}. {answer.note}
                    </p>
                    <p class="govuk-body-s">
                      Seen:{" "}
                      {answer.evidence.map(({ what, seen }) => `${what} (${dayWords(seen)})`).join("; ") ||
                        "nothing named"}
                      . {answer.action !== "" && `To do: ${answer.action}`}
                    </p>
                  </>
                )}
                <EvidenceList files={view.files.filter((one) => one.requirement === requirement.id)} />
              </div>
            );
          })}
        </>
      ))}
    </>
  );
}
