import { raw } from "hono/html";
import { tag } from "../../platform/pages/index.js";
import { capitalised } from "./web-words.js";

/** A proposal of the paper, as the list of proposals shows it. */
export interface ProposalLine {
  /** As `A2`. */
  readonly id: string;
  readonly title: string;
  readonly sentence: string;
  readonly who: string;
  readonly folder: string;
  /** The address of its own page; null where it has none. */
  readonly page?: string | null;
  /** The address of what there is to read of it; left out where nothing is. */
  readonly details?: string;
  /** Where its levers can be moved; null where it has none. */
  readonly simulator?: string | null;
  /** The honest state: `working`, `partly`, `not yet`. */
  readonly state: string;
  /** What works and what does not; may be empty. */
  readonly stateNote: string;
}

/** The paper's proposals and how far each has come. */
export function ProposalsContent({ proposals }: { proposals: readonly ProposalLine[] }) {
  return (
    <div class="govuk-grid-row">
      <div class="govuk-grid-column-two-thirds">
        <h1 class="govuk-heading-xl">Proposals</h1>
        <p class="govuk-body-l">
          The alternative green paper of the Headteachers' Roundtable,{" "}
          <cite>Schools that Enable All to Thrive and Flourish</cite>, proposal by proposal, and how far each has come
          in this software.
        </p>
        {proposals.length === 0 && <p class="govuk-body">The list of proposals was not given to this server.</p>}
        <dl class="govuk-summary-list">
          {proposals.map((proposal) => (
            <Proposal proposal={proposal} />
          ))}
        </dl>
      </div>
    </div>
  );
}

const stateColours: Readonly<Record<string, string>> = { working: "green", partly: "yellow" };

function Proposal({ proposal }: { proposal: ProposalLine }) {
  const { id, title, state, stateNote, sentence, who, folder, page, details, simulator } = proposal;
  return (
    <div class="govuk-summary-list__row">
      <dt class="govuk-summary-list__key">
        {`${id} `}
        {(details ?? page) ? (
          <a class="govuk-link" href={details ?? page ?? ""}>
            {title}
          </a>
        ) : (
          title
        )}
      </dt>
      <dd class="govuk-summary-list__value">
        <p class="govuk-body">{sentence}</p>
        <p class="govuk-body">
          {raw(tag(capitalised(state), stateColours[state] ?? "grey"))}
          {stateNote !== "" && ` ${capitalised(stateNote)}.`}
        </p>
        {details !== undefined && page && (
          <p class="govuk-body">
            <a class="govuk-link" href={page}>
              Go to the service<span class="govuk-visually-hidden">: {title}</span>
            </a>
          </p>
        )}
        {simulator && (
          <p class="govuk-body">
            <a class="govuk-link" href={simulator}>
              Simulate it over ten years<span class="govuk-visually-hidden">: {title}</span>
            </a>
          </p>
        )}
        <p class="govuk-body-s">
          {`Whose job: ${who}. Folder: `}
          <code class="site-code">{folder}</code>
        </p>
      </dd>
    </div>
  );
}
