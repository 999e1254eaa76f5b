import Type from "typebox";
import { formatCsv } from "../../../ingest/index.js";
import type { Problem } from "../../../kernel/index.js";
import { Form, type PageContext, type Pages } from "../../../platform/http/index.js";
import { ErrorSummary, FileField, Govuk, Table, TextField } from "../../../platform/pages/index.js";
import { fieldsOfItem, type ItemHistory, itemColumns, itemStatuses } from "./item.js";
import { importItems, listItems, recordItem } from "./service-items.js";
import type { StoredItem } from "./store-items.js";
import {
  type FieldworkWeb,
  formErrors,
  found,
  orNotFound,
  page,
  start,
  statisticians,
  typedNumber,
} from "./web-shared.js";

const bank = { text: "Bank of items", href: "/assessment-fieldwork/items" };
const text = (maxLength: number) => Type.String({ maxLength, default: "" });

/** The bank of items, for whoever runs the assessments: items are secret until they are retired. */
export function addItemPages(pages: Pages, { database }: FieldworkWeb): void {
  const list = async ({ actor, csrf }: PageContext, problems: readonly Problem[]) =>
    page(
      bank.text,
      [start],
      <ItemsContent items={found(await listItems(database, actor))} csrf={csrf} problems={problems} />,
      problems,
    );
  pages.get("/assessment-fieldwork/items", statisticians, (context) => list(context, []));
  pages.upload(
    "/assessment-fieldwork/items",
    statisticians,
    { types: ["csv"], bytes: 20_000_000, files: 1, field: "items" },
    Type.Object({}),
    async (context, _, files, wrong) => {
      if (wrong.length > 0) return list(context, wrong);
      const [file] = files;
      const done = orNotFound(await importItems(database, context.actor, file!.bytes, file!.name, context.now));
      if (!done.ok) return list(context, done.error);
      const { added, changed, unchanged } = done.value;
      return { redirect: bank.href, notice: `${added} items are new, ${changed} changed, ${unchanged} as they were.` };
    },
  );
  pages.file("/assessment-fieldwork/items.csv", statisticians, async ({ actor }) => {
    const items = found(await listItems(database, actor));
    const rows = items.map((item) => itemColumns.map((column) => fieldsOfItem(item)[column]));
    return { name: "items.csv", type: "text/csv; charset=utf-8", body: formatCsv(itemColumns, rows) };
  });
  addItemPage(pages, database);
}

const names = ["status", "study", "cycle", "exposures", "drift", "driftError", "decision"] as const;

function addItemPage(pages: Pages, database: FieldworkWeb["database"]): void {
  const path = "/assessment-fieldwork/items/:item";
  type Typed = Readonly<Record<string, string>>;
  const one = async (context: PageContext, typed: Typed, problems: readonly Problem[]) => {
    const items = found(await listItems(database, context.actor));
    const item = items.find(({ id }) => id === context.params.item);
    const unknown = {
      code: "fieldwork-item-unknown",
      place: "item",
      message: "There is no such item",
      remedy: "Look at the list.",
    };
    const shown = found<StoredItem>(item ? { ok: true, value: item } : { ok: false, error: [unknown] });
    return page(
      shown.id,
      [start, bank],
      <ItemContent item={shown} typed={typed} csrf={context.csrf} problems={problems} />,
      problems,
    );
  };
  pages.get(path, statisticians, (context) => one(context, {}, []));
  const fields = Type.Object(Object.fromEntries([...names, "version"].map((name) => [name, text(500)])));
  pages.post(path, statisticians, fields, async (context, body) => {
    const typed = body as Typed;
    const optional = (name: string) => (typed[name] === "" ? null : typedNumber(typed[name] ?? ""));
    const history: ItemHistory = {
      ...{ study: typed.study ?? "", cycle: typedNumber(typed.cycle ?? ""), exposures: optional("exposures") ?? 0 },
      ...{ drift: optional("drift"), driftError: optional("driftError"), decision: typed.decision ?? "" },
    };
    const wrong =
      history.study === ""
        ? []
        : [history.cycle, history.exposures, history.drift ?? 0, history.driftError ?? 1].filter(
            (n) => !Number.isFinite(n),
          );
    if (wrong.length > 0)
      return one(context, typed, [
        {
          code: "fieldwork-item-invalid",
          place: "cycle",
          message: "the cycle, exposures, drift or error is no number",
          remedy: "Write numbers, or leave the drift empty.",
        },
      ]);
    const change = { status: typed.status ?? "", ...(history.study !== "" && { history }) };
    const { actor, params, now } = context;
    const done = orNotFound(await recordItem(database, actor, params.item!, change, Number(typed.version) || 0, now));
    return done.ok ? { redirect: `${bank.href}/${done.value.id}`, notice: "Saved." } : one(context, typed, done.error);
  });
}

function ItemsContent({
  items,
  csrf,
  problems,
}: {
  items: readonly StoredItem[];
  csrf: string;
  problems: readonly Problem[];
}) {
  const errors = formErrors(problems, ["items"]);
  return (
    <div>
      <ErrorSummary errors={errors.summary} />
      <h1 class="govuk-heading-xl">Bank of items</h1>
      <p class="govuk-body">
        {items.length} items. Nobody sees a question here but whoever runs the assessments, and pupils in their session.{" "}
        {items.length > 0 && (
          <a class="govuk-link" href="/assessment-fieldwork/items.csv">
            All items as CSV
          </a>
        )}
      </p>
      <Form action={bank.href} csrf={csrf} multipart>
        <FileField
          id="items"
          label="Take items in"
          hint={`A CSV file with the columns ${itemColumns.join(", ")}. Options as A=twelve|B=fifteen, keys as B or 12=2|11=1, curricula as 2014=yes|2028=no. Every bad line is named, and nothing of such a file is kept.`}
          accept={[".csv", "text/csv"]}
          error={errors.of.items}
        />
        <Govuk is="button" options={{ text: "Take the items in" }} />
      </Form>
      {items.length > 0 && (
        <Table
          caption="Items"
          columns={[
            {
              heading: "Item",
              cell: (item) => (
                <a class="govuk-link" href={`${bank.href}/${item.id}`}>
                  {item.id}
                </a>
              ),
            },
            { heading: "Subject", cell: (item) => item.subject },
            { heading: "Construct", cell: (item) => item.construct },
            { heading: "Stimulus", cell: (item) => item.stimulus },
            {
              heading: "Seen by",
              numeric: true,
              cell: (item) => String(item.history.reduce((sum, { exposures }) => sum + exposures, 0)),
            },
            { heading: "Status", cell: (item) => item.status },
          ]}
          rows={items}
          small
        />
      )}
    </div>
  );
}

interface ItemProps {
  readonly item: StoredItem;
  readonly typed: Readonly<Record<string, string>>;
  readonly csrf: string;
  readonly problems: readonly Problem[];
}

function ItemContent({ item, typed, csrf, problems }: ItemProps) {
  const errors = formErrors(problems, names);
  const field = (id: string) => ({ id, value: typed[id] ?? "", error: errors.of[id] });
  const rows: readonly (readonly [string, string])[] = [
    ...([
      ["Question", item.prompt],
      ["Stimulus", `${item.stimulus}: ${item.stimulusText}`],
      ["Subject", item.subject],
    ] as const),
    ...([
      ["Years", item.phases.join(", ")],
      ["Construct", item.construct],
      ["Kind", item.kind],
    ] as const),
    ["Options", item.options.map(({ id, text: words }) => `${id} ${words}`).join("; ")],
    ["Key", item.marks.map(({ answer, score }) => `${answer}: ${score}`).join("; ")],
    ["Seconds", String(item.seconds)],
    [
      "Curricula that cover it",
      Object.keys(item.curricula)
        .filter((name) => item.curricula[name])
        .sort()
        .join(", "),
    ],
    [
      "Curricula that don't",
      Object.keys(item.curricula)
        .filter((name) => !item.curricula[name])
        .sort()
        .join(", "),
    ],
  ];
  return (
    <div>
      <ErrorSummary errors={errors.summary} />
      <h1 class="govuk-heading-xl">{item.id}</h1>
      <Govuk
        is="summary-list"
        options={{
          rows: rows
            .filter(([, value]) => value !== "")
            .map(([key, value]) => ({ key: { text: key }, value: { text: value } })),
        }}
      />
      {item.history.length > 0 && (
        <Table
          caption="Former cycles"
          columns={[
            { heading: "Study", cell: (row: ItemHistory) => row.study },
            { heading: "Seen by", numeric: true, cell: (row) => row.exposures.toLocaleString("en-GB") },
            {
              heading: "Drift, logits",
              numeric: true,
              cell: (row) =>
                row.drift === null ? "not estimated" : `${row.drift.toFixed(2)} (${row.driftError?.toFixed(2)})`,
            },
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
        <h2 class="govuk-heading-m">What a cycle said of it</h2>
        <TextField {...field("study")} label="Study" hint="Leave it empty to change the status alone" width={20} />
        <TextField {...field("cycle")} label="Cycle" width={4} numeric />
        <TextField {...field("exposures")} label="Pupils who were given it" width={10} numeric />
        <TextField
          {...field("drift")}
          label="Change of its difficulty, in logits"
          hint="From drift.csv of the study's results"
          width={10}
        />
        <TextField {...field("driftError")} label="Standard error of the change" width={10} />
        <TextField {...field("decision")} label="What was decided, and why" />
        <Govuk is="button" options={{ text: "Save" }} />
      </Form>
    </div>
  );
}
