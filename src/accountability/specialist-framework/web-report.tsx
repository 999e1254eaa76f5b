import { raw } from "hono/html";
import { type BarPart, barsKey, stackedBarsChart } from "../../platform/charts/index.js";
import { Figure, Fold, Table, tag } from "../../platform/pages/index.js";
import type { Report, StatementRounds } from "./report.js";
import { agreementWords, counted } from "./web-words.js";

const parts: readonly BarPart[] = [
  { label: "1 to 3: should not be in", fill: "#f6d7d2", hatch: "diagonal", dark: false },
  { label: "4 to 6: undecided", fill: "#f3f2f1", hatch: "dots", dark: false },
  { label: "7 to 9: should be in", fill: "#005a30", hatch: "none", dark: true },
];

const oneDecimal = (value: number) => value.toFixed(1).replace(/\.0$/, "");

/** How one statement was rated, round by round, as a picture with its figures. */
export function StatementFigure({ rounds, id }: { rounds: StatementRounds; id: string }) {
  const { statement, agreement } = rounds;
  const { text, colour } = agreementWords[agreement];
  const heading = `Statement ${statement.number}: ${statement.words}`;
  if (rounds.rounds.length === 0)
    return (
      <p class="govuk-body">
        {`${heading} `}
        {raw(tag("Not rated yet", "grey"))}
      </p>
    );
  const chart = stackedBarsChart({
    ...{ id: `${id}-${statement.number}`, title: heading, parts, unit: "ratings" },
    description: `Shares of the ratings in three thirds of the scale, in ${rounds.rounds.length} rounds`,
    rows: rounds.rounds.map(({ round, summary: { counts } }) => ({
      label: `Round ${round}`,
      counts: [0, 3, 6].map((from) => counts.slice(from, from + 3).reduce((sum, count) => sum + count, 0)),
    })),
  });
  const last = rounds.rounds.at(-1)!;
  return (
    <Figure
      title={heading}
      lead={
        <>
          {raw(tag(text, colour))}
          {` Median ${oneDecimal(last.summary.median)}, half of the ratings from ${oneDecimal(last.summary.lowerQuartile)} to ${oneDecimal(last.summary.upperQuartile)}${last.summary.disagreement ? "; the group is divided" : ""}.`}
        </>
      }
      chartKey={barsKey(`${id}-${statement.number}`, parts)}
      chart={chart}
      note={statement.restsOn.length > 0 ? `Drawn from responses ${statement.restsOn.join(", ")}.` : undefined}
      table={<RoundsTable rounds={rounds} />}
    />
  );
}

function RoundsTable({ rounds }: { rounds: StatementRounds }) {
  return (
    <>
      <Table
        caption="Rounds"
        rows={rounds.rounds}
        columns={[
          { heading: "Round", cell: ({ round }) => String(round) },
          { heading: "Ratings", numeric: true, cell: ({ summary }) => String(summary.ratings) },
          { heading: "Median", numeric: true, cell: ({ summary }) => oneDecimal(summary.median) },
          {
            heading: "Quartiles",
            numeric: true,
            cell: ({ summary }) => `${oneDecimal(summary.lowerQuartile)} to ${oneDecimal(summary.upperQuartile)}`,
          },
          { heading: "Ratings 1 to 9", cell: ({ summary }) => summary.counts.join(" ") },
          {
            heading: "Changed their rating",
            cell: ({ movement }) => (movement === null ? "first round" : `${movement.changed} of ${movement.members}`),
          },
          { heading: "Agreement", cell: ({ agreement }) => agreementWords[agreement].text },
        ]}
      />
      {rounds.rounds.flatMap(({ round, remarks }) =>
        remarks.map((remark) => <p class="govuk-body-s">{`Round ${round}: “${remark}”`}</p>),
      )}
    </>
  );
}

/** The group's report, made from its records. */
export function ReportPart({ report, id }: { report: Report; id: string }) {
  return (
    <section>
      <h2 class="govuk-heading-l">Report</h2>
      <p class="govuk-body">
        {`${counted(report.responses, "response")} came in; ${report.notShown} of them not shown here. ${counted(report.members, "member")} rated ${counted(report.statements.length, "statement")}: agreed in ${report.agreedIn}, agreed out ${report.agreedOut}, left open ${report.leftOpen}.`}
      </p>
      <Table
        caption="Who responded"
        rows={report.respondents}
        columns={[
          { heading: "Speaking for", cell: ({ kind }) => kind },
          { heading: "Responses", numeric: true, cell: ({ responses }) => String(responses) },
        ]}
      />
      {report.questions
        .filter(({ chosen }) => chosen.length > 0)
        .map(({ text, chosen, answered }) => (
          <Table
            caption={`${text} (${answered} answered)`}
            rows={chosen}
            columns={[
              { heading: "Answer", cell: ({ option }) => option },
              { heading: "Chosen", numeric: true, cell: ({ count }) => String(count) },
            ]}
          />
        ))}
      <h3 class="govuk-heading-m">What the group rated</h3>
      {report.statements.map((rounds) => (
        <StatementFigure rounds={rounds} id={id} />
      ))}
      {report.evidence.length > 0 && (
        <Fold summary={`Evidence that respondents brought (${report.evidence.length})`}>
          <ul class="govuk-list govuk-list--bullet">
            {report.evidence.map(({ title, shows, response, link }) => (
              <li>
                {link === "" ? (
                  title
                ) : (
                  <a class="govuk-link" href={link} rel="nofollow noreferrer">
                    {title}
                  </a>
                )}
                {`: ${shows} (response ${response})`}
              </li>
            ))}
          </ul>
        </Fold>
      )}
    </section>
  );
}
