import { dateInWords } from "../../kernel/index.js";
import { dayInEngland, Form } from "../../platform/http/index.js";
import { DateField, ErrorSummary, errorsOf, FileField, Govuk, RadioField, Table } from "../../platform/pages/index.js";
import type { ChangeCounts } from "../changes.js";
import type { ImportReport } from "../service.js";
import type { OrderView } from "./service.js";
import type { ImportOrder } from "./store.js";
import type { OrderState } from "./tables.js";

/** What the form of an import shows. */
export interface ImportForm {
  readonly asOf: string;
  /** Whether the register's schools are made up; null while it has none, and the form asks. */
  readonly known: boolean | null;
  readonly schools: "real" | "made-up" | null;
  readonly problems: readonly { readonly message: string; readonly remedy: string; readonly field: string }[];
}

const stateWords: Readonly<Record<OrderState, { readonly text: string; readonly colour: string }>> = {
  waiting: { text: "Under way", colour: "light-blue" },
  imported: { text: "Imported", colour: "green" },
  refused: { text: "Refused", colour: "red" },
};
const StateTag = ({ state }: { readonly state: OrderState }) => (
  <Govuk is="tag" options={{ text: stateWords[state].text, classes: `govuk-tag--${stateWords[state].colour}` }} />
);
const dayOf = (moment: string) => dateInWords(dayInEngland(new Date(moment)));
const number = new Intl.NumberFormat("en-GB");

/** The form, and the imports that were ordered before. */
export function ImportsPage({
  orders,
  form,
  csrf,
}: {
  readonly orders: readonly ImportOrder[];
  readonly form: ImportForm;
  readonly csrf: string;
}) {
  const { of, summary } = errorsOf(form.problems);
  return (
    <>
      {summary.length > 0 && <ErrorSummary errors={summary} />}
      <h1 class="govuk-heading-xl">Imports of the register</h1>
      <p class="govuk-body-l">
        Bring the department's files as they were downloaded. All of them are read and checked before anything is saved;
        the same files again change nothing.
      </p>
      <Form action="/register/imports" csrf={csrf} multipart>
        <FileField
          id="file"
          label="Files"
          hint="Schools, groups, who is in which group, links between schools, January censuses: CSV, also in zip or gzip archives. At most four of 16 MB each."
          accept={[".csv", ".zip", ".gz"]}
          multiple
          error={of.file}
        />
        <DateField
          id="asOf"
          label="The day that the files describe"
          hint="A file with a day in its name, as edubasealldata20260821.csv, describes that day whatever stands here."
          value={form.asOf}
          error={of.asOf}
        />
        {form.known === null ? (
          <RadioField
            id="schools"
            label="What schools are these?"
            value={form.schools ?? ""}
            items={[
              { value: "real", text: "Schools of England" },
              { value: "made-up", text: "Made-up schools", hint: "Every page then says so." },
            ]}
            error={of.schools}
          />
        ) : (
          <p class="govuk-body">
            The register holds {form.known ? "made-up schools, and real ones" : "real schools, and made-up ones"} must
            not stand among them.
          </p>
        )}
        <Govuk is="button" options={{ text: "Import the files" }} />
      </Form>
      {orders.length > 0 && (
        <Table
          caption="The newest imports"
          columns={[
            {
              heading: "Import",
              cell: ({ id }) => (
                <a class="govuk-link" href={`/register/imports/${id}`}>
                  Import {id}
                </a>
              ),
            },
            { heading: "Ordered", cell: ({ orderedAt }) => dayOf(orderedAt) },
            { heading: "By", cell: ({ orderedBy }) => orderedBy },
            { heading: "State", cell: ({ state }) => <StateTag state={state} /> },
          ]}
          rows={orders}
        />
      )}
    </>
  );
}

const parts = [
  ["Schools", "schools"],
  ["Groups", "groups"],
  ["Memberships of groups", "memberships"],
  ["Links between schools", "links"],
  ["Pupils, by school and year", "pupilCounts"],
] as const;

function Report({ report }: { readonly report: ImportReport }) {
  const rows = parts.map(([text, key]) => ({ text, counts: report[key] }));
  const column = (heading: string, key: keyof ChangeCounts) => ({
    ...{ heading, numeric: true },
    cell: ({ counts }: { readonly counts: ChangeCounts }) => number.format(counts[key]),
  });
  return (
    <>
      <Table
        caption="What the import did"
        columns={[
          { heading: "Part", cell: ({ text }) => text },
          ...[column("New", "added"), column("Changed", "changed")],
          ...[column("The same", "unchanged"), column("Closed", "closed")],
        ]}
        rows={rows}
        small
      />
      {report.notes.length > 0 && (
        <ul class="govuk-list govuk-list--bullet">
          {report.notes.map((note) => (
            <li>{note}</li>
          ))}
        </ul>
      )}
    </>
  );
}

/** How many problems stand on the page; all are in the file. */
const shown = 200;

function Problems({ view: { order, problems } }: { readonly view: OrderView }) {
  const more = problems.length - shown;
  return (
    <>
      <p class="govuk-body">
        Nothing was saved. Mend what is wrong and bring all the files again.{" "}
        <a class="govuk-link" href={`/register/imports/${order.id}/problems`} download>
          Download them as a table (CSV)
        </a>
      </p>
      <Table
        caption={more > 0 ? `The first ${shown} of ${number.format(problems.length)} problems` : "What is wrong"}
        columns={[
          { heading: "Where", cell: ({ place }) => place },
          { heading: "What", cell: ({ message }) => message },
          { heading: "What to do", cell: ({ remedy }) => remedy },
        ]}
        rows={problems.slice(0, shown)}
        small
      />
    </>
  );
}

/** One import: how far it is, what it did, or each line that is wrong. */
export function ImportPage({
  view,
  refreshSeconds,
}: {
  readonly view: OrderView;
  readonly refreshSeconds: number | null;
}) {
  const { order, files } = view;
  const read = files.filter(({ problems }) => problems !== null).length;
  return (
    <>
      <h1 class="govuk-heading-xl">Import {order.id}</h1>
      <p class="govuk-body">
        <StateTag state={order.state} /> Ordered on {dayOf(order.orderedAt)} by {order.orderedBy}; files without a day
        in their names describe {dateInWords(order.asOf)}.
      </p>
      {order.state === "waiting" && (
        <p class="govuk-body">
          {read} of {files.length} files are read.{" "}
          {order.job !== null && (
            <a class="govuk-link" href={`/jobs/${order.job}`}>
              See the job
            </a>
          )}
          {refreshSeconds !== null && (
            <>
              {" "}
              This page loads itself again every {refreshSeconds} seconds;{" "}
              <a class="govuk-link" href={`/register/imports/${order.id}?refresh=off`}>
                turn that off
              </a>
              .
            </>
          )}
        </p>
      )}
      {order.report && <Report report={order.report} />}
      {order.state === "refused" && <Problems view={view} />}
      <Table
        caption="The files as they were brought"
        columns={[
          { heading: "File", cell: ({ name }) => name },
          { heading: "Size in bytes", numeric: true, cell: ({ size }) => number.format(size) },
          { heading: "SHA-256", cell: ({ sha256 }) => <code class="site-hash">{sha256}</code> },
        ]}
        rows={files}
        small
      />
    </>
  );
}
