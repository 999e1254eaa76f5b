import Type from "typebox";
import { formatCsv } from "../../../ingest/index.js";
import type { Database } from "../../../platform/database/index.js";
import type { Api } from "../../../platform/http/index.js";
import { ItemChangeSchema, ItemSchema, ItemViewSchema } from "./api-schemas.js";
import { bodyBytes, FileBody, largest, refusals, sentCsv, statisticians, version } from "./api-shared.js";
import { fieldsOfItem, type Item, itemColumns } from "./item.js";
import { viewItem } from "./service-history.js";
import { importItems, listItems, recordItem } from "./service-items.js";

/** The bank of items. */
export function addItemOperations(api: Api, database: Database): void {
  api.get(
    "/assessment-fieldwork/items",
    {
      access: statisticians,
      operationId: "listItems",
      summary: "The bank of items",
      refusals,
      response: Type.Array(ItemSchema),
      csv: (items) =>
        formatCsv(
          itemColumns,
          items.map((item) => itemColumns.map((column) => fieldsOfItem(item as Item)[column])),
        ),
    },
    async ({ actor, orRefuse }) => orRefuse(await listItems(database, actor)),
  );
  api.post(
    "/assessment-fieldwork/items",
    {
      ...{ access: statisticians, operationId: "importItems", refusals },
      summary: "Takes a file of items in, all or nothing: every bad line is named",
      description: `CSV with the columns ${itemColumns.join(", ")}. Items of the same name are changed, unless pupils have been given them.`,
      ...{ body: FileBody, bodyBytes: bodyBytes(largest.table) },
      response: Type.Object({ added: Type.Integer(), changed: Type.Integer(), unchanged: Type.Integer() }),
    },
    async ({ actor, body, now, orRefuse }) => {
      const { bytes, name } = orRefuse(sentCsv(body, largest.table));
      return orRefuse(await importItems(database, actor, bytes, name, now));
    },
  );
  api.get(
    "/assessment-fieldwork/items/:item",
    {
      ...{ access: statisticians, operationId: "readItem", refusals, response: ItemViewSchema, version },
      summary: "An item with its history: where it was used, and what published results say of its drift and links",
    },
    async ({ actor, params, orRefuse }) => {
      const { item, uses, results } = orRefuse(await viewItem(database, actor, params.item));
      return { ...item, uses, results };
    },
  );
  api.put(
    "/assessment-fieldwork/items/:item",
    {
      ...{
        access: statisticians,
        operationId: "recordItem",
        summary: "Changes an item's status, or records what was decided of it in a study",
        refusals,
        version,
      },
      ...{ body: ItemChangeSchema, response: ItemSchema, ifMatch: true },
    },
    async ({ actor, params, body, version: expected, now, orRefuse }) =>
      orRefuse(await recordItem(database, actor, params.item, body, expected, now)),
  );
}
