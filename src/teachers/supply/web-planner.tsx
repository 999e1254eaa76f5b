import { type CivilDate, dateInWords } from "../../kernel/index.js";
import { Form } from "../../platform/http/index.js";
import { ErrorSummary, Govuk, type Link, Table, TextArea, TextField } from "../../platform/pages/index.js";
import type { ShortageList, StoredStatement } from "./store.js";
import { nameInWords, yearInWords } from "./web-words.js";

/** What was typed into a form of planners and officials. */
export interface Typed {
  readonly year: string;
  readonly draws: string;
  readonly answer: string;
  readonly from: string;
}

/** Nothing typed yet. */
export const nothingTyped: Typed = { year: "", draws: "", answer: "", from: "" };

const stateWords = { waiting: "being made", made: "made, not published", published: "published" } as const;
const day = (time: string) => dateInWords(time.slice(0, 10) as CivilDate);
const errorAt = (errors: readonly Link[], id: string) => errors.find(({ href }) => href === `#${id}`)?.text;

/** Every statement that the reader may see, and every list. */
export function HistoryContent(props: {
  readonly statements: readonly Omit<StoredStatement, "content">[];
  readonly lists: readonly ShortageList[];
}) {
  const { statements, lists } = props;
  return (
    <>
      <h1 class="govuk-heading-xl">Statements and shortage lists</h1>
      <Table
        caption="Statements of sufficiency"
        rows={statements}
        columns={[
          {
            heading: "Statement",
            cell: ({ id, year }) => (
              <a class="govuk-link" href={`/teacher-supply/${id}`}>{`${yearInWords(year)}, number ${id}`}</a>
            ),
          },
          { heading: "State", cell: ({ state }) => stateWords[state] },
          { heading: "Asked for", cell: ({ askedAt, askedBy }) => `${day(askedAt)}, ${askedBy}` },
          { heading: "Result", cell: ({ resultHash }) => resultHash ?? "" },
        ]}
      />
      <Table
        caption="Shortage lists"
        rows={lists}
        columns={[
          { heading: "List", cell: ({ number }) => String(number) },
          { heading: "Holds from", cell: ({ from }) => dateInWords(from) },
          { heading: "Subjects", cell: ({ subjects }) => subjects.map(nameInWords).join(", ") || "none" },
          {
            heading: "From statement",
            cell: ({ statement }) => (
              <a class="govuk-link" href={`/teacher-supply/${statement}`}>{`number ${statement}`}</a>
            ),
          },
        ]}
      />
    </>
  );
}

/** Asks for a statement. */
export function AskContent({ errors, typed, csrf }: { errors: readonly Link[]; typed: Typed; csrf: string }) {
  return (
    <div class="govuk-grid-row">
      <div class="govuk-grid-column-two-thirds">
        <ErrorSummary errors={errors} />
        <h1 class="govuk-heading-xl">Ask for a statement of sufficiency</h1>
        <p class="govuk-body">
          Every teacher of the country is simulated for each draw; a hundred draws take about a minute. Nothing is
          published by asking.
        </p>
        <Form action="/teacher-supply/ask" csrf={csrf}>
          <TextField
            id="year"
            label="Academic year"
            hint="The year in which it begins, as 2026"
            value={typed.year}
            width={4}
            numeric
            error={errorAt(errors, "year")}
          />
          <TextField
            id="draws"
            label="Draws"
            hint="From 20 to 500; more make the ends of the intervals surer"
            value={typed.draws}
            width={4}
            numeric
            error={errorAt(errors, "draws")}
          />
          <Govuk is="button" options={{ text: "Ask for it", preventDoubleClick: true }} />
        </Form>
      </div>
    </div>
  );
}

interface OfficialProps {
  readonly statement: StoredStatement;
  readonly newest: ShortageList | null;
  readonly errors: readonly Link[];
  readonly typed: Typed;
  readonly csrf: string;
}

/** What a policy official can do next with a statement: publish it, or adopt its list. */
export function OfficialPart({ statement, newest, errors, typed, csrf }: OfficialProps) {
  const { id, state, version } = statement;
  if (state === "waiting") return null;
  return state === "made" ? (
    <Form action={`/teacher-supply/${id}/publish`} csrf={csrf} version={version}>
      <h2 class="govuk-heading-l">Publish it</h2>
      <TextArea
        id="answer"
        label="What is answered to the shortfall"
        hint="Everybody can read it: what will be done, by when, or why nothing needs to be."
        value={typed.answer}
        error={errorAt(errors, "answer")}
      />
      <Govuk is="button" options={{ text: "Publish the statement" }} />
    </Form>
  ) : (
    <Form action={`/teacher-supply/${id}/adopt`} csrf={csrf} version={newest?.number ?? 0}>
      <h2 class="govuk-heading-l">Adopt its shortage list</h2>
      <p class="govuk-body">The list holds the subjects that the rule found short, and no others.</p>
      <TextField
        id="from"
        label="First day on which it holds"
        hint="As 2027-09-01"
        value={typed.from}
        width={10}
        error={errorAt(errors, "from")}
      />
      <Govuk is="button" options={{ text: "Adopt the list" }} />
    </Form>
  );
}
