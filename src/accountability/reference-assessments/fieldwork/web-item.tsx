import Type from "typebox";
import type { Problem } from "../../../kernel/index.js";
import { Form, type PageContext, type Pages } from "../../../platform/http/index.js";
import { ErrorSummary, Govuk, Table, TextField } from "../../../platform/pages/index.js";
import type { ItemUse } from "./exposure.js";
import { type ItemHistory, itemStatuses } from "./item.js";
import type { ItemResult } from "./item-results.js";
import { type ItemView, viewItem } from "./service-history.js";
import { recordItem } from "./service-items.js";
import type { StoredItem } from "./store-items.js";
import { bank } from "./web-items.js";
import {
  type FieldworkWeb,
  formErrors,
  found,
  orNotFound,
  page,
  start,
  statisticians,
  type Typed,
} from "./web-shared.js";

const names = ["status", "study", "decision"] as const;

/** The page of an item: what it is, who saw it, how it moved by published results, and what was decided of it. */
export function addItemPage(pages: Pages, { database }: FieldworkWeb): void {
  const path = "/assessment-fieldwork/items/:item";
  const one = async (context: PageContext, typed: Typed, problems: readonly Problem[]) => {
    const view = found(await viewItem(database, context.actor, context.params.item!));
    return page(
      view.item.id,
      [start, bank],
      <ItemContent view={view} typed={typed} csrf={context.csrf} problems={problems} />,
      problems,
    );
  };
  pages.get(path, statisticians, (context) => one(context, {}, []));
  const text = Type.String({ maxLength: 500, default: "" });
  const fields = Type.Object(Object.fromEntries([...names, "version"].map((name) => [name, text])));
  pages.post(path, statisticians, fields, async (context, body) => {
    const typed = body as Typed;
    const { actor, params, now } = context;
    const { uses } = found(await viewItem(database, actor, params.item!));
    const use = uses.find(({ study }) => study === typed.study);
    const history: ItemHistory | null =
      typed.study || typed.decision
        ? { study: typed.study ?? "", cycle: use?.cycle ?? 0, decision: typed.decision ?? "" }
        : null;
    const change = { status: typed.status ?? "", ...(history && { history }) };
    const done = orNotFound(await recordItem(database, actor, params.item!, change, Number(typed.version) || 0, now));
    return done.ok ? { redirect: `${bank.href}/${done.value.id}`, notice: "Saved." } : one(context, typed, done.error);
  });
}

/** Names of curricula that cover an item, or don't. */
const curriculaOf = ({ curricula }: StoredItem, covers: boolean) =>
  Object.keys(curricula)
    .filter((name) => curricula[name] === covers)
    .sort()
    .join(", ");

const factsOf = (item: StoredItem): readonly (readonly [string, string])[] =>
  [
    ["Question", item.prompt] as const,
    ["Stimulus", `${item.stimulus}: ${item.stimulusText}`] as const,
    ["Subject", item.subject] as const,
    ["Years", item.phases.join(", ")] as const,
    ["Construct", item.construct] as const,
    ["Kind", item.kind] as const,
    ["Options", item.options.map(({ id, text: words }) => `${id} ${words}`).join("; ")] as const,
    ["Key", item.marks.map(({ answer, score }) => `${answer}: ${score}`).join("; ")] as const,
    ["Seconds", String(item.seconds)] as const,
    ["Curricula that cover it", curriculaOf(item, true)] as const,
    ["Curricula that don’t", curriculaOf(item, false)] as const,
  ].filter(([, value]) => value !== "");

const number = (value: number) => value.toLocaleString("en-GB");

function moved({ drift }: ItemResult): string {
  if (!drift) return "nothing to compare";
  const { since, change, error, flagged } = drift;
  const sign = change < 0 ? "−" : "+";
  const told = `${sign}${Math.abs(change).toFixed(2)}${error === null ? "" : ` (${error.toFixed(2)})`} since ${since}`;
  return flagged ? `${told}, flagged` : told;
}

const linkWords = ({ drift }: ItemResult) =>
  !drift ? "–" : drift.linked === null ? "not told" : drift.linked ? "kept" : "not kept";

function Uses({ uses }: Pick<ItemView, "uses">) {
  if (uses.length === 0) return <p class="govuk-body">It has not been in any booklet.</p>;
  return (
    <Table
      caption="Where it was asked"
      columns={[
        { heading: "Assessment", cell: (row: ItemUse) => row.study },
        { heading: "Cycle", cell: (row) => String(row.cycle) },
        { heading: "Booklets", numeric: true, cell: (row) => `${row.booklets} of ${row.of}` },
        { heading: "Pupils who began one", numeric: true, cell: (row) => number(row.pupils) },
      ]}
      rows={uses}
    />
  );
}

function Results({ results }: Pick<ItemView, "results">) {
  if (results.length === 0) return <p class="govuk-body">No published assessment has scores of this question yet.</p>;
  return (
    <>
      <h2 class="govuk-heading-m">What published results say</h2>
      <p class="govuk-body">
        From the newest publication of each assessment. A question has moved by how much harder it became beside the
        others, in logits, with the standard error in brackets.
      </p>
      <Table
        caption="By cycle"
        captionHidden
        columns={[
          {
            heading: "Cycle",
            cell: (row: ItemResult) => (
              <a class="govuk-link" href={`/reference-assessments/${row.assessment}/report`}>
                {row.cycle}
              </a>
            ),
          },
          { heading: "Pupils with a score", numeric: true, cell: (row) => number(row.pupils) },
          { heading: "Moved", cell: moved },
          { heading: "As a link", cell: linkWords },
        ]}
        rows={results}
      />
    </>
  );
}

interface ItemProps {
  readonly view: ItemView;
  readonly typed: Typed;
  readonly csrf: string;
  readonly problems: readonly Problem[];
}

function ItemContent({ view: { item, uses, results }, typed, csrf, problems }: ItemProps) {
  const errors = formErrors(problems, names);
  return (
    <div>
      <ErrorSummary errors={errors.summary} />
      <h1 class="govuk-heading-xl">{item.id}</h1>
      <Govuk
        is="summary-list"
        options={{ rows: factsOf(item).map(([key, value]) => ({ key: { text: key }, value: { text: value } })) }}
      />
      <Uses uses={uses} />
      <Results results={results} />
      {item.history.length > 0 && (
        <Table
          caption="What was decided"
          columns={[
            { heading: "Assessment", cell: (row: ItemHistory) => row.study },
            { heading: "Decision", cell: (row) => row.decision },
          ]}
          rows={item.history}
        />
      )}
      <Form action={`${bank.href}/${item.id}`} csrf={csrf} version={item.version}>
        <Govuk
          is="select"
          options={{
            ...{ id: "status", name: "status", label: { text: "Status", classes: "govuk-label--s" } },
            items: itemStatuses.map((value) => ({
              value,
              text: value,
              selected: value === (typed.status ?? item.status),
            })),
          }}
        />
        {uses.length > 0 && (
          <>
            <Govuk
              is="select"
              options={{
                ...{ id: "study", name: "study", label: { text: "Decision in", classes: "govuk-label--s" } },
                hint: { text: "Leave it empty to change the status alone" },
                ...(errors.of.study !== undefined && { errorMessage: { text: errors.of.study } }),
                items: ["", ...uses.map(({ study }) => study)].map((value) => ({
                  ...{ value, text: value, selected: value === (typed.study ?? "") },
                })),
              }}
            />
            <TextField
              id="decision"
              label="What was decided, and why"
              value={typed.decision ?? ""}
              error={errors.of.decision}
            />
          </>
        )}
        <Govuk is="button" options={{ text: "Save" }} />
      </Form>
    </div>
  );
}
