import { raw } from "hono/html";
import { HttpError, pagesOn, type RouteGroup } from "../../platform/http/index.js";
import { type Link, type Site, Table, tag } from "../../platform/pages/index.js";
import { type Lever, levers } from "../../simulation/levers/index.js";
import { headlineFigures } from "../../simulation/report/index.js";
import { modelHorizon, reformFrom, scenarioLink } from "../../simulation/scenario/index.js";
import { academicYearOf, amount, amountWithBand, differenceUnit } from "../runs/amounts.js";
import { deflateBytes } from "../runs/compression.js";
import { costPerTeacherYearWords } from "../simulate/results.js";
import { type SimulatedFigure, type SimulatedLever, suggestedScenario } from "./simulate-levers.js";
import { simulatedLevers } from "./simulated.js";

/** A proposal of the paper, as its page shows it. */
export interface ShownProposal {
  /** As `A2`. */
  readonly id: string;
  readonly title: string;
  readonly sentence: string;
  readonly who: string;
  /** The address of its service; null where it has none. */
  readonly page: string | null;
  readonly state: string;
  readonly stateNote: string;
}

/** What the proposals' pages are given. */
export interface ProposalPagesOptions {
  readonly site: Site;
  readonly band: () => Promise<string | null>;
  readonly proposals: readonly ShownProposal[];
}

/** The address of a proposal's own page. */
export const proposalPage = (id: string): string => `/proposals/${id.toLowerCase()}`;

const all: Link = { text: "Proposals", href: "/proposals" };

/** A lever with what the simulation says of it, and where its scenario opens. */
interface LeverShown {
  readonly lever: Lever;
  readonly said: SimulatedLever;
  readonly scenario: string;
}

/** One page a proposal: what it is, whose job, how far it has come, and what the simulation says of it. */
export function proposalPages(options: ProposalPagesOptions): RouteGroup {
  return (server) => {
    const pages = pagesOn(server, options);
    pages.get("/proposals/:proposal", "anyone", async ({ params }) => {
      const proposal = options.proposals.find(({ id }) => id.toLowerCase() === params.proposal?.toLowerCase());
      if (!proposal)
        throw new HttpError(
          404,
          "not-found",
          `There is no proposal "${params.proposal}". Look at the list of proposals.`,
        );
      const shown = await Promise.all(
        simulatedLevers.map(async (said): Promise<LeverShown | null> => {
          const lever = levers.find(({ id }) => id === said.lever);
          if (lever?.proposal !== proposal.id) return null;
          const link = await scenarioLink(suggestedScenario(lever, said.dataHash), deflateBytes);
          return { lever, said, scenario: `/simulate#${link}` };
        }),
      );
      return {
        ...{ title: `${proposal.id}: ${proposal.title}`, section: "/proposals", breadcrumbs: [all] },
        content: <ProposalContent proposal={proposal} levers={shown.filter((one) => one !== null)} />,
      };
    });
  };
}

const stateColours: Readonly<Record<string, string>> = { working: "green", partly: "yellow" };
const sentence = (text: string) => `${text.charAt(0).toUpperCase()}${text.slice(1)}.`;

function ProposalContent({
  proposal,
  levers: shown,
}: {
  readonly proposal: ShownProposal;
  readonly levers: readonly LeverShown[];
}) {
  const { id, title, who, page, state, stateNote } = proposal;
  return (
    <div class="govuk-grid-row">
      <div class="govuk-grid-column-two-thirds">
        <span class="govuk-caption-l">Proposal {id}</span>
        <h1 class="govuk-heading-l">{title}</h1>
        <p class="govuk-body-l site-lead">{proposal.sentence}</p>
        <p class="govuk-body">Whose job: {who}.</p>
        <p class="govuk-body">
          {raw(tag(sentence(state).slice(0, -1), stateColours[state] ?? "grey"))}
          {stateNote !== "" && ` ${sentence(stateNote)}`}
        </p>
        {page !== null && (
          <p class="govuk-body">
            <a class="govuk-link" href={page}>
              Go to the service<span class="govuk-visually-hidden">: {title}</span>
            </a>
          </p>
        )}
        <h2 class="govuk-heading-m">What it does over ten years</h2>
        {shown.length === 0 && (
          <p class="govuk-body">
            The simulation has no lever for it: it counts teachers, pupils and money, and nothing that this proposal
            changes.
          </p>
        )}
        {shown.map((one) => (
          <LeverSaid shown={one} />
        ))}
      </div>
    </div>
  );
}

const figureOf = (id: string) => headlineFigures.find((figure) => figure.id === id)!;

function LeverSaid({ shown: { lever, said, scenario } }: { shown: LeverShown }) {
  const last = academicYearOf(modelHorizon.first + modelHorizon.years - 1);
  const ratio = costPerTeacherYearWords(said.perTeacherYear);
  const words = ({ figure, difference, band }: SimulatedFigure) =>
    difference === 0 && (!band || (band.low === 0 && band.high === 0))
      ? "no change"
      : amountWithBand(difference, band, differenceUnit(figureOf(figure).unit), true);
  const rows = [
    ...said.figures.map((one) => ({ name: `${figureOf(one.figure).label}, ${last}`, figure: words(one) })),
    {
      name: `Cost to the state, ${academicYearOf(reformFrom)} to ${last}`,
      figure: said.cost === 0 ? "none" : amount(said.cost, "pounds", 2),
    },
    { name: "Cost of an extra teacher-year", figure: `${ratio.figure}${ratio.note ? ` (${ratio.note})` : ""}` },
  ];
  return (
    <>
      <h3 class="govuk-heading-s">{lever.label}</h3>
      <p class="govuk-body">{lever.changes}</p>
      <Table
        caption={`${lever.label}, as suggested, from ${academicYearOf(reformFrom)}: what changes`}
        columns={[
          { heading: "What", cell: ({ name }) => name },
          { heading: "Change", cell: ({ figure }) => figure },
        ]}
        rows={rows}
      />
      <p class="govuk-body-s">
        In brackets nine in ten of {said.draws} draws of the uncertain numbers; most answers of people to such schemes
        are assumptions, and each says so. Everybody was run with model version {said.model}; result hash{" "}
        <code class="site-code">{said.hash}</code>.
      </p>
      <ul class="govuk-list">
        <li>
          <a class="govuk-link" href={scenario}>
            Open this scenario<span class="govuk-visually-hidden">: {lever.label}</span>
          </a>
        </li>
        <li>
          <a class="govuk-link" href={`/simulate?lever=${lever.id}`}>
            Move its levers<span class="govuk-visually-hidden">: {lever.label}</span>
          </a>
        </li>
        <li>
          <a class="govuk-link" href="/simulate/parameters">
            Every number that went in
          </a>
        </li>
      </ul>
    </>
  );
}
