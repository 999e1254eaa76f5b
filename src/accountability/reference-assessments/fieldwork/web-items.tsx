import Type from "typebox";
import { formatCsv } from "../../../ingest/index.js";
import type { Problem } from "../../../kernel/index.js";
import { Form, type PageContext, type Pages } from "../../../platform/http/index.js";
import { ErrorSummary, FileField, Govuk, Table } from "../../../platform/pages/index.js";
import { fieldsOfItem, itemColumns } from "./item.js";
import { importItems, listItems } from "./service-items.js";
import type { StoredItem } from "./store-items.js";
import { type FieldworkWeb, formErrors, found, orNotFound, page, start, statisticians } from "./web-shared.js";

export const bank = { text: "Bank of items", href: "/assessment-fieldwork/items" };

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
            { heading: "Curricula", cell: (item) => coverageWords(item) },
            { heading: "Status", cell: (item) => item.status },
          ]}
          rows={items}
          small
        />
      )}
    </div>
  );
}

/** The versions of curricula that cover an item, and those that don't. */
const coverageWords = ({ curricula }: StoredItem) =>
  Object.keys(curricula)
    .sort()
    .map((name) => (curricula[name] ? name : `not ${name}`))
    .join(", ");
