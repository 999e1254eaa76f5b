import type { Pages } from "../../../platform/http/index.js";
import { Table } from "../../../platform/pages/index.js";
import type { Coverage } from "./exposure.js";
import { type ExposedItem, viewStudyItems } from "./service-history.js";
import { bank } from "./web-items.js";
import { type FieldworkWeb, found, hrefOf, page, start, statisticians } from "./web-shared.js";

/** The items of a study: how far each is exposed, and which version of which curriculum covers it. */
export function addStudyItemPages(pages: Pages, { database }: FieldworkWeb): void {
  pages.get("/assessment-fieldwork/studies/:study/items", statisticians, async ({ actor, params }) => {
    const view = found(await viewStudyItems(database, actor, params.study!));
    const crumbs = [start, { text: params.study!, href: hrefOf(params.study!) }];
    return page("Items of the assessment", crumbs, <StudyItemsContent {...view} />);
  });
}

const listed = (names: readonly string[]) =>
  names.map((name, k) => (
    <>
      {k > 0 && ", "}
      <a class="govuk-link" href={`${bank.href}/${name}`}>
        {name}
      </a>
    </>
  ));

function StudyItemsContent({ items, coverage }: { items: readonly ExposedItem[]; coverage: Coverage }) {
  const { versions, favoured, notSaid } = coverage;
  return (
    <div>
      <h1 class="govuk-heading-xl">Items of the assessment</h1>
      <h2 class="govuk-heading-l">Which curriculum covers them</h2>
      {versions.length === 0 ? (
        <p class="govuk-body">No item says which curriculum covers it.</p>
      ) : (
        <Table
          caption="Items by version of a curriculum"
          captionHidden
          columns={[
            { heading: "Version", cell: (row) => row.version },
            { heading: "Covered", numeric: true, cell: (row) => String(row.covers) },
            { heading: "Not covered", numeric: true, cell: (row) => String(row.doesNot) },
            { heading: "Not said", numeric: true, cell: (row) => String(row.notSaid) },
          ]}
          rows={versions}
        />
      )}
      {favoured.length > 0 && (
        <p class="govuk-body">
          Covered by one version and not by another, so that the trend is shown without them too: {listed(favoured)}.
        </p>
      )}
      {notSaid.length > 0 && (
        <p class="govuk-body">A version doesn’t say: {listed(notSaid.map(({ item }) => item))}.</p>
      )}
      <h2 class="govuk-heading-l">How far they are exposed</h2>
      <Table
        caption="Exposure of items"
        captionHidden
        columns={[
          {
            heading: "Item",
            cell: (row: ExposedItem) => (
              <a class="govuk-link" href={`${bank.href}/${row.item}`}>
                {row.item}
              </a>
            ),
          },
          { heading: "Construct", cell: (row) => row.construct },
          {
            heading: "Booklets",
            numeric: true,
            cell: (row) => (row.booklets === null ? "–" : `${row.booklets} of ${row.of}`),
          },
          { heading: "Asked before in", cell: (row) => (row.cycles.length === 0 ? "never" : row.cycles.join(", ")) },
        ]}
        rows={items}
        small
      />
    </div>
  );
}
