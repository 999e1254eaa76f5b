import { raw } from "hono/html";
import { type CivilDate, dateInWords } from "../../kernel/index.js";
import { Form } from "../../platform/http/index.js";
import { ErrorSummary, FileField, Govuk, type Headline, Headlines, Table } from "../../platform/pages/index.js";
import { accountsExamples } from "./examples.js";
import type { AccountsRecord, AccountsTask } from "./service.js";
import { addressOf, filingRows } from "./web-form.js";
import { opinionWords, stateHtml, stateSentence, stateTag } from "./web-words.js";
import { accountsDue } from "./year.js";

/** What somebody has to file. */
export function OwnTasks({ tasks, yearEnd }: { tasks: readonly AccountsTask[]; yearEnd: CivilDate }) {
  return (
    <div class="govuk-grid-row">
      <div class="govuk-grid-column-two-thirds">
        <h1 class="govuk-heading-xl">Audited accounts to {dateInWords(yearEnd)}</h1>
        <p class="govuk-body">
          {`The auditor’s opinion is due by ${dateInWords(accountsDue(yearEnd))}. A trust’s filing reaches each school that was in it on ${dateInWords(yearEnd)}.`}
        </p>
        {tasks.length === 0 ? (
          <Govuk is="inset-text" options={{ text: "You have nothing to file for this year." }} />
        ) : (
          <Govuk
            is="task-list"
            options={{
              idPrefix: "accounts",
              items: tasks.map(({ body, name, schools, state, opinion }) => ({
                title: { text: name },
                hint: {
                  text: `${schools === 1 ? "1 school" : `${schools} schools`}${opinion === null ? "" : `; ${opinionWords[opinion].text.toLowerCase()}`}`,
                },
                href: addressOf(body, yearEnd),
                status: { tag: stateTag(state) },
              })),
            }}
          />
        )}
        <h2 class="govuk-heading-m">Many at once</h2>
        <p class="govuk-body">
          <a class="govuk-link" href={`/accounts/table/${yearEnd.slice(0, 4)}`}>
            File a table of opinions
          </a>
        </p>
      </div>
    </div>
  );
}

/** Who is missing, since when, and all others of a region. */
export function RegionAccounts({
  tasks,
  yearEnd,
  region,
}: {
  tasks: readonly AccountsTask[];
  yearEnd: CivilDate;
  region: string;
}) {
  const count = (state: AccountsTask["state"]) => tasks.filter((task) => task.state === state).length;
  const due = accountsDue(yearEnd);
  const outstanding = tasks.filter(({ filing }) => filing === null);
  const notClean = tasks.filter(({ opinion }) => opinion !== null && opinion !== "unqualified");
  const headlines: readonly Headline[] = [
    { figure: String(count("filed") + count("filed-late")), label: "filed" },
    { figure: String(outstanding.length), label: outstanding[0]?.state === "due" ? "not filed yet" : "missing" },
    { figure: String(notClean.length), label: "not unqualified" },
  ];
  const link = ({ body, name }: AccountsTask) => (
    <a class="govuk-link" href={addressOf(body, yearEnd)}>
      {name}
    </a>
  );
  const since = ({ state }: AccountsTask) =>
    state === "missing" ? `Since ${dateInWords(due)}` : `Due by ${dateInWords(due)}`;
  return (
    <>
      <span class="govuk-caption-xl">{region}</span>
      <h1 class="govuk-heading-xl">Audited accounts to {dateInWords(yearEnd)}</h1>
      <Headlines items={headlines} />
      <h2 class="govuk-heading-l">Not filed</h2>
      {outstanding.length === 0 ? (
        <p class="govuk-body">Every trust and school has filed.</p>
      ) : (
        <Table
          caption={`Trusts and schools that have not filed their accounts to ${dateInWords(yearEnd)}`}
          captionHidden
          rows={outstanding}
          columns={[
            { heading: "Trust or school", cell: link },
            { heading: "Schools", numeric: true, cell: ({ schools }) => String(schools) },
            { heading: "State", cell: ({ state }) => raw(stateHtml(state)) },
            { heading: "When", cell: since },
          ]}
        />
      )}
      <h2 class="govuk-heading-l">Opinions that are not unqualified</h2>
      {notClean.length === 0 ? (
        <p class="govuk-body">There is none.</p>
      ) : (
        <Table
          caption="Opinions that are not unqualified"
          captionHidden
          rows={notClean}
          columns={[
            { heading: "Trust or school", cell: link },
            { heading: "Schools", numeric: true, cell: ({ schools }) => String(schools) },
            { heading: "Opinion", cell: ({ opinion }) => opinionWords[opinion!].text },
            { heading: "Signed", cell: ({ signedOn }) => dateInWords(signedOn!) },
          ]}
        />
      )}
    </>
  );
}

/** The accounts of one trust or school, with every version that was filed. */
export function AccountsPage({
  record,
  yearEnd,
  mayFile,
}: {
  record: AccountsRecord;
  yearEnd: CivilDate;
  mayFile: boolean;
}) {
  const { due, dueOn, state, filings } = record;
  const address = addressOf(due.body, yearEnd);
  return (
    <div class="govuk-grid-row">
      <div class="govuk-grid-column-two-thirds">
        <span class="govuk-caption-xl">{due.name}</span>
        <h1 class="govuk-heading-xl">Audited accounts to {dateInWords(yearEnd)}</h1>
        <p class="govuk-body">
          <Govuk is="tag" options={stateTag(state)} /> {stateSentence(state, dueOn)}
        </p>
        <p class="govuk-body">{due.schools === 1 ? "They reach one school." : `They reach ${due.schools} schools.`}</p>
        {mayFile && (
          <Govuk
            is="button"
            options={{
              text: filings.length === 0 ? "File the opinion" : "Correct the filing",
              href: `${address}/file`,
            }}
          />
        )}
        {filings.map(({ documentKept, ...filing }, i) => (
          <section>
            <h2 class="govuk-heading-m">{i === 0 ? "What stands" : `Version ${filing.version}, replaced`}</h2>
            <Govuk
              is="summary-list"
              options={{
                rows: [
                  ...filingRows(
                    { ...filing, grounds: filing.grounds ?? "", regularityGrounds: filing.regularityGrounds ?? "" },
                    documentKept ? "Kept with the filing" : "Named by its SHA-256; it has not come yet",
                  ).map(({ key, value }) => ({ key: { text: key }, value: { text: value } })),
                  { key: { text: "SHA-256" }, value: { text: filing.documentSha256, classes: "site-hash" } },
                  { key: { text: "Filed" }, value: { text: `${dateInWords(filing.filedOn)}, by ${filing.filedBy}` } },
                ],
              }}
            />
            {documentKept && (
              <p class="govuk-body">
                <a class="govuk-link" href={`${address}/document/${filing.version}`}>
                  {i === 0 ? "The signed accounts (PDF)" : `The accounts of version ${filing.version} (PDF)`}
                </a>
              </p>
            )}
          </section>
        ))}
      </div>
    </div>
  );
}

/** Files a table. */
export function TableForm({
  yearEnd,
  problems,
  csrf,
}: {
  yearEnd: CivilDate;
  problems: readonly { place: string; message: string; remedy: string }[];
  csrf: string;
}) {
  const told = problems.slice(0, 50);
  const summary = told.map((one) => ({ text: `${one.place}: ${one.message}. ${one.remedy}`, href: "#table" }));
  return (
    <div class="govuk-grid-row">
      <div class="govuk-grid-column-two-thirds">
        <ErrorSummary errors={summary} />
        <h1 class="govuk-heading-xl">File a table of opinions to {dateInWords(yearEnd)}</h1>
        <p class="govuk-body">
          A CSV file with a line for each trust or school. All of it is filed, or nothing: whatever is wrong is named
          with its line.
        </p>
        {problems.length > told.length && (
          <p class="govuk-body">{`There are ${problems.length} problems; the first ${told.length} are shown.`}</p>
        )}
        <Form action={`/accounts/table/${yearEnd.slice(0, 4)}`} csrf={csrf} multipart>
          <FileField
            id="table"
            label="The table"
            hint="CSV of at most 10 megabytes"
            accept={["text/csv", ".csv"]}
            error={problems.length > 0 ? "Nothing was filed. Correct the file and choose it again." : undefined}
          />
          <Govuk is="button" options={{ text: "File them", preventDoubleClick: true }} />
        </Form>
        <h2 class="govuk-heading-m">The columns</h2>
        <p class="govuk-body">
          <code class="site-hash">
            trust_uid, urn, year_end, opinion, grounds, regularity, regularity_grounds, signed_on, auditor,
            document_sha256
          </code>
        </p>
        <p class="govuk-body">
          Either the trust or the school is given. The document is named by its SHA-256 and handed in afterwards, on the
          page of the trust or school.
        </p>
      </div>
    </div>
  );
}

/** How filings are judged, by examples. */
export function AccountsMethod() {
  return (
    <div class="govuk-grid-row">
      <div class="govuk-grid-column-two-thirds">
        <h1 class="govuk-heading-xl">How filings of accounts are judged</h1>
        <p class="govuk-body">
          What the opinion is, the auditor says. The register judges only whether what is filed can be an opinion on the
          year that is asked for. These filings are made up, for the year to 31 August 2025, filed on 20 December 2025.
        </p>
        {accountsExamples.map(({ title, problems, because }) => (
          <section>
            <h2 class="govuk-heading-m">{title}</h2>
            <p class="govuk-body">
              {problems.length === 0 ? "It is filed." : "It is not filed."} {because}
            </p>
          </section>
        ))}
      </div>
    </div>
  );
}
