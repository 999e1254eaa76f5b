import { raw } from "hono/html";
import type { Child } from "hono/jsx";
import { type CivilDate, dateInWords } from "../../kernel/index.js";
import { intervalRowsChart } from "../../platform/charts/index.js";
import { Figure, Fold, Headlines, Table, tag } from "../../platform/pages/index.js";
import { needExamples, shortageExamples } from "./examples.js";
import type { Interval } from "./interval.js";
import { compareNeed } from "./published-need.js";
import type { Statement, SubjectShortage, SupplyPart, TrainingLine } from "./statement.js";
import type { MadeStatement, ShortageList } from "./store.js";
import {
  figureAndInterval,
  intervalInWords,
  nameInWords,
  percentInWords,
  reasonWords,
  yearInWords,
} from "./web-words.js";

interface StatementProps {
  readonly stored: MadeStatement;
  /** The list that holds today; null where none does. */
  readonly list: ShortageList | null;
  /** The list that follows it; null where none is adopted. */
  readonly next: ShortageList | null;
}

/** A statement as everybody reads it: what is missing first, then by subject, region and training, then how it was made. */
export function StatementContent({ stored, list, next }: StatementProps) {
  const { content: statement } = stored;
  const first = statement.parts[0]!.lines[0]!;
  const short = statement.shortages.filter((one) => one.short);
  return (
    <>
      <Headlines
        items={[
          headline("Posts", first.posts, "that pupils and timetable ask for"),
          headline("Teachers in post", first.inPost, ""),
          headline("Posts without a teacher of the subject", first.shortfall, ""),
          { label: "Subjects in shortage", figure: `${short.length} of ${statement.shortages.length}` },
        ]}
      />
      <Answer stored={stored} />
      <ShortageSection statement={statement} list={list} next={next} />
      <TrainingSection statement={statement} />
      <RegionSection statement={statement} />
      <YearsSection statement={statement} />
      <MadeSection stored={stored} />
    </>
  );
}

/** A figure in full-time equivalents, its interval in small. */
function headline(label: string, interval: Interval, what: string) {
  const { figure, between } = figureAndInterval(interval);
  return { label, figure, note: `full-time equivalents${what === "" ? "" : ` ${what}`}; ${between}` };
}

function Answer({ stored: { answer, publishedBy, publishedAt } }: { stored: MadeStatement }) {
  if (answer === null || publishedAt === null) return null;
  return (
    <>
      <h2 class="govuk-heading-l">What the Secretary of State answers</h2>
      {answer.split("\n").map((paragraph) => paragraph.trim() !== "" && <p class="govuk-body">{paragraph}</p>)}
      <p class="govuk-hint">{`Published by ${publishedBy} on ${dateInWords(publishedAt.slice(0, 10) as CivilDate)}.`}</p>
    </>
  );
}

const reasonsOf = ({ reasons }: SubjectShortage) => reasons.map((reason) => reasonWords[reason]).join("; ") || "none";

function ShortageSection({ statement, list, next }: { statement: Statement } & Pick<StatementProps, "list" | "next">) {
  const { shortages, lines, shortageYears, year } = statement;
  const ordered = [...shortages].sort((a, b) => b.unfilled.value - a.unfilled.value);
  const percent = (share: number) => `${Math.round(share * 1000) / 10}%`;
  return (
    <>
      <h2 class="govuk-heading-l">Subjects in shortage</h2>
      <p class="govuk-body">
        {`A subject is short where, in more than ${percent(lines.sureness)} of the draws, over ${percent(lines.posts)} of its posts have no teacher of the subject, or recruits are below ${percent(lines.recruits)} of the trainees needed, over the ${shortageYears} years from ${yearInWords(year)}.`}
      </p>
      <Figure
        title="Posts without a teacher of the subject"
        lead={`Share of posts, ${shortageYears} years from ${yearInWords(year)}; the lines show the central 90% of ${statement.draws} draws.`}
        chart={intervalRowsChart({
          id: "unfilled",
          title: "Posts without a teacher of the subject, by subject",
          description:
            "Subjects from the greatest to the smallest share, each with its interval, and the line of the shortage list.",
          rows: ordered.map(({ subject, unfilled }) => ({
            label: nameInWords(subject),
            value: unfilled.value * 100,
            lower: unfilled.low * 100,
            upper: unfilled.high * 100,
          })),
          line: { at: lines.posts * 100, label: "short" },
          average: { at: 0, label: "none" },
          scaleName: "% of posts",
          decimals: 1,
        })}
        table={
          <Table
            caption="What the rule finds, by subject"
            captionHidden
            rows={ordered}
            small
            columns={[
              { heading: "Subject", cell: ({ subject }) => nameInWords(subject) },
              { heading: "Short", cell: (one) => raw(one.short ? tag("Short", "red") : tag("Not short", "grey")) },
              { heading: "Posts unfilled", numeric: true, cell: ({ unfilled }) => percentInWords(unfilled) },
              {
                heading: "Recruits of those needed",
                numeric: true,
                cell: ({ recruits }) => (recruits ? percentInWords(recruits) : "none needed"),
              },
              { heading: "Why", cell: reasonsOf },
            ]}
          />
        }
        tableTitle="Show what the rule finds, subject by subject"
      />
      <ListInForce list={list} next={next} />
    </>
  );
}

const namesOf = ({ subjects }: ShortageList) => subjects.map(nameInWords).join(", ") || "no subject";

/** The list that other proposals read, and the one that follows it where one is adopted. */
export function ListInForce({ list, next }: { list: ShortageList | null; next: ShortageList | null }) {
  const held = list
    ? `The shortage list in force, number ${list.number}, holds from ${dateInWords(list.from)}: ${namesOf(list)}.`
    : "No shortage list holds today.";
  const coming = next ? ` List ${next.number} holds from ${dateInWords(next.from)}: ${namesOf(next)}.` : "";
  return (
    <p class="govuk-inset-text">
      {`${held}${coming} Fees (R2), places (R3), acceleration (R4) and the recruitment fund (R5) go by the list. `}
      {(list ?? next) && (
        <a class="govuk-link" href="/simulate">
          Simulate them with it
        </a>
      )}
    </p>
  );
}

function TrainingSection({ statement }: { statement: Statement }) {
  const compared = compareNeed(statement);
  return (
    <>
      <h2 class="govuk-heading-l">Trainees needed</h2>
      <p class="govuk-body">
        {`Postgraduates who have to begin training in ${yearInWords(statement.year)} so that every post of the next census has a teacher of the subject, beside the department's own figure.`}
      </p>
      <Table
        caption={`Trainees needed in ${yearInWords(statement.year)}, by subject`}
        rows={compared}
        small
        columns={[
          { heading: "Subject", cell: ({ subject }) => nameInWords(subject) },
          { heading: "Needed", numeric: true, cell: ({ need }) => intervalInWords(need) },
          {
            heading: "without posts empty today",
            numeric: true,
            cell: ({ withoutEmpty }) => intervalInWords(withoutEmpty),
          },
          {
            heading: "Department's need",
            numeric: true,
            cell: ({ published }) => published?.toLocaleString("en-GB") ?? "none",
          },
          { heading: "Recruits expected", numeric: true, cell: ({ recruits }) => intervalInWords(recruits) },
        ]}
      />
      <Fold summary="Why the two needs differ, subject by subject">
        <dl class="govuk-summary-list">
          {compared.map(({ subject, words }) => (
            <Line term={nameInWords(subject)}>{words}</Line>
          ))}
        </dl>
      </Fold>
      <Fold summary="How a need is reckoned: worked examples">
        {needExamples.map(({ story, trainees, working }) => (
          <p class="govuk-body">{`${story}: ${trainees} trainees. ${working}`}</p>
        ))}
        {shortageExamples.map(({ story, reasons }) => (
          <p class="govuk-body">{`${story}: ${reasons.length === 0 ? "not short" : `short (${reasons.map((one) => reasonWords[one]).join("; ")})`}.`}</p>
        ))}
      </Fold>
    </>
  );
}

function Line({ term, children }: { term: string; children?: Child }) {
  return (
    <div class="govuk-summary-list__row">
      <dt class="govuk-summary-list__key">{term}</dt>
      <dd class="govuk-summary-list__value">{children}</dd>
    </div>
  );
}

const isRegion = ({ region, subject }: SupplyPart) => region !== null && subject === null;

function RegionSection({ statement }: { statement: Statement }) {
  const regions = statement.parts.filter(isRegion);
  return (
    <>
      <h2 class="govuk-heading-l">By region and phase</h2>
      <Table
        caption={`Posts and teachers in ${yearInWords(statement.year)}, full-time equivalents`}
        rows={regions}
        small
        columns={[
          { heading: "Region", cell: ({ region }) => nameInWords(region!) },
          { heading: "Phase", cell: ({ phase }) => nameInWords(phase!) },
          { heading: "Posts", numeric: true, cell: ({ lines }) => intervalInWords(lines[0]!.posts) },
          { heading: "In post", numeric: true, cell: ({ lines }) => intervalInWords(lines[0]!.inPost) },
          { heading: "Unfilled", numeric: true, cell: ({ lines }) => intervalInWords(lines[0]!.shortfall) },
        ]}
      />
    </>
  );
}

function YearsSection({ statement }: { statement: Statement }) {
  const national = statement.parts.filter(({ region }) => region === null);
  const trained = (subject: string | null): readonly TrainingLine[] =>
    statement.training.filter((line) => line.subject === subject);
  return (
    <Fold summary={`All subjects, year by year to ${yearInWords(statement.year + statement.years - 1)}`}>
      <Table
        caption="Posts, teachers and trainees by subject and year"
        captionHidden
        rows={national.flatMap((part) =>
          part.lines.map((line, k) => ({ part, line, training: trained(part.subject)[k] })),
        )}
        small
        columns={[
          { heading: "Part", cell: ({ part }) => nameInWords(part.subject ?? part.phase ?? "england") },
          { heading: "Year", cell: ({ line }) => yearInWords(line.year) },
          { heading: "Posts", numeric: true, cell: ({ line }) => intervalInWords(line.posts) },
          { heading: "In post", numeric: true, cell: ({ line }) => intervalInWords(line.inPost) },
          { heading: "Unfilled", numeric: true, cell: ({ line }) => intervalInWords(line.shortfall) },
          {
            heading: "Trainees needed",
            numeric: true,
            cell: ({ training }) => (training ? intervalInWords(training.need) : ""),
          },
        ]}
      />
    </Fold>
  );
}

function MadeSection({ stored }: { stored: MadeStatement }) {
  const { id, model, dataHash, resultHash, content } = stored;
  return (
    <>
      <h2 class="govuk-heading-l">How it was made</h2>
      <p class="govuk-body">
        {`From ${content.draws} draws of the ten-year simulation: each takes another place in the range of every uncertain number and another luck. Figures are the middle of the draws with the central 90% of them, and have no more digits than that supports. Subjects in a region are in the table to download.`}
      </p>
      <dl class="govuk-summary-list">
        <Line term="Model">{`version ${model}`}</Line>
        <Line term="Data">{dataHash}</Line>
        <Line term="Result at the declared values">{resultHash}</Line>
      </dl>
      <ul class="govuk-list">
        <li>
          <a class="govuk-link" href={`/teacher-supply/${id}/supply.csv`}>
            Posts and teachers by subject, region and year (CSV)
          </a>
        </li>
        <li>
          <a class="govuk-link" href={`/teacher-supply/${id}/training.csv`}>
            Trainees needed and expected (CSV)
          </a>
        </li>
      </ul>
    </>
  );
}
